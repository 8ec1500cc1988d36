"""States: on, off, or a word that nobody documents."""

import pytest

from auditor.collect.oci.states import state_of
from auditor.model import Json, Unknown
from auditor.spec import Found

ON, OFF = frozenset({"ACTIVE"}), frozenset({"DELETED"})


def state(value: Json) -> bool | Unknown:
    """Return what a state means."""
    return state_of(Found(place={}, item={"state": value}), "item.state", ON, OFF)


def test_a_known_state_is_on_or_off() -> None:
    """As the reference lists them."""
    assert state("ACTIVE") is True
    assert state("DELETED") is False
    assert state("Active") is True


@pytest.mark.parametrize("value", ["MELTING", "", None, 7, "x" * 900])
def test_any_other_is_unknown(value: Json) -> None:
    """A new word may mean either."""
    found = state(value)

    assert isinstance(found, Unknown)
    assert len(found.reason) < 200
