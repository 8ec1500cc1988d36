"""What the report says: right counts, honest words, the same every time."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.errors import ReportError
from auditor.policy import write_results
from auditor.report import EvidenceSummary, Report, build
from auditor.report.foremost import stands_out
from auditor.report.grouping import MOST_ROWS
from auditor.results import Verdict
from tests.report import parts, samples
from tests.report.conftest import built
from tests.report.facts import store, write_facts
from tests.report.parts import control, finding, results

NOTHING = EvidenceSummary(records=0, root="", denied=0, failed=0)


def test_the_same_inputs_give_the_same_report(tmp_path: Path) -> None:
    """No clock, no randomness."""
    assert built(samples.mixed(tmp_path / "a")) == built(samples.mixed(tmp_path / "b"))


def test_each_commitment_is_answered_with_its_count(reports: dict[str, Report]) -> None:
    """Page one says the verdict and how many of what."""
    answers = {c.id: (c.mark.word, c.count) for c in reports["mixed"].commitments}
    assert answers == {
        "A": ("NOT MET", "5 of 412 stores · 40 of 1,204 flows"),
        "B": ("ATTESTED", "1 of 1 statement"),
        "C": ("MET", "2 of 2 statements"),
        "D": ("CANNOT TELL", "nothing was tested"),
        "E": ("NOT APPLICABLE", "nothing in scope"),
        "F": ("CANNOT TELL", "nothing was tested"),
        "G": ("MET", "14 of 14 audit logs"),
    }


def test_what_stands_out_has_numbers_and_links(reports: dict[str, Report]) -> None:
    """Three sentences, the gravest first, each leading to its finding."""
    report = reports["mixed"]
    anchors = {finding.anchor for c in report.controls for finding in c.findings}
    assert len(report.stands_out) == 3
    assert report.stands_out[0].text.startswith("40 of 1,204 flows did not meet")
    assert {said.anchor for said in report.stands_out} <= anchors


def test_nothing_readable_is_never_good_news(reports: dict[str, Report]) -> None:
    """An audit that saw nothing says so in every place."""
    report = reports["unreadable"]
    assert {c.mark.word for c in report.commitments} == {"CANNOT TELL"}
    assert report.coverage.text.startswith("0.0 % of 64 calls were answered; 64 denied")
    assert "where the data rests is not known" in " ".join(report.map.words)
    assert "No row was found" not in " ".join(said.text for said in report.stands_out)


def test_nearly_everything_is_not_everything(tmp_path: Path) -> None:
    """A share of answered calls is rounded down: one refusal never shows as 100 %."""
    sample = samples.clean(tmp_path)
    evidence = EvidenceSummary(records=1_000_000, root="", denied=1, failed=0)
    report = build(sample.results, sample.audit, sample.facts, evidence)
    assert report.coverage.text.startswith("99.9 %")


def test_a_limit_is_stated_with_the_whole_count(reports: dict[str, Report]) -> None:
    """50,000 rows: the report says how many it shows and where the others are."""
    report = reports["large"]
    findings = [finding for c in report.controls for finding in c.findings]
    assert sum(finding.total for finding in findings) == 50_000
    assert sum(len(finding.rows) for finding in findings) <= MOST_ROWS
    assert all("results.json" in f.note for f in findings if f.total > len(f.rows))
    assert "50,000 rows" in " ".join(said.text for said in report.findings_intro)


def test_results_are_attached_in_full(reports: dict[str, Report]) -> None:
    """The attachment holds every row, and its digest is the one in the report."""
    report = reports["large"]
    kept = json.loads(report.attachment)
    assert sum(len(control["findings"]) for control in kept["controls"]) == 50_000
    assert hashlib.sha256(report.attachment).hexdigest() == report.digest


def test_the_attachment_is_the_file_that_policy_writes(tmp_path: Path) -> None:
    """The digest on the page is that of the bundle's results.json."""
    sample = samples.mixed(tmp_path / "facts")
    write_results(sample.results, tmp_path / "results.json")
    assert built(sample).attachment == (tmp_path / "results.json").read_bytes()


