"""The demo's AWS estate: each planted wrong shows where it should, and nothing else does."""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import duckdb
import pytest

from auditor.collect.aws.client import AwsDoor
from auditor.collect.door import Silence
from auditor.collect.engine import collect
from auditor.collect.period import within_period
from auditor.collect.registry import load_collectors
from auditor.demo.aws import BOUNDARY, PLANTED, aws_estate
from auditor.evidence import EvidenceStore, read_evidence
from auditor.facts import derive
from auditor.model import Audit, ClassificationRule, PackChoice, Party
from auditor.policy import evaluate, load_pack
from auditor.tables import Flow, Processor, Store
from tests.fakes import NOON, audit

COLLECTORS = tuple(each for each in load_collectors() if each.provider == "aws")
PACK = Path(__file__).parents[3] / "policies" / "ttp-2020"

Seen = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """The estate after an audit: its facts, and what was asked of them."""

    facts: Path
    config: Audit


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    """The estate, collected and derived."""
    bundle = tmp_path_factory.mktemp("bundle")
    collectors = within_period(COLLECTORS, audit())
    with aws_estate() as target:
        store = EvidenceStore(bundle)
        door = AwsDoor(target)
        collect(
            (target,),
            collectors,
            {target.name: door},
            store,
            now=lambda: NOON,
            progress=Silence(),
        )
        store.close()
        door.close()
    rules = {"us-user-data": ("us_user_data",), "operations": ()}
    config = audit(
        targets=(target,),
        parties=(
            Party(
                name="providers",
                roles=("trusted provider",),
                operators=("Amazon Web Services", "Oracle"),
            ),
            Party(name="parent", roles=("excluded",), accounts=("111111111111",)),
        ),
        boundary_accounts=BOUNDARY,
        classification=tuple(
            ClassificationRule(name=value, data_classes=classes, tags={"data-class": value})
            for value, classes in rules.items()
        ),
        packs=(PackChoice(name="ttp-2020"),),
    )
    facts = bundle / "facts"
    derive(config, collectors, read_evidence(bundle), statements=bundle / "none", facts=facts)
    return Audited(facts=facts, config=config)


@pytest.fixture(scope="module")
def seen(audited: Audited) -> set[Seen]:
    """What does not pass: control, row and verdict; for an open gap, its unit of coverage."""
    controls = evaluate(audited.facts, [load_pack(PACK)], audited.config).controls
    rows = {(c.id, f.row_id, str(f.verdict)) for c in controls for f in c.findings}
    gaps = {
        (c.id, gap.coverage_id, "indeterminate")
        for c in controls
        if c.id == "G-10"
        for gap in c.gaps
    }
    return rows | gaps


def test_nothing_planted_is_missed(seen: set[Seen]) -> None:
    """A breach that a run does not find is a failing test."""
    missed = [
        planted
        for planted in PLANTED
        if not any(_shows(planted.control, planted.row, planted.verdict, each) for each in seen)
    ]

    assert missed == []


def test_nothing_else_is_found(seen: set[Seen]) -> None:
    """What is in order must not be reported."""
    extra = [
        each
        for each in seen
        if not any(
            _shows(planted.control, planted.row, planted.verdict, each) for planted in PLANTED
        )
    ]

    assert extra == []


def test_every_kind_that_holds_or_moves_data_is_planted(audited: Audited) -> None:
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


def _shows(control: str, row: str, verdict: str, each: Seen) -> bool:
    return (control, verdict) == (each[0], each[2]) and fnmatchcase(each[1], row)
