"""Rules that every collector of Oracle Cloud keeps, checked against the SDK itself.

An answer is made up from the SDK's models, with every member that they have, and refuses to be
asked for any other: a misspelt member would read as "not set" for ever.
"""

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

import auditor.collect.oci
from auditor.collect.kubernetes.calls import SERVICE as KUBERNETES
from auditor.collect.oci.reads import READING_POSTS
from auditor.collect.registry import load_collectors
from auditor.columns import columns
from auditor.model import Answer, Json, Outcome, Unknown
from auditor.spec import Call, Collector, Detail, Found, listed
from auditor.tables import Row
from tests.contract.answers_oci import answer_of, client_of, found_of

COLLECTORS = [each for each in load_collectors() if each.provider == "oci"]
CALLS = [
    (collector, call)
    for collector in COLLECTORS
    for call in collector.calls
    if call.service != KUBERNETES  # has no SDK; what it is asked is in tests/collect/kubernetes
]
MODULES = sorted(
    path
    for path in Path(auditor.collect.oci.__file__).parent.glob("*.py")
    if re.search(r"= Collector\(", path.read_text())
)
every_collector = pytest.mark.parametrize("collector", COLLECTORS, ids=lambda c: c.kind)
every_call = pytest.mark.parametrize(
    ("collector", "call"), CALLS, ids=[f"{c.kind}:{call.operation}" for c, call in CALLS]
)


def test_kinds_are_unique() -> None:
    """A kind is how evidence finds its collector."""
    assert len({collector.kind for collector in COLLECTORS}) == len(COLLECTORS)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_every_module_of_collectors_has_a_test(module: Path) -> None:
    """Each file mirrors its own."""
    tests = Path(__file__).parents[1] / "collect" / "oci"

    assert (tests / f"test_{module.stem}.py").exists()


@every_call
def test_only_reads(collector: Collector, call: Call) -> None:
    """An auditor that can write is not an auditor: the SDK's own source says GET.

    Three POSTs ask for something that does not fit into an address, and change nothing.
    """
    _, method = client_of(collector, call)
    asks = f"{call.service or collector.service}.{call.operation}" in READING_POSTS

    assert re.findall(r'^        method = "(\w+)"', inspect.getsource(method), re.MULTILINE) == [
        "POST" if asks else "GET"
    ]


@every_call
def test_every_parameter_exists(collector: Collector, call: Call) -> None:
    """The SDK refuses others; and what it requires must be given."""
    _, method = client_of(collector, call)
    accepted = re.search(r"expected_kwargs = \[(.*?)\]", inspect.getsource(method), re.DOTALL)
    required = set(inspect.signature(method).parameters) - {"self", "kwargs"}
    # The door knows the tenancy of its credentials; nothing else does before the first answer.
    missing = {"tenancy_id"} if call.operation == "get_tenancy" else set()
    given = {*call.parameters, *call.bind, *call.compose}

    assert accepted
    assert required - given == missing
    assert given <= required | set(re.findall(r'"(\w+)"', accepted[1]))


@every_call
def test_every_listing_is_paged_or_whole(collector: Collector, call: Call) -> None:
    """A list that the SDK can page must be read as one, so that no page is lost."""
    _, method = client_of(collector, call)
    paged = '"page": kwargs.get("page"' in inspect.getsource(method)

    assert call.items or not paged


@every_collector
def test_every_path_exists(collector: Collector) -> None:
    """Bound parameters, regions, endpoints, conditions and secrets."""
    found = found_of(collector, 0)
    for call in collector.calls:
        details = isinstance(call, Detail)
        paths = [*call.bind.values(), call.region, call.endpoint]
        paths += [call.when] if isinstance(call, Detail) else []
        for path in filter(None, paths):
            root, _, rest = path.partition(".")
            assert root == "place" or details or (root == "parent" and call is collector.listing)
            assert rest in collector.per if root == "place" else found.read(path) is not None
        for path in call.secrets:
            items = listed(call, answer_of(collector, call, 0))
            inner = path.removeprefix(f"{call.items}.")
            assert Found(place={}, item=items[0]).read(f"item.{inner}") is not None


