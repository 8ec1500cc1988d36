"""Policy variables and what they become."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.access.patterns import literally
from auditor.access.variables import OPEN, Open, replaced
from auditor.model import Unknown

_MISSING = Unknown("not read")


class _Context:
    def value(self, key: str) -> tuple[str, ...] | Unknown | Open | None:
        known: dict[str, tuple[str, ...] | Unknown | Open | None] = {
            "aws:username": ("ana",),
            "star": ("*",),
            "many": ("a", "b"),
            "unread": _MISSING,
            "open": OPEN,
            "empty": (),
        }
        return known.get(key)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("plain", "plain"),
        ("${aws:username}", "ana"),
        ("home/${AWS:Username}/*", "home/ana/*"),
        ("${star}", literally("*")),
        ("${*}${?}${$}", literally("*?$")),
        ("${none}", None),
        ("${empty}", None),
        ("${none, 'x*'}", literally("x*")),
        ("${empty,'x'}", "x"),
        ("${aws:username, 'x'}", "ana"),
        ("${unread}", _MISSING),
        ("${unread}${none}", None),
        ("${open}/${aws:username}", ("open",)),
        ("${open}${unread}", _MISSING),
        ("${", "${"),
        ("${}", None),
        ("$aws:username", "$aws:username"),
    ],
)
def test_replaced(text: str, result: str | tuple[str, ...] | Unknown | None) -> None:
    """Values are literal, defaults stand in, what is missing makes nothing."""
    assert replaced(text, _Context()) == result


def test_several_values_make_no_text() -> None:
    """A variable has one value."""
    assert isinstance(replaced("${many}", _Context()), Unknown)


@given(st.text(alphabet="${}*?,' abc:", max_size=20))
def test_any_text_is_taken(text: str) -> None:
    """Broken variables are text, or stand for nothing."""
    replaced(text, _Context())
