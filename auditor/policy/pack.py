"""A policy pack in memory: what its YAML says, with every expression checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from auditor.model import Json
from auditor.policy.expression import Expression
from auditor.results import Verdict


class Quantifier(StrEnum):
    """How many rows in scope must hold the clauses."""

    EVERY = "every"
    SOME = "some"


class Tightens(StrEnum):
    """The direction in which a parameter becomes stricter."""

    SHORTER = "shorter"  # a list with fewer entries
    LONGER = "longer"  # a list with more entries
    LARGER = "larger"
    SMALLER = "smaller"
    TRUE = "true"
    FALSE = "false"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A value that an audit may override; ``type`` is DuckDB's name of the type."""

    name: str
    type: str
    default: Json
    meaning: str
    tightens: Tightens


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One promise of the agreement, in a plain sentence."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Must:
    """One clause: a sentence and the expression that tests it."""

    says: str
    check: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Rows and the verdict that a control must give on them.

    Attributes:
        given: table -> rows; a column left out or null is unknown.
        parameters: overrides, of built-in parameters too.
        expect: 'pass' stands for what a control calls a pass: tested or attested.
        place: file:line.
    """

    name: str
    given: Mapping[str, tuple[Mapping[str, Json], ...]]
    parameters: Mapping[str, Json]
    expect: Verdict
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One rule over the rows of one table.

    Attributes:
        also: further commitments that it bears on, and that are not met if it fails.
        where: which rows are in scope; None puts all in scope.
        empty: what it means that no row is in scope and every table is complete.
        reads: the population's table first, then the tables reached by alias and those that
            ``complete`` names: none of them may have a gap if the control is to pass.
        place: file:line.
    """

    id: str
    title: str
    commitment: str
    also: tuple[str, ...]
    severity: str
    quantifier: Quantifier
    table: str
    where: Expression | None
    must: tuple[Must, ...]
    why: str
    cites: tuple[str, ...]
    remedy: str
    attested: bool
    empty: Verdict
    cases: tuple[Case, ...]
    reads: tuple[str, ...]
    place: str

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """The scope, where there is one, and the clauses."""
        scope = () if self.where is None else (self.where,)
        return (*scope, *(must.check for must in self.must))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A folder of controls that belong together.

    Attributes:
        terms: name -> condition, as a contract defines its words.
        case_parameters: values that its cases use unless they say otherwise.
        digest: SHA-256 over its files, lower-case hex.
    """

    name: str
    version: str
    title: str
    source: str
    commitments: tuple[Commitment, ...]
    terms: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    case_parameters: Mapping[str, Json]
    controls: tuple[Control, ...]
    digest: str
    folder: Path
