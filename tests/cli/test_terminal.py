"""What a terminal is shown cannot trick it."""

import io
import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.cli.terminal import note, plain, plain_lines, print_json, print_line, print_table
from auditor.results import Verdict


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("Müller 東京 😀", "Müller 東京 😀"),
        ("a\u202eb", "a\u2039U+202E\u203ab"),
        ("\x1b[31m", "\u2039U+001B\u203a[31m"),
        ("a\nb\tc", "a\u2039U+000A\u203ab\u2039U+0009\u203ac"),
        (
            "\u200b\ud800\ue000\u2028",
            "\u2039U+200B\u203a\u2039U+D800\u203a\u2039U+E000\u203a\u2039U+2028\u203a",
        ),
    ],
)
def test_characters_that_act_are_named(text: str, shown: str) -> None:
    """Letters and emoji stay; controls, bidi, invisible and halved characters are named."""
    assert plain(text) == shown


@given(st.text())
def test_nothing_that_acts_is_left(text: str) -> None:
    """Whatever the text, a terminal only shows it."""
    shown = plain(text)
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert plain_lines(text).count("\n") == text.count("\n")


def test_a_table_into_a_file_is_not_broken(capsys: pytest.CaptureFixture[str]) -> None:
    """Long cells stay on one line, markup is text, and no colour is written."""
    print_table(("name", "verdict"), [("x" * 300, Verdict.FAIL), ("[bold]\u202e", None)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == f"{'x' * 300}  fail"
    assert lines[2].split() == ["[bold]\u2039U+202E\u203a", "unknown"]


def test_a_name_cannot_add_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """A tag may hold a line feed and words that look like a verdict of ours."""
    print_line("name: x\n 9  holds  Facts, recomputed")
    note("denied: x\nNothing was changed since the bundle was signed.")
    said = capsys.readouterr()
    assert said.out == "name: x\u2039U+000A\u203a 9  holds  Facts, recomputed\n"
    assert len(said.err.splitlines()) == 1


def test_json_is_ascii_and_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """Programs read it, and a terminal is not tricked by it."""
    print_json({"a": "\u202e", "b": True})
    assert capsys.readouterr().out == '{\n  "a": "\\u202e",\n  "b": true\n}\n'


class Terminal(io.StringIO):
    """A stream that says that somebody watches."""

    def isatty(self) -> bool:
        """Yes."""
        return True


@pytest.mark.parametrize("no_colour", [False, True])
def test_a_table_on_a_terminal_fits_it(monkeypatch: pytest.MonkeyPatch, no_colour: bool) -> None:
    """Cells are folded at its width; NO_COLOR is respected."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "40")
    if no_colour:
        monkeypatch.setenv("NO_COLOR", "1")
    else:
        monkeypatch.delenv("NO_COLOR", raising=False)
    stream = Terminal()
    monkeypatch.setattr(sys, "stdout", stream)
    print_table(("name", "verdict"), [("x" * 100, Verdict.FAIL)])
    shown = stream.getvalue()
    assert max(len(line) for line in re.sub("\x1b\\[[0-9;]*m", "", shown).splitlines()) <= 40
    assert ("\x1b[1;31m" in shown) is not no_colour
