"""Rules that every AWS collector keeps. Walks the registry; needs no credentials."""

import importlib.util
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace

import pytest

from auditor.collect.aws.client import _READS
from auditor.collect.kubernetes.calls import SERVICE as KUBERNETES
from auditor.collect.kubernetes.calls import is_of_cluster
from auditor.collect.registry import load_collectors
from auditor.columns import columns
from auditor.model import Answer, Outcome, Unknown
from auditor.spec import Call, Collector, Detail, Found, dig
from auditor.tables import Flow, Row
from tests.contract.aws_actions import ACTIONS
from tests.contract.aws_answers import MAKERS, PLACE, Maker, Strict, forged, found_of, operation_of

COLLECTORS = tuple(each for each in load_collectors() if each.provider == "aws")
DETAILS = [(collector, detail) for collector in COLLECTORS for detail in collector.details]
DENIED = Answer(outcome=Outcome.DENIED, code="AccessDenied")
EMPTY = Answer(outcome=Outcome.OK, body={})
# Where neither the prefix nor the name can be told from the operation.
WHOLE = {
    "aws.s3.directory-bucket/ListDirectoryBuckets": "s3express:ListAllMyDirectoryBuckets",
    "aws.s3.directory-bucket/GetBucketEncryption": "s3express:GetEncryptionConfiguration",
    "aws.s3.directory-bucket/GetBucketPolicy": "s3express:GetBucketPolicy",
}
# Where IAM's prefix is not the name that requests are signed with.
PREFIXES = {"tagging": "tag", "monitoring": "cloudwatch"}
# The reference says what it means that the member is left out.
KNOWN_WHEN_LEFT_OUT = {("aws.s3.bucket", "location")}

every_collector = pytest.mark.parametrize("collector", COLLECTORS, ids=lambda each: each.kind)
every_detail = pytest.mark.parametrize(
    ("collector", "detail"), DETAILS, ids=lambda each: getattr(each, "kind", None) or each.name
)
every_maker = pytest.mark.parametrize("maker", MAKERS, ids=("full", "sparse", "exposed", "plain"))


def test_there_are_collectors() -> None:
    """An empty registry would pass everything below."""
    assert len(COLLECTORS) >= 15
    assert len({collector.kind for collector in COLLECTORS}) == len(COLLECTORS)


def test_no_two_collectors_make_the_same_call() -> None:
    """An answer serves both, or they are one collector.

    What is asked about one resource, or under a condition, differs from resource to resource. Who
    asks is no resource: every collector whose answers depend on it may find that out.
    """
    made: dict[tuple[object, ...], list[str]] = {}
    for collector in COLLECTORS:
        for call in collector.calls:
            if _is_of_place(call) and call.operation != "GetCallerIdentity":
                made.setdefault(_request_of(collector, call), []).append(collector.kind)

    assert {call: kinds for call, kinds in made.items() if len(kinds) > 1} == {}
    assert len(made) >= len(COLLECTORS)


def _is_of_place(call: Call) -> bool:
    """Whether nothing but the place decides what is asked."""
    read = (*call.bind.values(), *filter(None, (call.region, call.endpoint)))
    return not getattr(call, "when", "") and all(path.startswith("place.") for path in read)


def _request_of(collector: Collector, call: Call) -> tuple[object, ...]:
    made_up = {name: make.__qualname__ for name, make in call.compose.items()}
    parameters = json.dumps([call.parameters, call.bind, made_up, call.asked_in], sort_keys=True)
    service = call.service or collector.service
    return service, call.operation, parameters, collector.per, collector.option


@every_collector
def test_every_call_reads_and_exists(collector: Collector) -> None:
    """An auditor that can write is not an auditor."""
    for call in collector.calls:
        model = operation_of(collector, call)
        assert _READS.match(call.operation) or call.service == KUBERNETES
        assert model.http["method"] == "GET" or call.service != KUBERNETES
        given = {*call.parameters, *call.bind, *call.compose, *getattr(call, "each", ())}
        accepted = model.input_shape.members if model.input_shape else {}
        assert given <= accepted.keys()
        assert set(model.input_shape.required_members if model.input_shape else ()) <= given


