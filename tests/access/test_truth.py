"""The laws of a logic with three values, and that reasons are not lost."""

from hypothesis import given
from hypothesis import strategies as st

from auditor.access.truth import (
    FALSE,
    TRUE,
    Truth,
    all_of,
    any_of,
    both,
    depends,
    either,
    known,
    negated,
    unknown,
)

_TRUTHS = (
    st.sampled_from([TRUE, FALSE])
    | st.sampled_from("abc").map(depends)
    | st.sampled_from(["x", "y"]).map(unknown)
)


@given(_TRUTHS, _TRUTHS, _TRUTHS)
def test_and_and_or(a: Truth, b: Truth, c: Truth) -> None:
    """They commute, associate, and turn into each other by negation."""
    for join, other in ((both, either), (either, both)):
        assert join(a, b) == join(b, a)
        assert join(a, join(b, c)) == join(join(a, b), c)
        assert join(a, a) == a
        assert negated(join(a, b)) == other(negated(a), negated(b))
    assert all_of((a, b, c)) == both(a, both(b, c))
    assert any_of((a, b, c)) == either(a, either(b, c))


@given(_TRUTHS)
def test_false_and_true_decide(a: Truth) -> None:
    """One no is enough for 'and', one yes for 'or'; the other changes nothing."""
    assert both(a, FALSE) == FALSE
    assert both(a, TRUE) == a
    assert either(a, TRUE) == TRUE
    assert either(a, FALSE) == a


def test_reasons_are_joined() -> None:
    """What cannot be told says everything that it hangs on."""
    joined = both(depends("a"), unknown("x"))
    assert joined == Truth(None, frozenset("a"), frozenset("x"))
    assert joined.unknown
    assert not joined.conditional
    assert depends("a").conditional
    assert joined.possible
    assert not FALSE.possible


def test_nothing_to_join() -> None:
    """All of nothing is true, one of nothing is not."""
    assert all_of(()) == TRUE == known(True)
    assert any_of(()) == FALSE == known(False)
