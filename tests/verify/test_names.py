"""Names, links and odd lines never make two readers see two bundles."""

import os
import shutil
import unicodedata
from pathlib import Path

import pytest

from auditor.envelope import digest
from tests.verify.steps import failed, verify


@pytest.mark.parametrize(
    "name",
    [
        "Report.html",
        unicodedata.normalize("NFD", "é.txt"),
        "\u202etxt.exe",
        "report.html ",
        "report.html.",
        "re\nport.html",
        "\\report.html",
        "-rf",
        ".hidden",
        "NUL.txt",
        "\uff52eport.html",
        "a" * 250,
    ],
)
def test_tricks_with_names_are_found_even_if_listed(bundle: Path, name: str) -> None:
    """A name that some tool would read as another one is never accepted."""
    (bundle / name).write_bytes(b"x")
    with (bundle / "SHA256SUMS").open("ab") as sums:
        sums.write(f"{digest(b'x')}  {name}\n".encode())

    faults = verify(bundle)[1].faults

    assert faults
    assert all(fault.isascii() and fault.isprintable() for fault in faults if "…" not in fault)


def test_links_pipes_and_folders_in_place_of_files_are_found(bundle: Path, tmp_path: Path) -> None:
    """None of them is followed, read or waited for."""
    outside = tmp_path / "outside"
    shutil.copytree(bundle / "policies", outside)
    for name in ("report.html", "results.json", "audit.json"):
        (bundle / name).rename(tmp_path / name)
    (bundle / "report.html").symlink_to(tmp_path / "report.html")
    os.mkfifo(bundle / "results.json")
    (bundle / "audit.json").mkdir()
    shutil.rmtree(bundle / "policies")
    (bundle / "policies").symlink_to(outside)

    faults = "\n".join(verify(bundle)[1].faults)

    for name in ("report.html", "policies"):
        assert f"'{name}': is a symbolic link" in faults
    assert "'results.json': is a device, pipe or socket" in faults
    assert "'audit.json': missing" in faults


@pytest.mark.parametrize(
    "line",
    [
        b"\xff",
        b"zz  audit.json",
        b"0" * 64 + b" *audit.json",
        b"0" * 64 + b"  ../outside",
        b"0" * 64 + b"  /etc/passwd",
        b"0" * 64 + b"  audit.json",
        b"0" * 64 + b"  AUDIT.json",
        b"\\" + b"0" * 64 + b"  a\\nb",
        b"0" * 64 + b"  SHA256SUMS",
        b"",
    ],
)
def test_odd_lines_in_the_list_are_found(bundle: Path, line: bytes) -> None:
    """No two readers may disagree on what the list says."""
    with (bundle / "SHA256SUMS").open("ab") as sums:
        sums.write(line + b"\n")

    assert {1, 3} <= failed(bundle)
