"""The shape of a pack's YAML files, and nothing about their meaning."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, RootModel, StringConstraints

Line = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
ExpectedVerdict = Literal["pass", "fail", "indeterminate", "not applicable"]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class ParameterEntry(_Entry):
    """One parameter of a pack."""

    type: Literal["list of text", "text", "number", "yes or no"]
    default: JsonValue
    meaning: Line
    tightens: Literal["shorter", "longer", "larger", "smaller", "true", "false"]


class PackEntry(_Entry):
    """``pack.yaml``."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
    version: Line
    title: Line
    source: Line
    commitments: Annotated[dict[str, Line], Field(min_length=1)]
    terms: dict[Name, Line] = {}
    parameters: dict[Name, ParameterEntry] = {}
    case_parameters: dict[Name, JsonValue] = {}


class MustEntry(_Entry):
    """One clause of a control."""

    says: Line
    check: Line


class CaseEntry(_Entry):
    """One case of a control: rows by table, and the verdict that they must get."""

    name: Line
    given: dict[str, list[dict[str, JsonValue]]]
    parameters: dict[str, JsonValue] = {}
    expect: ExpectedVerdict


class ControlEntry(_Entry):
    """One control. Exactly one of ``every`` and ``some`` names its table."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z]-[0-9]{2}[a-z]?$")]
    title: Line
    commitment: str
    also: list[str] = []
    severity: Literal["critical", "high", "medium", "low"]
    every: str | None = None
    some: str | None = None
    complete: list[str] = []
    where: Line | None = None
    must: Annotated[list[MustEntry], Field(min_length=1)]
    why: Line
    cites: Annotated[list[Line], Field(min_length=1)]
    remedy: Line
    attested: bool = False
    empty: ExpectedVerdict = "indeterminate"
    tests: list[CaseEntry] = []


class ControlsFile(RootModel[list[ControlEntry]]):
    """A file of ``controls/``: a list of controls."""


class MoreCasesEntry(CaseEntry):
    """One case of a file in ``tests/``, which says what control it belongs to."""

    control: str


class CasesFile(RootModel[list[MoreCasesEntry]]):
    """A file of ``tests/``: a list of cases."""
