"""The path of an audit, and its replay, on a small synthetic account."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from auditor import pipeline
from auditor.collect.door import Silence
from auditor.config.audit_file import read_audit, write_audit
from auditor.config.configuration import Configuration, Signing
from auditor.errors import BundleError, CollectionError
from auditor.model import Answer, LogSource, Outcome, PackChoice, Request
from auditor.replay import replay
from auditor.resources import data_folder
from auditor.sign import ephemeral_key
from auditor.verify import verify_bundle
from benchmarks.synthetic import NOON, TARGET, SyntheticDoor, synthetic_audit
from tests.activity.logs import lay
from tests.activity.logs import objects as trail_objects

CONFIGURATION = Configuration(
    path=Path("audit.yaml"),
    agreement="The agreement",
    company="The company",
    as_of=NOON,
    period_start="2025-01-02",
    period_end="2026-01-02",
    targets=(TARGET,),
    signing=Signing(ephemeral=True),
    output=Path(),
    parties=synthetic_audit().parties,
    boundary_accounts=synthetic_audit().boundary_accounts,
    classification=synthetic_audit().classification,
    packs=(PackChoice(name="ttp-2020"),),
)


class ClosedDoor(SyntheticDoor):
    """Lets nobody in."""

    def ask(self, request: Request) -> Answer:
        return Answer(outcome=Outcome.DENIED, code="AccessDenied", message="no")


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed bundle of thirty stores, and a log of one account."""
    bundle = tmp_path_factory.mktemp("bundles") / "audit-one"
    folder = lay(tmp_path_factory.mktemp("logs"), trail_objects())
    log = LogSource(name="trail", kind="cloudtrail", folder=str(folder))
    pipeline.run_audit(
        replace(CONFIGURATION, logs=(log,)),
        bundle,
        ephemeral_key(),
        Silence(),
        open_door=lambda _: SyntheticDoor(30),
    )
    return bundle


@pytest.fixture
def copy(sealed: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(sealed, tmp_path / "audit-one"))


def test_a_sealed_bundle_verifies_and_can_be_recomputed(sealed: Path) -> None:
    """Nothing in the bundle is anything but what evidence and policies give."""
    assert all(step.held is not False for step in verify_bundle(sealed))
    assert [step.held for step in replay(sealed)] == [True, True, True]


def test_what_logs_say_is_sealed_and_read_again(copy: Path) -> None:
    """Logs stay where they are; what was recorded of them is part of the bundle."""
    assert read_audit(copy / "audit.json").logs == (LogSource(name="trail", kind="cloudtrail"),)
    with duckdb.connect() as database:
        query = f"SELECT events FROM '{copy / 'facts' / 'accesses.parquet'}'"
        assert database.execute(query).fetchall() == [(48,)]
    (copy / "activity" / "summaries" / "2025-10-01.parquet").unlink()
    assert verify_bundle(copy)[0].held is False
    assert replay(copy)[0].held is False


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("facts/stores.parquet", 9),
        ("results.json", 10),
        ("results.sarif", 11),
        ("report.html", 11),
        ("report.pdf", 11),
    ],
)
@pytest.mark.parametrize("change", ["edited", "removed"])
def test_whoever_seals_something_else_is_found_out(
    copy: Path, name: str, number: int, change: str
) -> None:
    """A signer who alters what the evidence gives is caught by the replay, by file."""
    if change == "removed":
        (copy / name).unlink()
    else:
        content = (copy / name).read_bytes()
        (copy / name).write_bytes(content[:40] + b"x" + content[41:])

    faults = {step.number: step.faults for step in replay(copy)}

    assert any(name in fault for fault in faults[number])
    assert not any(faults[other] for other in faults if other != number)


def test_an_added_fact_table_is_found(copy: Path) -> None:
    """A table that no collector gives rise to is named."""
    shutil.copy(copy / "facts/stores.parquet", copy / "facts/other.parquet")

    (facts, *_) = replay(copy)

    assert facts.faults == ("facts/other.parquet is only in the bundle",)


def test_a_sealed_bundle_is_never_collected_into(sealed: Path) -> None:
    """Evidence that was signed stays what it was."""
    with pytest.raises(BundleError, match="is sealed"):
        pipeline.begin(CONFIGURATION, sealed)


def test_a_begun_bundle_is_taken_up_with_the_same_configuration_only(tmp_path: Path) -> None:
    """Half a collection under other rules would be evidence of nothing."""
    first = pipeline.begin(CONFIGURATION, tmp_path / "audit-two")

    assert pipeline.begin(CONFIGURATION, tmp_path / "audit-two") == first
    with pytest.raises(BundleError, match="another configuration"):
        pipeline.begin(replace(CONFIGURATION, company="Another"), tmp_path / "audit-two")


def test_the_moment_is_the_one_of_the_first_attempt(tmp_path: Path) -> None:
    """Taking up a bundle later does not move the audit's as-of."""
    configuration = replace(CONFIGURATION, as_of="")
    bundle = tmp_path / "audit-three"
    audit = pipeline.begin(configuration, bundle)
    write_audit(replace(audit, as_of="2026-01-01T00:00:00Z"), bundle / pipeline.AUDIT)

    assert pipeline.begin(configuration, bundle).as_of == "2026-01-01T00:00:00Z"
    assert read_audit(bundle / pipeline.AUDIT).as_of == "2026-01-01T00:00:00Z"


def test_nobody_answering_at_all_is_an_error(tmp_path: Path) -> None:
    """A report without a single answer would say nothing; the evidence of it is kept."""
    audit = pipeline.begin(CONFIGURATION, tmp_path / "audit-four")

    with pytest.raises(CollectionError, match="synthetic: no"):
        pipeline.collect(
            CONFIGURATION,
            audit,
            tmp_path / "audit-four",
            Silence(),
            open_door=lambda _: ClosedDoor(1),
        )


def test_a_name_that_no_bundle_may_hold_is_refused_before_anything_is_asked(
    tmp_path: Path,
) -> None:
    """A collection of hours must not end in a file name."""
    pack = shutil.copytree(data_folder("policies") / "ttp-2020", tmp_path / "ttp-2020")
    (pack / "notes.txt").write_text("left out")
    begun = replace(CONFIGURATION, pack_folders={"ttp-2020": pack})
    pipeline.begin(begun, tmp_path / "audit-five")
    (pack / "controls" / "my controls.yaml").write_text("[]")

    with pytest.raises(BundleError, match="my controls"):
        pipeline.begin(begun, tmp_path / "audit-six")
    assert not (tmp_path / "audit-five/policies/ttp-2020/notes.txt").exists()


@pytest.mark.parametrize("name", ["../ttp-2020", "/etc", "a/b", "..", "a\0b", "x" * 5000])
def test_a_pack_outside_the_bundle_is_not_read(copy: Path, name: str) -> None:
    """A bundle is judged by the policies that it holds and its seal covers."""
    audit = read_audit(copy / "audit.json")
    write_audit(replace(audit, packs=(PackChoice(name=name),)), copy / "audit.json")
    with pytest.raises(BundleError, match="pack outside the bundle"):
        pipeline.evaluate(copy)


def test_a_pipe_is_not_waited_on_and_a_link_not_followed(copy: Path) -> None:
    """A replay reads plain files only."""
    os.mkfifo(copy / "statements.json")
    with pytest.raises(BundleError, match="pipe"):
        replay(copy)
    (copy / "statements.json").unlink()
    (copy / "policies" / "more").symlink_to("/etc")
    with pytest.raises(BundleError, match="symbolic link"):
        replay(copy)
