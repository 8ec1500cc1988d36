"""What a state that an answer names means for a flow or a guardrail."""

from auditor.collect.oci.reading import maybe_text, odd
from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import Maybe


def state_of(found: Found, path: str, on: frozenset[str], off: frozenset[str]) -> Maybe[bool]:
    """Say whether the state at a path is one of those that are on; unknown if it is neither.

    Args:
        on, off: states in capitals, as some services write them and others do not.
    """
    return meaning(maybe_text(found, path), on, off)


def meaning(state: Json, on: frozenset[str], off: frozenset[str]) -> Maybe[bool]:
    """Say whether a state is one of those that are on; unknown if it is neither, or none at all."""
    if not isinstance(state, str):
        return state if isinstance(state, Unknown) else odd("state", "text")
    if state.upper() in on:
        return True
    return False if state.upper() in off else Unknown(f"what state {state[:40]} means is not known")
