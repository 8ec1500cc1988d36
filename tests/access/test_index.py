"""Finding what a pattern is about gives what asking every scope gives."""

from hypothesis import given
from hypothesis import strategies as st

from auditor.access.index import ScopeIndex
from auditor.access.patterns import covers, overlaps
from auditor.access.sets import collected, first_of, members, runs, stretch

_LETTERS = st.text(alphabet="ab:/", max_size=6)
_PATTERNS = st.text(alphabet="ab:/*?", max_size=6)


@given(st.lists(st.tuples(_LETTERS, st.booleans()), max_size=60), st.lists(_PATTERNS, max_size=8))
def test_the_index_agrees_with_asking_every_scope(
    parts: list[tuple[str, bool]], patterns: list[str]
) -> None:
    """Overlaps and covers, for scopes that are literal and that end in a star."""
    scopes = [text + "*" * every for text, every in parts] + ["a*b", "a?*", "*"]
    index = ScopeIndex(scopes)
    for pattern in patterns:
        overlapped = {n for n, scope in enumerate(scopes) if overlaps(pattern, scope)}
        covered = {n for n, scope in enumerate(scopes) if covers(pattern, scope)}
        assert set(members(index.overlapping(pattern))) == overlapped
        assert set(members(index.covered(pattern))) == covered


def test_many_scopes_are_found_by_the_text_after_a_wildcard() -> None:
    """A wildcard for region and account leaves the name of the table to look for."""
    names = [f"arn:aws:dynamodb:us-east-1:{n % 7:012}:table/t{n}" for n in range(500)]
    index = ScopeIndex(sorted(names))
    found = {sorted(names)[n] for n in members(index.overlapping("arn:aws:dynamodb:*:*:table/t4?"))}
    assert found == {
        name for name in names if name.rpartition("/")[2] in {f"t4{n}" for n in range(10)}
    }


@given(st.sets(st.integers(min_value=0, max_value=300)))
def test_sets_remember_their_places(places: set[int]) -> None:
    """Places go in and come out, also as stretches without holes."""
    bits = collected(places)
    assert list(members(bits)) == sorted(places)
    again = 0
    for first, last in runs(bits):
        assert not bits >> (last + 1) & 1
        again |= stretch(first, last + 1)
    assert again == bits
    if places:
        assert first_of(bits) == min(places)
