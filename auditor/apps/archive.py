"""Reads ZIP archives of strangers, and refuses those that two readers could read differently.

Installers of Android and iOS differ in which of two entries of one name they take, or whether the
directory or the entry's own header decides. A package with such doubts is refused, not guessed at.
Zip64, several disks, encryption and other methods than deflate have no place in an app package.

Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
"""

import mmap
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from auditor.apps.names import name_fault
from auditor.errors import PackageError

MOST_ENTRIES = 100_000
MOST_BYTES = 4 * 2**30  # of all entries, unpacked
MOST_READ = 512 * 2**20  # of one entry that is read as a whole
CHUNK = 2**20
Buffer: TypeAlias = bytes | mmap.mmap
_SUSPECT = 64 * 2**20  # below this size no ratio is suspicious
_MOST_RATIO = 200  # of one entry; video and code come nowhere near
_END = struct.Struct("<4sHHHHIIH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_ENCRYPTED = 1 << 0 | 1 << 6 | 1 << 13
_DESCRIBED_LATER = 1 << 3
_COMPARED = 0xFFFF & ~(1 << 1 | 1 << 2)  # how hard the packer tried says nothing
_STORED, _DEFLATED = 0, 8
_UNIX = 3
_FILE_TYPE, _SYMLINK = 0o170000, 0o120000
_LARGEST = 0xFFFFFFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file of an archive.

    Attributes:
        header: where its own header starts.
        start: where its data start.
        packed, size: bytes as they lie, and unpacked.
    """

    name: str
    header: int
    start: int
    packed: int
    size: int
    checksum: int
    method: int


class Archive:
    """An archive that reads only in one way.

    Attributes:
        entries: files by name, in the order of the directory; folders are left out.
        directory, end: where the central directory and its end record start.
    """

    def __init__(self, data: Buffer) -> None:
        """Read the directory and hold it against every entry's own header.

        Args:
            data: the whole file; a memory map does.

        Raises:
            PackageError: it is no archive, or one that could be read in two ways.
        """
        self.data = data
        self.end, count, size, self.directory = _find_end(data)
        self.entries: dict[str, Entry] = {}
        ranges: list[tuple[int, int]] = []
        position = self.directory
        seen: set[str] = set()
        for _ in range(count):
            entry, position = _read_entry(data, position, self.end)
            if entry.name.rstrip("/") in seen:
                raise PackageError(f"it holds two entries of the name {entry.name!a}")
            seen.add(entry.name.rstrip("/"))
            ranges.append((entry.header, entry.start + entry.packed))
            if not entry.name.endswith("/"):
                self.entries[entry.name] = entry
        if position != self.directory + size:
            raise PackageError("its directory is longer than its entries")
        _check_ranges(ranges, self.directory)
        _check_sizes(self.entries.values(), len(data))

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the content of a file in parts of at most ``CHUNK`` bytes.

        Raises:
            PackageError: the content is not what the directory says.
        """
        entry = self.entries[name]
        size, checksum = 0, 0
        for part in self._unpacked(entry):
            size += len(part)
            checksum = zlib.crc32(part, checksum)
            if size > entry.size:
                break
            yield part
        if size != entry.size or checksum != entry.checksum:
            raise PackageError(f"the content of {name!a} is not what the directory says")

    def read(self, name: str, most: int = MOST_READ) -> bytes:
        """Return the content of a file.

        Raises:
            PackageError: it is larger than ``most`` bytes, or not what the directory says.
        """
        if self.entries[name].size > most:
            raise PackageError(f"{name!a} is larger than {most} bytes")
        return b"".join(self.chunks(name))

    def _unpacked(self, entry: Entry) -> Iterator[bytes]:
        end = entry.start + entry.packed
        if entry.method == _STORED:
            for start in range(entry.start, end, CHUNK):
                yield self.data[start : min(start + CHUNK, end)]
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for start in range(entry.start, end, CHUNK):
                yield inflater.decompress(self.data[start : min(start + CHUNK, end)], CHUNK)
                while inflater.unconsumed_tail:
                    yield inflater.decompress(inflater.unconsumed_tail, CHUNK)
            while part := inflater.decompress(b"", CHUNK):
                yield part
        except zlib.error as error:
            raise PackageError(f"{entry.name!a} cannot be unpacked: {error}") from error
        if not inflater.eof or inflater.unused_data:
            raise PackageError(f"the packed data of {entry.name!a} end early, or go on")


def _find_end(data: Buffer) -> tuple[int, int, int, int]:
    """Return where the end record is, the count of entries, and size and place of the directory."""
    lowest = max(0, len(data) - _END.size - 0xFFFF)
    tail = data[lowest:]
    found = [
        lowest + at
        for at in _positions(tail, b"PK\5\6")
        if lowest + at + _END.size <= len(data)
        and _END.unpack_from(tail, at)[7] == len(data) - lowest - at - _END.size
    ]
    if not found:
        raise PackageError("it is no ZIP archive, or is cut short")
    if len(found) > 1:
        raise PackageError("it has two ends: readers could take either directory")
    _, disk, first, here, count, size, start, _ = _END.unpack_from(data, found[0])
    if disk or first or here != count or count == 0xFFFF or _LARGEST in (size, start):  # noqa: PLR2004
        raise PackageError("it is split, or a Zip64 archive: no app package is")
    if start + size != found[0]:
        raise PackageError("its directory is not where its end says")
    if count > MOST_ENTRIES:
        raise PackageError(f"it holds {count} entries; more than {MOST_ENTRIES} are not read")
    return found[0], count, size, start


def _positions(data: bytes, pattern: bytes) -> Iterator[int]:
    at = data.find(pattern)
    while at >= 0:
        yield at
        at = data.find(pattern, at + 1)


def _read_entry(data: Buffer, position: int, end: int) -> tuple[Entry, int]:
    """Return one entry of the directory, and where the next one starts."""
    if position + _CENTRAL.size > end:
        raise PackageError("its directory is cut short")
    central = _CENTRAL.unpack_from(data, position)
    magic, made_by, _, flags, method, _, _, checksum, packed, size = central[:10]
    name_size, extra_size, comment_size, disk, _, attributes, header = central[10:]
    start = position + _CENTRAL.size
    after = start + name_size + extra_size + comment_size
    if magic != b"PK\1\2" or after > end or disk:
        raise PackageError("its directory is malformed")
    raw = bytes(data[start : start + name_size])
    name = _named(raw)
    if flags & _ENCRYPTED:
        raise PackageError(f"the entry {name!a} is encrypted")
    if method not in (_STORED, _DEFLATED) or (method == _STORED and packed != size):
        raise PackageError(f"the entry {name!a} is packed in a way that no installer reads")
    if made_by >> 8 == _UNIX and attributes >> 16 & _FILE_TYPE == _SYMLINK:
        raise PackageError(f"the entry {name!a} is a symbolic link")
    told = (flags, method, checksum, packed, size)
    return Entry(
        name=name,
        header=header,
        start=_data_start(data, header, name, raw, told),
        packed=packed,
        size=size,
        checksum=checksum,
        method=method,
    ), after


def _named(raw: bytes) -> str:
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        name = raw.decode("cp437")
    if fault := name_fault(name):
        raise PackageError(f"the entry {name!a} {fault}")
    return name


def _data_start(data: Buffer, header: int, name: str, raw: bytes, told: tuple[int, ...]) -> int:
    """Return where an entry's data start; its own header must say what the directory says."""
    if header + _LOCAL.size > len(data):
        raise PackageError(f"the entry {name!a} lies outside of the file")
    local = _LOCAL.unpack_from(data, header)
    magic, _, flags, method, _, _, *sizes, name_size, extra_size = local
    start = header + _LOCAL.size
    later = flags & _DESCRIBED_LATER
    same = (
        magic == b"PK\3\4"
        and (flags ^ told[0]) & _COMPARED == 0
        and method == told[1]
        and bytes(data[start : start + name_size]) == raw
        and (tuple(sizes) == told[2:] or (later and not any(sizes)))
    )
    if not same:
        raise PackageError(f"the header of the entry {name!a} differs from the directory")
    return int(start + name_size + extra_size)


def _check_ranges(ranges: list[tuple[int, int]], directory: int) -> None:
    last = 0
    for start, end in sorted(ranges):
        if start < last:
            raise PackageError("two of its entries overlap")
        last = end
    if last > directory:
        raise PackageError("an entry reaches into its directory")


def _check_sizes(entries: Iterable[Entry], size: int) -> None:
    total = 0
    for entry in entries:
        total += entry.size
        if entry.size > _SUSPECT and entry.size > _MOST_RATIO * entry.packed:
            raise PackageError(f"the entry {entry.name!a} unpacks to {entry.size} bytes: a bomb")
    if total > MOST_BYTES or (total > _SUSPECT and total > _MOST_RATIO * size):
        raise PackageError(f"it unpacks to {total} bytes: more than are read")
