"""Guardrails: what they cover, what escapes them, whom they spare."""

from dataclasses import replace

import pytest

from auditor.report import Report
from auditor.report.guardrails import guardrail_section
from auditor.report.model import Section
from auditor.report.prevention import Policy, Prevention
from tests.report.reading import lines

EMPTY = Prevention(creation=(), policies=(), locks=(), idle=(0, 0))
POLICY = Policy(
    provider="aws",
    name="p",
    kind="service control policy",
    enforced=True,
    limits=("regions",),
    allowed_regions=("us-*",),
    denied_regions=(),
    escapes=(),
    exempt=(),
    targets=("root",),
    accounts=3,
)


@pytest.fixture(scope="module")
def section(reports: dict[str, Report]) -> Section:
    """The chapter of the mixed audit."""
    return next(s for s in reports["mixed"].opening if s.anchor == "guardrails")


def test_regions_are_counted_by_what_is_possible_there(section: Section) -> None:
    """Denied by a guardrail, possible, or not known; abroad first."""
    assert section.paragraphs[0].text.startswith(
        "Of 1 region by account outside the approved countries, data cannot be created in 1"
    )
    assert lines(section.grids[0]) == [
        "Germany | no | 0 | 0 | 1 | 0",
        "United States | yes | 2 | 2 | 0 | 0",
    ]


def test_a_policy_shows_its_holes(section: Section) -> None:
    """How far it reaches, what can be done in spite of it, whom it spares, and how many more."""
    (row,) = lines(section.grids[1])
    assert row.startswith(
        "stay-home (service control policy) | yes | ou-data: 2 accounts | "
        "creating data outside us-* | s3:* | arn:aws:iam::*:role/vendor-0, "
    )
    assert row.endswith("and 3 more")
    assert section.grids[1].note == "1 policy limits nothing, in 1 attachment."


def test_a_lock_that_could_not_be_read_is_not_in_force(section: Section) -> None:
    """Unknown is a column of its own."""
    assert lines(section.grids[2]) == ["aws vault lock | deletion | 0 | 0 | 1"]


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (POLICY, "creating data outside us-*"),
        (replace(POLICY, allowed_regions=("*",), denied_regions=("eu-*",)), "creating data in eu-"),
        (replace(POLICY, allowed_regions=()), "creating data outside no region"),
        (replace(POLICY, allowed_regions=None), "creating data, in regions not known"),
        (replace(POLICY, limits=None), "unknown"),
        (replace(POLICY, escapes=None), "creating data outside us-* | unknown"),
    ],
)
def test_what_a_policy_stops_is_said_and_never_guessed(policy: Policy, said: str) -> None:
    """Patterns as they are, unknown where nobody knows."""
    made = guardrail_section(replace(EMPTY, policies=(policy,)), frozenset({"US"}))
    assert said in lines(made.grids[1])[0]


def test_no_region_seen_is_no_good_news() -> None:
    """Nothing is known of what was not seen."""
    made = guardrail_section(EMPTY, None)
    assert made.paragraphs[0].text.startswith("No region was seen, so nothing is known")
