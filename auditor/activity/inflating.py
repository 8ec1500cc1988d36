"""Inflates log files under limits, whatever their bytes claim."""

import hashlib
import re
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import deflate

WHOLE: Final = 256 << 20
"""Files of up to so many bytes are inflated at once; of larger ones only a piece is held."""
PIECE: Final = 8 << 20
MOST: Final = 16 << 30
"""Bytes at which reading a file ends: no provider writes log files of that size."""

_FEED: Final = 64 << 10
_MAGIC: Final = b"\x1f\x8b\x08"
_MEMBER: Final = re.compile(re.escape(_MAGIC) + rb"[\x00-\x1f]")  # larger flags are reserved
_GZIP: Final = 31  # zlib's word for a window of 32 KiB within gzip's frame


@dataclass(slots=True)
class Inflating:
    """One file that is being inflated.

    Attributes:
        size: bytes inflated so far.
        fault: why not all of the file could be inflated; '' while nothing is wrong.
        most: bytes at which inflating ends.
        hashing: whether ``sha256`` is wanted.
    """

    content: bytes
    most: int = MOST
    size: int = 0
    fault: str = ""
    hashing: bool = False
    _whole: bytes | bytearray = b""
    _hashed: int = 0
    _digest: Any = field(default_factory=hashlib.sha256)

    @property
    def sha256(self) -> str:
        """Of what it inflates to, as far as that was read; lower-case hex, '' if not wanted."""
        if not self.hashing:
            return ""
        self.hash_up_to(len(self._whole))
        return str(self._digest.hexdigest())

    def hash_up_to(self, end: int) -> None:
        """Hash the whole up to there: cheapest just before that is read, while it is in the cache.

        What is read later is hashed in any case, as it is when ``sha256`` is asked for.
        """
        if self.hashing and end > self._hashed:
            self._digest.update(memoryview(self._whole)[self._hashed : end])
            self._hashed = end

    def whole(self) -> bytes | bytearray | None:
        """Return everything at once; None if it is too large for that, or damaged."""
        if not self.content.startswith(_MAGIC):
            small = len(self.content) <= min(WHOLE, self.most)
            data: bytes | bytearray | None = self.content if small else None
        else:
            data = self._member() or self._members()
        if data is not None:
            self.size, self._whole = len(data), data
        return data

    def pieces(self) -> Iterator[bytes]:
        """Yield piece by piece as much as can be inflated; ``fault`` says what could not."""
        self.size, self._digest = 0, hashlib.sha256()
        for piece in self._pieces():
            self.size += len(piece)
            if self.hashing:
                self._digest.update(piece)
            yield piece
            if self.size > self.most:
                self.fault = f"inflates to more than {self.most} bytes"
                break

    def _member(self) -> bytearray | None:
        # The last four bytes state the size, so a file cannot make us reserve more than WHOLE.
        stated = int.from_bytes(self.content[-4:], "little")
        if not 0 < stated <= min(WHOLE, self.most):
            return None
        # The fast library silently ends after the first member.
        if _MEMBER.search(self.content, len(_MAGIC)):
            return None
        try:
            data = deflate.gzip_decompress(self.content)
        except (deflate.DeflateError, ValueError):
            return None
        return data if len(data) == stated else None

    def _members(self) -> bytes | None:
        found, size = [], 0
        for piece in self._pieces():
            size += len(piece)
            if size > min(WHOLE, self.most):
                return None
            found.append(piece)
        fault, self.fault = self.fault, ""
        return None if fault else b"".join(found)

    def _pieces(self) -> Iterator[bytes]:
        if not self.content.startswith(_MAGIC):
            for start in range(0, len(self.content), PIECE):
                yield self.content[start : start + PIECE]
            return
        rest = memoryview(self.content)
        while rest:
            if bytes(rest[: len(_MAGIC)]) != _MAGIC:
                # Padding with zeros is allowed after a member.
                self.fault = "bytes that are not gzip follow" if any(rest) else ""
                return
            consumed = yield from self._inflate(rest)
            if not consumed:
                return
            rest = rest[consumed:]

    def _inflate(self, rest: memoryview) -> Generator[bytes, None, int]:
        """Yield what one member inflates to; returns the length of the member, or 0."""
        inflater = zlib.decompressobj(_GZIP)
        taken, waiting = 0, b""
        while not inflater.eof:
            if not waiting:
                waiting = bytes(rest[taken : taken + _FEED])
                taken += len(waiting)
            if not waiting:
                self.fault = "the file breaks off"
                return 0
            try:
                piece = inflater.decompress(waiting, PIECE)
            except zlib.error:
                self.fault = "the file is damaged: its gzip cannot be read on"
                return 0
            waiting = inflater.unconsumed_tail
            if piece:
                yield piece
        return taken - len(inflater.unused_data)
