"""The policy language: Oracle's own examples, and hostile text."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.collect.oci.iam import Effect, Statement, parse
from auditor.model import Unknown
from tests.collect.oci.iam.plain import plain

SAMPLES = [
    json.loads(line) for line in Path(__file__).with_name("samples.jsonl").read_text().splitlines()
]
READABLE = [each for each in SAMPLES if each["reads"]]


def _lower(value: Any) -> Any:
    """Return names of variables in lower case: the language ignores their case."""
    if isinstance(value, dict):
        return {
            key: inner.lower() if key == "var" else _lower(inner) for key, inner in value.items()
        }
    return [_lower(each) for each in value] if isinstance(value, list) else value


def read(text: str) -> Statement:
    """Return what a statement says that can be read."""
    found = parse(text)
    assert isinstance(found, Statement), found
    return found


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: each["statement"][:60])
def test_oracles_examples_are_read_as_labelled(sample: dict[str, Any]) -> None:
    """A statement that Oracle prints without its location is not read at all."""
    found = parse(sample["statement"])

    if sample["reads"] is None:
        assert isinstance(found, Unknown)
    else:
        assert isinstance(found, Statement)
        assert plain(found) == _lower(sample["reads"])


@pytest.mark.parametrize("sample", READABLE, ids=lambda each: each["statement"][:60])
def test_white_space_and_case_of_keywords_mean_nothing(sample: dict[str, Any]) -> None:
    """The same statement over many lines, and with other keywords' letters, says the same."""
    text = sample["statement"]
    first, rest = text.split(" ", 1)
    spread = f"\n {first.upper()}\t{rest} \r\n"

    assert parse(spread) == parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Allow",
        "Allow group A to manage all-resources in tenancy -- really",
        "Allow group A to manage all-resources in tenancy // really",
        "Allow group A to manage all-resources in tenancy.",
        "Allow group A to manage all-resources in tenancy where",
        "Allow group A to manage all-resources in tenancy where all {request.region='iad',}",
        "Allow group A to manage all-resources in tenancy where request.region='iad",
        "Allow group A to approve all-resources in tenancy",
        "Allow group A to manage all-resources in any-tenancy-at-all",
        "group A to manage all-resources in tenancy",
        "Allow \u017fervice x to manage buckets in tenancy",
        "Allow group A to manage buckets in tenancy where " + "all {" * 9_000,
        "Allow group A to manage buckets in tenancy where " + "all {" * 60 + "a='b'" + "}" * 60,
        "Allow group A to manage buckets in tenancy where a = /x'y*/",
        "Define tenancy A as not-an-ocid",
    ],
)
def test_what_is_not_in_the_language_is_unknown(text: str) -> None:
    """Half of a statement would be worse than none."""
    found = parse(text)

    assert isinstance(found, Unknown)
    assert found.reason


def test_a_keyword_is_one_only_where_the_language_expects_it() -> None:
    """Somebody may call a group 'tenancy', and a compartment 'in'."""
    found = read("Allow group tenancy, where to read buckets in compartment in:to")

    assert [each.name for each in found.principals] == ["tenancy", "where"]
    assert found.reach
    assert found.reach.location.path == ("in", "to")


@pytest.mark.parametrize(
    ("text", "effect", "denies"),
    [
        ("deny group A to manage buckets in tenancy", Effect.ALLOW, True),
        ("deny admit group A of tenancy B to manage buckets in tenancy", Effect.ADMIT, True),
        ("deny endorse group A to manage buckets in any-tenancy", Effect.ENDORSE, True),
        ("admit any-user of any-tenancy to read objects in tenancy", Effect.ADMIT, False),
        ("endorse any-user {OBJECT_READ} in tenancy B", Effect.ENDORSE, False),
        ("endorse group A to use keys in compartment C:D of tenancy B", Effect.ENDORSE, False),
    ],
)
def test_every_effect_can_be_denied(text: str, effect: Effect, denies: bool) -> None:
    """Denying is no effect of its own."""
    found = read(text)

    assert (found.effect, found.denies) == (effect, denies)


def test_quotes_hold_any_text() -> None:
    """A name in quotes may hold what would end a statement elsewhere."""
    found = read(r"Allow group 'Ä, to manage {x}'/'it\'s' to read buckets in tenancy")

    assert found.principals[0].label == "Ä, to manage {x}/it's"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_any_text_is_read_or_unknown(text: str) -> None:
    """Whoever may write a policy may write anything."""
    assert isinstance(parse(text), Statement | Unknown)


@given(st.sampled_from(READABLE), st.integers(0, 200), st.sampled_from("{}'=,:/*\\\u200d\x00é"))
def test_a_stray_character_is_never_passed_over(
    sample: dict[str, Any], at: int, stray: str
) -> None:
    """It changes what is said, within quotes or in a name, or makes the whole unreadable."""
    text = sample["statement"]
    at %= len(text) + 1

    assert parse(text[:at] + stray + text[at:]) != parse(text)
