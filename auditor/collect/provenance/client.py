"""The door to a folder of provenance: lists it, and reads each file and each trusted root.

Nothing is followed that leads out of the folder, and nothing in it is changed. The answer holds a
file's text as it is, so that whoever has the evidence can check each signature again. Of files that
are served, which may hold secrets, it holds the digest.
"""

import hashlib
import os
from collections.abc import Callable, Container, Mapping
from pathlib import Path

from auditor.errors import ProvenanceError
from auditor.model import Answer, Json, Outcome, Request, Target
from auditor.provenance import KEY, MOST_BYTES, SIGSTORE, read_file, says_it_vouches

_MOST_FILES = 100_000
_MOST_OF_ROOT = 4 * 2**20  # bytes; Sigstore's own root has 7,000
_KINDS = {"key": KEY, "sigstore": SIGSTORE}  # by first word of the target's option
_SERVED = ("configuration", "model")
_PIECE = 2**20  # bytes


class ProvenanceDoor:
    """Reads one folder, and files of trusted roots. Safe to use from several threads.

    The target's option ``folder`` names the folder; options ``key NAME`` and ``sigstore NAME`` the
    files of what is trusted; ``configuration NAME`` and ``model NAME`` files that are served, and
    ``address NAME`` where; ``served`` says that there are any.
    """

    def __init__(self, target: Target) -> None:
        """Take a target; nothing is read before the first request."""
        self._folder = Path(target.options["folder"])
        self._roots = _paths(target, _KINDS)
        self._served = _paths(target, _SERVED)
        self._options = target.options

    def ask(self, request: Request) -> Answer:
        """List the folder, the roots or what is served, or read one of these.

        Raises:
            ValueError: there is no such operation; a mistake in a collector.
        """
        names = (request.parameters.get(each) for each in ("file", "root", "served"))
        name = str(next(filter(None, names), ""))
        operations: Mapping[str, Callable[[], Json]] = {
            "list_files": self._list,
            "read_file": lambda: self._read(name),
            "list_roots": lambda: {"roots": [{"root": each} for each in self._roots]},
            "read_root": lambda: self._read_root(name),
            "list_served": lambda: {"served": [{"served": each} for each in self._served]},
            "read_served": lambda: self._read_served(name),
        }
        try:
            if request.operation in operations:
                return Answer(outcome=Outcome.OK, body=operations[request.operation]())
        except OSError as error:
            return _failed(f"{error.filename}: {error.strerror}")
        except ProvenanceError as error:
            return _failed(f"{name!a}: {error}")
        raise ValueError(f"{request.operation} is no operation of a folder of provenance")

    def close(self) -> None:
        """Nothing is open."""

    def _list(self) -> dict[str, Json]:
        """Return the files that are read, in order, and the names of everything else.

        Links, folders that cannot be opened and names that no text can hold are listed, too:
        reading them is refused, so that nobody takes them for read.
        """
        root = self._folder.resolve(strict=True)
        if not root.is_dir():
            raise NotADirectoryError(20, "it is no folder", str(self._folder))
        files: list[str] = []
        others: list[str] = []
        closed: list[OSError] = []
        for folder, folders, names in os.walk(root, onerror=closed.append):
            links = [each for each in folders if Path(folder, each).is_symlink()]
            for each in (*names, *links):
                path = Path(folder, each)
                name = _writable(path.relative_to(root).as_posix())
                read = path.is_symlink() or says_it_vouches(path.name)
                (files if read else others).append(name)
            if len(files) + len(others) > _MOST_FILES:
                raise ProvenanceError(f"the folder holds more than {_MOST_FILES} files")
        files += [_writable(os.path.relpath(error.filename, root)) for error in closed]
        return {"files": [{"file": each} for each in sorted(files)], "others": sorted(others)}

    def _read(self, name: str) -> dict[str, Json]:
        root = self._folder.resolve(strict=True)
        path = root / name
        if path.is_symlink() or path.resolve() != path:
            raise ProvenanceError("it is a link, and links are not followed")
        content = _content(path, MOST_BYTES)
        text = _decoded(content)
        read_file(text, path.name)
        digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
        return {"file": name, "digest": digest, "size": len(content), "text": text}

    def _read_root(self, option: str) -> dict[str, Json]:
        kind, _, name = option.partition(" ")
        text = _decoded(_content(self._roots[option], _MOST_OF_ROOT))
        return {"kind": _KINDS[kind], "name": name, "content": text}

    def _read_served(self, option: str) -> dict[str, Json]:
        kind, _, name = option.partition(" ")
        digest, size = _hashed(self._served[option])
        address = self._options.get(f"address {name}", "")
        return {"kind": kind, "name": name, "address": address, "digest": digest, "size": size}


def _paths(target: Target, words: Container[str]) -> dict[str, Path]:
    """Return the files that options name whose first word is one of these."""
    return {
        option: Path(path)
        for option, path in sorted(target.options.items())
        if option.partition(" ")[0] in words and " " in option
    }


def _hashed(path: Path) -> tuple[str, int]:
    """Return 'sha256:' and hex of an ordinary file of any size, and its size in bytes."""
    if path.exists() and not path.is_file():
        raise ProvenanceError("it is no ordinary file")
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return f"sha256:{digest.hexdigest()}", size


def _content(path: Path, most: int) -> bytes:
    """Return what is in an ordinary file of at most so many bytes."""
    if not path.is_file():
        gone = "it is there no more, or has a name that no text can hold"
        raise ProvenanceError("it is no ordinary file" if path.exists() else gone)
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise ProvenanceError(f"it is larger than {most} bytes")
    return content


def _decoded(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise ProvenanceError(f"it is no text in UTF-8: {error.reason}") from error


def _writable(name: str) -> str:
    """Return a name that evidence can hold; one that had to be changed names no file."""
    plain = "".join(each if each.isprintable() else f"\\x{ord(each):02x}" for each in name)
    return plain.encode("utf-8", "backslashreplace").decode()


def _failed(message: str) -> Answer:
    # Whoever reads the coverage sees the code, and must learn which file, and why.
    return Answer(outcome=Outcome.FAILED, code=message, message=message)
