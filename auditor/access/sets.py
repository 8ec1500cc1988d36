"""Sets of things that stand in one order, as whole numbers: bit n stands for the thing at n.

Union, intersection and difference of 100,000 things cost microseconds, and equal sets are equal
numbers, so that they can be keys.
"""

import re
from collections.abc import Iterable, Iterator

_FEW = 24
_ONES = re.compile("1+")


def members(bits: int) -> Iterator[int]:
    """Yield the places of a set, in order."""
    for first, last in runs(bits):
        yield from range(first, last + 1)


def runs(bits: int) -> Iterator[tuple[int, int]]:
    """Yield the first and last place of every stretch without a hole, in order."""
    if bits & (bits + 1) == 0:  # one stretch from the start, as a whole order is
        if bits:
            yield 0, bits.bit_length() - 1
        return
    low = (bits & -bits).bit_length() - 1
    for found in _ONES.finditer(f"{bits >> low:b}"[::-1]):
        first, after = found.span()
        yield first + low, after - 1 + low


def stretch(first: int, after: int) -> int:
    """Return the set of all places from the first to the one before ``after``."""
    return (1 << after) - (1 << first) if after > first else 0


def collected(places: Iterable[int]) -> int:
    """Return the set of some places, in any order."""
    found = list(places)
    if len(found) <= _FEW:
        bits = 0
        for place in found:
            bits |= 1 << place
        return bits
    flags = bytearray(max(found) // 8 + 1)
    for place in found:
        flags[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(flags, "little")


def first_of(bits: int) -> int:
    """Return the lowest place of a set that is not empty."""
    return (bits & -bits).bit_length() - 1