def test_given_results_are_attached_as_they_are(tmp_path: Path) -> None:
    """The bytes of the bundle's results.json, and nothing made again."""
    sample = samples.clean(tmp_path)
    report = build(sample.results, sample.audit, sample.facts, NOTHING, b'{"a": 1}')
    assert report.attachment == b'{"a": 1}'


def test_clauses_without_a_control_are_shown_as_blanks(reports: dict[str, Report]) -> None:
    """The index prints what no control addresses."""
    index = next(s for s in reports["mixed"].closing if s.anchor == "clauses")
    said = {row[0].text: row[1].text for row in index.grids[0].rows}
    assert said["28 CFR 202.1002(f)(2)(iv)"] == "not addressed"
    assert said["28 CFR 202.1101(b)(2)"] == "B-11 (attested)"
    assert said["28 CFR 202.1101(b)(1)"] == "not addressed"


def test_ways_out_are_read_from_left_to_right(reports: dict[str, Report]) -> None:
    """Start, end, each step; what stays inside is left out and what is not known stays."""
    section = next(s for s in reports["mixed"].opening if s.anchor == "ways")
    rows = [" | ".join(cell.text for cell in row) for row in section.grids[1].rows]
    assert rows == [
        "United States, us-east-1 | Germany, eu-central-1 | "
        "replication (1) and replication → replication (1) | 2",
        "United States, us-east-1 | a place not known | copy | 1",
        "United States, us-east-1 | anybody | link | 1",
    ]
    assert section.paragraphs[0].text.startswith("3 paths lead out of the boundary, and 1 path")


def test_an_attestation_is_never_plainly_met(reports: dict[str, Report]) -> None:
    """What rests on a statement says so, and that it was not tested."""
    section = next(s for s in reports["mixed"].closing if s.anchor == "statements")
    assert "not independently tested" in section.paragraphs[0].text


def test_a_waived_row_names_waiver_and_approvers(reports: dict[str, Report]) -> None:
    """The reader sees who let it pass, until when and why."""
    findings = [f for c in reports["mixed"].controls for f in c.findings]
    (waived,) = [f for f in findings if f.mark.word == "WAIVED"]
    assert "W-2026-04, approved by R. Meyer and T. Okafor, until 2026-12-31" in waived.reasons[0]


def test_loosened_parameters_are_said(tmp_path: Path) -> None:
    """An override in the loosening direction stands at the head of the criteria."""
    sample = samples.clean(tmp_path)
    pack = replace(sample.results.packs[0], loosened=("approved_countries gained CA",))
    results = replace(sample.results, packs=(pack,))
    report = build(results, sample.audit, sample.facts, sample.evidence)
    criteria = next(s for s in report.opening if s.anchor == "criteria")
    assert "loosened 1 parameter" in criteria.paragraphs[0].text
    assert criteria.grids[1].rows[0][1].text == "approved_countries gained CA."


@pytest.mark.parametrize(
    ("shards", "said"),
    [
        (("1/3", "3/3"), "2 of its 3 shards, 1/3 and 3/3. What the others were to collect"),
        (("1/2", "2/2"), "2 of its 2 shards, 1/2 and 2/2."),
    ],
)
def test_shards_of_a_shared_collection_are_named(
    tmp_path: Path, shards: tuple[str, ...], said: str
) -> None:
    """A missing part is said in the scope."""
    sample = samples.clean(tmp_path)
    report = built(replace(sample, audit=replace(sample.audit, shards=shards)))
    text = " ".join(part.text for part in report.opening[0].paragraphs)
    assert said in text
    assert ("was not seen" in text) is (shards[-1] == "3/3")


def test_only_user_data_is_counted_when_rules_name_it(tmp_path: Path) -> None:
    """Other classes are not drawn; unclassified stores are."""
    rows = [store(n, "us-east-1", "US", [["us_user_data"], ["logs"], None][n]) for n in range(3)]
    facts = write_facts(tmp_path, {"stores": rows})
    one = parts.control("A-01", Verdict.PASS)
    report = build(parts.results([one]), parts.audit(), facts, NOTHING)
    assert report.map.words[0].startswith("2 stores hold or may hold protected data")