@every_collector
def test_every_permission_is_an_action_of_iam(collector: Collector) -> None:
    """Whoever grants what we print must get what we need."""
    for call in collector.calls:
        if not call.permission:
            assert call.operation == "GetCallerIdentity"
            continue
        if call.service == KUBERNETES:
            assert is_of_cluster(call.permission)
            continue
        service = call.service or collector.service
        name = ACTIONS.get(f"{service}/{call.operation}") or ACTIONS.get(call.operation)
        prefix = operation_of(collector, call).service_model.signing_name
        prefix = PREFIXES.get(prefix, prefix)
        whole = WHOLE.get(f"{collector.kind}/{call.operation}")
        assert call.permission == (whole or f"{prefix}:{name or call.operation}")


@every_collector
def test_every_bound_path_exists(collector: Collector) -> None:
    """A misspelt path would leave a call unasked for ever."""
    found = found_of(collector, MAKERS[0])
    for call in collector.calls:
        for path in (*call.bind.values(), *filter(None, (call.region, getattr(call, "when", "")))):
            assert _leads_somewhere(found, path), path


def _leads_somewhere(found: Found, path: str) -> bool:
    root, _, rest = path.partition(".")
    if root == "place":
        return rest in PLACE
    source = found.answers[root][0].body if root in found.answers else getattr(found, root)
    return dig(source, rest) is not None


@every_collector
def test_has_a_test_and_a_source(collector: Collector) -> None:
    """What nobody tried does not work."""
    module = collector.rows.__module__.rpartition(".")[2]
    assert importlib.util.find_spec(f"tests.collect.aws.test_{module}")
    assert collector.source.startswith("https://docs.aws.amazon.com/")


@every_maker
@every_collector
def test_rows_read_only_members_that_the_api_has(collector: Collector, maker: Maker) -> None:
    """A misspelt member would read as "not there" for ever."""
    found = found_of(collector, maker)
    tables = {type(row) for row in collector.rows(found)}
    for each in _sparser(found):
        tables |= {type(row) for row in collector.rows(each)}

    assert tables or not collector.tables
    assert tables <= set(collector.tables)


def _sparser(found: Found) -> list[Found]:
    """Return the resource with each member of its item left out in turn."""
    item = found.item
    if not isinstance(item, Strict):
        return []
    return [replace(found, item=item.without(name)) for name in item]


@every_collector
def test_forged_evidence_makes_rows_of_the_right_types(collector: Collector) -> None:
    """Whoever replays a bundle runs this over what a stranger wrote."""
    full = found_of(collector, MAKERS[0])
    # A full answer about an instance makes it a member of a cluster, which has the row.
    several = (each for each in (full, *_sparser(full)) if list(collector.rows(each)))
    found = next(several, full)
    for item in forged(found.item):
        _check_types(collector, replace(found, item=item))
    for detail in collector.details:
        for body in forged(found.answers[detail.name][0].body):
            answers = {**found.answers, detail.name: (Answer(outcome=Outcome.OK, body=body),)}
            _check_types(collector, replace(found, answers=answers))


def _check_types(collector: Collector, found: Found) -> None:
    for row in collector.rows(found):
        assert type(row) in collector.tables
        for column in columns(type(row)):
            value = getattr(row, column.name)
            if not isinstance(value, Unknown):
                assert _TYPES[column.type](value), (column.name, value)
            else:
                assert column.nullable


def _are_texts(values: object) -> bool:
    return isinstance(values, tuple) and all(isinstance(value, str) for value in values)


def _are_numbers(values: object) -> bool:
    return isinstance(values, tuple) and all(type(value) is int for value in values)


def _is_map(values: object) -> bool:
    return isinstance(values, Mapping) and _are_texts((*values, *values.values()))


