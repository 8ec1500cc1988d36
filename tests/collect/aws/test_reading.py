"""Reads that several services share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.collect.aws.reading import key_arn, member, optional_text, state_of, tags_in
from auditor.model import Answer, Outcome, Unknown
from auditor.spec import Detail, Found


def test_an_unheard_state_is_neither_on_nor_off() -> None:
    assert state_of("on", {"on"}, {"off"}) is True
    assert state_of("off", ("on",), ("off",)) is False
    for state in ("odd", 7, None, ["on"], Unknown("refused")):
        assert isinstance(state_of(state, {"on"}, {"off"}), Unknown)


def test_reads_both_spellings_of_tags() -> None:
    assert tags_in({"a": "b"}) == tags_in([{"key": "a", "value": "b"}]) == {"a": "b"}
    assert tags_in([]) == {}


@pytest.mark.parametrize("value", [Unknown("refused"), ["a"], "a", 7, None])
def test_tags_in_no_known_form_are_unknown(value: object) -> None:
    assert isinstance(tags_in(value), Unknown)


@given(st.recursive(st.text() | st.none() | st.integers(), st.lists))
def test_anything_may_stand_in_place_of_tags(value: object) -> None:
    """Whoever writes a bundle chooses what stands there."""
    assert isinstance(tags_in(value), dict | Unknown)
    assert member(value, "a.b") == ""


def test_what_an_empty_answer_leaves_out_is_unknown() -> None:
    """Only beside a member that is always there does leaving out mean something."""
    detail = Detail(name="d", operation="GetIt", permission="a:GetIt")
    for body, expected in (({"Id": "1"}, str), ({}, Unknown)):
        answers = {"d": (Answer(outcome=Outcome.OK, body=body),)}
        found = Found(place={}, item={}, answers=answers, details={"d": detail})
        assert isinstance(optional_text(found, "d.Key", beside="d.Id"), expected)


@pytest.mark.parametrize("name", ["alias/aws/s3", "arn:aws:kms:us-east-1:1:alias/aws/s3"])
def test_only_aws_names_keys_of_its_own(name: str) -> None:
    assert key_arn(name, "us-east-1", "1") == ""


@pytest.mark.parametrize(
    "name", ["alias/my-alias/aws/s3", "arn:aws:kms:us-east-1:1:alias/alias/aws/s3"]
)
def test_an_alias_that_looks_like_one_of_aws_s_is_unknown(name: str) -> None:
    """Customers may put anything behind the first word."""
    assert isinstance(key_arn(name, "us-east-1", "1"), Unknown)
