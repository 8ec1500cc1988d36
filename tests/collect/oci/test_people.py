"""What requests of the provider's people have in common."""

from hypothesis import given
from hypothesis import strategies as st

from auditor.collect.oci.people import in_states, without_asking
from auditor.model import Unknown

GRANTED, REFUSED = ("APPROVED",), ("REJECTED",)
WHY = Unknown("denied")


def test_a_state_that_nobody_judged_is_unknown() -> None:
    """A new version of the service may bring new ones."""
    assert in_states("APPROVED", GRANTED, REFUSED) is True
    assert in_states("REJECTED", GRANTED, REFUSED) is False
    assert in_states(WHY, GRANTED, REFUSED) is WHY
    assert in_states("TELEPORTED", GRANTED, REFUSED) == Unknown(
        "the state TELEPORTED does not tell whether access was given"
    )


@given(st.text())
def test_only_what_is_listed_is_known(state: str) -> None:
    """Whatever stands there."""
    known = not isinstance(in_states(state, GRANTED, REFUSED), Unknown)

    assert known == (state in (*GRANTED, *REFUSED))


def test_what_is_approved_beforehand_is_known_whole_or_not_at_all() -> None:
    """A list that may be longer is no list."""
    assert without_asking(["b", "a"], {"everything": True, "nothing": False}) == (
        "approved without asking: a",
        "approved without asking: b",
        "approved without asking: everything",
    )
    assert without_asking([], {}) == ()
    assert without_asking(WHY, {}) is WHY
    assert without_asking(["a"], {"everything": WHY}) is WHY
    assert isinstance(without_asking("a", {}), Unknown)
