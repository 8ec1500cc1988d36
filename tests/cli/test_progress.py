"""Progress is shown to people only, and ends in a sentence."""

import io
import sys

import pytest

from auditor.cli.progress import TerminalProgress


class Terminal(io.StringIO):
    """A stream that says that somebody watches."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def drive(progress: TerminalProgress) -> None:
    """Report a small collection."""
    with progress:
        progress.update(done=1, waiting=9, throttled=0, refused=0)
        progress.update(done=1234, waiting=0, throttled=2, refused=3)


def test_a_file_gets_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """No bar where nobody watches."""
    drive(TerminalProgress(quiet=False, after="Next."))
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "1,234 answers kept, 3 of them refusals, 2 throttles. Next.\n"


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Not even the sentence."""
    drive(TerminalProgress(quiet=True))
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("no_colour", [False, True])
def test_a_terminal_sees_calls_and_time(monkeypatch: pytest.MonkeyPatch, no_colour: bool) -> None:
    """The counts are shown; NO_COLOR is respected."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "150")
    if no_colour:
        monkeypatch.setenv("NO_COLOR", "1")
    else:
        monkeypatch.delenv("NO_COLOR", raising=False)
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    drive(TerminalProgress(quiet=False))
    shown = stream.getvalue()
    assert "1,234" in shown
    assert "2 throttled, 3 refused" in shown
    assert ("\x1b[38;" in shown or "\x1b[3" in shown) is not no_colour
