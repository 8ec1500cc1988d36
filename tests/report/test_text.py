"""Text that strangers chose: nothing hides, nothing is lost."""
# ruff: noqa: RUF001  the marks and quotes are meant

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.report.text import font_characters, pieces, printable, visible


@given(st.text())
def test_cutting_loses_nothing(text: str) -> None:
    """Pieces joined are the text itself, so a copied name is the exact name."""
    assert "".join(pieces(text)) == text


@given(st.text(alphabet="abcxyz0189:/.-_", min_size=25))
def test_a_long_name_can_break(name: str) -> None:
    """No piece of a long name is too wide for a narrow column."""
    assert max(len(piece) for piece in pieces(name)) <= 24 + len(name) - len(name.rstrip("-:/._"))


def test_words_of_prose_stay_whole() -> None:
    """Only what is long is cut."""
    assert pieces("37 of them (A-02), or so") == ["37 of them (A-02), or so"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("safe\u202egpj.exe", "safe‹U+202E›gpj.exe"),
        ("a\u200bb\ufeff", "a‹U+200B›b‹U+FEFF›"),
        ("nul\x00", "nul‹U+0000›"),
        ("\ue000", "‹U+E000›"),
        ("\u3164", "‹U+3164›"),
        ("a\u00a0b", "a‹U+00A0›b"),
        ("lone \ud800", "lone ‹U+D800›"),
        ("Zürich 中文 ✅", "Zürich 中文 ✅"),
    ],
)
def test_what_cannot_be_seen_is_spelt_out(text: str, shown: str) -> None:
    """Control, bidirectional, zero-width, private and blank characters become code points."""
    assert visible(text) == shown


@given(st.text())
def test_paper_gets_only_what_its_fonts_have(text: str) -> None:
    """Every character left is one that the bundled fonts can show."""
    assert set(printable(text, 10_000)) <= font_characters()


def test_a_very_long_name_is_abbreviated_with_its_length_and_digest() -> None:
    """Paper says that it abbreviates, and how to find the exact name."""
    shown = printable("x" * 10_000, 300)
    assert shown.startswith("x" * 300 + "… [10,000 characters in full, SHA-256 ")
    assert "exact in report.html" in shown
