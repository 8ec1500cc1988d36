import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from auditor.errors import ConfigError, EvidenceError
from auditor.model import Json, Waiver
from auditor.policy import evaluate, load_pack
from auditor.results import ControlResult, Results, Verdict
from tests.policy.estate import Rows, make_audit, make_store, write_facts

PACK = load_pack(Path(__file__).parents[2] / "policies" / "ttp-2020")
COMPLETE = [
    {"id": "unit-1", "open": False, "outcome": "complete", "tables": ["accounts", "stores"]},
    {"id": "unit-2", "open": False, "outcome": "complete", "tables": ["flows", "keys", "regions"]},
    {"id": "unit-3", "open": False, "outcome": "complete", "tables": ["trails"]},
]


def judged(
    folder: Path,
    rows: Rows,
    *,
    waivers: Sequence[Waiver] = (),
    parameters: Mapping[str, Json] | None = None,
) -> Results:
    """Evaluate the whole pack over these rows."""
    facts = write_facts(folder / "facts", {"coverage": COMPLETE, **rows})
    return evaluate(facts, [PACK], make_audit(waivers=waivers, parameters=parameters))


def control(results: Results, name: str) -> ControlResult:
    """One control's result."""
    return next(one for one in results.controls if one.id == name)


def make_waiver(**changes: object) -> Waiver:
    """A waiver of everything that fails A-02, until the as-of day."""
    waiver = Waiver(
        id="w-1",
        control="A-02",
        rows=("*",),
        reason="Agreed.",
        approvers=("Monitor",),
        expires="2020-09-20",
        limit=10,
    )
    return dataclasses.replace(waiver, **changes)  # type: ignore[arg-type]


def test_a_good_estate_passes(tmp_path: Path) -> None:
    """Counts add up, and the sentence says how many of how many."""
    found = control(judged(tmp_path, {"stores": [make_store()]}), "A-02")
    assert found.verdict is Verdict.PASS
    assert found.reason == "Met in 1 of 1 store tested."
    assert (found.population.total, found.population.passed) == (1, 1)
    assert found.parameters == {"approved_countries": ["US"], "trusted_providers": ["Oracle"]}
    assert found.place.startswith("ttp-2020/controls/")


def test_a_failing_row_is_a_finding(tmp_path: Path) -> None:
    """It says what the row is, what was seen in the broken clause, and where the evidence is."""
    stores = [make_store(), make_store(id="store-2", country="DE", evidence=[3, 4])]
    found = control(judged(tmp_path, {"stores": stores}), "A-02")
    assert found.verdict is Verdict.FAIL
    (finding,) = found.findings
    assert (finding.row_id, finding.verdict, finding.evidence) == ("store-2", Verdict.FAIL, (3, 4))
    assert finding.subject["kind"] == "bucket"
    assert [(one.clause, dict(one.seen)) for one in finding.broken] == [
        (0, {"store.country": "DE"})
    ]
    assert [(c.passed, c.failed, c.indeterminate) for c in found.clauses] == [(1, 1, 0), (2, 0, 0)]


def test_an_unknown_says_why_and_what_to_grant(tmp_path: Path) -> None:
    """The reason comes from the table of unknowns, for joined rows too."""
    rows: Rows = {
        "stores": [make_store(country=None, key_id="key-1")],
        "keys": [{"id": "key-1", "account": None}],
        "unknowns": [
            {"of_table": "stores", "row_id": "store-1", "column": "country"}
            | {"reason": "access was denied", "permission": "inspect buckets"},
            {"of_table": "keys", "row_id": "key-1", "column": "account"}
            | {"reason": "the call failed", "permission": ""},
        ],
    }
    results = judged(tmp_path, rows)
    place, key = control(results, "A-02"), control(results, "A-07b")
    assert place.verdict is Verdict.INDETERMINATE
    assert place.findings[0].broken[0].reasons == (
        "store.country is not known: access was denied (grant inspect buckets)",
    )
    assert key.findings[0].broken[0].reasons == ("key.account is not known: the call failed",)


def test_a_row_that_was_not_found_is_unknown(tmp_path: Path) -> None:
    """The reason names the id that leads nowhere, or why the id itself is unknown."""
    results = judged(
        tmp_path,
        {"stores": [make_store(key_id="gone"), make_store(id="store-2", key_id=None)]},
    )
    reasons = [finding.broken[0].reasons for finding in control(results, "A-07b").findings]
    assert reasons[0] == ("key.account is not known: gone was not found among the keys collected",)
    assert "because store.key_id is not known" in reasons[1][-1]


