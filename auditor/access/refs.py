"""Which refs the patterns of a rule on branches cover, as GitHub matches them.

Source: https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/creating-rulesets-for-a-repository#using-fnmatch-syntax
"""

import re
from collections.abc import Iterable
from functools import lru_cache

ALL, DEFAULT = "~ALL", "~DEFAULT_BRANCH"
_WORDS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


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
    return _compiled(pattern).fullmatch(ref) is not None


@lru_cache(maxsize=4_096)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a regular expression for a pattern: '*' stops at a slash, '**' does not."""
    pieces = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    return re.compile("".join(_WORDS.get(piece) or re.escape(piece) for piece in pieces))
