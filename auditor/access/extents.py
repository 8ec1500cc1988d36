"""Stores that are reached alike, as runs of their ids: many stores, few extents."""

import hashlib
from collections.abc import Iterator, Sequence

from auditor.access.segment import Segment
from auditor.access.sets import collected, members, runs

_MOST_CHUNKS = 64


class Extents:
    """Sets of stores by their place among all stores, and the extents that were made of them."""

    def __init__(self, ids: Sequence[str]) -> None:
        """Take the ids of all stores, in order."""
        self.ids = ids
        self._places = {each: place for place, each in enumerate(ids)}
        self._chunks: dict[Segment, list[tuple[int, int, int]]] = {}
        self._named: dict[int, str] = {}
        self._digest = hashlib.md5("\n".join(ids).encode(), usedforsecurity=False)

    def places(self, ids: Sequence[str]) -> int:
        """Return the set of some stores."""
        return collected(self._places[each] for each in ids)

    def placed(self, segment: Segment, bits: int) -> int:
        """Return a set of a segment's resources as a set of stores.

        Raises:
            KeyError: the segment's resources are no stores.
        """
        chunks = self._chunks.get(segment)
        if chunks is None:
            places = [self._places[each.id] for each in segment.resources]
            chunks = self._chunks[segment] = list(_chunks(places))
        if len(chunks) > _MOST_CHUNKS and bits.bit_count() <= _MOST_CHUNKS:
            return collected(self._places[segment.resources[n].id] for n in members(bits))
        found = 0
        for first, count, place in chunks:
            found |= (bits >> first & (1 << count) - 1) << place
        return found

    def name(self, bits: int) -> str:
        """Return the id of the extent that a set is: the same for the same stores of an audit."""
        found = self._named.get(bits)
        if found is None:
            digest = self._digest.copy()
            digest.update(bits.to_bytes(bits.bit_length() // 8 + 1, "little"))
            found = self._named[bits] = f"extent-{digest.hexdigest()}"
        return found

    def named(self) -> Iterator[tuple[str, list[tuple[int, int]]]]:
        """Yield each extent that was named, with the first and last place of its runs."""
        for bits, name in self._named.items():
            yield name, list(runs(bits))


def _chunks(places: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield runs in which places go up by one: the first in order, how many, the first place."""
    start = 0
    for n in range(1, len(places) + 1):
        if n == len(places) or places[n] != places[n - 1] + 1:
            yield start, n - start, places[start]
            start = n
