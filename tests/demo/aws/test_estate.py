"""The demo's AWS estate: each planted wrong shows where it should, and nothing else does."""

import duckdb
import pytest

from auditor.collect.registry import load_collectors
from auditor.demo.aws import PLANTED, aws_estate
from auditor.demo.aws.accounts import STRANGER, USER_DATA
from auditor.demo.aws.plots.people_of_the_company import person_id
from auditor.demo.aws.plots.people_users import CARLA, WEI_JIE
from auditor.demo.aws.plots.recipients import ASSESSOR
from auditor.tables import Flow, Processor, Store
from tests.demo.auditing import Half, Shown, audit_half

COLLECTORS = tuple(each for each in load_collectors() if each.provider == "aws")
USERS = f"arn:aws:iam::{USER_DATA}:user"
NEW_HERE = ("B-01", "B-02", "B-02c", "B-03", "B-04", "B-05", "B-08b", "B-08c", "E-01", "G-02d")


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Half:
    """The estate, collected and judged."""
    return audit_half(tmp_path_factory.mktemp("demo"), "aws", aws_estate)


@pytest.fixture(scope="module")
def seen(audited: Half) -> set[Shown]:
    """What does not pass: control, row and verdict; for an open gap, its unit of coverage."""
    return audited.shown()


def test_nothing_planted_is_missed(seen: set[Shown]) -> None:
    """A breach that a run does not find is a failing test."""
    missed = [
        planted
        for planted in PLANTED
        if planted.surely and not any(planted.shows(*each) for each in seen)
    ]

    assert missed == []


def test_nothing_else_is_found(seen: set[Shown]) -> None:
    """What is in order must not be reported."""
    extra = [each for each in seen if not any(planted.shows(*each) for planted in PLANTED)]

    assert sorted(extra) == []


@pytest.mark.parametrize("control", NEW_HERE)
def test_people_have_look_alikes_that_pass(audited: Half, control: str) -> None:
    """A control that notices everybody notices nobody."""
    (judged,) = [each for each in audited.results.controls if each.id == control]

    assert judged.population.passed > 0
    assert judged.population.failed > 0


@pytest.mark.parametrize(
    ("control", "verdict", "expected"),
    [
        ("B-03", "fail", {STRANGER, f"{USERS}/parent/{WEI_JIE}"}),
        ("B-03", "indeterminate", {f"{USERS}/{CARLA}"}),
        ("B-05b", "fail", {person_id("marta")}),
        ("B-08c", "fail", {STRANGER, f"{USERS}/{CARLA}"}),
        ("B-08c", "indeterminate", {ASSESSOR, None}),
    ],
)
def test_accesses_are_noticed_for_who_began_them(
    audited: Half, control: str, verdict: str, expected: set[str | None]
) -> None:
    """Ids of accesses do not say whose they are, so that their patterns cannot tell them apart."""
    query = f"SELECT id, root_id FROM '{audited.facts / 'accesses.parquet'}'"
    roots = dict(duckdb.execute(query).fetchall())
    found = {
        roots[row] for name, row, said in audited.shown() if (name, said) == (control, verdict)
    }

    assert found == expected


def test_every_kind_that_holds_or_moves_data_is_planted(audited: Half) -> None:
    """A collector that finds nothing in the demo has never been seen to find anything."""
    query = f"SELECT collector FROM '{audited.facts / 'coverage.parquet'}' WHERE items > 0"
    found = {kind for (kind,) in duckdb.execute(query).fetchall()}
    kinds = {each.kind for each in COLLECTORS if {Store, Processor, Flow} & set(each.tables)}

    assert sorted(kinds - found) == []


def test_plants_enough() -> None:
    """The demo shows breaches and gaps of every kind that the pack tests in AWS."""
    breaches = {planted.what for planted in PLANTED if planted.verdict == "fail"}
    gaps = {planted.what for planted in PLANTED if planted.verdict == "indeterminate"}

    assert len(breaches) >= 200
    assert len(gaps) >= 40
