"""Truth with reasons: yes, no, or cannot be told, and then what it hangs on (Kleene's logic)."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Truth:
    """One answer.

    Attributes:
        value: None where it cannot be told.
        depends_on: keys of the request that decide, in lower case; only where value is None.
        reasons: why it is unknown, as sentences without full stop; only where value is None.
            An answer that is None and has no reasons is conditional: the request decides it.
    """

    value: bool | None
    depends_on: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()

    @property
    def conditional(self) -> bool:
        """Nothing but the request decides."""
        return self.value is None and not self.reasons

    @property
    def unknown(self) -> bool:
        """Something that decides could not be read or understood."""
        return self.value is None and bool(self.reasons)

    @property
    def possible(self) -> bool:
        """It is not known to be false."""
        return self.value is not False


TRUE = Truth(True)
FALSE = Truth(False)


def depends(*keys: str) -> Truth:
    """Give the truth that the request decides by these keys."""
    return Truth(None, depends_on=frozenset(keys))


def unknown(*reasons: str) -> Truth:
    """Give the truth that cannot be told for these reasons."""
    return Truth(None, reasons=frozenset(reasons))


def known(value: bool) -> Truth:
    """Give the truth of something that is known."""
    return TRUE if value else FALSE


def both(a: Truth, b: Truth) -> Truth:
    """True if both are, false if one is not."""
    if a.value is False or b.value is False:
        return FALSE
    return _joined(a, b, True)


def either(a: Truth, b: Truth) -> Truth:
    """True if one is, false if neither is."""
    if a.value is True or b.value is True:
        return TRUE
    return _joined(a, b, False)


def negated(a: Truth) -> Truth:
    """Turn yes into no; what cannot be told stays so."""
    if a.value is None:
        return a
    return FALSE if a.value else TRUE


def all_of(truths: Iterable[Truth]) -> Truth:
    """True if all are, and if there are none."""
    result = TRUE
    for truth in truths:
        result = both(result, truth)
        if result.value is False:
            break
    return result


def any_of(truths: Iterable[Truth]) -> Truth:
    """True if one is; false if there are none."""
    result = FALSE
    for truth in truths:
        result = either(result, truth)
        if result.value is True:
            break
    return result


def _joined(a: Truth, b: Truth, neutral: bool) -> Truth:
    if a.value is neutral:
        return b
    if b.value is neutral:
        return a
    return Truth(None, a.depends_on | b.depends_on, a.reasons | b.reasons)
