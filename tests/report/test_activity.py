"""What logs show of access, and for which hours they cannot show it."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.model import Json
from auditor.report import EvidenceSummary, Report, build
from auditor.report.model import Grid, Section
from tests.report import oracle, parts
from tests.report.facts import write_facts
from tests.report.people import Rows, access, bucket, recording, user
from tests.report.reading import lines

NOTHING = EvidenceSummary(records=0, root="", denied=0, failed=0)
WEI = user("wei", employer="Example Holding Ltd.", country="SG")
ANN, GLASS = user("ann"), user("glass", employer=None, person_name="")
HOME: Rows = [
    recording("2025-11-21T00:00:00Z", "2025-11-22T00:00:00Z"),
    recording("2025-11-22T00:00:00Z", "2025-11-22T06:00:00Z", integrity=None),
]
BROKEN: Rows = [
    recording("2025-11-22T06:00:00Z", "2025-11-22T08:30:00Z", whole=False, reason="a file missing"),
    recording("2025-11-22T08:30:00Z", "2025-11-22T12:30:00Z", whole=None, reason="no digest"),
    recording("2025-11-22T12:30:00Z", "2025-11-22T13:30:00Z", integrity=False, reason="changed"),
]
SILENT = oracle.spared(
    1, "us-west-2", "", tables=["accesses"], outcome="unasked", reason="no log tells", open=True
)
ACCESSES: Rows = [
    access(ANN["id"]),
    access(WEI["id"], country="SG", countries=["SG"], principal_id="role-x", events=5, errors=2),
    access(WEI["id"], country="SG", countries=["SG"], store_id="bucket-001", address="203.0.113.8"),
    access(ANN["id"], country=None, countries=["CA", "US"]),
    access(ANN["id"], country=None, countries=[], origin="endpoint", events=7, errors=0),
    access(ANN["id"], permitted=False, store_id="bucket-002"),
    access(ANN["id"], permitted=None, data_classes=None, store_id="other"),
    access(ANN["id"], access="write", data_classes=[], country="SG"),
    access(GLASS["id"], principal_id="role-glass", excepted=None),
    access(GLASS["id"], principal_id="role-glass", excepted=True, store_id="bucket-003"),
    access(ANN["id"], access="sign-in", store_id="", data_classes=[], second_factor=False),
    access(ANN["id"], access="sign-in", store_id="", data_classes=[], second_factor=None),
]
PARAMETERS = {
    "approved_countries": ["US", "CA"],
    "access_countries": ["US"],
    "break_glass_principals": ["role-glass"],
}


def report_of(folder: Path, parameters: Mapping[str, Json], **tables: Rows) -> Report:
    """Return the report of an audit with these tables alone."""
    facts = write_facts(folder, tables)
    results = parts.results([])
    pack = replace(results.packs[0], parameters=parameters)
    return build(replace(results, packs=(pack,)), parts.audit(), facts, NOTHING)


def section_of(folder: Path, parameters: Mapping[str, Json], **tables: Rows) -> Section:
    """Return the chapter of that report."""
    made = report_of(folder, parameters, **tables)
    return next(section for section in made.opening if section.anchor == "activity")


@pytest.fixture(scope="module")
def section(tmp_path_factory: pytest.TempPathFactory) -> Section:
    """The chapter of an account with something of everything."""
    return section_of(
        tmp_path_factory.mktemp("facts"),
        PARAMETERS,
        accesses=ACCESSES,
        recordings=[*HOME, *BROKEN],
        coverage=[SILENT],
        principals=[WEI, ANN, GLASS],
        stores=[bucket(0, ["us_user_data"])],
    )


def grid(section: Section, part: str) -> Grid:
    """Return the table whose caption has these words."""
    return next(made for made in section.grids if part in made.caption)


def test_what_came_from_abroad_is_said_first_and_what_logs_cannot_tell_with_it(
    section: Section,
) -> None:
    """Events and how many succeeded; hours whole, with gaps, not known, and places without logs."""
    assert section.paragraphs[0].text == (
        "7 events of access to protected data, or of sign-in, came from outside the United States; "
        "4 succeeded. Of 37 log hours, 30 are whole, 3 have gaps and of 4 nobody can tell whether "
        "they are whole: for those it cannot be told; of 1 account and region no log tells at all. "
        "(A log hour: one hour of one log of one account and region.)"
    )


def test_the_rest_is_counted_in_one_paragraph(section: Section) -> None:
    """What is perhaps protected, from nowhere known, by no known right, without a known factor."""
    said = section.paragraphs[1].text
    assert "Logs hold 32 events of access; 30 are sign-ins or about protected data, 2 of" in said
    assert "and 9 came from addresses that no database places" in said
    assert "Of 1 that succeeded nobody can tell by which right." in said
    assert "Of 1 sign-in logs do not tell the second factor." in said
    assert "is not show" not in said
    assert said.endswith("so that none is logged does not show that there was none.")


def test_logs_are_counted_by_source(section: Section) -> None:
    """Hours, whole, with gaps, unverified; files, events, and what was left out."""
    assert lines(grid(section, "Logs that were read")) == [
        "trail (cloudtrail), 1 account and region | 2025-11-21 to 2025-11-22 | 37 | 30 | 3 | 7 | "
        "15 | 200 | 10"
    ]
    said = "5 events stand there twice or more, counted once."
    assert grid(section, "Logs that were read").note.endswith(said)


def test_what_logs_do_not_show_has_its_reason(section: Section) -> None:
    """The longest stretches first, then places of which no log tells."""
    assert lines(grid(section, "What logs do not show")) == [
        "trail | no digest | 1 | 4 | 2025-11-22T08:30:00Z",
        "trail | a file missing | 1 | 2 | 2025-11-22T06:00:00Z",
        "trail | changed | 1 | 1 | 2025-11-22T12:30:00Z",
        "none | no log tells | 1 | all | the whole period",
    ]


def test_countries_and_employers_are_counted_from_abroad_first(section: Section) -> None:
    """An address that nobody places says what it is instead; other data does not count."""
    assert [line.rsplit(" | ", 2)[0] for line in lines(grid(section, "by country"))] == [
        "Singapore | Example Holding Ltd. | 1 | 7 | 3",
        "United States | Example Media LLC | 1 | 10 | 5",
        "not known: a private endpoint | Example Media LLC | 1 | 7 | 0",
        "United States | not known | 1 | 4 | 2",
        "not known: the internet | Example Media LLC | 1 | 2 | 1",
    ]


def test_access_from_abroad_is_listed_with_its_first_and_last_event(section: Section) -> None:
    """As whom, what, whence; databases that disagree count as perhaps abroad."""
    wei, role, disputed = lines(grid(section, "not approved"))
    assert wei == (
        f"{WEI['id']} “Wei” as role-x, employer Example Holding Ltd. | read bucket-000 | "
        "Singapore, the internet, 203.0.113.7 | 5, 2 refused | 2026-11-20T10:00:00Z to "
        "2026-11-20T11:00:00Z | event-1 event-2"
    )
    assert "| read bucket-001 | Singapore, the internet, 203.0.113.8 | 2, 1 refused |" in role
    assert "| Canada or United States: databases disagree, the internet, 203.0.113.7 |" in disputed


def test_what_asks_for_an_answer_has_a_table_of_its_own(section: Section) -> None:
    """No right, no entry in the register, no second factor: known ones only."""
    assert [line.split(" | ")[1] for line in lines(grid(section, "no right explains"))] == [
        "read bucket-002"
    ]
    assert [line.split(" | ")[0] for line in lines(grid(section, "emergency"))] == [
        f"{GLASS['id']} as role-glass, employer not known"
    ]
    assert [line.split(" | ")[1] for line in lines(grid(section, "second factor"))] == ["sign-in"]


def test_nothing_seen_is_said_with_the_hours_in_which_it_could_be(tmp_path: Path) -> None:
    """No access from abroad is known for whole hours only."""
    made = section_of(tmp_path, PARAMETERS, recordings=[*HOME, *BROKEN], accesses=ACCESSES[:1])
    assert made.paragraphs[0].text.startswith(
        "No access from outside the United States was seen in 30 log hours that are whole, nor in "
        "what was read of the others. Of 37 log hours, 30 are whole, 3 have gaps and of 4 nobody"
    )
    said = made.paragraphs[1].text
    assert "No use of emergency principals without an entry in the register was seen." in said
    assert "No sign-in without a second factor was seen." in said
    assert "None that succeeded is known to lack a right that explains it." in said


def test_whole_logs_leave_nothing_open(tmp_path: Path) -> None:
    """Where every hour is whole, nothing is said of gaps."""
    made = section_of(tmp_path, PARAMETERS, recordings=HOME)
    assert "Of 30 log hours, 30 are whole. (A log hour" in made.paragraphs[0].text
    assert [each.caption for each in made.grids] == ["Logs that were read"]


def test_without_logs_nothing_is_said_of_who_did(tmp_path: Path) -> None:
    """No log is no good news, and the reason is there."""
    made = section_of(tmp_path, PARAMETERS, coverage=[SILENT])
    assert [text.text[:26] for text in made.paragraphs] == ["No audit log was read: not"]
    assert [each.caption for each in made.grids] == ["What logs do not show"]


def test_without_approved_countries_nothing_counts_as_foreign(tmp_path: Path) -> None:
    """And the report says so, instead of that nothing was seen."""
    made = section_of(tmp_path, {}, recordings=HOME, accesses=ACCESSES)
    assert made.paragraphs[0].text.startswith("No pack says from which countries the data may be")
    assert "No principal is named as kept for emergencies." in made.paragraphs[1].text


def test_page_one_says_for_how_many_hours_logs_tell(tmp_path: Path) -> None:
    """And says nothing where they tell for all."""
    said = {
        name: [text.text for text in made.cannot_tell if text.anchor == "activity"]
        for name, made in (
            ("none", report_of(tmp_path / "1", PARAMETERS)),
            ("gaps", report_of(tmp_path / "2", PARAMETERS, recordings=BROKEN, coverage=[SILENT])),
            ("whole", report_of(tmp_path / "3", PARAMETERS, recordings=HOME)),
        )
    }
    assert said == {
        "none": ["No audit log was read: who did reach the data cannot be told."],
        "gaps": [
            "Who did reach the data: logs are known to be whole for 0 of 7 log hours; of 1 account "
            "and region no log tells. For the rest it cannot be told."
        ],
        "whole": [],
    }


def test_long_lists_of_access_are_cut_and_counted(tmp_path: Path) -> None:
    """Thirty lines, and how many events there are in all."""
    rows = [
        access(f"arn:aws:iam::1:user/{n:03}", country="SG", countries=["SG"]) for n in range(45)
    ]
    made = grid(section_of(tmp_path, PARAMETERS, recordings=HOME, accesses=rows), "not approved")
    assert len(made.rows) == 30
    assert made.note == "15 more lines; table accesses has all 90 events."
