"""Parses YAML 1.2 into a Document, and refuses what surprises people, all faults at once."""

import re
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import Event

from auditor.documents.builder import Builder, TooDeepError
from auditor.documents.document import Document
from auditor.errors import ConfigError, Fault

LONGEST_FILE = 1 << 20  # bytes; a file written by hand is far shorter
# YAML 1.2.2, production [1] c-printable, without the surrogates that no UTF-8 holds.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_document(path: Path) -> Document:
    """Read one YAML (or JSON) file.

    Raises:
        ConfigError: the file cannot be read, or breaks the rules of YAML or ours.
    """
    return parse_document(read_text(path), str(path))


def read_text(path: Path, longest: int = LONGEST_FILE) -> str:
    """Read a file that a user wrote: at most so many bytes of UTF-8.

    Raises:
        ConfigError: it cannot be read, is too long, or is not UTF-8.
    """
    try:
        with path.open("rb") as file:
            content = file.read(longest + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise _refusal(str(path), f"cannot be read: {reason}") from error
    if len(content) > longest:
        raise _refusal(str(path), f"is longer than {longest} bytes", "split the file")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        hint = "save the file as UTF-8"
        raise _refusal(str(path), "is not UTF-8 text", hint, line, column) from error


def parse_document(text: str, name: str) -> Document:
    """Parse YAML that is already in memory; ``name`` stands for the file in messages.

    Raises:
        ConfigError: the text breaks the rules of YAML or ours.
    """
    odd = _UNPRINTABLE.search(text)
    if odd:
        line, column = _place(text, odd.start())
        message = f"holds a character that YAML does not allow, U+{ord(odd.group()):04X}"
        raise _refusal(name, message, "remove it, or write it as an escape", line, column)
    builder = Builder(name)
    faults = list(_parse(text, builder))
    faults += builder.faults
    if faults:
        raise ConfigError(sorted(faults))
    return Document(
        path=Path(name), value=builder.value, text=text, values=builder.values, keys=builder.keys
    )


def _parse(text: str, builder: Builder) -> list[Fault]:
    last: Event | None = None
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            last = event
            builder.add(event)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = error.problem or error.context or "is not YAML"
        return [_fault(builder.name, f"is not YAML: {problem}", _yaml_hint(problem), line, column)]
    except (YAMLError, ValueError, OverflowError) as error:  # an escape outside of Unicode
        line = last.end_mark.line + 1 if last else 1
        reason = str(error).splitlines()[0] if str(error) else "it cannot be parsed"
        return [_fault(builder.name, f"is not YAML: {reason}", "", line, 1)]
    except TooDeepError:
        pass
    return []


def _yaml_hint(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return "put text that holds ': ' in quotes, and check the indentation"
    if "'\\t'" in problem:
        return "indent with spaces, not tabs"
    if "could not find expected ':'" in problem:
        return "a setting is 'name: value'; is the colon or a space after it missing?"
    return ""


def _place(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1


def _fault(path: str, message: str, hint: str = "", line: int = 1, column: int = 1) -> Fault:
    return Fault(path=path, line=line, column=column, message=message, hint=hint)


def _refusal(
    path: str, message: str, hint: str = "", line: int = 1, column: int = 1
) -> ConfigError:
    return ConfigError([_fault(path, message, hint, line, column)])
