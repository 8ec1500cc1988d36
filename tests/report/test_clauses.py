"""Citations are taken apart, so that each clause has one line with all of its controls."""

from dataclasses import replace

import pytest

from auditor.report.clauses import clause_section, clauses_of
from auditor.results import Verdict
from tests.report.parts import control, results
from tests.report.reading import lines


@pytest.mark.parametrize(
    ("cited", "clauses"),
    [
        pytest.param("28 CFR 202.201", [("28 CFR 202.201", "")], id="one"),
        pytest.param("seeds S07, S08", [("seed S07", ""), ("seed S08", "")], id="seeds"),
        pytest.param(
            "CISA I.A.4, I.B (paragraph numbers unverified)",
            [
                ("CISA I.A.4", "paragraph number unverified"),
                ("CISA I.B", "paragraph number unverified"),
            ],
            id="a remark on all",
        ),
        pytest.param(
            "NIST SP 800-53 SC-12, SC-28(3) (from memory), AC-5",
            [
                ("NIST SP 800-53 SC-12", ""),
                ("NIST SP 800-53 SC-28(3)", "from memory"),
                ("NIST SP 800-53 AC-5", ""),
            ],
            id="a remark on one",
        ),
        pytest.param("Agreement, article 9", [("Agreement, article 9", "")], id="another source"),
    ],
)
def test_a_citation_is_taken_apart(cited: str, clauses: list[tuple[str, str]]) -> None:
    """Lists become clauses; what nobody knows how to part stays as it is."""
    assert list(clauses_of(cited)) == clauses


def test_a_clause_has_all_of_its_controls() -> None:
    """In the order of sources and numbers; a part counts for the whole that is looked for."""
    cites = ("NIST SP 800-53 AC-10, AC-2", "CISA I.B.1 (paragraph number unverified)")
    reported = [
        control("A-01", Verdict.PASS, cites=cites),
        replace(control("B-01", Verdict.FAIL), cites=("NIST SP 800-53 AC-2",)),
    ]
    said = lines(clause_section(results(reported)).grids[0])
    assert "CISA I.B | A-01 (met)" in said
    assert said[-3:] == [
        "CISA II.D | not addressed",
        "NIST SP 800-53 AC-2 | A-01 (met) and B-01 (not met)",
        "NIST SP 800-53 AC-10 | A-01 (met)",
    ]
    assert "CISA I.B.1 (paragraph number unverified) | A-01 (met)" in said
