"""Opens a bundle that comes as an archive, without letting the archive do anything else."""

import gzip
import stat
import sys
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO, cast

import zstandard

from auditor.envelope.files import name_fault, shown
from auditor.errors import BundleError, SignatureError

_CHUNK = 2**20
_LARGEST_WINDOW = 8 * 2**20
_LARGEST_HEADER = 2**20  # bytes before one entry of a tar; more only to attack memory
_BROKEN = (
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    zstandard.ZstdError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLimits:
    """What an archive may unpack to."""

    files: int = 100_000
    total: int = 64 * 2**30  # bytes
    ratio: int = 200  # unpacked to packed, beyond the first ``free`` bytes
    free: int = 100 * 2**20  # bytes


DEFAULT_LIMITS = ArchiveLimits()


@dataclass(slots=True, kw_only=True)
class _Unpacking:
    """One archive on its way into a folder."""

    target: Path
    bytes_left: int
    files_left: int
    faults: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def take(self, name: str, source: IO[bytes]) -> None:
        """Write one file of the archive, or note why not."""
        plain = name.removeprefix("./")
        fault = name_fault(plain)
        if plain.casefold() in self.seen:
            fault = fault or f"{shown(name)}: is in the archive twice"
        if fault:
            self.refuse(fault)
            return
        self.seen.add(plain.casefold())
        path = self.target / plain
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            while chunk := source.read(_CHUNK):
                self.bytes_left -= len(chunk)
                if self.bytes_left < 0:
                    raise SignatureError(
                        f"{shown(name)}: the archive unpacks to too much: refused as a bomb"
                    )
                file.write(chunk)

    def refuse(self, fault: str) -> None:
        """Note a fault; nothing is written for it."""
        self.faults.append(fault)

    def count(self) -> None:
        """One more entry, of whatever kind."""
        self.files_left -= 1
        if self.files_left < 0:
            raise SignatureError("the archive holds too many entries: refused as a bomb")


@contextmanager
def opened_bundle(
    path: Path, limits: ArchiveLimits = DEFAULT_LIMITS
) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The folder of a bundle, and what was wrong with its archive if it is one.

    A ``.tar``, ``.tar.gz``, ``.tar.zst`` or ``.zip`` is unpacked below a temporary folder, which
    is removed at the end.

    Raises:
        BundleError: there is nothing at that path, or neither a folder nor such an archive.
    """
    if path.is_dir():
        yield path, ()
        return
    if not path.is_file():
        raise BundleError(f"{path} is neither a folder nor an archive")
    with tempfile.TemporaryDirectory(prefix="auditor-") as temporary:
        size = path.stat().st_size
        unpacking = _Unpacking(
            target=Path(temporary),
            bytes_left=min(limits.total, limits.free + limits.ratio * size),
            files_left=limits.files,
        )
        try:
            _unpack(path, unpacking)
        except SignatureError as error:
            unpacking.refuse(str(error))
        except _BROKEN as error:
            unpacking.refuse(f"{shown(path.name)}: the archive is damaged: {error}")
        yield _top(Path(temporary)), tuple(unpacking.faults)


def _top(folder: Path) -> Path:
    entries = list(folder.iterdir())
    return entries[0] if len(entries) == 1 and entries[0].is_dir() else folder


def _unpack(path: Path, unpacking: _Unpacking) -> None:
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        if start.startswith(b"PK"):
            _unpack_zip(file, unpacking)
        elif start.startswith(b"\x1f\x8b"):
            with gzip.open(file) as plain:
                _unpack_tar(cast("IO[bytes]", plain), unpacking)
        elif start == b"\x28\xb5\x2f\xfd":
            decompressor = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
            with decompressor.stream_reader(file, read_across_frames=True) as plain:
                _unpack_tar(cast("IO[bytes]", plain), unpacking)
        else:
            _unpack_tar(file, unpacking)


class _Forward:
    """Hands a tar on piece by piece: forward only, no huge header, no more than allowed."""

    def __init__(self, source: IO[bytes], most: int) -> None:
        self._source, self._most, self._position = source, most, 0
        self.header_left = _LARGEST_HEADER

    def read(self, size: int) -> bytes:
        """The next bytes; tarfile keeps in memory what an extended or sparse header says."""
        self.header_left -= size
        if size < 0 or self.header_left < 0:
            raise SignatureError("the archive has a header of excessive length: refused as a bomb")
        return self._take(size)

    def _take(self, size: int) -> bytes:
        data = self._source.read(size)
        self._position += len(data)
        if self._position > self._most:
            raise SignatureError("the archive unpacks to too much: refused as a bomb")
        return data

    def tell(self) -> int:
        """How many bytes were read."""
        return self._position

    def seek(self, position: int) -> int:
        """Skip to a later position."""
        if position < self._position:
            raise ValueError("an archive is read forward only")
        while self._position < position:
            if not self._take(min(_CHUNK, position - self._position)):
                break
        return self._position


def _unpack_tar(source: IO[bytes], unpacking: _Unpacking) -> None:
    # Twice the budget: headers and padding come on top of the files.
    forward = _Forward(source, 2 * unpacking.bytes_left + _CHUNK)
    with tarfile.open(fileobj=cast("IO[bytes]", forward), mode="r:") as archive:
        while member := archive.next():
            unpacking.count()
            forward.header_left = sys.maxsize
            _unpack_member(archive, member, unpacking)
            forward.header_left = _LARGEST_HEADER
            # Else each header stays in memory, and a global one is copied into all later ones.
            vars(archive)["members"].clear()  # no public name
            vars(archive)["pax_headers"].clear()


def _unpack_member(
    archive: tarfile.TarFile, member: tarfile.TarInfo, unpacking: _Unpacking
) -> None:
    if member.isdir():
        fault = name_fault(member.name.removeprefix("./"))
        if fault and member.name != ".":
            unpacking.refuse(fault)
    elif not member.isreg():
        unpacking.refuse(f"{shown(member.name)}: is a link or a device, not a file")
    elif member.issparse():
        unpacking.refuse(f"{shown(member.name)}: is packed in a way that is not supported")
    elif content := archive.extractfile(member):
        unpacking.take(member.name, content)


def _unpack_zip(file: BinaryIO, unpacking: _Unpacking) -> None:
    with zipfile.ZipFile(file) as archive:
        for entry in archive.infolist():
            unpacking.count()
            name = entry.orig_filename  # before the module tidies it up
            mode = entry.external_attr >> 16
            if name.endswith("/"):
                fault = name_fault(name.removesuffix("/"))
                if fault:
                    unpacking.refuse(fault)
            elif stat.S_IFMT(mode) not in (0, stat.S_IFREG):
                unpacking.refuse(f"{shown(name)}: is a link or a device, not a file")
            elif entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                unpacking.refuse(f"{shown(name)}: is packed in a way that is not supported")
            else:
                with archive.open(entry) as content:
                    unpacking.take(name, content)
