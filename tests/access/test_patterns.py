"""Patterns against the plainest way to match, and against all short texts."""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.access.patterns import covers, literally, matches, overlaps, parts, plain

_PATTERNS = st.text(alphabet="ab*?", max_size=7)
_TEXTS = st.text(alphabet="ab", max_size=8)
_SHORT = ["".join(each) for length in range(6) for each in itertools.product("ab", repeat=length)]


def _slowly(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern.replace("*", ".*").replace("?", "."), text, re.DOTALL) is not None


@given(_PATTERNS, _TEXTS)
def test_agrees_with_a_regular_expression(pattern: str, text: str) -> None:
    """Stars and question marks, and nothing else, are special."""
    assert matches(pattern, text) == _slowly(pattern, text)


@given(st.text(alphabet="ab[].^$\\(){}|+-!#~:/\n", max_size=8))
def test_all_other_signs_are_themselves(text: str) -> None:
    """Brackets, carets and line ends too."""
    assert matches(text, text)
    assert matches(f"*{text}*", f"x{text}y")
    assert not matches(text, f"{text}x")


@given(st.text(alphabet="ab*?", max_size=6), st.text(alphabet="ab*?", max_size=6))
def test_literal_texts_match_themselves_only(text: str, other: str) -> None:
    """Whatever wildcards they have."""
    assert matches(literally(text), other) == (text == other)
    assert matches(f"*{literally(text)}", other) == other.endswith(text)
    assert plain(literally(text)) == text


@settings(max_examples=300)
@given(_PATTERNS, st.text(alphabet="ab", max_size=3))
def test_scopes_with_a_star_are_all_that_begins_so(pattern: str, prefix: str) -> None:
    """Overlapping and covering, against all texts up to a length that tells."""
    scope = [prefix + end for end in _SHORT]
    # a third letter stands for all the letters that no pattern names
    longer = [prefix + end for end in ("c" * 9, "cacbc" * 3, "bca" * 4)]
    assert overlaps(pattern, prefix + "*") == any(
        _slowly(pattern, prefix + end) for end in _endings(pattern)
    )
    assert covers(pattern, prefix + "*") == all(_slowly(pattern, each) for each in scope + longer)


def _endings(pattern: str) -> list[str]:
    """Give the ends that could complete any prefix of the pattern."""
    filled = pattern.replace("*", "").replace("?", "a")
    return ["", *_SHORT, *(filled[at:] for at in range(len(filled)))]


@settings(max_examples=300)
@given(_PATTERNS, st.text(alphabet="ab*?", max_size=5))
def test_other_scopes_are_never_covered_too_much(pattern: str, scope: str) -> None:
    """What is said to be covered is; what is said not to overlap does not."""
    inside = [text for text in _SHORT if _slowly(scope, text)]
    if covers(pattern, scope):
        assert all(_slowly(pattern, text) for text in inside)
    if not overlaps(pattern, scope):
        assert not any(_slowly(pattern, text) for text in inside)
    if overlaps(pattern, scope):
        assert any(
            _slowly(pattern, "".join(text)) and _slowly(scope, "".join(text))
            for length in range(13)
            for text in _samples(pattern, scope, length)
        )


def _samples(pattern: str, scope: str, length: int) -> list[str]:
    """Give texts of one length that may match both, if any does: by walking both at once."""
    reached = {(pattern, scope): ""}
    for _ in range(length):
        following: dict[tuple[str, str], str] = {}
        for (a, b), text in reached.items():
            for sign in "ab":
                for pair in itertools.product(_after(a, sign), _after(b, sign)):
                    following.setdefault(pair, text + sign)
        reached = following
    return list(reached.values())


def _after(pattern: str, sign: str) -> set[str]:
    if not pattern:
        return set()
    if pattern[0] == "*":
        return {pattern} | _after(pattern[1:], sign)
    return {pattern[1:]} if pattern[0] in ("?", sign) else set()


@settings(max_examples=300)
@given(_PATTERNS, st.text(alphabet="ab", max_size=3))
def test_parts_of_a_scope_are_what_matches(pattern: str, prefix: str) -> None:
    """Together they have all of it and nothing else, and the pattern covers each."""
    found = parts(pattern, prefix + "*")
    assert all(covers(pattern, part) and covers(prefix + "*", part) for part in found)
    for text in _SHORT:
        inside = text.startswith(prefix) and _slowly(pattern, text)
        assert inside == any(_slowly(part, text) for part in found)


@given(_PATTERNS, st.text(alphabet="ab*?", max_size=5))
def test_parts_of_other_scopes_have_all_that_matches(pattern: str, scope: str) -> None:
    """They may have more, but only what the pattern covers."""
    found = parts(pattern, scope)
    assert all(covers(pattern, part) for part in found)
    both = [text for text in _SHORT if _slowly(pattern, text) and _slowly(scope, text)]
    assert all(any(_slowly(part, text) for part in found) for text in both)


@pytest.mark.parametrize(
    ("pattern", "scope", "expected"),
    [
        ("*", "b/*", {"b/*"}),
        ("b/x/*", "b/*", {"b/x/*"}),
        ("b/*.jpg", "b/*", {"b/*.jpg"}),
        ("*log*", "b/*", {"b/*log*"}),
        ("*blog*", "b*", {"b*blog*", "blog*"}),
        ("c/*", "b/*", set()),
        ("b", "b", {"b"}),
    ],
)
def test_parts(pattern: str, scope: str, expected: set[str]) -> None:
    """The ordinary cases."""
    assert parts(pattern, scope) == expected


def test_hostile_patterns_end() -> None:
    """Neither many stars nor long texts make it slow."""
    assert not matches("*a" * 2_000 + "b", "a" * 20_000)
    assert matches("*a" * 2_000, "a" * 20_000)
    assert covers("*a*" * 50, "*a" * 50 + "*a*")
    assert not matches("?*" * 500 + "b", "a" * 2_000)
