"""Guardrails: what they cover, what escapes them, whom they spare."""

from dataclasses import replace
from pathlib import Path

import pytest

from auditor.report import EvidenceSummary, Report, build
from auditor.report.guardrails import guardrail_section
from auditor.report.model import Section
from auditor.report.prevention import Policy, Prevention
from tests.report import independent, parts
from tests.report.facts import write_facts
from tests.report.reading import lines

EMPTY = Prevention(creation=(), policies=(), locks=(), idle=(0, 0))
NOTHING = EvidenceSummary(records=0, root="", denied=0, failed=0)
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
    places=("organisation root",),
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
        "stay-home (aws service control policy) | yes | ou-data: 2 accounts | "
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


def test_what_oracle_offers_stands_beside_policies(tmp_path: Path) -> None:
    """Quotas, rules, zones and whom its people must ask are named, with where and with holes."""
    nodes = [
        {**independent.node("t-1", "tenancy", ""), "name": "northstar"},
        {**independent.node("c-1", "compartment", "t-1"), "name": "prod"},
    ]
    made = {"provider": "oci", "target_id": "t-1", "allowed_regions": ["*"]}
    rows = [
        independent.guardrail(1, **{**made, "kind": "quota", "allowed_regions": ["us-ashburn-1"]}),
        independent.guardrail(2, **made, kind="security zone", limits=["public access"])
        | {"target_id": "c-1"},
        independent.guardrail(3, **made, kind="operator access control", limits=["provider access"])
        | {"target_id": "rack-1", "escapes": ["approved without asking: INFRA_DIAG"]},
        independent.guardrail(4, **made, kind="network source", limits=["networks"]),
    ]
    facts = write_facts(tmp_path, {"hierarchy": nodes, "guardrails": rows})
    report = build(parts.results([]), parts.audit(), facts, NOTHING)
    section = next(s for s in report.opening if s.anchor == "guardrails")
    assert lines(section.grids[1]) == [
        "stay-home (oci quota) | yes | northstar: tenancy | creating data outside us-ashburn-1 | "
        "nothing found | nobody",
        "stay-home (oci operator access control) | yes | rack-1 | provider access | "
        "approved without asking: INFRA_DIAG | nobody",
        "stay-home (oci security zone) | yes | prod: compartment | public access | "
        "nothing found | nobody",
    ]
    assert lines(section.grids[2]) == ["oci network source | networks | 1 | 0 | 0"]


def test_no_region_seen_is_no_good_news() -> None:
    """Nothing is known of what was not seen."""
    made = guardrail_section(EMPTY, None)
    assert made.paragraphs[0].text.startswith("No region was seen, so nothing is known")
