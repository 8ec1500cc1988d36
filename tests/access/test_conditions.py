"""Conditions against the plainest reading of their documentation."""

import fnmatch
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.access import statements
from auditor.access.conditions import OPEN, Open, holds
from auditor.access.truth import FALSE, TRUE, depends, known
from auditor.model import Unknown

Value = tuple[str, ...] | Unknown | Open | None


@dataclass(frozen=True, slots=True)
class Context:
    """A request whose keys are all written down."""

    values: Mapping[str, Value]

    def value(self, key: str) -> Value:
        """Give what is written; what is not is absent."""
        return self.values.get(key)


def _test(operator: str, *values: str, **more: object) -> statements.Test:
    return statements.Test(operator=operator, key="k", values=values, **more)  # type: ignore[arg-type]


_WORDS = st.sampled_from(["a", "A", "b", "ab", "", "a*", "?"])
_OPERATORS = ["stringequals", "stringequalsignorecase", "stringlike"]
_INVERSE = ["stringnotequals", "stringnotequalsignorecase", "stringnotlike"]


@given(
    st.sampled_from(_OPERATORS + _INVERSE),
    st.lists(_WORDS, max_size=3),
    st.none() | st.lists(_WORDS, max_size=3),
    st.sampled_from(["", "forallvalues", "foranyvalue"]),
    st.booleans(),
)
def test_strings_hold_as_documented(
    operator: str, wanted: list[str], actual: list[str] | None, quantifier: str, if_exists: bool
) -> None:
    """Alternatives, inverse operators, quantifiers, missing and empty keys."""
    if not quantifier and actual and len(actual) > 1:
        actual = actual[:1]
    test = _test(operator, *wanted, quantifier=quantifier, if_exists=if_exists)
    context = Context({"k": None if actual is None else tuple(actual)})
    if quantifier and not any(actual or []):
        actual = []  # empty texts are a set of nothing
    expected = _plainly(operator, wanted, actual or [], quantifier, if_exists)
    assert holds((test,), context) == known(expected)


def _plainly(
    operator: str, wanted: list[str], actual: list[str], quantifier: str, if_exists: bool
) -> bool:
    inverse = operator in _INVERSE
    if not actual:
        absent = inverse and quantifier != "foranyvalue"
        return if_exists or quantifier == "forallvalues" or absent
    each = [any(_fits(operator, word, value) for word in wanted) != inverse for value in actual]
    return any(each) if quantifier == "foranyvalue" else all(each)


def _fits(operator: str, word: str, value: str) -> bool:
    if operator.endswith("ignorecase"):
        return word.upper() == value.upper()
    return fnmatch.fnmatchcase(value, word) if operator.endswith("like") else word == value


def test_several_values_need_a_quantifier() -> None:
    """Without one it cannot be told what AWS makes of them."""
    assert holds((_test("stringequals", "a"),), Context({"k": ("a", "b")})).unknown


@pytest.mark.parametrize(
    ("operator", "value", "truth"),
    [
        ("stringlike", "AROA:*", TRUE),
        ("stringlike", "AR*", TRUE),
        ("stringlike", "AIDA:*", FALSE),
        ("stringlike", "AROA:night", depends("k")),
        ("stringequals", "AROA:night", depends("k")),
        ("stringequals", "AROA", FALSE),
        ("stringnotlike", "AROA:*", FALSE),
        ("stringnotlike", "AIDA:*", TRUE),
        ("stringnotequals", "AROA:night", depends("k")),
        ("numericequals", "5", depends("k")),
        ("stringequalsignorecase", "aroa:x", depends("k")),
    ],
)
def test_values_of_a_known_shape(operator: str, value: str, truth: object) -> None:
    """An id of which only the beginning is known can be told from most others."""
    assert holds((_test(operator, value),), Context({"k": Open("AROA:*")})) == truth


def test_open_beside_others() -> None:
    """A test that fails decides, whatever the request says elsewhere."""
    tests = (
        _test("stringequals", "a"),
        statements.Test(operator="bool", key="o", values=("true",)),
    )
    assert holds(tests, Context({"k": ("b",), "o": OPEN})) == FALSE
    assert holds(tests, Context({"k": ("a",), "o": OPEN})) == depends("o")


def test_no_conditions_hold() -> None:
    """A statement without any applies."""
    assert holds((), Context({})) == TRUE


@given(
    st.sampled_from(["numericequals", "dateequals", "bool", "ipaddress", "binaryequals"]),
    st.text(st.characters(exclude_characters="$")),
)
def test_odd_values_are_unknown_and_never_raise(operator: str, value: str) -> None:
    """Whatever is written where a number, a day or an address should be: it is not another one."""
    assert holds((_test(operator, value),), Context({"k": (value,)})).value is not False
