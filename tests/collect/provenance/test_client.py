"""The door to a folder of provenance, and the rows that its answers mean."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from auditor.collect.provenance.records import RECORDS
from auditor.collect.provenance.roots import ROOTS
from auditor.model import Outcome, Unknown
from auditor.spec import Found
from auditor.tables import Attestation, Component, TrustRoot
from tests.collect.provenance.asking import ask, collected, door
from tests.provenance.signing import COMMIT, DIGEST, cyclonedx, dsse, provenance, root_of, statement


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a statement, two SBOMs and a page that is none."""
    inside = tmp_path / "records" / "app"
    inside.mkdir(parents=True)
    (inside / "app.intoto.jsonl").write_text(dsse(provenance()) + "\n" + dsse(provenance()))
    (inside / f"{DIGEST}.cdx.json").write_text(json.dumps(cyclonedx(metadata=None)))
    signed = statement("https://cyclonedx.org/bom", cyclonedx())
    (inside.parent / "sbom.att").write_text(dsse(signed))
    (inside.parent / "README.md").write_text("read me")
    (tmp_path / "release.pem").write_text(root_of().content or "")
    return inside.parent


def test_the_folder_is_listed_in_order_with_what_is_not_read(folder: Path) -> None:
    """Whatever else lies there has its name in the evidence."""
    assert ask(door(folder), "list_files").body == {
        "files": [
            {"file": "app/app.intoto.jsonl"},
            {"file": f"app/{DIGEST}.cdx.json"},
            {"file": "sbom.att"},
        ],
        "others": ["README.md"],
    }


def test_every_statement_is_a_row_per_subject(folder: Path) -> None:
    """With the text that whoever has the evidence can check again."""
    rows = [row for row in collected(RECORDS, door(folder)) if isinstance(row, Attestation)]
    assert [row.id for row in rows] == [
        "provenance/records/app/app.intoto.jsonl/1/1",
        "provenance/records/app/app.intoto.jsonl/2/1",
        "provenance/records/sbom.att/1/1",
    ]
    first = rows[0]
    assert (first.kind, first.commit, first.name) == ("provenance", COMMIT, "registry/app")
    assert first.digest == f"sha256:{DIGEST}"
    assert json.loads(str(first.envelope))["payloadType"] == "application/vnd.in-toto+json"
    assert isinstance(first.signature_holds, Unknown)


def test_every_part_of_an_sbom_is_a_row(folder: Path) -> None:
    """Whether it is in the artefact, an SBOM cannot say."""
    rows = [row for row in collected(RECORDS, door(folder)) if isinstance(row, Component)]
    assert [(row.name, row.digest, row.listed) for row in rows] == [
        ("org.example/codec", f"sha256:{DIGEST}", True),
        ("zlib", f"sha256:{DIGEST}", True),
    ] * 2
    assert all(isinstance(row.present, Unknown) for row in rows)
    assert len({row.id for row in rows}) == 4


def test_roots_are_read_by_the_names_of_the_audit(folder: Path) -> None:
    """Keys and trusted roots."""
    opened = door(folder, key_release=str(folder.parent / "release.pem"))
    (row,) = collected(ROOTS, opened)
    assert isinstance(row, TrustRoot)
    assert (row.kind, row.name, row.content) == ("public key", "release", root_of().content)


def _make(folder: Path, kind: str) -> str:
    """Put something hostile into the folder and return its name."""
    path = folder / "hostile.json"
    if kind == "link":
        path.symlink_to(folder.parent / "release.pem")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "large":
        with path.open("wb") as file:
            file.truncate(40 * 2**20)
    else:
        path.write_bytes({"bytes": b"\xff\xfe", "json": b"{", "unsigned": b"{}"}[kind])
    return path.name


@pytest.mark.parametrize("kind", ["link", "pipe", "large", "bytes", "json", "unsigned"])
def test_what_is_hostile_is_listed_and_refused(folder: Path, kind: str) -> None:
    """So that it is a gap, and the reason names the file."""
    name = _make(folder, kind)
    opened = door(folder)
    assert {"file": name} in ask(opened, "list_files").body["files"]
    answer = ask(opened, "read_file", file=name)
    assert answer.outcome is Outcome.FAILED
    assert name in answer.code


def test_a_name_that_no_text_can_hold_is_refused(folder: Path) -> None:
    """It is listed in a form that evidence can hold, and never read."""
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\n.json")).write_text(dsse(provenance()))
    opened = door(folder)
    (name,) = [
        each["file"] for each in ask(opened, "list_files").body["files"] if "\\" in each["file"]
    ]
    name.encode()
    assert ask(opened, "read_file", file=name).outcome is Outcome.FAILED


def test_a_folder_that_is_a_link_is_not_followed(folder: Path) -> None:
    """What lies elsewhere was not given to the audit; a gap says so."""
    (folder / "elsewhere").symlink_to(folder.parent)
    opened = door(folder)
    assert {"file": "elsewhere"} in ask(opened, "list_files").body["files"]
    assert ask(opened, "read_file", file="elsewhere").outcome is Outcome.FAILED
    assert ask(opened, "read_file", file="elsewhere/release.pem").outcome is Outcome.FAILED


def test_a_folder_that_cannot_be_opened_is_a_gap(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is in it was given to the audit, and not read."""
    scan = os.scandir

    def refuse(path: str) -> Any:
        if str(path).endswith("app"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    opened = door(folder)
    assert {"file": "app"} in ask(opened, "list_files").body["files"]
    assert ask(opened, "read_file", file="app").outcome is Outcome.FAILED


@pytest.mark.parametrize("name", ["../release.pem", "/etc/hostname", "gone.json"])
def test_nothing_outside_is_read(folder: Path, name: str) -> None:
    """Whatever a request names."""
    assert ask(door(folder), "read_file", file=name).outcome is Outcome.FAILED


def test_a_folder_or_root_that_is_missing_is_an_answer(tmp_path: Path) -> None:
    """As a refusal of a cloud is."""
    opened = door(tmp_path / "gone", key_release=str(tmp_path / "gone.pem"))
    assert ask(opened, "list_files").outcome is Outcome.FAILED
    assert ask(opened, "read_root", root="key release").outcome is Outcome.FAILED


def test_an_unknown_operation_is_a_mistake(folder: Path) -> None:
    """Of a collector of ours."""
    with pytest.raises(ValueError, match="no operation"):
        ask(door(folder), "write")


def test_rows_of_text_that_another_version_took_are_a_gap() -> None:
    """Evidence may be older than what reads it."""
    item: Any = {"file": "x.json", "text": "{}"}
    with pytest.raises(ValueError, match="neither"):
        list(RECORDS.rows(Found(place={"target": "records"}, item=item)))
