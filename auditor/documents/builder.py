"""Builds plain data from YAML events, without recursion, and notes every fault on the way."""

import re
from dataclasses import dataclass

from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from auditor.documents.document import Location, Span
from auditor.documents.hints import quoted
from auditor.documents.scalars import resolve
from auditor.errors import Fault
from auditor.model import Json

_SURROGATE = re.compile("[\ud800-\udfff]")
DEEPEST = 32  # levels of nesting


class TooDeepError(Exception):
    """The rest of the file is not worth reading; the fault is noted already."""


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    location: Location
    container: list[Json] | dict[str, Json]
    key: str | None = None  # a mapping's key that waits for its value


class Builder:
    """Takes the events of one file in order; afterwards holds its value and its faults."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.value: Json = None
        self.faults: list[Fault] = []
        self.values: dict[Location, Span] = {}
        self.keys: dict[Location, Span] = {}
        self._open: list[_Open] = []
        self._started = False

    def add(self, event: Event) -> None:
        """Take the next event.

        Raises:
            TooDeepError: nesting exceeds DEEPEST, or a second document begins.
        """
        if isinstance(event, DocumentStartEvent):
            self._start(event)
        elif isinstance(event, NodeEvent):
            self._refuse_decoration(event)
            self._take(event)
        elif isinstance(event, SequenceEndEvent | MappingEndEvent):
            self._open.pop()

    def _start(self, event: DocumentStartEvent) -> None:
        if self._started:
            self._note(event, "a second document begins here", "keep one document in each file")
            raise TooDeepError
        self._started = True
        if event.version or event.tags:
            self._note(event, "'%' directives are not allowed", "remove the line; YAML is 1.2 here")

    def _take(self, event: NodeEvent) -> None:
        if isinstance(event, ScalarEvent):
            if _SURROGATE.search(event.value):
                self._note(event, "holds half of a character (a surrogate escape)", "remove it")
            self._attach(event, resolve(event.value) if event.implicit[0] else event.value)
            return
        container: list[Json] | dict[str, Json] | None = None
        if isinstance(event, SequenceStartEvent):
            container = []
        elif isinstance(event, MappingStartEvent):
            container = {}
        location = self._attach(event, container)
        if container is not None:
            self._open.append(_Open(location, container))
            if len(self._open) > DEEPEST:
                self._note(event, f"is nested more than {DEEPEST} levels deep")
                raise TooDeepError

    def _attach(self, event: NodeEvent, value: Json) -> Location:
        """Put a value where it belongs and return its location."""
        location: Location = ()
        if not self._open:
            self.value = value
        else:
            parent = self._open[-1]
            if isinstance(parent.container, list):
                location = (*parent.location, len(parent.container))
                parent.container.append(value)
            elif parent.key is None:
                parent.key = self._take_key(event, parent)
                return (*parent.location, parent.key)
            else:
                location = (*parent.location, parent.key)
                parent.container[parent.key] = value
                parent.key = None
        self.values[location] = _span(event)
        return location

    def _take_key(self, event: NodeEvent, parent: _Open) -> str:
        if not isinstance(event, ScalarEvent):
            if not isinstance(event, AliasEvent):
                self._note(event, "a key must be text", "write 'name: value'")
            return ""
        key: str = event.value
        location = (*parent.location, key)
        if key == "<<" and event.implicit[0]:
            self._note(event, "merge keys ('<<') are not allowed", "write the settings out")
        elif location in self.keys:
            hint = f"the first is on line {self.keys[location].line}; keep one"
            self._note(event, f"{quoted(key)} is set twice", hint)
        else:
            self.keys[location] = _span(event)
        return key

    def _refuse_decoration(self, event: NodeEvent) -> None:
        if isinstance(event, AliasEvent):
            name = quoted(f"*{event.anchor}")
            self._note(event, f"aliases ({name}) are not allowed", "write the value out")
        elif event.anchor is not None:
            name = quoted(f"&{event.anchor}")
            self._note(event, f"anchors ({name}) are not allowed", "remove it")
        tag = getattr(event, "tag", None)
        if tag is not None:
            hint = "remove it, or put the text in quotes"
            self._note(event, f"tags ({quoted(tag)}) are not allowed", hint)

    def _note(self, event: Event, message: str, hint: str = "") -> None:
        span = _span(event)
        self.faults.append(
            Fault(path=self.name, line=span.line, column=span.column, message=message, hint=hint)
        )


def _span(event: Event) -> Span:
    return Span(
        line=event.start_mark.line + 1,
        column=event.start_mark.column + 1,
        start=event.start_mark.index,
        end=event.end_mark.index,
        block=getattr(event, "style", None) in ("|", ">"),
    )
