"""Quotes what a file says, and guesses what a misspelt word was meant to be."""

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 60  # longer words are no misspellings, and matching them is slow


def quoted(text: object) -> str:
    """Return text in quotes for a message: on one line, and not longer than LONGEST."""
    words = " ".join(str(text).split())
    return f"'{words}'" if len(words) <= LONGEST else f"'{words[:LONGEST]}…'"


def suggest(word: str, known: Iterable[str]) -> str:
    """Return "did you mean 'x'?" for the known word nearest to ``word``, or ''."""
    if len(word) > LONGEST:
        return ""
    by_folded = {_fold(name): name for name in known}
    found = get_close_matches(_fold(word), by_folded, n=1, cutoff=0.6)
    return f"did you mean {quoted(by_folded[found[0]])}?" if found else ""


def _fold(word: str) -> str:
    return word.casefold().replace("-", "_")
