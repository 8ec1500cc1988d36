"""Compartments and nested listings: Oracle's cloud, simulated, through the real SDK."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor import pipeline
from auditor.collect.door import Silence
from auditor.collect.engine import collect
from auditor.collect.registry import load_collectors
from auditor.demo.tenancy.estate import oci_estate
from auditor.evidence import EvidenceStore, count_outcomes
from auditor.model import Target
from auditor.plan import Plan, discover, predict, read_earlier

COLLECTORS = tuple(each for each in load_collectors() if each.provider == "oci")


@pytest.fixture(scope="module")
def target() -> Iterator[Target]:
    """A tenancy with compartments in several regions."""
    with oci_estate() as reached:
        yield reached


def planned(target: Target, *since: Path) -> Plan:
    """Discover the tenancy and plan."""
    door = pipeline.door_to(target)
    found = discover(
        (target,), COLLECTORS, {target.name: door}, now=pipeline.now, progress=Silence()
    )
    door.close()
    return predict((target,), COLLECTORS, found, read_earlier(since) if since else None)


def test_an_unchanged_tenancy_is_predicted_exactly(target: Target, tmp_path: Path) -> None:
    """Every region and compartment is counted, and what was found there before."""
    door, store = pipeline.door_to(target), EvidenceStore(tmp_path)
    doors = {target.name: door}
    collect((target,), COLLECTORS, doors, store, now=pipeline.now, progress=Silence())
    store.close()
    door.close()
    plan = planned(target, tmp_path)
    assert plan.exact
    assert plan.counts.calls == plan.rehearsed.calls == count_outcomes(tmp_path).total()
    alone = planned(target)
    assert not alone.exact
    assert alone.counts.calls < plan.counts.calls
    assert len(alone.scope.axes[target.name]["compartment"]) > 1
