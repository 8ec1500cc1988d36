"""What a state that an answer names means for a flow or a guardrail."""

from auditor.collect.oci.reading import maybe_text
from auditor.model import Unknown
from auditor.spec import Found
from auditor.tables import Maybe


def state_of(found: Found, path: str, on: frozenset[str], off: frozenset[str]) -> Maybe[bool]:
    """Say whether the state at a path is one of those that are on; unknown if it is neither."""
    state = maybe_text(found, path)
    if isinstance(state, Unknown) or state in on:
        return state if isinstance(state, Unknown) else True
    return False if state in off else Unknown(f"what state {state[:40]} means is not known")
