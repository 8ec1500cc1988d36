"""What is true of which resources: one truth for each of many, kept by sets.

Most answers are the same for many resources. A spread names the set for which something is true,
and for each other reason that it cannot be told the set for which that is so; for all the rest it
is false. Combining two spreads combines the truths of every resource at once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from auditor.access.truth import Truth, both, either

Unclear = tuple[tuple[Truth, int], ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """True for ``certain``; each truth of ``unclear`` for its own set, no two of which meet."""

    certain: int = 0
    unclear: Unclear = ()

    @property
    def known_of(self) -> int:
        """The set for which it is not false."""
        bits = self.certain
        for _, part in self.unclear:
            bits |= part
        return bits

    def within(self, bits: int) -> "Spread":
        """Return the same, false outside of a set."""
        if not self.unclear:
            return Spread(self.certain & bits) if self.certain & ~bits else self
        return Spread(
            self.certain & bits,
            tuple((truth, part & bits) for truth, part in self.unclear if part & bits),
        )


NOWHERE = Spread()


def spread_of(truth: Truth, bits: int) -> Spread:
    """Return one truth for a whole set."""
    if truth.value is None:
        return Spread(0, ((truth, bits),) if bits else ())
    return Spread(bits) if truth.value else NOWHERE


def joined(one: Spread, other: Spread) -> Spread:
    """Return where either is true."""
    if not one.unclear and not other.unclear:
        return Spread(one.certain | other.certain)
    certain = one.certain | other.certain
    return Spread(certain, _met(one.unclear, other.unclear, either, ~certain, alone=True))


def met(one: Spread, other: Spread) -> Spread:
    """Return where both are true."""
    certain = one.certain & other.certain
    if not one.unclear and not other.unclear:
        return Spread(certain)
    parts = [(truth, part & other.certain) for truth, part in one.unclear]
    parts += [(truth, part & one.certain) for truth, part in other.unclear]
    parts += _met(one.unclear, other.unclear, both, -1, alone=False)
    return Spread(certain, _gathered(parts))


def without(one: Spread, denied: Spread) -> Spread:
    """Return where the first is true and the other is not."""
    if not denied.unclear:
        return one.within(~denied.certain)
    return met(one, turned(denied, one.known_of))


def turned(spread: Spread, bits: int) -> Spread:
    """Return for which of a set it is false; what cannot be told stays so."""
    return Spread(bits & ~spread.known_of, spread.within(bits).unclear)


def all_joined(spreads: Iterable[Spread]) -> Spread:
    """Return where any is true."""
    found = NOWHERE
    for spread in spreads:
        found = joined(found, spread)
    return found


def _met(
    ones: Unclear, others: Unclear, how: Callable[[Truth, Truth], Truth], bits: int, *, alone: bool
) -> Unclear:
    parts = []
    rest = {number: part & bits for number, (_, part) in enumerate(others)}
    for truth, part in ones:
        part &= bits
        for number, (other, _) in enumerate(others):
            if common := part & rest[number]:
                parts.append((how(truth, other), common))
                part &= ~common
                rest[number] &= ~common
        if alone:
            parts.append((truth, part))
    if alone:
        parts += [(others[number][0], part) for number, part in rest.items()]
    return _gathered(parts)


def _gathered(parts: Iterable[tuple[Truth, int]]) -> Unclear:
    found: dict[Truth, int] = {}
    for truth, part in parts:
        if part:
            found[truth] = found.get(truth, 0) | part
    return tuple(found.items())
