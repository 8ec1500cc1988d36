"""One part of a collection that several machines share.

Every shard discovers the accounts by itself and looks into those that are its own, so that no
scheduler is needed. What belongs to no account is asked by the first shard only.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from auditor.model import Place
from auditor.spec import Collector

AXIS = "shard"  # what the place of a sharded collection's request calls it
_WRITTEN = re.compile(r"([1-9]\d{0,4})/([1-9]\d{0,4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shard:
    """The ``number``-th of ``of`` parts, counted from 1."""

    number: int
    of: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read '3/8'.

        Raises:
            ValueError: it is written otherwise, or there is no such part.
        """
        match = _WRITTEN.fullmatch(text)
        if not match or int(match[1]) > int(match[2]):
            raise ValueError(f"{text!r} is no part of a whole: write '3/8' for the third of eight")
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        """Return '3/8'."""
        return f"{self.number}/{self.of}"

    @property
    def all(self) -> tuple["Shard", ...]:
        """Every part of the same whole, this one included."""
        return tuple(Shard(number, self.of) for number in range(1, self.of + 1))

    def takes(self, account: str) -> bool:
        """Whether this part looks into an account.

        It hangs on the account's name alone: an account that opens moves no other to another part.
        """
        digest = sha256(account.encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(digest[:8], "big") % self.of == self.number - 1

    def looks_into(self, place: Place) -> bool:
        """Whether this part looks into a place: it does, unless that is another part's account."""
        return "account" not in place or self.takes(place["account"])

    def collectors(self, collectors: Iterable[Collector]) -> tuple[Collector, ...]:
        """Return what this part collects: the first also what belongs to no account."""
        return tuple(
            each
            for each in collectors
            if self.number == 1 or "account" in each.per or each.finds_places
        )
