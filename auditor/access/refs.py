"""Which refs the patterns of a rule on branches cover, as GitHub matches them.

Source: https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/creating-rulesets-for-a-repository#using-fnmatch-syntax
"""

import re
from collections.abc import Iterable
from functools import lru_cache

ALL, DEFAULT = "~ALL", "~DEFAULT_BRANCH"
_SURELY = {"**/": "(?:.*/)?", "**": "[^/]*", "*": "[^/]*", "?": "[^/]"}
_PERHAPS = {**_SURELY, "**": ".*"}
_UNCLEAR = ("[", "]", "{", "}", "\\")
_NOTHING = "(?!)"


def any_covers(patterns: Iterable[str], ref: str, default: bool | None) -> bool | None:
    """Whether one of the patterns covers a ref: three-valued, as its parts are."""
    found = [covers(pattern, ref, default) for pattern in patterns]
    return True if True in found else None if None in found else False


def covers(pattern: str, ref: str, default: bool | None) -> bool | None:
    """Whether a pattern covers a ref; unknown where nobody knows which branch is the default.

    Args:
        default: whether the ref is of the default branch.
    """
    if pattern == ALL:
        return True
    if pattern == DEFAULT:
        return default
    surely, perhaps = _compiled(pattern)
    if surely.fullmatch(ref):
        return True
    return None if perhaps is not None and perhaps.fullmatch(ref) else False


@lru_cache(maxsize=4_096)
def _compiled(pattern: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    """Return regular expressions for what a pattern surely covers, and for what it may cover.

    '*' stops at a slash, and '**/' at the start of a part does not. Two stars elsewhere, sets,
    choices and escapes are read differently by different readers of such patterns: what only some
    of them would cover may be covered. None where nobody differs.
    """
    pieces = re.split(r"((?:^|(?<=/))\*\*/|\*\*|\*|\?|\[.*\]|\{.*\}|\\.?|[\[\]{}])", pattern)
    surely = "".join(_SURELY.get(each) or _literal(each) for each in pieces)
    perhaps = "".join(_PERHAPS.get(each) or _anything(each) for each in pieces)
    unclear = surely != perhaps
    return re.compile(surely), re.compile(perhaps) if unclear else None


def _literal(piece: str) -> str:
    return _NOTHING if piece[:1] in _UNCLEAR else re.escape(piece)


def _anything(piece: str) -> str:
    return ".*" if piece[:1] in _UNCLEAR else re.escape(piece)
