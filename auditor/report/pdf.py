"""Renders a report as PDF/A-3a and PDF/UA-1 in one file, with results.json attached.

Typst runs in a process of its own: it sees a private folder, no system fonts, no packages, no
environment, and is ended when its time is up.
"""

import subprocess  # our own interpreter and our own file, no shell
import sys
import tempfile
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile
from typing import Literal

import msgspec

from auditor.errors import ReportError
from auditor.model import Json
from auditor.report.model import Report
from auditor.report.paper import abridged
from auditor.report.text import printable
from auditor.resources import data_folder

Paper = Literal["a4", "us-letter"]

_TYPESETTER = Path(__file__).with_name("typesetter.py")
_LONGEST = 300  # characters of one text on paper
_NAMES = frozenset({"name", "id", "account", "region", "values", "seen", "reasons", "alternative"})
_VERBATIM = frozenset({"svg"})  # our own drawing, not text
_STATEMENTS = 4_000  # characters of prose: a signed statement is shown whole up to here
_MEMORY = 4 * 1024**3  # bytes that the typesetter may take


def render_pdf(report: Report, timeout: float, paper: Paper = "a4") -> bytes:
    """Return the report as PDF; the same report gives the same bytes.

    Args:
        timeout: seconds that the typesetter may take.

    Raises:
        ReportError: the typesetter took too long, or could not set the report.
    """
    with tempfile.TemporaryDirectory(prefix="auditor-report-") as name:
        folder = Path(name)
        _furnish(folder, report, paper)
        return _typeset(folder, timeout)


def _furnish(folder: Path, report: Report, paper: Paper) -> None:
    """Lay out the private folder: template, fonts, data, attachment."""
    source = data_folder("reports/templates") / "report.typ"
    copyfile(source, folder / "report.typ")
    (folder / "fonts").mkdir()
    for font in sorted(data_folder("reports/fonts").glob("*.ttf")):
        copyfile(font, folder / "fonts" / font.name)
    (folder / "results.json").write_bytes(report.attachment)
    data = {
        **_safe(asdict(replace(abridged(report), attachment=b""))),
        "paper": paper,
        "stamp": _stamp(report.as_of),
    }
    (folder / "report.json").write_bytes(msgspec.json.encode(data))


def _safe(thing: Json, key: str = "") -> Json:
    if isinstance(thing, str):
        return thing if key in _VERBATIM else printable(thing, _longest(key))
    if isinstance(thing, dict):
        return {name: _safe(part, name) for name, part in thing.items()}
    if isinstance(thing, list | tuple):
        return [_safe(part, key) for part in thing]
    return thing


def _longest(key: str) -> int:
    return _LONGEST if key in _NAMES else _STATEMENTS


def _stamp(as_of: str) -> dict[str, int]:
    try:
        moment = datetime.fromisoformat(as_of).astimezone(UTC)
    except ValueError as error:
        message = f"as_of is no ISO 8601 moment: {as_of!r}"
        raise ReportError(message) from error
    parts = ("year", "month", "day", "hour", "minute", "second")
    return {part: getattr(moment, part) for part in parts}


def _typeset(folder: Path, timeout: float) -> bytes:
    command = [sys.executable, "-I", str(_TYPESETTER), str(folder), str(_MEMORY)]
    try:
        done = subprocess.run(  # noqa: S603  fixed arguments, no shell
            command,
            env={"LC_ALL": "C.UTF-8", "TZ": "UTC"},
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        message = f"the PDF was not set within {timeout:g} s and was given up"
        raise ReportError(message) from error
    output = folder / "report.pdf"
    if done.returncode != 0 or not output.is_file():
        said = done.stderr.decode("utf-8", "replace").strip()[-2000:]
        message = f"the typesetter could not set the PDF: {said or 'it ended without a word'}"
        raise ReportError(message)
    return output.read_bytes()