def test_missing_tables_count_as_empty(tmp_path: Path) -> None:
    """A folder without tables gives a report that knows nothing."""
    sample = samples.clean(tmp_path / "facts")
    report = build(sample.results, sample.audit, tmp_path, NOTHING)
    assert report.coverage.text == "No provider gave any answer."


def test_a_damaged_table_is_an_error(tmp_path: Path) -> None:
    """Never a report without the table."""
    sample = samples.clean(tmp_path)
    (sample.facts / "stores.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(ReportError, match="cannot be read"):
        built(sample)


def test_an_empty_estate_without_gaps_is_said_plainly(tmp_path: Path) -> None:
    """No store, no gap: nothing was seen, and nothing is claimed."""
    one = parts.control("A-01", Verdict.INDETERMINATE, tested=0)
    facts = write_facts(tmp_path, {})
    report = build(parts.results([one]), parts.audit(), facts, NOTHING)
    assert report.map.words == ("No store was seen that holds or may hold protected data.",)
    assert report.stands_out[0].text == "Nothing could be tested: 0 of 1 control were met."


def test_one_problem_is_said_once() -> None:
    """Data in Germany and its keys in Germany are one problem; another control comes before."""
    germany = {"store.country": "DE"}
    keys = {"store.key_country": "DE"}
    reported = [
        control("A-02", Verdict.FAIL, [finding(f"store-{n}", seen=germany) for n in range(2)]),
        control("A-07", Verdict.FAIL, [finding(f"store-{n}", seen=keys) for n in range(3)]),
        control("A-06", Verdict.FAIL, [finding("open", seen={"store.encrypted": False})]),
    ]
    said = [sentence.text for sentence in stands_out(results(reported))]
    assert [text.rpartition("(")[2] for text in said] == [
        "A-02, critical).",
        "A-06, critical).",
        "A-07, critical).",
    ]
    assert "seen Germany" in said[0]
    assert "seen" not in said[1]


def test_another_control_speaks_of_what_a_heard_one_saw_too() -> None:
    """Shares with a stranger are said, though the control on flows was heard about Germany."""
    germany, stranger = {"flow.target_country": "DE"}, {"flow.target_account": "999"}
    reported = [
        control("A-02", Verdict.FAIL, [finding(f"s{n}", seen=germany) for n in range(5)]),
        control("A-04", Verdict.FAIL, [finding("f1", seen=germany), finding("f2", seen=stranger)]),
        control("A-05b", Verdict.FAIL, [finding(f"f{n}", seen=stranger) for n in range(4)]),
    ]
    said = [sentence.text for sentence in stands_out(results(reported))]
    assert [text.rpartition("(")[2] for text in said[:2]] == [
        "A-02, critical).",
        "A-05b, critical).",
    ]


def test_what_was_not_collected_is_not_told_twice(tmp_path: Path) -> None:
    """Coverage counts it by place and reason, so that a finding shows the first rows only."""
    missing = [finding(f"unit-{n:03d}", Verdict.INDETERMINATE) for n in range(300)]
    told = control("G-10", Verdict.INDETERMINATE, missing, table="coverage", tested=900)
    report = build(results([told]), parts.audit(), write_facts(tmp_path, {}), NOTHING)
    (shown,) = report.controls[0].findings
    assert (len(shown.rows), shown.total) == (40, 300)
    assert shown.note.startswith("40 of 300 planned collections shown.")


def test_stores_flows_and_rights_each_speak_before_any_does_again() -> None:
    """Of equally grave problems another kind comes first, however many rows the next one has."""
    counts = {"A-04": ("flows", 9), "A-05b": ("flows", 7), "B-02": ("grants", 2)}
    reported = [
        control(
            name,
            Verdict.FAIL,
            [finding(f"{name}/{n}", seen={"row.place": name}) for n in range(many)],
            table=table,
        )
        for name, (table, many) in counts.items()
    ]
    said = [sentence.text for sentence in stands_out(results(reported))]
    assert [text.rpartition("(")[2] for text in said] == [
        "A-04, critical).",
        "B-02, critical).",
        "A-05b, critical).",
    ]
