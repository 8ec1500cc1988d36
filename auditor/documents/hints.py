"""Guesses what a misspelt word was meant to be."""

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 60  # longer words are no misspellings, and matching them is slow


def suggest(word: str, known: Iterable[str]) -> str:
    """Return "did you mean 'x'?" for the known word nearest to ``word``, or ''."""
    if len(word) > LONGEST:
        return ""
    by_folded = {name.casefold(): name for name in known}
    folded = word.casefold().replace("-", "_")
    found = get_close_matches(folded, by_folded, n=1, cutoff=0.6)
    return f"did you mean '{by_folded[found[0]]}'?" if found else ""
