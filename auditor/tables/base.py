"""What the rows of every table share, and what an unknown column is."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, TypeAlias, TypeVar

from auditor.model import Unknown

T = TypeVar("T")
Maybe: TypeAlias = T | Unknown

UNJOINED = Unknown("not joined yet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What the rows of every table share."""

    table: ClassVar[str]

    id: Annotated[str, "Names the row; unique in its table."]
    evidence: Annotated[tuple[int, ...], "Indexes of the records that it was read from."] = ()
