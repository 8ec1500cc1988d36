"""What answers hold that this version does not know is said, and listed in part."""

from pathlib import Path

import pytest

from auditor.model import Json
from auditor.report import EvidenceSummary, build, render_html
from tests.report import parts
from tests.report.facts import write_facts
from tests.report.hostile import HOSTILE
from tests.report.news import novelty

NOTHING = EvidenceSummary(records=0, root="", denied=0, failed=0)


def html_of(folder: Path, rows: list[dict[str, Json]]) -> str:
    """The report over these rows."""
    facts = write_facts(folder, {"novelties": rows})
    report = build(parts.results([]), parts.audit(), facts, NOTHING)
    return render_html(report).decode()


def text_of(folder: Path, rows: list[dict[str, Json]]) -> str:
    """The paragraph of the chapter on coverage, '' if there is none."""
    facts = write_facts(folder, {"novelties": rows})
    report = build(parts.results([]), parts.audit(), facts, NOTHING)
    (section,) = (each for each in report.closing if each.anchor == "coverage")
    return next((each.text for each in section.paragraphs if "novelties" in each.text), "")


def test_nothing_new_is_not_mentioned(tmp_path: Path) -> None:
    """Nor where no answer was compared."""
    assert text_of(tmp_path, []) == ""


def test_what_is_new_is_counted_and_the_most_frequent_named(tmp_path: Path) -> None:
    """With the table in which all of it stands."""
    rows = [
        novelty("member", "ghost", times=9),
        novelty("value", "lifecycleState", "EXILED", times=5),
        *(novelty("member", f"n{n}") for n in range(4)),
        novelty("more", "", times=70),
    ]

    assert text_of(tmp_path, rows) == (
        "Answers of Oracle Cloud hold 5 members and 1 value that this version does not know, and "
        "that no collector reads. They are kept as evidence, and the novelties table names them: "
        "ghost in list_volumes; lifecycleState = EXILED in list_volumes; n0 in list_volumes; "
        "3 more. 1 operation has more than are listed."
    )


@pytest.mark.parametrize("text", [HOSTILE[0], HOSTILE[6], HOSTILE[7], HOSTILE[9]])
def test_a_strangers_words_are_shown_and_not_obeyed(tmp_path: Path, text: str) -> None:
    """A cloud names its members, and whoever speaks for it may choose any."""
    html = html_of(tmp_path, [novelty("member", text), novelty("value", "state", text)])

    assert "1 member and 1 value" in html
    assert "<script>alert(1)" not in html
    assert not {"\u202e", "\x07", "\x1b"} & set(html)
