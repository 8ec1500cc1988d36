"""Rows about recorded traffic."""

import json
from pathlib import Path

from auditor.demo.apps.recording import NAME, recording
from auditor.model import Unknown
from auditor.tables import AppDestination
from tests.collect.app.folders import collected


def destinations(folder: Path) -> dict[str, AppDestination]:
    """Return the rows of a folder, by host."""
    rows, _ = collected(folder)
    return {row.host: row for row in rows if isinstance(row, AppDestination)}


def test_the_recording_of_the_demo(tmp_path: Path) -> None:
    """Host, address, clear text and names of fields; the application by the file's name."""
    (tmp_path / NAME).write_bytes(recording())
    row = destinations(tmp_path)["log.farshore.example.cn"]

    assert (row.seen, row.address, row.clear) == ("traffic", "36.110.1.20", True)
    assert row.application == "com.northstar.video"
    assert row.sent_fields == ("contacts", "device_id", "locale", "name", "phone")
    assert row.sent_bytes == 374
    assert row.app_id == ""


def test_what_a_recording_does_not_say(tmp_path: Path) -> None:
    """A nameless recording, a size that is not stated, names that may be data."""
    request = {"method": "GET", "url": "https://a.example.com/?4155550100=1", "bodySize": -1}
    log = {"entries": [{"request": request}]}
    (tmp_path / "session.har").write_text(json.dumps({"log": log}))
    row = destinations(tmp_path)["a.example.com"]

    assert isinstance(row.application, Unknown)
    assert isinstance(row.sent_bytes, Unknown)
    assert isinstance(row.sent_fields, Unknown)
    assert row.address == ""
    assert "4155550100" not in repr(row)
