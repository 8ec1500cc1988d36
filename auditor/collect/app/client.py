"""The door to a folder of app packages and recordings: lists it, and examines each file.

A package is examined in a process of its own with limits on memory, time and writing
(``python -m auditor.apps``), so that a hostile one costs an answer and nothing else. The answer is
the evidence: what was found, with the digest of the file that it was found in.
"""

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from auditor.apps.archive import CHUNK
from auditor.apps.forms import RECORDING, UNREADABLE, form_of
from auditor.apps.har import read_recording
from auditor.errors import PackageError
from auditor.model import Answer, Json, Outcome, Request, Target

PATIENCE = 900.0  # seconds that the examination of one package may take
_AT_ONCE = 4  # packages that are examined at the same time
_READER = "lief"
_RECORDINGS = "recordings"

Examine = Callable[[Path], Answer]


class AppDoor:
    """Reads one folder. Safe to use from several threads.

    The target's option ``folder`` names it. Nothing in it is changed, and nothing is written.
    """

    def __init__(self, target: Target, *, examine: Examine | None = None) -> None:
        """Take a target; nothing is read before the first request.

        Args:
            examine: examines one package; by default in a process of its own.

        Raises:
            ModuleNotFoundError: what reads packages is not installed.
        """
        if importlib.util.find_spec(_READER) is None:
            raise ModuleNotFoundError(f"No module named {_READER!r}", name=_READER)
        self._folder = Path(target.options["folder"])
        self._examine = examine or examine_apart
        # Each takes a processor, and as much memory as its package is large several times over.
        self._room = threading.BoundedSemaphore(min(os.cpu_count() or 1, _AT_ONCE))

    def ask(self, request: Request) -> Answer:
        """List the folder, or examine one file of it.

        Raises:
            ValueError: there is no such operation; a mistake in a collector.
        """
        file = str(request.parameters.get("file", ""))
        try:
            if request.operation == "list_files":
                return Answer(outcome=Outcome.OK, body=self._list(request.parameters["of"]))
            path = self._path(file)
            if request.operation == "read_recording":
                answer = Answer(outcome=Outcome.OK, body=_read(path))
            elif request.operation == "examine_package":
                answer = self._package(path)
            else:
                raise ValueError(f"{request.operation} is no operation of a folder of apps")
        except OSError as error:
            return _failed(f"{error.filename}: {error.strerror}")
        except PackageError as error:
            return _failed(f"{file!a}: {error}")
        if answer.outcome is Outcome.OK and _digest_in(answer) != request.parameters["digest"]:
            return _failed(f"{file!a}: it was changed while the folder was read")
        return answer

    def close(self) -> None:
        """Nothing is open."""

    def _list(self, of: Json) -> dict[str, Json]:
        """Return the packages or the recordings of the folder, and the names of everything else.

        Links that lead out of the folder are not followed: what they lead to is not read.
        """
        root = self._folder.resolve(strict=True)
        if not root.is_dir():
            raise NotADirectoryError(20, "it is no folder", str(self._folder))
        files: list[Json] = []
        others: list[Json] = []
        for path in sorted(root.rglob("*")):
            inside = path.resolve().is_relative_to(root)
            if inside and not path.is_file():
                continue
            name = path.relative_to(root).as_posix()
            form = form_of(path.name) if inside else UNREADABLE
            if not form or (form == RECORDING) != (of == _RECORDINGS):
                others.append(name)
                continue
            known = {"digest": _digest(path), "size": path.stat().st_size} if inside else {}
            files.append({"file": name, "form": form, "digest": "", **known})
        return {"files": files, "others": others}

    def _path(self, file: str) -> Path:
        root = self._folder.resolve(strict=True)
        path = (root / file).resolve()
        if not path.is_relative_to(root):
            raise PackageError("it is a link that leads out of the folder")
        return path

    def _package(self, path: Path) -> Answer:
        if form_of(path.name) == UNREADABLE:
            text = f"{path.suffix} files are not read; give the packages and recordings themselves"
            return Answer(outcome=Outcome.UNSUPPORTED, code=f"{path.name!a}: {text}", message=text)
        with self._room:
            return self._examine(path)


def examine_apart(path: Path, *, patience: float = PATIENCE) -> Answer:
    """Examine a package in a process of its own.

    Args:
        patience: seconds after which it is ended.

    Raises:
        PackageError: it is hostile or broken.
    """
    program = [sys.executable, "-P", "-m", "auditor.apps", str(path)]
    try:
        done = subprocess.run(  # noqa: S603  our own module, and a path that it only reads
            program, capture_output=True, check=False, timeout=patience, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        raise PackageError(f"examining it took longer than {patience:g} seconds") from None
    try:
        said = json.loads(done.stdout)
    except ValueError:
        how = f"signal {-done.returncode}" if done.returncode < 0 else f"exit {done.returncode}"
        raise PackageError(f"it broke what reads it, or used up its time ({how})") from None
    if done.returncode:
        raise PackageError(str(said["refused"]))
    return Answer(outcome=Outcome.OK, body=said)


def _read(path: Path) -> dict[str, Json]:
    return {**read_recording(path), "digest": _digest(path)}


def _digest_in(answer: Answer) -> Json:
    return answer.body["app"]["digest"] if "app" in answer.body else answer.body["digest"]


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(CHUNK):
            digest.update(part)
    return f"sha256:{digest.hexdigest()}"


def _failed(message: str) -> Answer:
    # Whoever reads the coverage sees the code, and must learn which file, and why.
    return Answer(outcome=Outcome.FAILED, code=message, message=message)
