"""Reads the register: exceptions that the parties agreed, for flows of data and for access."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from auditor.config.settings import Settings
from auditor.config.values import Name, Text
from auditor.documents import quoted, read_document, validate
from auditor.errors import ConfigError
from auditor.model import RegisterEntry


class EntrySettings(Settings):
    """One exception: data that may leave, or access for a time."""

    id: Name
    kind: Literal["flow", "access"]
    """'flow' for data that may leave, 'access' for who may come in, such as break-glass use."""
    purpose: Text
    approvers: Annotated[tuple[Text, ...], Field(min_length=1)]
    """People who approved it."""
    valid_from: date
    """First day."""
    valid_until: date
    """Last day."""
    principals: tuple[Text, ...] = ()
    """Patterns of ids of those who may come in."""
    stores: tuple[Text, ...] = ()
    """Patterns of ids of stores; without any, every store."""
    recipients: tuple[Text, ...] = ()
    """Accounts, tenancies, countries or names outside that a flow may go to."""
    data_classes: tuple[Text, ...] = ()
    """Classes of data that it covers; without any, every class."""
    bytes_limit: Annotated[int, Field(ge=0)] | None = None
    """Bytes that may leave over those days. Default: no limit."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.valid_until < self.valid_from:
            raise ValueError("the entry ends before it starts")
        if self.kind == "flow" and not self.recipients:
            raise ValueError("a flow names its recipients")
        if self.kind == "access" and not self.principals:
            raise ValueError("an access names its principals")
        if self.kind == "access" and (self.recipients or self.bytes_limit is not None):
            raise ValueError("an access has no recipients and no limit of bytes")
        return self


class RegisterFile(Settings):
    """The file that ``register:`` names."""

    register_: Annotated[tuple[EntrySettings, ...], Field(alias="register")]


def read_register(path: Path) -> tuple[RegisterEntry, ...]:
    """Read a register, in the order of the file.

    Raises:
        ConfigError: everything that does not fit, with its place.
    """
    document = read_document(path)
    entries = validate(document, RegisterFile).register_
    ids = [entry.id for entry in entries]
    faults = [
        document.fault(
            ("register", index, "id"), f"{quoted(name)} is used twice", "names are unique"
        )
        for index, name in enumerate(ids)
        if name in ids[:index]
    ]
    if faults:
        raise ConfigError(faults)
    return tuple(map(_to_entry, entries))


def _to_entry(settings: EntrySettings) -> RegisterEntry:
    limit = settings.bytes_limit
    return RegisterEntry(
        **{
            **settings.model_dump(),
            "valid_from": settings.valid_from.isoformat(),
            "valid_until": settings.valid_until.isoformat(),
            "bytes_limit": -1 if limit is None else limit,
        }
    )
