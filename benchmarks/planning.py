"""What a call takes where nothing is, and the plan for five thousand accounts that follows.

botocore's real clients and the real engine ask an organisation in which every list is empty; each
answer has a request id of its own, as the services' answers have.
"""

import tempfile
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from botocore.awsrequest import AWSPreparedRequest

from auditor.collect.aws.client import AwsDoor
from auditor.collect.door import Silence
from auditor.collect.engine import collect
from auditor.collect.limits import load_limits
from auditor.collect.registry import load_collectors
from auditor.demo.aws.wire import wire_form
from auditor.evidence import EvidenceStore, count_outcomes
from auditor.model import Json, Target
from auditor.pipeline import now
from auditor.plan import Plan, discover, predict
from auditor.plan.prediction import CPU_SECONDS, EMPTY_BYTES
from benchmarks.far_end import ACCOUNT, FarEnd, Wire
from benchmarks.measure import Measure, cpu_seconds
from benchmarks.organisation import PLACES, EmptyOrganisation

REGION = "us-east-1"
FEW, MANY = 1, 17  # accounts; the difference is free of what is made once, such as clients
SIZES = 50, 500, 5_000
OPTIONS = {"organization_role": "reader"}


def run() -> Iterator[Measure]:
    """Measure a call, and plan organisations with what such measuring gave before."""
    _collect(FEW)  # loads what is loaded once in a process
    less, more = _collect(FEW), _collect(MANY)
    calls, seconds, size = (b - a for a, b in zip(less, more, strict=True))
    print(f"# a call: {seconds / calls * 1e3:.2f} ms of CPU, {size / calls:.1f} bytes of evidence")
    yield Measure(
        name="planning.cpu_of_a_call",
        value=seconds / calls * 1e3,
        limit=CPU_SECONDS * 1e3,
        unit="ms",
    )
    yield Measure(
        name="planning.evidence_of_a_call", value=size / calls, limit=EMPTY_BYTES, unit="B"
    )
    for accounts in SIZES[:-1]:
        _print(accounts, plan_of_nothing(accounts))
    plans: list[Plan] = []
    yield Measure(
        name="planning.cpu_of_a_plan",
        value=cpu_seconds(lambda: plans.append(plan_of_nothing(SIZES[-1]))),
        limit=60,
        unit="s",
    )
    _print(SIZES[-1], plans[0])


def _print(accounts: int, plan: Plan) -> None:
    hour, longest = (each.number for each in plan.shards)
    print(
        f"# {accounts} accounts of {PLACES} regions, {len(plan.counts.kinds)} collectors: "
        f"{plan.counts.calls} calls, {plan.seconds / 3600:.2f} h on one machine, "
        f"{plan.size / 1e9:.3f} GB, {hour} shards of an hour, {longest} of six hours"
    )


def plan_of_nothing(accounts: int) -> Plan:
    """Return the plan for so many accounts that hold nothing."""
    target = Target(name="org", provider="aws", options=OPTIONS)
    collectors = [each for each in load_collectors() if each.provider == "aws"]
    limits = load_limits("aws")
    door = EmptyOrganisation(collectors, limits, accounts, PLACES)
    found = discover((target,), collectors, {target.name: door}, now=now, progress=Silence())
    return predict((target,), collectors, found, limits={target.name: limits})


def _collect(accounts: int) -> tuple[int, float, int]:
    """Collect from so many accounts, and return calls, seconds of CPU and bytes of evidence."""
    target = Target(name="org", provider="aws", options=OPTIONS)
    collectors = [each for each in load_collectors() if each.provider == "aws"]
    far = FarEnd(_Organisation(accounts))
    with far.answering(), tempfile.TemporaryDirectory() as folder:
        store, door = EvidenceStore(Path(folder)), AwsDoor(target)

        def work() -> None:
            collect((target,), collectors, {"org": door}, store, now=now, progress=Silence())
            store.close()

        seconds = cpu_seconds(work) - far.seconds
        door.close()
        size = sum(path.stat().st_size for path in Path(folder).rglob("*.zst"))
        return count_outcomes(Path(folder)).total(), seconds, size


class _Organisation:
    """Accounts with one region and nothing in it."""

    def __init__(self, accounts: int) -> None:
        several = [f"{int(ACCOUNT) + number:012}" for number in range(accounts)]
        self._found: dict[str, Json] = {
            "GetCallerIdentity": {
                "Account": ACCOUNT,
                "Arn": f"arn:aws:iam::{ACCOUNT}:role/auditor",
            },
            "ListAccounts": {"Accounts": [{"Id": each, "Status": "ACTIVE"} for each in several]},
            "DescribeRegions": {
                "Regions": [{"RegionName": REGION, "OptInStatus": "opt-in-not-required"}]
            },
            "AssumeRole": {
                "Credentials": {
                    "AccessKeyId": "ASIAEXAMPLE",
                    "SecretAccessKey": "example",
                    "SessionToken": "example",
                    "Expiration": "2099-01-01T00:00:00Z",
                }
            },
        }
        self._wire = cache(self._make)

    def __call__(self, service: str, operation: str, _: AWSPreparedRequest) -> Wire:
        status, headers, body = self._wire(service, operation)
        named = str(uuid.uuid4())
        body = body.replace("request-id", named)  # where XML holds it
        return status, {**headers, "x-amzn-requestid": named}, body

    def _make(self, service: str, operation: str) -> Wire:
        status, headers, body = wire_form(service, operation, self._found.get(operation, {}))
        return status, dict(headers), body
