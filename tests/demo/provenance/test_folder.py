"""What the demo writes is read again, and each planted breach shows."""

from dataclasses import replace
from pathlib import Path

import pytest

from auditor.collect.provenance.client import ProvenanceDoor
from auditor.collect.provenance.records import RECORDS
from auditor.collect.provenance.roots import ROOTS
from auditor.demo.provenance.folder import ELSEWHERE, Breach, Build, write_provenance
from auditor.tables import Row
from tests.collect.provenance.asking import collected
from tests.facts.deriving import Facts

BREACHES: tuple[Breach, ...] = ("", "missing", "stranger", "elsewhere", "differs")
SOURCE = "https://github.com/northstar-video/feed"


def builds() -> list[Build]:
    """Return one build for each breach, and one without."""
    return [
        Build(
            name=f"registry/{breach or 'sound'}",
            digest=f"sha256:{number:064x}",
            source=SOURCE,
            commit="a" * 40,
            finished="2026-01-01T13:00:00Z",
            breach=breach,
        )
        for number, breach in enumerate(BREACHES)
    ]


WORKFLOW = f"{SOURCE}/.github/workflows/release.yml@refs/heads/main"
MIRROR = "https://github.com/farshore/mirror/.github/workflows/release.yml@refs/heads/main"


def test_a_workflow_signs_by_its_name(tmp_path: Path) -> None:
    """A workflow of another repository is named as such: which one may sign is not decided here."""
    one, other = builds()[:2]
    several = [replace(one, workflow=WORKFLOW), replace(other, breach="", workflow=MIRROR)]
    door = ProvenanceDoor(write_provenance(tmp_path, several).target())
    facts = Facts([*collected(RECORDS, door), *collected(ROOTS, door)])
    told = facts.query(
        "SELECT signature_holds, signer FROM attestations WHERE kind = 'provenance' ORDER BY digest"
    )
    assert told == [(True, WORKFLOW), (True, MIRROR)]


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """The tables of what was written."""
    target = write_provenance(tmp_path_factory.mktemp("demo"), builds()).target()
    door = ProvenanceDoor(target)
    rows: list[Row] = [*collected(RECORDS, door), *collected(ROOTS, door)]
    return Facts(rows)


def test_each_breach_shows(facts: Facts) -> None:
    """And nothing else does."""
    told = facts.query(
        "SELECT name, signature_holds, signer, source, commit FROM attestations"
        " WHERE kind = 'provenance' ORDER BY digest"
    )
    assert told == [
        ("registry/sound", True, "trusted builder", SOURCE, "a" * 40),
        ("registry/stranger", False, "", SOURCE, "a" * 40),
        ("registry/elsewhere", True, "trusted builder", ELSEWHERE, "f" * 40),
        ("registry/differs", True, "trusted builder", SOURCE, "a" * 40),
    ]


def test_second_builds_are_signed_by_who_made_them(facts: Facts) -> None:
    """One of them differs."""
    told = facts.query(
        "SELECT name, agrees, signer FROM attestations WHERE kind = 'rebuild' ORDER BY digest"
    )
    assert told == [
        (f"registry/{breach or 'sound'}", breach != "differs", "assessor")
        for breach in BREACHES
        if breach != "missing"
    ]


def test_parts_are_about_the_artefact(facts: Facts) -> None:
    """By the name of the SBOM's file."""
    told = facts.query("SELECT DISTINCT digest FROM components WHERE listed ORDER BY digest")
    assert told == [(build.digest,) for build in builds() if build.breach != "missing"]


def test_the_same_builds_give_the_same_bytes(tmp_path: Path) -> None:
    """In every run."""
    one, two = (write_provenance(tmp_path / name, builds()).folder for name in "ab")
    files = sorted(path.name for path in one.iterdir())
    assert files == sorted(path.name for path in two.iterdir())
    assert all((one / name).read_bytes() == (two / name).read_bytes() for name in files)