def test_unknown_scope_is_said(tmp_path: Path) -> None:
    """A store that no rule classifies is possibly protected: clause -1 stands for the scope."""
    results = judged(tmp_path, {"stores": [make_store(data_classes=None, country="DE")]})
    (finding,) = control(results, "A-02").findings
    assert finding.verdict is Verdict.INDETERMINATE
    assert [one.clause for one in finding.broken] == [-1, 0]


def test_a_list_with_an_unknown_entry_is_unknown(tmp_path: Path) -> None:
    """DuckDB would say that the entry is not there; we do not know."""
    results = judged(tmp_path, {"stores": [make_store(data_classes=["public", None])]})
    assert control(results, "A-01").population.out_of_scope == 0
    assert control(results, "A-01").verdict is Verdict.INDETERMINATE


def test_gaps_are_listed_and_keep_from_passing(tmp_path: Path) -> None:
    """Only of tables that the control reads; a unit that names no tables counts for all."""
    gap = {"id": "u", "open": True, "outcome": "denied", "reason": "r", "permission": "p"}
    rows: Rows = {"stores": [make_store()], "coverage": [*COMPLETE, gap | {"tables": ["keys"]}]}
    results = judged(tmp_path, rows)
    assert control(results, "A-02").verdict is Verdict.PASS
    assert control(results, "A-07b").verdict is Verdict.INDETERMINATE
    assert [one.permission for one in control(results, "A-07b").gaps] == ["p"]
    assert control(results, "G-10").verdict is Verdict.INDETERMINATE
    unnamed = judged(tmp_path, {"stores": [make_store()], "coverage": [*COMPLETE, gap]})
    assert control(unnamed, "A-02").verdict is Verdict.INDETERMINATE


def test_nothing_collected_passes_nothing(tmp_path: Path) -> None:
    """With empty tables every control is indeterminate."""
    results = judged(tmp_path, {"coverage": []})
    assert {one.verdict for one in results.controls} == {Verdict.INDETERMINATE}
    assert {one.verdict for one in results.commitments} == {Verdict.INDETERMINATE}


def test_what_the_audit_does_not_say_is_unknown(tmp_path: Path) -> None:
    """No boundary list and no provider: nothing passes or fails by them, and the reason says so."""
    facts = write_facts(tmp_path, {"stores": [make_store()], "coverage": COMPLETE})
    results = evaluate(facts, [PACK], make_audit(boundary_accounts=(), parties=()))
    for name, parameter in (("A-01", "$boundary_accounts"), ("A-02", "$trusted_providers")):
        found = control(results, name)
        assert found.verdict is Verdict.INDETERMINATE
        reasons = [why for one in found.findings[0].broken for why in one.reasons]
        assert any(why.startswith(f"{parameter} is not known: the audit names") for why in reasons)


def test_commitments_take_their_gravest_control(tmp_path: Path) -> None:
    """Each commitment of the pack has an answer and at least one control."""
    results = judged(tmp_path, {"stores": [make_store(country="DE")]})
    assert [one.id for one in results.commitments] == ["A", "B", "C", "D", "E", "F", "G"]
    assert all(one.controls for one in results.commitments)
    assert results.commitments[0].verdict is Verdict.FAIL
    assert results.commitments[0].reason == "1 of 1 store does not meet it."


def test_a_signed_statement_never_passes_plainly(tmp_path: Path) -> None:
    """It ends in 'pass (attested)', and one that holds is enough."""
    statement = {"id": "s-1", "subject": "purpose-limitation", "signature_holds": True}
    dates = {"valid_from": "2020-01-01", "valid_until": "2020-12-31"}
    broken = statement | dates | {"id": "s-2", "signature_holds": False}
    results = judged(tmp_path, {"statements": [statement | dates, broken]})
    assert control(results, "E-04").verdict is Verdict.PASS_ATTESTED
    assert control(results, "E-04").findings == ()
    assert control(results, "B-11").verdict is Verdict.INDETERMINATE


