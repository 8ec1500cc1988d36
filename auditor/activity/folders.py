"""A folder on this machine that log files were copied to, in whatever layout."""

import json
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from auditor.activity.objects import (
    LONGEST_OBJECT,
    Content,
    Folder,
    Listed,
    Refusal,
    key_fault,
)

SIDECAR = ".metadata.json"
"""Ends the name of a file that holds what an object store noted beside another file."""
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK  # neither a link nor a pipe is waited on
_LONGEST_SIDECAR = 2**16


class FolderObjects:
    """The plain files below a folder. Links are refused, wherever they lead."""

    def __init__(self, folder: Path) -> None:
        """Take a folder; that it is missing shows when it is listed."""
        self._folder = folder

    def look(self, prefix: str, after: str = "") -> Iterator[Listed | Folder | Refusal]:
        """Yield what is right below a prefix; see ``Objects``."""
        for entry in self._entries(prefix):
            if isinstance(entry, Refusal) or _place(entry) > after:
                yield entry

    def list(self, prefix: str, after: str, until: str) -> Iterator[Listed | Refusal]:
        """Yield the files below a prefix; see ``Objects``."""
        for entry in self._entries(prefix):
            if isinstance(entry, Refusal):
                yield entry
            elif isinstance(entry, Folder):
                # A folder may begin before the range and reach into it.
                if after[: len(entry.prefix)] <= entry.prefix < until:
                    yield from self.list(entry.prefix, after, until)
            elif after < entry.key < until:
                yield entry

    def read(self, key: str) -> Content | Refusal:
        """Return one file with its sidecar; see ``Objects``."""
        data = self._bytes(key, LONGEST_OBJECT)
        if isinstance(data, Refusal):
            return data
        return Content(data=data, metadata=self._metadata(key))

    def _entries(self, prefix: str) -> Iterator[Listed | Folder | Refusal]:
        parent, _, start = prefix.rpartition("/")
        try:
            with os.scandir(self._folder / parent) as scanned:
                found = sorted(scanned, key=_sorted_name)
        except OSError as error:
            yield Refusal(about=ascii(prefix), reason=f"cannot be listed: {error.strerror}")
            return
        for entry in found:
            if entry.name.startswith(start):
                yield _entry(entry, f"{parent}/{entry.name}" if parent else entry.name)

    def _bytes(self, key: str, longest: int) -> bytes | Refusal:
        try:
            descriptor = os.open(self._folder / key, _FLAGS)
            with os.fdopen(descriptor, "rb") as file:
                if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                    return Refusal(about=ascii(key), reason="it is no plain file")
                data = file.read(longest + 1)
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            return Refusal(about=ascii(key), reason=f"cannot be read: {why}")
        if len(data) > longest:
            return Refusal(about=ascii(key), reason=f"it is longer than {longest} bytes")
        return data

    def _metadata(self, key: str) -> Mapping[str, str]:
        if not (self._folder / f"{key}{SIDECAR}").exists():
            return {}
        data = self._bytes(f"{key}{SIDECAR}", _LONGEST_SIDECAR)
        try:
            noted = json.loads(data) if isinstance(data, bytes) else None
        except (ValueError, RecursionError):
            return {}
        if not isinstance(noted, dict):
            return {}
        return {name: value for name, value in noted.items() if isinstance(value, str)}


def _entry(entry: os.DirEntry[str], key: str) -> Listed | Folder | Refusal:
    if fault := key_fault(key):
        return Refusal(about=ascii(key), reason=fault)
    try:
        about = entry.stat(follow_symlinks=False)
    except OSError as error:
        return Refusal(about=ascii(key), reason=f"cannot be looked at: {error.strerror}")
    if stat.S_ISDIR(about.st_mode):
        return Folder(prefix=f"{key}/")
    if not stat.S_ISREG(about.st_mode):
        return Refusal(about=ascii(key), reason="it is a link, device, pipe or socket, not a file")
    return Listed(key=key, size=about.st_size, version=str(about.st_mtime_ns))


def _sorted_name(entry: os.DirEntry[str]) -> str:
    """Sort as an object store does, in which a folder is a name that ends in a slash."""
    return f"{entry.name}/" if entry.is_dir(follow_symlinks=False) else entry.name


def _place(entry: Listed | Folder) -> str:
    return entry.prefix if isinstance(entry, Folder) else entry.key
