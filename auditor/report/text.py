"""Makes text that strangers chose safe to show: what is not visible becomes visible.

Whoever can name a bucket can put characters into a report that reverse, hide or imitate what
stands around them (Unicode Technical Report 36, sections 2.5 and 3). Such a character is shown as
its code point, ‹U+202E›, and never dropped. The exact text is in results.json.
"""
# ruff: noqa: RUF001, RUF002  the marks and quotes are meant

import hashlib
import re
import unicodedata
from collections.abc import Callable
from functools import cache

from auditor.report.words import number
from auditor.resources import data_folder

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_LETTERS_WITHOUT_SHAPE = "\u115f\u1160\u2800\u3164\uffa0"
_VARIATION_SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
_INVISIBLE = frozenset(_LETTERS_WITHOUT_SHAPE) | frozenset(map(chr, _VARIATION_SELECTORS))
_PLAIN = re.compile(r"[ -~]*")
_PIECE = re.compile(r"[^:/.\-_]*[:/.\-_]+|[^:/.\-_]+")
_LONG_WORD = re.compile(r"\S{25,}")
_LONGEST_PIECE = 24  # characters between two places where a line may break


def visible(text: str, shows: Callable[[str], bool] = lambda _: True) -> str:
    """Return the text with each character that would not be seen as ‹U+XXXX›.

    Args:
        shows: whether the font at hand has the character.
    """
    if _PLAIN.fullmatch(text):
        return text
    return "".join(char if _is_seen(char) and shows(char) else _spelt(char) for char in text)


def _is_seen(char: str) -> bool:
    if char in _INVISIBLE or (char != " " and unicodedata.category(char) == "Zs"):
        return False
    return unicodedata.category(char) not in _HIDDEN


def _spelt(char: str) -> str:
    return f"‹U+{ord(char):04X}›"


@cache
def font_characters() -> frozenset[str]:
    """Return the characters that every bundled font can show."""
    text = (data_folder("reports/fonts") / "coverage.txt").read_text(encoding="ascii")
    found: set[str] = set()
    for line in text.split():
        first, _, last = line.partition("-")
        found.update(chr(code) for code in range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


def printable(text: str, longest: int) -> str:
    """Return the text for paper: in the bundled fonts, and abbreviated with a note if too long.

    Args:
        longest: most characters of the original that are shown.
    """
    fonts = font_characters()
    if len(text) <= longest:
        return visible(text, fonts.__contains__)
    shown = visible(text[:longest], fonts.__contains__)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return (
        f"{shown}… [{number(len(text))} characters in full, SHA-256 {digest[:16]}…; "
        "exact in report.html and results.json]"
    )


def pieces(text: str) -> list[str]:
    """Return the text cut where a long word may break: after ``: / . - _``, and within long runs.

    Words that are not long stay whole, spaces stay where they are: joined, it is the same text.
    """
    found = []
    end = 0
    for word in _LONG_WORD.finditer(text):
        found += [text[end : word.start()], *_cut(word[0])]
        end = word.end()
    return [part for part in (*found, text[end:]) if part]


def _cut(word: str) -> list[str]:
    return [
        piece[start : start + _LONGEST_PIECE]
        for piece in _PIECE.findall(word)
        for start in range(0, len(piece), _LONGEST_PIECE)
    ]