def test_a_waiver_covers_what_fails(tmp_path: Path) -> None:
    """The row keeps what it was; the control is waived, and so is the commitment at best."""
    stores = [make_store(), make_store(id="store-2", country="DE")]
    results = judged(tmp_path, {"stores": stores}, waivers=[make_waiver(rows=("store-*",))])
    found = control(results, "A-02")
    assert (found.verdict, found.population.waived, found.population.failed) == (
        Verdict.WAIVED,
        1,
        0,
    )
    assert (found.findings[0].was, found.findings[0].waiver) == (Verdict.FAIL, "w-1")
    assert (results.waivers[0].state, results.waivers[0].rows) == ("used", 1)


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"expires": "2020-09-19"}, "expired"),
        ({"limit": 0}, "over its limit"),
        ({"control": "A-99"}, "for an unknown control"),
        ({"rows": ("other",)}, "unused"),
        ({"rows": ("STORE-1",)}, "unused"),
    ],
)
def test_a_waiver_that_does_not_cover(
    tmp_path: Path, changes: dict[str, object], state: str
) -> None:
    """The row still fails, and the waiver's state is reported."""
    results = judged(
        tmp_path, {"stores": [make_store(country="DE")]}, waivers=[make_waiver(**changes)]
    )
    assert control(results, "A-02").verdict is Verdict.FAIL
    assert results.waivers[0].state == state


def test_an_unknown_cannot_be_waived(tmp_path: Path) -> None:
    """A waiver covers failing rows only."""
    results = judged(tmp_path, {"stores": [make_store(country=None)]}, waivers=[make_waiver()])
    assert control(results, "A-02").verdict is Verdict.INDETERMINATE
    assert results.waivers[0].state == "unused"


def test_a_loosened_parameter_is_reported(tmp_path: Path) -> None:
    """The override holds, and the pack's result says that it is looser."""
    results = judged(
        tmp_path,
        {"stores": [make_store(country="CA")]},
        parameters={"approved_countries": ["US", "CA"]},
    )
    assert control(results, "A-02").verdict is Verdict.PASS
    (sentence,) = results.packs[0].loosened
    assert "$approved_countries is [US, CA] in this audit" in sentence


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"aproved_countries": ["US"]}, "has no parameter 'aproved_countries'"),
        ({"approved_countries": "US"}, "is not a list of text"),
        ({"approved_countries": []}, "is an empty list"),
        ({"approved_countries": [None]}, "is not a list of text"),
        ({"boundary_accounts": ["x"]}, "has no parameter 'boundary_accounts'"),
        ({"log_retention_days": True}, "is not a whole number"),
    ],
)
def test_overrides_that_do_not_fit(
    tmp_path: Path, parameters: dict[str, Json], expected: str
) -> None:
    """They are the user's to mend."""
    with pytest.raises(ConfigError, match=expected):
        judged(tmp_path, {}, parameters=parameters)


def test_joins_never_multiply_rows(tmp_path: Path) -> None:
    """Two rows of one id are damaged facts, not two findings."""
    with pytest.raises(EvidenceError, match="2 rows but only 1 different ids"):
        judged(tmp_path, {"stores": [make_store(), make_store()]})


def test_damaged_facts_are_said(tmp_path: Path) -> None:
    """A missing file and a file that is no Parquet."""
    with pytest.raises(EvidenceError, match="is missing"):
        evaluate(tmp_path, [PACK], make_audit())
    facts = write_facts(tmp_path, {})
    (facts / "stores.parquet").write_bytes(b"PAR1 not at all")
    with pytest.raises(EvidenceError, match="cannot be read as the table stores"):
        evaluate(facts, [PACK], make_audit())


def test_hostile_names_are_data(tmp_path: Path) -> None:
    """Quotes, SQL and patterns in ids neither break nor widen anything."""
    name = "'; DROP TABLE stores; --\u202e[*]?"
    stores = [make_store(id=name, country="DE"), make_store(id="b", country="DE")]
    results = judged(tmp_path, {"stores": stores}, waivers=[make_waiver(rows=("';*",))])
    verdicts = {one.row_id: one.verdict for one in control(results, "A-02").findings}
    assert verdicts == {name: Verdict.WAIVED, "b": Verdict.FAIL}


def test_equal_facts_give_equal_results_in_any_order(tmp_path: Path) -> None:
    """The order of rows in the files does not show."""
    stores = [make_store(id=f"s{n}", country="DE" if n % 3 else None) for n in range(50)]
    first = judged(tmp_path / "a", {"stores": stores})
    second = judged(tmp_path / "b", {"stores": stores[::-1]})
    assert first == second
    ids = [one.row_id for one in control(first, "A-02").findings]
    assert ids == [f"s{n}" for n in sorted(range(50), key=lambda n: (n % 3 == 0, f"s{n}"))]
