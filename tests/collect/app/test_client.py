"""The door to a folder: what it lists, what it refuses, and that it writes nothing."""

import os
import sys
from pathlib import Path

import pytest

from auditor.collect.app.client import AppDoor, examine_apart
from auditor.demo.apps.archives import archive_of
from auditor.demo.apps.packages import build_packages
from auditor.errors import PackageError
from auditor.model import Json, Outcome
from tests.apps.packages import sound
from tests.collect.app.folders import at_once, request, target


def door_to(folder: Path) -> AppDoor:
    """Return a door that examines in this process."""
    return AppDoor(target(folder), examine=at_once)


def listed(folder: Path, of: str) -> Json:
    """Return what the door lists."""
    return door_to(folder).ask(request("list_files", of=of)).body


def test_every_file_is_named(tmp_path: Path) -> None:
    """Packages and recordings are listed with their digests, everything else by name."""
    built = build_packages(tmp_path / "apps")
    (tmp_path / "apps/README.txt").write_text("x")
    (tmp_path / "apps/more.XAPK").write_bytes(b"x")
    packages = listed(tmp_path / "apps", "packages")
    recordings = listed(tmp_path / "apps", "recordings")

    assert [(each["file"], each["form"]) for each in packages["files"]] == [
        ("more.XAPK", "unread"),
        ("northstar-34.1.0.apk", "apk"),
        ("northstar-34.2.0.apk", "apk"),
        ("northstar-34.2.0.ipa", "ipa"),
    ]
    for each in packages["files"][1:] + recordings["files"]:
        assert each["digest"] == built.digests[each["file"]]
    assert "README.txt" in packages["others"]
    assert "README.txt" in recordings["others"]


def test_a_package_is_examined_in_its_own_process(tmp_path: Path) -> None:
    """The answer is the same as in this one, and nothing is left behind."""
    path = tmp_path / "a.apk"
    path.write_bytes(sound())

    assert examine_apart(path).body == at_once(path).body
    assert os.listdir(tmp_path) == ["a.apk"]


def test_a_hostile_package_is_an_answer(tmp_path: Path) -> None:
    """Its reason reaches the coverage by way of the code."""
    (tmp_path / "evil.apk").write_bytes(archive_of({"../../etc/passwd": b"x"}))
    (file,) = listed(tmp_path, "packages")["files"]
    door = AppDoor(target(tmp_path))
    answer = door.ask(request("examine_package", file="evil.apk", digest=file["digest"]))
    door.close()

    assert answer.outcome is Outcome.FAILED
    assert answer.code == "'evil.apk': the entry '../../etc/passwd' has a name that leads elsewhere"
    assert os.listdir(tmp_path) == ["evil.apk"]


def test_what_breaks_its_reader_is_an_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that dies, or that never ends, is a refusal."""
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\nkill -SEGV $$\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    with pytest.raises(PackageError, match="signal 11"):
        examine_apart(tmp_path / "a.apk")

    program.write_text("#!/bin/sh\nexec sleep 5\n")
    with pytest.raises(PackageError, match="longer than"):
        examine_apart(tmp_path / "a.apk", patience=0.05)


def test_files_that_are_not_read(tmp_path: Path) -> None:
    """Sets of packages are not passed over in silence."""
    (tmp_path / "set.apks").write_bytes(b"x")
    (file,) = listed(tmp_path, "packages")["files"]
    answer = door_to(tmp_path).ask(request("examine_package", file="set.apks", digest="x"))

    assert file["form"] == "unread"
    assert answer.outcome is Outcome.UNSUPPORTED


def test_a_folder_that_is_missing(tmp_path: Path) -> None:
    """A refusal names it."""
    answer = door_to(tmp_path / "none").ask(request("list_files", of="packages"))

    assert answer.outcome is Outcome.FAILED
    assert "none" in answer.message


def test_a_file_that_changes_meanwhile(tmp_path: Path) -> None:
    """What was listed and what was examined must be one."""
    (tmp_path / "a.apk").write_bytes(sound())
    answer = door_to(tmp_path).ask(request("examine_package", file="a.apk", digest="sha256:00"))

    assert answer.outcome is Outcome.FAILED
    assert "changed" in answer.message


def test_links_that_lead_out_are_not_followed(tmp_path: Path) -> None:
    """A folder holds what it holds."""
    (tmp_path / "secret.har").write_text("{}")
    folder = tmp_path / "apps"
    folder.mkdir()
    (folder / "link.har").symlink_to(tmp_path / "secret.har")
    (file,) = listed(folder, "packages")["files"]
    answer = door_to(folder).ask(request("read_recording", file="link.har", digest=""))
    outside = door_to(folder).ask(request("read_recording", file="../secret.har", digest=""))

    assert file == {"file": "link.har", "form": "unread", "digest": ""}
    assert (answer.outcome, outside.outcome) == (Outcome.FAILED, Outcome.FAILED)


def test_another_operation_is_a_mistake(tmp_path: Path) -> None:
    """Nothing else can be asked of a folder."""
    with pytest.raises(ValueError, match="delete_files"):
        door_to(tmp_path).ask(request("delete_files"))


def test_without_its_reader_the_door_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command line knows the extra by the module's name."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError) as raised:
        AppDoor(target(tmp_path))

    assert raised.value.name == "lief"
