"""Which files a bundle consists of, how they may be called, and the list of their digests."""

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

SUMS = "SHA256SUMS"
SUMS_SIGNATURE = "SHA256SUMS.p7s"
STATEMENT = "statement.dsse.json"
STATEMENT_TIMESTAMP = "timestamps/statement.dsse.json.tsr"
SIGNER = "signer.pem"
INSTRUCTIONS = "VERIFY.txt"
REPORT = "report.pdf"
RESULTS = "results.json"

NOT_SUMMED = frozenset({SUMS, SUMS_SIGNATURE})
"""Files that SHA256SUMS cannot list: itself and its signature. All others must be in it."""

NOT_SUBJECTS = NOT_SUMMED | {STATEMENT, STATEMENT_TIMESTAMP}
"""Files that the statement cannot list: those above, itself and its timestamp."""

_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._+@=-]*(?<!\.)")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_LONGEST_NAME = 240
_LONGEST_SUMS = 64 * 2**20
_LONGEST_SHOWN = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The plain files under a folder, and whatever else is there that must not be."""

    files: Mapping[str, Path]  # name in the bundle -> where it is
    faults: tuple[str, ...]


def shown(name: str) -> str:
    """A name from an untrusted source, safe to print: quoted, escaped, at most 120 characters."""
    text = ascii(name)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def printable(text: str) -> str:
    """Text from an untrusted source with all that hides or reorders it escaped."""
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text
    )


def name_fault(name: str) -> str | None:
    """Why a file may not be called this in a bundle, or nothing.

    Names are few and plain on purpose: the same on every file system and in every tool that a
    reviewer may use, with nothing in them that hides, escapes or collides.
    """
    parts = name.split("/")
    if len(name) > _LONGEST_NAME:
        return f"{shown(name)}: the name is longer than {_LONGEST_NAME} characters"
    if not all(_PART.fullmatch(part) for part in parts):
        return f"{shown(name)}: the name has characters or dots that a bundle does not allow"
    if any(_RESERVED.fullmatch(part) for part in parts):
        return f"{shown(name)}: the name is reserved on Windows"
    return None


def collisions(names: Iterable[str]) -> list[str]:
    """A fault for each name that differs from an earlier one only in upper and lower case."""
    seen: dict[str, str] = {}
    faults = []
    for name in names:
        first = seen.setdefault(name.casefold(), name)
        if first != name:
            faults.append(f"{shown(name)}: differs from {shown(first)} in case only")
    return faults


def list_files(folder: Path) -> Listing:
    """Every plain file below a folder, found without following a link.

    Links, devices, pipes, sockets and names that a bundle does not allow become faults.
    """
    files: dict[str, Path] = {}
    faults: list[str] = []
    for parent, folders, names in os.walk(folder, onerror=lambda error: faults.append(str(error))):
        for entry in sorted(folders + names):
            path = Path(parent, entry)
            name = path.relative_to(folder).as_posix()
            mode = path.lstat().st_mode
            fault = name_fault(name) or _kind_fault(name, mode)
            if fault:
                faults.append(fault)
            elif stat.S_ISREG(mode):
                files[name] = path
    names_in_order = sorted(files)
    return Listing(
        files={name: files[name] for name in names_in_order},
        faults=(*faults, *collisions(names_in_order)),
    )


def _kind_fault(name: str, mode: int) -> str | None:
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return None
    kind = "a symbolic link" if stat.S_ISLNK(mode) else "a device, pipe or socket"
    return f"{shown(name)}: is {kind}, not a file"


def digest(data: bytes) -> str:
    """SHA-256 of bytes, in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest_file(path: Path) -> str:
    """SHA-256 of a file's bytes, in lower-case hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def format_sums(digests: Mapping[str, str]) -> bytes:
    """The text that ``sha256sum --check`` reads, one line per file, sorted by name."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode("ascii")


def parse_sums(text: bytes) -> tuple[dict[str, str], tuple[str, ...]]:
    """The digests that SHA256SUMS lists, and a fault for each line that is not plain."""
    if len(text) > _LONGEST_SUMS:
        return {}, (f"{SUMS}: longer than {_LONGEST_SUMS} bytes",)
    digests: dict[str, str] = {}
    faults: list[str] = []
    lines = text.decode("ascii", "backslashreplace").split("\n")
    if lines.pop():
        faults.append(f"{SUMS}: the last line is cut short")
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        if match is None:
            faults.append(f"{SUMS}: line {number} is not a digest and a name")
            continue
        name = match[2]
        fault = name_fault(name) or (f"{shown(name)}: listed twice" if name in digests else None)
        if fault:
            faults.append(f"{SUMS}: line {number}: {fault}")
        digests.setdefault(name, match[1])
    return digests, (*faults, *collisions(digests))
