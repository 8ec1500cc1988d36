"""How an answer ended, in words."""

import pytest

from auditor.model import Outcome


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_ends_a_sentence(outcome: Outcome) -> None:
    """'ListBuckets was denied', but 'ListBuckets failed'."""
    assert outcome.phrase
    assert outcome.phrase.startswith("was ") is (outcome in (Outcome.OK, Outcome.DENIED))
