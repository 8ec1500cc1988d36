"""Files as they are served: what becomes evidence of them is their digest."""

import hashlib
import os
from pathlib import Path

import pytest

from auditor.collect.provenance.client import ProvenanceDoor
from auditor.collect.provenance.served import SERVED
from auditor.model import Outcome, Target, Unknown
from auditor.tables import Deployment
from tests.collect.provenance.asking import ask, collected
from tests.collect.provenance.test_records import collected as collected_from
from tests.facts.coding import (
    artifact,
    attestation,
    change,
    covered,
    estate,
    review,
    revision,
    settled,
)
from tests.facts.deriving import Facts

FLAGS = b'{"new-feed": true, "key": "a secret"}'
ADDRESS = "https://config.example.com/flags.json"


@pytest.fixture
def door(tmp_path: Path) -> ProvenanceDoor:
    """The door to two files: flags, and a model that is longer than one read."""
    (tmp_path / "flags.json").write_bytes(FLAGS)
    (tmp_path / "ranking.onnx").write_bytes(b"x" * (2**20 + 1))
    options = {
        "folder": str(tmp_path),
        "served": "asked",
        "configuration app flags": str(tmp_path / "flags.json"),
        "address app flags": ADDRESS,
        "model ranking": str(tmp_path / "ranking.onnx"),
    }
    return ProvenanceDoor(Target(name="records", provider="provenance", options=options))


def test_each_file_is_something_that_is_served(door: ProvenanceDoor) -> None:
    """By its kind, where it came from and the digest of all of it."""
    flags, model = (row for row in collected(SERVED, door) if isinstance(row, Deployment))
    assert (flags.id, flags.kind, flags.name, flags.resource_id) == (
        "served/records/app flags",
        "configuration",
        "app flags",
        ADDRESS,
    )
    assert flags.digest == f"sha256:{hashlib.sha256(FLAGS).hexdigest()}"
    assert (model.kind, model.resource_id) == ("model", model.id)
    assert model.digest == f"sha256:{hashlib.sha256(b'x' * (2**20 + 1)).hexdigest()}"
    assert isinstance(flags.pinned, Unknown)


def test_no_content_becomes_evidence(door: ProvenanceDoor) -> None:
    """Flags and configuration may hold secrets."""
    answer = ask(door, "read_served", served="configuration app flags")
    assert "secret" not in str(answer.body)
    assert answer.body["size"] == len(FLAGS)


@pytest.mark.parametrize("kind", ["folder", "pipe", "gone"])
def test_what_is_no_file_is_refused(tmp_path: Path, kind: str) -> None:
    """With its name; nobody waits for a pipe."""
    path = tmp_path / "flags.json"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    options = {"folder": str(tmp_path), "configuration flags": str(path)}
    door = ProvenanceDoor(Target(name="records", provider="provenance", options=options))
    answer = ask(door, "read_served", served="configuration flags")
    assert answer.outcome is Outcome.FAILED
    assert "flags" in answer.code


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, ("", True, ["Trusted"]), id="as it was approved"),
        pytest.param({"digest": f"sha256:{'1' * 64}"}, ("artefact", False, []), id="another"),
    ],
)
def test_what_is_served_is_followed_back(
    door: ProvenanceDoor, changes: dict[str, str], expected: tuple[str, bool, list[str]]
) -> None:
    """Provenance of another digest does not vouch for it."""
    (flags, _) = collected(SERVED, door)
    assert isinstance(flags, Deployment)
    said = {"digest": str(flags.digest)} | changes
    read = covered("artifacts", "attestations", "components")
    approved = (change(), revision(), review())
    rows = (flags, read, attestation(**said), artifact(), *approved)
    facts = Facts(estate(*rows), settled())
    assert facts.one("chains", "broken, vouched, approvers") == expected


@pytest.mark.parametrize("served", ["no file", "a file", "a file that is gone"])
def test_nothing_is_said_of_what_is_served_unless_the_audit_names_it(
    tmp_path: Path, served: str
) -> None:
    """Nobody has looked; one that is gone is a gap."""
    options = {}
    if served != "no file":
        options = {"served": "asked", "configuration flags": str(tmp_path / "flags.json")}
    if served == "a file":
        (tmp_path / "flags.json").write_bytes(FLAGS)
    _, units = collected_from(tmp_path, **options)
    gaps = [bool(each.issues) for each in units if each.collector is SERVED]
    assert gaps == {"no file": [], "a file": [False], "a file that is gone": [True]}[served]
