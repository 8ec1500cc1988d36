"""Reads through the files of a package once: hosts, machine code, and code where none belongs."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from auditor.apps.archive import Archive
from auditor.apps.facts import Facts
from auditor.apps.hosts import MOST_FINDS, Hosts
from auditor.apps.loading import START

_PICTURES = frozenset(
    [
        ".png",
        ".jpg",
        ".jpeg",
        ".webp",
        ".gif",
        ".heic",
        ".mp4",
        ".webm",
        ".m4a",
        ".mp3",
        ".ogg",
        ".wav",
        ".aac",
        ".ttf",
        ".otf",
        ".woff",
        ".woff2",
        ".car",
        ".zip",
        ".gz",
        ".br",
        ".zst",
        ".xz",
        ".pdf",
        ".caf",
        ".mov",
        ".ktx",
        ".astc",
        ".tflite",
        ".mlmodelc",
        ".nib",
    ]
)


@dataclass(slots=True, kw_only=True)
class File:
    """One file that was read through: its digest, and the bytes that it starts with."""

    name: str
    digest: str = ""
    start: bytes = b""


def read_through(archive: Archive, name: str, hosts: Hosts) -> File:
    """Read a file part by part, and take the hosts that it names.

    Raises:
        PackageError: its content is not what the directory says.
    """
    file = File(name=name)
    digest = hashlib.sha256()

    def parts() -> Iterator[bytes]:
        for part in archive.chunks(name):
            if not file.start:
                file.start = bytes(part[:START])
            digest.update(part)
            yield part

    names = PurePosixPath(name).suffix.lower() not in _PICTURES
    hosts.search_parts(parts(), name, names=names)
    file.digest = f"sha256:{digest.hexdigest()}"
    return file


def add_destinations(hosts: Hosts, facts: Facts) -> None:
    """Add the hosts that were found; a package that names too many is not known to the end."""
    for (host, where), clear in hosts.found.items():
        facts.add("destinations", {"host": host, "where": where, "clear": clear})
    for name in hosts.aside:
        facts.add("aside", {"host": name})
    if hosts.full:
        why = f"it names more than {MOST_FINDS} hosts, and only these are kept"
        facts.say("readable", None, why)
