"""Patterns of policies: ``*`` is any text, ``?`` any one character, brackets are themselves.

A *scope* is a set of names that is asked about at once. It is a pattern too, mostly literal text
with ``*`` at its end: ``arn:aws:s3:::photos/*`` is every object of a bucket.

A text that must be matched literally though it has ``*`` or ``?`` in it goes through
``literally``, which writes them as lone surrogates; documents cannot have those.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
"""

import re
from functools import lru_cache

_STAR, _MARK = chr(0xDC2A), chr(0xDC3F)
_ESCAPES = str.maketrans("*?", _STAR + _MARK)
_ORIGINALS = str.maketrans(_STAR + _MARK, "*?")
_WILD = re.compile(f"[*?{_STAR}{_MARK}]")
_KEPT = 16_384  # patterns whose parts are remembered


def literally(text: str) -> str:
    """Write a text as the pattern that matches it and nothing else."""
    return text.translate(_ESCAPES)


def plain(pattern: str) -> str:
    """Write a pattern for people: what ``literally`` wrote becomes itself again."""
    return pattern.translate(_ORIGINALS)


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text matches. Time grows with the product of the lengths at worst."""
    if not _WILD.search(pattern):
        return pattern == text
    head, middle, tail, starred = _parts(pattern)
    if not starred:
        return len(head) == len(text) and _fits(head, text, 0)
    end = len(text) - len(tail)
    if end < len(head) or not _fits(head, text, 0) or not _fits(tail, text, end):
        return False
    at = len(head)
    for part in middle:
        at = _find(part, text, at, end)
        if at < 0:
            return False
        at += len(part)
    return True


def overlaps(pattern: str, scope: str) -> bool:
    """Whether something in the scope matches the pattern."""
    if not _WILD.search(scope):
        return matches(pattern, scope)
    prefix = _prefix(scope)
    if prefix is None:
        return _meet(pattern, scope)
    head, _, _, starred = _parts(pattern)
    if len(head) < len(prefix):
        return starred and _fits(head, prefix, 0)
    return _fits(head[: len(prefix)], prefix, 0)


def covers(pattern: str, scope: str) -> bool:
    """Whether everything in the scope matches the pattern."""
    if not _WILD.search(scope):
        return matches(pattern, scope)
    prefix = _prefix(scope)
    if prefix is None:
        return _absorbs(_ordered(pattern), _ordered(scope))
    return "*" in _trailing(pattern) and matches(pattern, prefix)


def parts(pattern: str, scope: str) -> frozenset[str]:
    """Give what of a scope matches a pattern, as scopes that the pattern covers.

    Of a scope with wildcards elsewhere than at its end it may be more than is in the scope.
    """
    if not overlaps(pattern, scope):
        return frozenset()
    if covers(pattern, scope):
        return frozenset({scope})
    prefix = _prefix(scope)
    if prefix is None or covers(scope, pattern):
        return frozenset({pattern})
    reached = {0}
    for sign in prefix:
        reached = _following(pattern, reached, sign)
    return frozenset(prefix + pattern[at:] for at in reached)


@lru_cache(maxsize=_KEPT)
def _parts(pattern: str) -> tuple[str, tuple[str, ...], str, bool]:
    """Part a pattern at its stars: the head, what lies between them, the tail."""
    head, *rest = pattern.split("*")
    if not rest:
        return head, (), "", False
    return head, tuple(part for part in rest[:-1] if part), rest[-1], True


def _prefix(scope: str) -> str | None:
    """Give the text before a star at the end, if that star is the scope's only wildcard."""
    literal = scope[:-1]
    return literal if scope.endswith("*") and not _WILD.search(literal) else None


def _fits(part: str, text: str, at: int) -> bool:
    """Whether a part without stars matches the text at one place."""
    if not _WILD.search(part):
        return text.startswith(part, at)
    here = text[at : at + len(part)]
    return len(here) == len(part) and all(
        a == "?" or plain(a) == b for a, b in zip(part, here, strict=True)
    )


def _find(part: str, text: str, start: int, end: int) -> int:
    """Find the first place between start and end where a part without stars fits; else -1."""
    if not _WILD.search(part):
        return text.find(part, start, end)
    return next(
        (at for at in range(start, end - len(part) + 1) if _fits(part, text, at)),
        -1,
    )


def _trailing(pattern: str) -> str:
    return pattern[len(pattern.rstrip("*?")) :]


def _ordered(pattern: str) -> str:
    """Write every run of wildcards one way: question marks first, then one star."""
    return re.sub(r"[*?]+", lambda run: "?" * run[0].count("?") + "*" * ("*" in run[0]), pattern)


def _absorbs(pattern: str, scope: str) -> bool:
    """Whether a pattern matches a scope read as text in which only ``*`` matches a ``*``."""
    reached = {0}
    for sign in scope:
        reached = _following(pattern, reached, sign)
    return len(pattern) in _stars(pattern, reached)


def _following(pattern: str, reached: set[int], sign: str) -> set[int]:
    """Give the places in a pattern that are reached by one more sign."""
    reached = _stars(pattern, reached)
    stay = {at for at in reached if at < len(pattern) and pattern[at] == "*"}
    return stay | {
        at + 1
        for at in reached
        if at < len(pattern) and pattern[at] != "*" and _takes(pattern[at], sign)
    }


def _takes(part: str, sign: str) -> bool:
    """Whether one sign of a pattern takes whatever one sign of a scope stands for."""
    if sign == "*":
        return False
    if part == "?":
        return True
    return sign != "?" and plain(part) == plain(sign)


def _stars(pattern: str, reached: set[int]) -> set[int]:
    """Add what is reached by letting stars be empty."""
    result = set(reached)
    for at in reached:
        while at < len(pattern) and pattern[at] == "*":
            at += 1
            result.add(at)
    return result


def _meet(a: str, b: str) -> bool:
    """Whether some text matches both patterns."""
    reached = {0}
    for sign in a:
        if sign == "*":
            reached = set(range(min(reached), len(b) + 1))
        else:
            reached = _stars(b, reached)
            reached = {
                at + (b[at] != "*")
                for at in reached
                if at < len(b) and (b[at] in "*?" or sign == "?" or plain(b[at]) == plain(sign))
            }
        if not reached:
            return False
    return len(b) in _stars(b, reached)
