"""What a signature says about a package."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What signatures say about a package.

    Attributes:
        certificates: fingerprints, sorted.
        holds: they are over exactly this package; None if that cannot be told.
        why: reasons why they do not hold, or why nobody knows.
    """

    certificates: tuple[str, ...]
    holds: bool | None
    why: tuple[str, ...] = ()


UNSIGNED = Signature(certificates=(), holds=False, why=("it is not signed",))


def joined(several: Iterable[Signature]) -> Signature:
    """Return what several signatures say together: all must hold."""
    found = list(several)
    if not found:
        return UNSIGNED
    holds = {each.holds for each in found}
    return Signature(
        certificates=tuple(sorted({name for each in found for name in each.certificates})),
        holds=False if False in holds else None if None in holds else True,
        why=tuple(reason for each in found for reason in each.why),
    )
