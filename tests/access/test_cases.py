"""The table of access cases: what AWS would say, held against what we say."""

from collections import Counter

import pytest

from auditor.access.decision import decide
from tests.access.case_files import Case, read_cases

CASES = read_cases()


@pytest.mark.parametrize("case", CASES, ids=[case.place for case in CASES])
def test_decides_as_aws_does(case: Case) -> None:
    """Each case gets the verdict that its reason gives."""
    decision = decide(case.estate, case.who, case.may, case.on)
    told = "\n".join(f"  {step.stage}: {step.says}" for step in decision.steps)
    assert decision.verdict == case.expect, f"{case.because}\n{decision.truth}\n{told}"
    if case.depends_on is not None:
        assert decision.truth.depends_on == case.depends_on, told
    assert case.says in f"{told}\n{sorted(decision.truth.reasons)}"


def test_table_is_large_and_mixed() -> None:
    """Every verdict is there often enough to mean something."""
    counts = Counter(case.expect for case in CASES)
    assert len(CASES) >= 300
    assert counts["conditional"] >= 60
    assert counts["unknown"] >= 40