@every_collector
@pytest.mark.parametrize("seed", range(12))
def test_rows_read_what_the_sdk_knows(collector: Collector, seed: int) -> None:
    """Only declared tables, only typed values, each row with its evidence."""
    for row in collector.rows(found_of(collector, seed)):
        assert type(row) in collector.tables
        assert row.evidence
        assert row.id
        for column in columns(type(row)):
            value = getattr(row, column.name)
            assert column.nullable or not isinstance(value, Unknown)
            assert _fits(column.type, value), (column.name, value)


ODD: tuple[Json, ...] = (None, 5, -1.5, True, "", "https://[", "a" * 300, [], [[]], {}, {"a": None})


@every_collector
@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_no_answer_can_break_it(collector: Collector, odd: Json) -> None:
    """A member of another type than the API's makes a value unknown, never an exception."""
    found = found_of(collector, 0)
    item = dict.fromkeys(found.item, odd) if isinstance(found.item, dict) else odd
    answers = {
        name: tuple(replace(page, body=_spoil(page.body, odd)) for page in pages)
        for name, pages in found.answers.items()
    }
    spoilt = replace(found, item=item, answers=answers)
    for row in collector.rows(spoilt):
        for column in columns(type(row)):
            assert _fits(column.type, getattr(row, column.name)), column.name
    if collector.axis:
        collector.axis.value(spoilt)


def _spoil(body: Json, odd: Json) -> Json:
    """Return a body in which every innermost object has odd values only."""
    if isinstance(body, list):
        return [_spoil(each, odd) for each in body]
    if isinstance(body, dict):
        inner = {name: _spoil(each, odd) for name, each in dict.items(body)}
        return {
            name: each if isinstance(each, dict | list) and name == "items" else odd
            for name, each in inner.items()
        }
    return odd


@every_collector
def test_no_two_rows_share_an_id(collector: Collector) -> None:
    """Also when everything was denied at once."""
    found = found_of(collector, 0)
    refusal = (Answer(outcome=Outcome.DENIED, code="NotAuthorizedOrNotFound"),)
    denied = Found(
        place=found.place,
        item=found.item,
        answers=dict.fromkeys(found.answers, refusal),
        records=found.records,
        details=found.details,
    )
    for each in (found, denied):
        ids = [(type(row), row.id) for row in collector.rows(each)]
        assert len(set(ids)) == len(ids)


DETAILS = [(collector, detail.name) for collector in COLLECTORS for detail in collector.details]


@pytest.mark.parametrize(
    ("collector", "detail"), DETAILS, ids=[f"{c.kind}:{name}" for c, name in DETAILS]
)
def test_a_denied_detail_yields_no_known_value(collector: Collector, detail: str) -> None:
    """Whatever an answer could have said, a refusal says nothing."""
    denied = {_key(row): row for row in collector.rows(found_of(collector, 0, denied=detail))}
    for seed in range(4):
        told = {_key(row): row for row in _told(collector, detail, seed)}
        for key, row in told.items():
            if key in denied:
                for column in columns(type(row)):
                    value = getattr(denied[key], column.name)
                    same = value == getattr(row, column.name)
                    assert same or isinstance(value, Unknown) or not column.nullable
            else:
                assert any(key[0] is other and _stands_for(name, key[1]) for other, name in denied)


def _stands_for(name: str, other: str) -> bool:
    """Whether a row is about what was not seen: by its name, or as that in which the other is."""
    return name.endswith("?") or other.startswith(f"{name}/")


def _told(collector: Collector, detail: str, seed: int) -> Iterator[Row]:
    """Yield the rows when only this detail's answer is another one."""
    found, other = found_of(collector, 0), found_of(collector, seed)
    answers = {**found.answers, detail: other.answers[detail]}
    yield from collector.rows(
        Found(
            place=found.place,
            item=found.item,
            parent=found.parent,
            answers=answers,
            records=found.records,
            details=found.details,
        )
    )


def _key(row: Row) -> tuple[type[Row], str]:
    return type(row), row.id


_TYPES: Mapping[str, type] = {
    "VARCHAR": str,
    "BIGINT": int,
    "BOOLEAN": bool,
    "VARCHAR[]": tuple,
    "BIGINT[]": tuple,
    "MAP(VARCHAR, VARCHAR)": dict,
}


def _fits(type_: str, value: Json) -> bool:
    return isinstance(value, (Unknown, _TYPES[type_]))
