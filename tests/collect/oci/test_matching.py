"""Matching rules: of which compartments and kinds the members of a dynamic group may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.collect.oci.matching import attributes_of


@pytest.mark.parametrize(
    ("rule", "compartments", "members"),
    [
        ("instance.compartment.id = 'a'", "a", "*"),
        ("Any {instance.compartment.id = 'b', instance.compartment.id = 'a'}", "a b", "*"),
        ("any {instance.compartment.id = 'a', instance.id = 'i'}", "*", "*"),
        ("Any {instance.id = 'i', instance.id = 'j'}", "*", "i j"),
        ("ALL {resource.type='fnfunc', resource.compartment.id='a'}", "a", "fnfunc"),
        (
            "all {resource.type = 'fnfunc', any {resource.compartment.id = 'a', "
            'resource.compartment.id = "b"}}',
            "a b",
            "fnfunc",
        ),
        ("All {instance.compartment.id = 'a', tag.team.name.value = 'x'}", "a", "*"),
        ("All {instance.compartment.id != 'a'}", "*", "*"),
        ("tag.team.name.value = 'x'", "*", "*"),
        ("All {resource.compartment.id = 'a', resource.compartment.id = 'b'}", "", "*"),
    ],
)
def test_a_rule_bounds_where_and_what_members_are(
    rule: str, compartments: str, members: str
) -> None:
    """'*' where it does not; an 'any' is bound only if each of its parts is."""
    assert attributes_of(rule) == {
        "rule": rule,
        "compartments": compartments,
        "members": members,
    }


@pytest.mark.parametrize(
    "rule", ["", "Any {", "Any {}", "who knows", "instance.id = 'i' x", "any {" * 1000]
)
def test_a_rule_that_cannot_be_read_bounds_nothing_that_is_known(rule: str) -> None:
    """Only its words are told."""
    assert attributes_of(rule) == {"rule": rule}


@given(st.text(alphabet="anyl{}=!'\", .id\n", max_size=60))
def test_any_text_is_a_rule_or_none(text: str) -> None:
    """Nothing that somebody wrote stops an audit."""
    assert attributes_of(text)["rule"] == text
