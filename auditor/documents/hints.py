"""Guesses what a misspelt word was meant to be."""

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 60  # longer words are no misspellings, and matching them is slow


def suggest(word: str, known: Iterable[str]) -> str:
    """Return "did you mean 'x'?" for the known word nearest to ``word``, or ''."""
    if len(word) > LONGEST:
        return ""
    by_folded = {_fold(name): name for name in known}
    found = get_close_matches(_fold(word), by_folded, n=1, cutoff=0.6)
    return f"did you mean '{by_folded[found[0]]}'?" if found else ""


def _fold(word: str) -> str:
    return word.casefold().replace("-", "_")
