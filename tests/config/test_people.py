"""The roster and the waivers: every line that does not fit is named."""

from pathlib import Path

import pytest

from tests.config.examples import ROSTER, WAIVERS, refused

MORE = "id,name,employer,country,covered_person,kind,vetted_until,left,residence,owner\n"


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
        (MORE + "a,A,,US,no,robot,,,,\n", 2, "kind must be person or service, not 'robot'"),
        (MORE + "a,A,,US,no,,2026-13-01,,,\n", 2, "vetted_until must be a day"),
        (MORE + "a,A,,US,no,,20260101,,,\n", 2, "vetted_until must be a day"),
        (MORE + "a,A,,US,no,,,yesterday,,\n", 2, "left must be a day"),
        (MORE + "a,A,,US,no,,,,UK,\n", 2, "GB"),
        (MORE + "a,A,,US,no,,,,,b\n", 2, "only a service has an owner"),
        (MORE + "a,A,,US,no,service,,,,b\n", 2, "owner 'b' is not on the roster"),
        (MORE + "a,A,,US,no,service,,,,a\n", 2, "name a person"),
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
