"""Two hundred thousand resources of fifty services: calls, memory, disk and CPU.

botocore's real clients are answered in the services' own wire formats, a hundred resources a page,
as most APIs give by default. The loop to compare with is the least that anybody could write by
hand with botocore: each list with its paginator, each client made once, the answers thrown away.
"""

import gc
import json
import re
import secrets
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import botocore.session
from botocore import xform_name
from botocore.awsrequest import AWSPreparedRequest
from botocore.loaders import create_loader
from botocore.model import Shape

from auditor.collect.aws.client import AwsDoor
from auditor.collect.aws.sdk.session import pager_of
from auditor.collect.door import Silence
from auditor.collect.engine import collect
from auditor.collect.registry import load_collectors
from auditor.demo.aws.wire import wire_form
from auditor.evidence import EvidenceStore
from auditor.model import Json, Request, Target
from auditor.spec import Collector
from benchmarks.far_end import ACCOUNT, FarEnd, Wire
from benchmarks.measure import Measure, cpu_seconds

NOON = "2026-01-02T12:00:00Z"
SERVICES, RESOURCES, PAGE = 50, 200_000, 100
SMALL_CALLS = 30  # pages of each service when CPU is compared
REGION = "us-east-1"
Pages = dict[str, Any]  # kinds of collectors, and what is answered to 'service.Operation'
TARGET = Target(name="large", provider="aws", axes={"region": (REGION,)})


