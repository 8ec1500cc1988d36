"""What every policy pack that we ship must hold to."""

import re
from pathlib import Path

import pytest

from auditor.policy import Control, Pack, find_packs, lint, load_pack, mutate, run_cases
from auditor.policy.vocabulary import aliases, column_types
from auditor.results import Verdict

ROOT = Path(__file__).parents[2] / "policies"
FOLDERS = find_packs(ROOT)
PACKS = [load_pack(folder) for folder in FOLDERS]
CONTROLS = [
    pytest.param(pack, control, id=f"{pack.name}/{control.id}")
    for pack in PACKS
    for control in pack.controls
]
TOO_SURE = re.compile(r"\b(compliant|certified|secure|verified|audit opinion)\b", re.IGNORECASE)
FROM_MEMORY = ("SA-9(6)", "SC-28(3)", "SR-4(3)", "CM-14", "SI-19(4)")


def test_there_are_packs() -> None:
    """Every folder of policies is one."""
    assert "ttp-2020" in {pack.name for pack in PACKS}
    folders = {path for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert set(FOLDERS) == folders


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_nothing_is_wrong_with_a_pack(folder: Path) -> None:
    """The lint that users run finds nothing; the folder is named like the pack."""
    assert lint(folder) == []
    assert load_pack(folder).name == folder.name


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_cases_hold_and_notice_every_change(pack: Pack) -> None:
    """No mutant of any control survives its cases."""
    assert [result for result in run_cases(pack) if not result.holds] == []
    assert [mutant for mutant in mutate(pack) if mutant.survived] == []


@pytest.mark.parametrize(("pack", "control"), CONTROLS)
def test_a_control_says_all_that_a_reader_needs(pack: Pack, control: Control) -> None:
    """Ids, sources, a remedy, and cases of each verdict."""
    assert control.commitment in {one.id for one in pack.commitments}
    assert control.cites
    assert control.why.endswith(".")
    assert control.remedy.endswith(".")
    assert not control.title.endswith(".")
    expected = {case.expect for case in control.cases}
    assert {Verdict.PASS, Verdict.FAIL, Verdict.INDETERMINATE} <= expected


@pytest.mark.parametrize(("pack", "control"), CONTROLS)
def test_a_control_reads_known_columns(pack: Pack, control: Control) -> None:
    """Of the tables that its population leads to."""
    tables = aliases(control.table)
    for written in control.expressions:
        for alias, column in written.columns:
            assert column in column_types(tables[alias])


@pytest.mark.parametrize(("pack", "control"), CONTROLS)
def test_a_control_claims_no_more_than_it_tests(pack: Pack, control: Control) -> None:
    """Honest words; what is from memory or not verified says so."""
    for text in (control.title, control.why, control.remedy, *(m.says for m in control.must)):
        assert not TOO_SURE.search(text), text
    cites = "; ".join(control.cites)
    for cite in FROM_MEMORY:
        assert cites.count(cite) == cites.count(f"{cite} (from memory)")
    for cite in control.cites:
        if re.search(r"CISA .*\b(I|II)\.[A-D]\.\d", cite):
            assert "unverified" in cite


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_attested_is_never_plain(pack: Pack) -> None:
    """A control that takes a statement for an answer is marked as attested, and no other is."""
    for control in pack.controls:
        columns = {column for each in control.expressions for _, column in each.columns}
        stated = any(column.endswith("_stated") for column in columns)
        assert control.attested is (control.table == "statements" or stated)


def test_every_founding_commitment_is_tested() -> None:
    """Data, access, code, phone, purpose, models and governance each have a control."""
    pack = next(pack for pack in PACKS if pack.name == "ttp-2020")
    assert {control.commitment for control in pack.controls} == set("ABCDEFG")
