"""The whole catalogue in an empty region: no more than one call for each list."""

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from botocore.awsrequest import AWSPreparedRequest

from auditor.collect.aws.client import AwsDoor
from auditor.collect.door import Silence
from auditor.collect.engine import collect
from auditor.collect.period import within_period
from auditor.collect.registry import load_collectors
from auditor.demo.aws.wire import wire_form
from auditor.evidence import EvidenceStore
from auditor.model import Json, Target
from auditor.spec import Call, Collector
from benchmarks.far_end import ACCOUNT, FarEnd, Wire
from benchmarks.measure import Measure
from benchmarks.synthetic import synthetic_audit

NOON = "2026-01-02T12:00:00Z"
REGION = "us-east-1"
_FOUND: dict[str, Json] = {
    "GetCallerIdentity": {"Account": ACCOUNT, "Arn": f"arn:aws:iam::{ACCOUNT}:role/auditor"},
    "DescribeRegions": {"Regions": [{"RegionName": REGION, "OptInStatus": "opt-in-not-required"}]},
}


def run() -> Iterator[Measure]:
    """Collect everything from an account that holds nothing, and count."""
    ours = (each for each in load_collectors() if each.provider == "aws")
    collectors = within_period(ours, synthetic_audit())
    asked = [each for each in collectors if not each.option]
    lists = {
        (call.service or each.service, call.operation, str(call.parameters))
        for each in asked
        for call in _calls_about_nothing(each)
    }
    far = FarEnd(_answer)
    target = Target(name="empty", provider="aws")
    with far.answering(), tempfile.TemporaryDirectory() as folder:
        store, door = EvidenceStore(Path(folder)), AwsDoor(target)
        collect((target,), collectors, {"empty": door}, store, now=lambda: NOON, progress=Silence())
        store.close()
        door.close()
    # Not ours: the door asks once who it is, and botocore where Timestream is.
    calls = far.calls.total() - 1 - far.calls["timestream-write.DescribeEndpoints"]
    assert calls >= len(asked), "a list was not asked for"
    print(
        f"# {len(asked)} collectors, {len(lists)} lists, {calls} calls, "
        f"{far.clients.total()} clients of {len(far.clients)}"
    )
    yield Measure(name="catalogue.calls_of_the_lists", value=calls / len(lists), limit=1.0)
    yield Measure(
        name="catalogue.clients_made_twice",
        value=far.clients.total() - len(far.clients),
        limit=0,
    )


def _calls_about_nothing(collector: Collector) -> Iterator[Call]:
    """Yield the calls that are made where no resource is: lists, and settings of the account."""
    for call in collector.calls:
        yield call
        if call.items:  # what follows is asked about its items only
            return


def _answer(service: str, operation: str, _: AWSPreparedRequest) -> Wire:
    return _wire(service, operation)


@cache
def _wire(service: str, operation: str) -> Wire:
    status, headers, body = wire_form(service, operation, _FOUND.get(operation, {}))
    return status, dict(headers), body