_TYPES: Mapping[str, Callable[[object], bool]] = {
    "VARCHAR": lambda value: isinstance(value, str),
    "BIGINT": lambda value: type(value) is int,
    "BOOLEAN": lambda value: isinstance(value, bool),
    "VARCHAR[]": _are_texts,
    "BIGINT[]": _are_numbers,
    "MAP(VARCHAR, VARCHAR)": _is_map,
}


@every_maker
@every_detail
def test_a_refusal_never_reads_as_a_value(
    collector: Collector, detail: Detail, maker: Maker
) -> None:
    """Whatever an answer can decide is unknown without it; and an empty answer decides nothing."""
    decided = _decided(collector, detail, maker)
    silent = {"denied": DENIED, "empty": EMPTY}
    if detail.items or (collector.kind, detail.name) in KNOWN_WHEN_LEFT_OUT:
        del silent["empty"]
    for name, answer in silent.items():
        rows = _rows(collector, maker, detail, answer)
        for row_id, column in decided & {(row_id, each) for row_id in rows for _, each in decided}:
            assert isinstance(getattr(rows[row_id], column), Unknown), (name, row_id, column)


def _decided(collector: Collector, detail: Detail, maker: Maker) -> set[tuple[str, str]]:
    """Return the rows' columns that change with the answer to a detail, all else being equal."""
    answers = [each.answer(collector, detail) for each in MAKERS]
    if detail.absent_on:
        answers.append(Answer(outcome=Outcome.ABSENT))
    several = [_rows(collector, maker, detail, answer) for answer in answers]
    decided = set()
    for first in several:
        for second in several:
            for row_id in first.keys() & second.keys():
                columns_of = _differences(first[row_id], second[row_id])
                decided |= {(row_id, column) for column in columns_of}
    return decided


def _differences(first: Row, second: Row) -> set[str]:
    if isinstance(first, Flow):
        return set()
    return {
        each.name
        for each in fields(first)
        if getattr(first, each.name) != getattr(second, each.name)
    }


@every_maker
@every_detail
def test_a_refusal_never_hides_a_way_out(
    collector: Collector, detail: Detail, maker: Maker
) -> None:
    """If an answer can show a flow, its refusal must leave one that is unknown."""
    flows = [
        row for row in _rows(collector, maker, detail, DENIED).values() if isinstance(row, Flow)
    ]

    if _shows_flows(collector, detail, maker):
        assert any(isinstance(flow.active, Unknown) for flow in flows)


def _shows_flows(collector: Collector, detail: Detail, maker: Maker) -> bool:
    """Whether the answer to a detail decides which flows there are, all else being equal."""
    answers = [each.answer(collector, detail) for each in MAKERS]
    shown = [
        {row_id for row_id, row in rows.items() if isinstance(row, Flow)}
        for rows in (_rows(collector, maker, detail, answer) for answer in answers)
    ]
    return any(each != shown[0] for each in shown)


def _rows(collector: Collector, maker: Maker, detail: Detail, answer: Answer) -> Mapping[str, Row]:
    found = found_of(collector, maker, **{detail.name: answer})
    return {f"{row.table}/{row.id}": row for row in collector.rows(found)}


def test_the_tests_above_see_what_answers_decide() -> None:
    """They would pass for want of differences, too."""
    decided = {
        (collector.kind, detail.name)
        for collector, detail in DETAILS
        if any(
            _decided(collector, detail, maker) or _shows_flows(collector, detail, maker)
            for maker in MAKERS
        )
    }

    # The rest shows in tests of its own: a policy's text, say, decides nothing here because it is
    # made up.
    assert len(decided) > len(DETAILS) / 2


def test_the_guard_of_the_door_knows_a_write() -> None:
    """The test above is only as good as its pattern."""
    writes = ("PutObject", "DeleteBucket", "CreateTags", "GetsAway", "listen", "Describe")
    assert not any(re.match(_READS, name) for name in writes)
