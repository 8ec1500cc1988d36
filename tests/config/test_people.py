"""The roster and the waivers: every line that does not fit is named."""

from pathlib import Path

import pytest

from tests.config.examples import ROSTER, WAIVERS, refused


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "column 'id' is missing"),
        ("id,nam,employer,country,covered_person\n", 1, "no column 'nam'"),
        ("id,id,name,employer,country,covered_person\n", 1, "there twice"),
        (ROSTER + "x,x,,,\n", 5, "there twice"),
        (ROSTER + ",,,,\nA,a\n", 6, "2 cells"),
        (ROSTER + "A,a,b,US,maybe\n", 5, "covered_person"),
        (ROSTER + "A,,b,US,no\n", 5, "'id' is empty"),
        (ROSTER + '"A,a\n', 5, "not CSV"),
        ("\0", 1, "NUL"),
    ],
)
def test_a_roster_that_does_not_fit_is_refused(
    folder: Path, text: str, line: int, words: str
) -> None:
    """Every line that cannot be read is named; nobody is left out silently."""
    (folder / "roster.csv").write_text(text)
    found = refused(folder / "audit.yaml")
    assert {fault.line for fault in found} == {line}
    assert any(words in fault.message for fault in found)


def test_waiver_ids_are_unique(folder: Path) -> None:
    """Two waivers with one id cannot be told apart in the report."""
    (folder / "waivers.yaml").write_text(WAIVERS + WAIVERS.removeprefix("waivers:\n"))
    (found,) = refused(folder / "audit.yaml")
    assert (found.line, found.message) == (9, "'w-1' is used twice")
