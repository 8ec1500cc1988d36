from collections.abc import Mapping
from pathlib import Path

import pytest

from auditor.errors import ConfigError
from auditor.model import Json, Waiver
from auditor.policy import evaluate, load_pack
from auditor.results import ControlResult, Verdict
from tests.policy.estate import make_audit, write_facts
from tests.policy.test_reader import CONTROL, PACK, write_pack

COVERED = {"id": "u", "open": False, "tables": ["stores"]}
ROWS: Mapping[str, dict[str, Json]] = {
    "good": {"data_classes": ["x"], "country": "US"},
    "bad": {"data_classes": ["x"], "country": "DE"},
    "vague": {"data_classes": ["x"], "country": None},
    "other": {"data_classes": [], "country": "DE"},
    "perhaps good": {"data_classes": None, "country": "US"},
    "perhaps bad": {"data_classes": None, "country": "DE"},
}


def concluded(
    folder: Path,
    rows: str,
    *,
    change: tuple[str, str] = ("", ""),
    empty: str = "indeterminate",
    waived: str = "",
    asked: bool = True,
) -> ControlResult:
    """The one control of the small pack over rows named in ROWS, separated by commas."""
    controls = CONTROL.replace(*change) + f"  empty: {empty}\n"
    pack = load_pack(write_pack(folder, controls=controls))
    stores = [{"id": name, **ROWS[name]} for name in rows.split(", ") if name]
    coverage = [COVERED] if asked else []
    facts = write_facts(folder / "facts", {"stores": stores, "coverage": coverage})
    waiver = Waiver(
        id="w",
        control="A-01",
        rows=(waived,),
        reason="Agreed.",
        approvers=("Monitor",),
        expires="2099-01-01",
        limit=9,
    )
    audit = make_audit(waivers=[waiver] if waived else [], packs=())
    return evaluate(facts, [pack], audit).controls[0]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("good", "pass"),
        ("good, other", "pass"),
        ("good, perhaps good", "pass"),
        ("good, bad, vague", "fail"),
        ("good, vague", "indeterminate"),
        ("good, perhaps bad", "indeterminate"),
        ("perhaps good", "indeterminate"),
        ("other", "indeterminate"),
        ("", "indeterminate"),
    ],
)
def test_every(tmp_path: Path, rows: str, expected: str) -> None:
    """Each kind of row moves the verdict as the reference says."""
    found = concluded(tmp_path, rows)
    assert found.verdict.value == expected
    counts = found.population
    parts = (counts.passed, counts.failed, counts.indeterminate, counts.waived)
    assert sum(parts) + counts.out_of_scope == counts.total == len(rows.split(", ")) * bool(rows)
    for clause in found.clauses:
        assert clause.passed + clause.failed + clause.indeterminate == counts.tested


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("good, bad, vague", "pass"),
        ("bad", "fail"),
        ("bad, other", "fail"),
        ("bad, vague", "indeterminate"),
        ("bad, perhaps good", "indeterminate"),
        ("other", "indeterminate"),
        ("", "indeterminate"),
    ],
)
def test_some(tmp_path: Path, rows: str, expected: str) -> None:
    """One row that is known to hold is enough; a row of unknown scope is no witness."""
    found = concluded(tmp_path, rows, change=("every:", "some:"))
    assert found.verdict.value == expected
    assert found.verdict is not Verdict.PASS or found.findings == ()


@pytest.mark.parametrize("empty", ["pass", "fail", "not applicable", "indeterminate"])
@pytest.mark.parametrize("rows", ["", "other"])
def test_empty(tmp_path: Path, empty: str, rows: str) -> None:
    """The control says what it means that nothing is in scope."""
    assert concluded(tmp_path, rows, empty=empty).verdict.value == empty


@pytest.mark.parametrize("empty", ["pass", "not applicable"])
def test_empty_because_nobody_asked(tmp_path: Path, empty: str) -> None:
    """Without a unit of coverage that names the table, emptiness says nothing."""
    assert concluded(tmp_path, "", empty=empty, asked=False).verdict is Verdict.INDETERMINATE


def test_empty_for_all_that_is_known(tmp_path: Path) -> None:
    """Rows that may be in scope keep it from being not applicable."""
    found = concluded(tmp_path, "perhaps good", empty="not applicable")
    assert found.verdict is Verdict.INDETERMINATE
    assert found.reason == "None of the stores found is known to be in scope."


@pytest.mark.parametrize(
    ("quantifier", "rows", "waived", "expected"),
    [
        ("every:", "good, bad", "bad", "waived"),
        ("every:", "bad, vague", "bad", "indeterminate"),
        ("every:", "bad, other", "*", "waived"),
        ("some:", "bad", "bad", "waived"),
        ("some:", "good, bad", "bad", "pass"),
    ],
)
def test_waived(tmp_path: Path, quantifier: str, rows: str, waived: str, expected: str) -> None:
    """Waived is graver than pass and milder than indeterminate."""
    found = concluded(tmp_path, rows, change=("every:", quantifier), waived=waived)
    assert found.verdict.value == expected


def test_two_packs_may_have_controls_of_one_id(tmp_path: Path) -> None:
    """Each keeps its own findings."""
    one = load_pack(write_pack(tmp_path / "one"))
    other = CONTROL.replace("$approved", "('DE', $as_of)")
    renamed = PACK.replace("name: small", "name: smaller").replace("{approved", "{spare")
    two = load_pack(write_pack(tmp_path / "two", pack=renamed, controls=other))
    rows = {"stores": [{"id": name, **ROWS[name]} for name in ("good", "bad")]}
    facts = write_facts(tmp_path / "facts", rows)
    first, second = evaluate(facts, [one, two], make_audit(packs=())).controls
    assert [finding.row_id for finding in first.findings] == ["bad"]
    assert [finding.row_id for finding in second.findings] == ["good"]


def test_a_pack_by_the_folder_one_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its places are the same as from elsewhere."""
    folder = write_pack(tmp_path)
    monkeypatch.chdir(folder)
    assert load_pack(Path()).controls[0].place == load_pack(folder).controls[0].place


def test_a_pack_twice(tmp_path: Path) -> None:
    """Two packs of one name cannot be told apart in the results."""
    pack = load_pack(write_pack(tmp_path))
    with pytest.raises(ConfigError, match="policy pack small is there twice"):
        evaluate(write_facts(tmp_path / "facts", {}), [pack, pack], make_audit(packs=()))
