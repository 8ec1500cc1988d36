"""Documents become statements, whatever is in them, and nothing is dropped or raised."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.access import statements
from auditor.access.documents import read_statements, written
from auditor.access.statements import Named, Statement
from auditor.model import Unknown


def _json(numbers: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.recursive(
        st.none() | st.booleans() | st.integers() | numbers | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
        ),
        max_leaves=12,
    )


_JSON = _json(st.floats())
_FINITE = _json(st.floats(allow_nan=False, allow_infinity=False))
_ELEMENTS = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
]
_NEARLY = st.dictionaries(
    st.sampled_from(_ELEMENTS),
    _FINITE | st.sampled_from(["Allow", "Deny", "*", ["*"], {"AWS": "*"}]),
)


def _read(statement: Any, version: str = "2012-10-17") -> Statement:
    (found,) = read_statements("p", json.dumps({"Version": version, "Statement": statement}))
    return found


@given(st.text() | st.binary().map(lambda each: each.decode("latin-1")))
def test_any_text_is_read(text: str) -> None:
    """As a fault, if it is no document."""
    assert text == "" or all(each.fault for each in read_statements("p", text))


@given(_JSON)
def test_any_json_is_read(value: Any) -> None:
    """As a fault, unless it has a list of nothing."""
    found = read_statements("p", json.dumps(value))
    assert found or value.get("Statement") == []


@given(st.lists(_NEARLY, max_size=5))
def test_no_statement_is_dropped(written: list[dict[str, Any]]) -> None:
    """Each becomes one, in order, with a fault or with an action."""
    found = read_statements("p", json.dumps({"Statement": written}))
    assert [each.number for each in found] == list(range(1, len(written) + 1))
    assert all(each.fault or each.actions for each in found)


def test_elements_are_kept_as_they_are_compared() -> None:
    """Actions and keys in lower case, values and resources as written."""
    read = _read(
        {
            "Sid": "One",
            "Effect": "Deny",
            "NotAction": ["S3:GetObject", "sqs:*"],
            "NotResource": "arn:aws:s3:::B/*",
            "NotPrincipal": {"AWS": ["111111111111", "*"], "Service": "s3.amazonaws.com"},
            "Condition": {"ForAnyValue:StringLikeIfExists": {"aws:PrincipalTag/Team": ["A", 1.5]}},
        }
    )
    assert read == Statement(
        policy_id="p",
        number=1,
        sid="One",
        allows=False,
        actions=("s3:getobject", "sqs:*"),
        not_actions=True,
        resources=("arn:aws:s3:::B/*",),
        not_resources=True,
        principals=(
            Named(kind="aws", name="arn:aws:iam::111111111111:root"),
            Named(kind="*", name="*"),
            Named(kind="service", name="s3.amazonaws.com"),
        ),
        not_principals=True,
        tests=(
            statements.Test(
                operator="stringlike",
                key="aws:principaltag/team",
                values=("A", "1.5"),
                quantifier="foranyvalue",
                if_exists=True,
            ),
        ),
    )
    assert read.id == "p#1"


def test_trust_policies_have_no_resource() -> None:
    """They are about the role itself."""
    assert _read({"Effect": "Allow", "Action": "sts:AssumeRole"}).resources == ("*",)


def test_old_documents_have_no_variables() -> None:
    """What looks like one is written so that it stays text."""
    old = _read({"Effect": "Allow", "Action": "*", "Resource": "${aws:username}"}, "2008-10-17")
    assert old.resources == ("${$}{aws:username}",)


def test_unread_and_absent_differ() -> None:
    """No policy has no statements; one that could not be read may have any."""
    assert read_statements("p", "") == ()
    (unread,) = read_statements("p", Unknown("GetBucketPolicy was denied"))
    assert (unread.number, unread.fault) == (0, "GetBucketPolicy was denied")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"Statement": [' * 5_000, "nested"),
        ("[" * 200_000, "nested"),
        (" " * 1_000_001, "more than AWS takes"),
        ('{"Statement": [{"Effect": ' + "9" * 5_000 + "}]}", "not JSON"),
        ("\ufeff{}", "not JSON"),
        ('{"Version": "2012-10-17", "version": "x", "Statement": []}', "'version'"),
    ],
)
def test_hostile_documents_are_faults(text: str, fault: str) -> None:
    """Deep, huge, or odd: one statement that says so, and shortly."""
    (found,) = read_statements("p", text)
    assert fault in found.fault
    assert len(found.fault) < 200


def test_statements_are_shown_as_they_were_written() -> None:
    """By number, whatever is in them; nothing for what is not there or cannot be read."""
    odd = {"Effect": "Perhaps", "Action": "s3:Get*"}
    text = json.dumps({"Statement": [{"Effect": "Allow", "Action": "*"}, odd, "no statement"]})
    assert written(text, 2) == odd
    assert [written(text, number) for number in (0, 3, 4)] == [{}, {}, {}]
    assert written(json.dumps({"Statement": odd}), 1) == odd
    assert written("", 1) == written("no JSON", 1) == {}
