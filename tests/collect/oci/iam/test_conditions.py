"""Conditions are three-valued, and follow Oracle's own rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.collect.oci.iam import Statement, parse
from auditor.collect.oci.iam.conditions import Known, holds, last_moment, variables
from auditor.collect.oci.iam.statement import Condition


def condition(text: str) -> Condition:
    """Return a condition as it stands after 'where'."""
    statement = parse(f"Allow group A to manage objects in tenancy where {text}")
    assert isinstance(statement, Statement)
    assert statement.condition
    return statement.condition


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("target.bucket.name = 'BucketA'", {"target.bucket.name": "bucketa"}, True),
        ("target.bucket.name = 'BucketA'", {"target.bucket.name": "bucketb"}, False),
        ("target.bucket.name = 'BucketA'", {}, None),
        # A variable that does not apply makes the comparison false, whatever the operator.
        ("target.group.name = 'A'", {"target.group.name": None}, False),
        ("target.group.name != 'A'", {"target.group.name": None}, False),
        ("target.group.name not in ('A', 'B')", {"target.group.name": None}, False),
        ("target.group.name = /A-*/", {"target.group.name": "a-users"}, True),
        ("target.group.name = /*x*/", {"target.group.name": "a-users"}, False),
        ("target.group.name = /a.b/", {"target.group.name": "axb"}, False),
        ("target.object.name = 'prod/*'", {"target.object.name": "prod/1"}, True),
        ("target.bucket.name = 'prod*'", {"target.bucket.name": "prod1"}, None),
        ("target.bucket.name = 'prod*'", {"target.bucket.name": "test"}, False),
        ("request.groups.id = 'g2'", {"request.groups.id": ("g1", "g2")}, True),
        ("request.groups.id != 'g2'", {"request.groups.id": ("g1", "g2")}, None),
        ("request.groups.id != 'g2'", {"request.groups.id": ()}, False),
        ("request.region = 'IAD'", {"request.region": "us-ashburn-1"}, True),
        ("request.region = 'iad'", {"request.region": "iad"}, True),
        ("request.region != 'iad'", {"request.region": "eu-frankfurt-1"}, True),
        ("request.region = 'us-ashburn-1'", {"request.region": "us-ashburn-1"}, None),
        ("request.region = 'us-ashburn-1'", {"request.region": "us-phoenix-1"}, False),
        ("all {a = '1', b = '2'}", {"a": "1"}, None),
        ("all {a = '1', b = '2'}", {"a": "0"}, False),
        ("any {a = '1', b = '2'}", {"a": "1"}, True),
        ("any {a = '1', b = '2'}", {"a": "0"}, None),
        ("all {a = '1', any {b = '2', c = '3'}}", {"a": "1", "b": "0", "c": "3"}, True),
    ],
)
def test_a_condition_holds_as_far_as_is_known(
    text: str, known: Known, expected: bool | None
) -> None:
    """Unknown is neither true nor false."""
    assert holds(condition(text), known) is expected


@pytest.mark.parametrize(
    ("text", "now", "expected"),
    [
        ("request.utc-timestamp before '2022-01-01T00:00Z'", "2021-12-31T23:59:59Z", True),
        ("request.utc-timestamp before '2022-01-01T00:00Z'", "2022-01-01T00:00:00Z", False),
        ("request.utc-timestamp after '2022-01-01Z'", "2022-01-02T00:00:00Z", True),
        ("request.utc-timestamp before 'next week'", "2022-01-02T00:00:00Z", None),
    ],
)
def test_moments_are_compared_in_utc(text: str, now: str, expected: bool | None) -> None:
    """In each of the forms that Oracle names."""
    assert holds(condition(text), {"request.utc-timestamp": now}) is expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [("18:00:00Z", True), ("00:30:00Z", True), ("12:00:00Z", False), ("17:00:00Z", True)],
)
def test_a_span_of_hours_may_run_over_midnight(now: str, expected: bool) -> None:
    """Oracle's own example does."""
    span = condition("request.utc-timestamp.time-of-day between '17:00:00Z' and '01:00:00Z'")

    assert holds(span, {"request.utc-timestamp.time-of-day": now}) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("request.utc-timestamp before '2022-01-01T00:00Z'", "2022-01-01T00:00:00Z"),
        ("all {a='1', request.utc-timestamp before '2022-01-01Z'}", "2022-01-01T00:00:00Z"),
        ("any {a='1', request.utc-timestamp before '2022-01-01Z'}", ""),
        ("request.utc-timestamp after '2022-01-01Z'", ""),
        ("a = 'b'", ""),
    ],
)
def test_a_condition_may_end_for_good(text: str, expected: str) -> None:
    """Only where every way to meet it has ended."""
    assert last_moment(condition(text)) == expected


def test_the_variables_of_a_condition_are_named_once() -> None:
    """In lower case, because the language ignores it."""
    names = variables(condition("any {Request.Region='iad', all {request.region='phx', a='b'}}"))

    assert names == ("a", "request.region")


_TESTS = st.sampled_from(["a = '1'", "b != '1'", "c in ('1', '2')", "c not in ('1')", "b = /1*/"])
_CONDITIONS = st.recursive(
    _TESTS,
    lambda inner: st.builds(
        lambda word, parts: f"{word} {{{', '.join(parts)}}}",
        st.sampled_from(["all", "any"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)
_KNOWN = st.fixed_dictionaries(dict.fromkeys("abc", st.sampled_from(["1", "2", None])))


@given(_CONDITIONS, _KNOWN, st.sampled_from("abc"))
def test_forgetting_a_variable_never_turns_an_answer_around(
    text: str, known: dict[str, str | None], forgotten: str
) -> None:
    """Knowing less leads to the same answer or to none."""
    whole = holds(condition(text), known)
    less = holds(condition(text), {name: known[name] for name in known if name != forgotten})

    assert whole is not None
    assert less in (whole, None)
