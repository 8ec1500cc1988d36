"""Logs that no digest vouches for: each hour with the files that tell of it."""

import json
from pathlib import Path

from tests.activity.logs import recorded, rows, source
from tests.activity.test_oci_logs import RAW


def test_each_stretch_counts_its_own_files(tmp_path: Path) -> None:
    """Files of two hours, with silence between and around, are not all of the first."""
    folder = tmp_path / "logs"
    folder.mkdir()
    for number, moment in enumerate(("02:10", "02:50", "09:30", "10:01")):
        told = {**RAW, "id": f"e{number}", "time": f"2025-10-01T{moment}:00.5Z"}
        text = json.dumps(told) + "\n" + ("{" if number == 2 else "")
        (folder / f"20251001T{moment.replace(':', '')}00Z.log").write_text(text)
    activity = recorded(tmp_path / "bundle", [source(folder, kind="oci audit")])
    columns = 'start[12:16], "end"[12:16], files, events, malformed, whole'
    assert rows(activity, "recordings", columns) == [
        ("00:00", "02:00", 0, 0, 0, None),
        ("02:00", "03:00", 2, 2, 0, None),
        ("03:00", "09:00", 0, 0, 0, None),
        ("09:00", "11:00", 2, 2, 1, None),
        ("11:00", "00:00", 0, 0, 0, None),
    ]
