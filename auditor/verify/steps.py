"""What a verification says: numbered steps, each of which held, did not, or was not decided."""

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.envelope.files import printable


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a verification.

    ``held`` is false if anything is wrong, and ``faults`` then names each thing. It is ``None``
    if nothing is wrong but the question stays open: nobody said whom to trust, or there is
    nothing to check. Texts are safe to print, whatever names they quote.
    """

    number: int
    name: str
    held: bool | None
    detail: str
    faults: tuple[str, ...] = ()


NAMES = {
    1: "Files",
    2: "Digests",
    3: "Signature over the list of files",
    4: "Statement",
    5: "Signer",
    6: "Timestamp",
    7: "Evidence records",
    8: "Report",
}


def holds(number: int, detail: str) -> Step:
    """A step in which everything is as it should be."""
    return Step(number=number, name=NAMES[number], held=True, detail=printable(detail))


def undecided(number: int, detail: str) -> Step:
    """A step that found nothing wrong and yet could not decide."""
    return Step(number=number, name=NAMES[number], held=None, detail=printable(detail))


def fails(number: int, faults: Iterable[str]) -> Step:
    """A step that found something wrong, or could not be made."""
    named = tuple(printable(fault) for fault in faults)
    detail = named[0] if len(named) == 1 else f"{len(named)} faults"
    return Step(number=number, name=NAMES[number], held=False, detail=detail, faults=named)


def all_failed(first: int, reason: str) -> tuple[Step, ...]:
    """The steps from ``first`` on, none of which could be made."""
    return tuple(fails(number, (f"not examined: {reason}",)) for number in NAMES if number >= first)