def run() -> Iterator[Measure]:
    """Measure a large collection in a process of its own, and CPU against bare botocore here."""
    collectors = _chosen()
    with tempfile.TemporaryDirectory() as folder:
        # Made here, because making answers takes more memory than collecting them.
        path = Path(folder, "pages.json")
        path.write_text(json.dumps(_make_pages(collectors, PAGE)))
        command = [sys.executable, "-m", "benchmarks.scale", str(path)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    least = found["pages"] + 3  # who we are, twice, and the regions
    print(
        f"# {found['pages'] * PAGE} resources of {len(collectors)} services, {found['calls']} calls"
    )
    yield Measure(name="scale.calls_of_a_loop", value=found["calls"] / least, limit=1.0)
    yield Measure(name="scale.memory", value=found["megabytes"], limit=400, unit="MB")
    yield Measure(name="scale.evidence", value=found["evidence"], limit=60, unit="MB")
    yield Measure(name="scale.clients_made_twice", value=found["twice"], limit=0)
    small = _make_pages(collectors, 1)
    # Both sides read the same models. Passes of the garbage collector over them would fall on the
    # one or the other by chance, and each costs more than a round.
    for side in (_ask, _gather, _loop):
        _cpu(side, small)
    gc.collect()
    gc.freeze()
    # Each the least of three rounds: noise only adds.
    rounds = [(_cpu(_ask, small), _cpu(_gather, small), _cpu(_loop, small)) for _ in range(3)]
    client, whole, bare = (min(each) for each in zip(*rounds, strict=True))
    yield Measure(name="scale.client_cpu_of_bare_botocore", value=client / bare, limit=1.3)
    # A loop that throws everything away has neither evidence nor order to pay for.
    yield Measure(name="scale.cpu_with_evidence_of_bare_botocore", value=whole / bare, limit=2.0)


def _large(pages: Pages) -> dict[str, float]:
    """Collect the large estate and return what it took."""
    each = RESOURCES // PAGE // SERVICES
    far = FarEnd(Estate(pages, each))
    with tempfile.TemporaryDirectory() as folder:
        with far.answering():
            _collect(pages, Path(folder))
        evidence = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    status = Path("/proc/self/status").read_text()
    return {
        "pages": each * len(pages["kinds"]),
        "calls": far.calls.total(),
        "megabytes": int(status.partition("VmHWM:")[2].split()[0]) / 1024,
        "evidence": evidence / 1e6,
        "twice": far.clients.total() - len(far.clients),
    }


def _cpu(work: Callable[[Pages], None], pages: Pages) -> float:
    """Return the CPU seconds of a call, the far end's left out."""
    far = FarEnd(Estate(pages, SMALL_CALLS))
    with far.answering():
        seconds = cpu_seconds(lambda: work(pages)) - far.seconds
    return seconds / far.calls.total()


def _gather(pages: Pages) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _collect(pages, Path(folder))


def _ask(pages: Pages) -> None:
    """Ask our door for what the loop asks for."""
    door = AwsDoor(TARGET)
    for each in _named(pages):
        request = Request(
            collector=each.kind,
            place={"target": TARGET.name, "account": ACCOUNT, "region": REGION},
            step="l0",
            service=each.service,
            operation=each.listing.operation,
            parameters=each.listing.parameters,
            region=REGION,
        )
        while (token := door.ask(request).token) is not None:
            request = replace(request, token=token)
    door.close()


def _collect(pages: Pages, folder: Path) -> None:
    axes = [c for c in load_collectors() if c.kind in ("aws.sts.identity", "aws.ec2.region")]
    store, door = EvidenceStore(folder), AwsDoor(TARGET)
    collect(
        (TARGET,),
        [*axes, *_named(pages)],
        {TARGET.name: door},
        store,
        now=lambda: NOON,
        progress=Silence(),
    )
    store.close()
    door.close()


def _named(pages: Pages) -> list[Collector]:
    return [each for each in load_collectors() if each.kind in pages["kinds"]]


@cache
def _models() -> Any:
    """Return bare botocore's reader of models, which keeps what it has read, as ours does."""
    return create_loader()


def _session() -> Any:
    session = botocore.session.Session()
    session.register_component("data_loader", _models())
    return session


def _loop(pages: Pages) -> None:
    session = _session()
    for each in _named(pages):
        client = session.create_client(each.service, REGION)
        name, parameters = xform_name(each.listing.operation), each.listing.parameters
        if not client.can_paginate(name):
            token: Json = {}
            pager = pager_of(each.service, each.listing.operation)
            while token is not None and pager is not None:
                token = pager.next_token(getattr(client, name)(**parameters, **token))
            continue
        for _ in client.get_paginator(name).paginate(**parameters):
            pass


@cache
def _chosen() -> list[Collector]:
    """Return one collector of each of so many services: paged, and nothing but a list."""
    found: dict[str, Collector] = {}
    for each in load_collectors():
        listing = each.listing
        if (
            each.provider == "aws"
            and each.per == ("account", "region")
            and not (each.parent or each.details or each.axis or each.option)
            and not (listing.service or listing.asked_in or listing.bind)
            and "." not in listing.items
            and _is_plain(each)
        ):
            found.setdefault(each.service, each)
    return [found[name] for name in sorted(found)][:SERVICES]


def _is_plain(collector: Collector) -> bool:
    """Whether a list has resources as its items, and one token that leads to the next page."""
    listing = collector.listing
    pager = pager_of(collector.service, listing.operation)
    if not listing.items or pager is None or len(pager.inputs) != 1:
        return False
    token = _operation(collector).input_shape.members[pager.inputs[0]]
    if token.metadata.get("min", 0) > len(_UNIQUE):
        return False
    if pager.outputs[0].expression not in _output(collector).members:
        return False
    member = _output(collector).members[listing.items]
    return bool(member.type_name == "list" and member.member.type_name == "structure")


def _output(collector: Collector) -> Any:
    return _operation(collector).output_shape


def _operation(collector: Collector) -> Any:
    model = _session().get_service_model(collector.service)
    return model.operation_model(collector.listing.operation)


def _make_pages(collectors: list[Collector], size: int) -> Pages:
    """Return answers as they go over the wire: of each list, a page with more to come and a last.

    A resource has a value in every member that its API has.
    """
    made: dict[str, list[Wire]] = {
        f"{service}.{operation}": [_wire(service, operation, answer)]
        for (service, operation), answer in _OTHERS.items()
    }
    for each in collectors:
        operation = each.listing.operation
        pager = pager_of(each.service, operation)
        assert pager is not None
        shape = _output(each).members[each.listing.items].member
        last: dict[str, Json] = {each.listing.items: [_forge(shape, 0) for _ in range(size)]}
        more = {**last, pager.outputs[0].expression: _UNIQUE}
        if pager.more is not None:
            last[pager.more.expression], more[pager.more.expression] = False, True
        made[f"{each.service}.{operation}"] = [
            _wire(each.service, operation, answer) for answer in (more, last)
        ]
    return {"kinds": [each.kind for each in collectors], "made": made}


class Estate:
    """Hands out pages full of resources, each with names of its own."""

    def __init__(self, pages: Pages, each: int) -> None:
        """Take what to answer, and how many pages each list has."""
        self._made = pages["made"]
        self._each = each
        self._given: Counter[str] = Counter()

    def __call__(self, service: str, operation: str, _: AWSPreparedRequest) -> Wire:
        """Return the next page of a list."""
        name = f"{service}.{operation}"
        self._given[name] += 1
        several = self._made[name]
        status, headers, body = several[0 if self._given[name] < self._each else -1]
        return status, headers, _MARK.sub(lambda _: secrets.token_hex(5), body)


_UNIQUE, _MARK = "zz@@@@@@zz", re.compile("zz@@@@@@zz")
_OTHERS: dict[tuple[str, str], Json] = {
    ("sts", "GetCallerIdentity"): {
        "Account": ACCOUNT,
        "Arn": f"arn:aws:iam::{ACCOUNT}:role/auditor",
    },
    ("ec2", "DescribeRegions"): {"Regions": [{"RegionName": REGION, "OptInStatus": "opted-in"}]},
}


def _wire(service: str, operation: str, answer: Json) -> Wire:
    status, headers, body = wire_form(service, operation, answer)
    return status, dict(headers), body


def _forge(shape: Shape, depth: int) -> Json:
    """Return a value of a shape: names that nobody could guess, and everything else alike."""
    kind = shape.type_name
    if kind == "structure":
        members = shape.members.items() if depth < 2 else ()
        return {name: _forge(each, depth + 1) for name, each in members if not _is_union(each)}
    if kind == "list":
        return (
            [_forge(shape.member, depth + 1)] if depth < 2 and not _is_union(shape.member) else []
        )
    if kind == "map":
        return {"data-class": "none"} if shape.value.type_name == "string" else {}
    if kind == "string":
        named = shape.name.lower().endswith(("arn", "id", "name", "identifier"))
        return shape.enum[0] if shape.enum else (_UNIQUE if named else "ordinary")
    return {"boolean": True, "timestamp": 1767355200, "blob": b"x"}.get(kind, 1)


def _is_union(shape: Shape) -> bool:
    """Whether one and only one of a structure's members must be set."""
    return bool(getattr(shape, "is_tagged_union", False))


if __name__ == "__main__":
    print(json.dumps(_large(json.loads(Path(sys.argv[1]).read_text()))))
