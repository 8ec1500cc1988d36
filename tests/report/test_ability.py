"""Who can reach protected data: by side, by employer, one by one, and rights that lie unused."""

from pathlib import Path

import pytest

from auditor.model import Json
from auditor.report import EvidenceSummary, build
from auditor.report.model import Grid, Section
from tests.report import oracle, parts
from tests.report.facts import write_facts
from tests.report.people import (
    FAR,
    OURS,
    VENDOR,
    Rows,
    anybody,
    bucket,
    extents,
    right,
    unlisted,
    user,
)
from tests.report.reading import lines

NOTHING = EvidenceSummary(records=0, root="", denied=0, failed=0)
COMPANY, HOLDING = "Example Media LLC", "Example Holding Ltd."
PEOPLE: Rows = [
    anybody(),
    user("wei", employer=HOLDING, country="SG", covered_person=True),
    user("lin", employer=COMPANY, country="US", covered_person=True),
    user("tom", country="IE"),
    user("ann"),
    user("bob", covered_person=None),
    user("ida", country="SG"),
    user("team", kind="group", collective=True, employer="", country=""),
    user("ops", employer="Oracle America, Inc."),
    user("s3", id="service:s3.amazonaws.com", kind="service", account="", employer=None),
    unlisted("etl"),
    {**unlisted("vendor"), "id": VENDOR, "kind": "account", "account": VENDOR},
]
IDS = {each["name"]: each["id"] for each in PEOPLE}
RIGHTS: Rows = [
    right("anybody", "read", 9, 9),
    right(IDS["wei"], "read", 0, 2, path=["acts as role X", "passes y"], through=["x"], used=True),
    right(IDS["wei"], "read", 0, 2, path=["acts as role Z"], through=["z"], used=True),
    right(IDS["lin"], "decrypt", 0, 0, used=False),
    right(IDS["lin"], "read", 0, 0, conditional=True, depends_on=["aws:sourceip"], used=False),
    right(IDS["tom"], "administer", 0, 0),
    right(IDS["ann"], "read", 0, 9, used=False),
    right(IDS["bob"], "read", 4, 9, given=None, conditional=None),
    right(IDS["ida"], "read", 9, 9),
    right(IDS["team"], "read", 0, 9),
    right(IDS["ops"], "write", 0, 0, conditional=True, depends_on=["aws:multifactorauthpresent"]),
    right(IDS["s3"], "read", 0, 0),
    right(IDS["etl"], "read", 20, 20, data_classes=None, more_classes=None),
    right(VENDOR, "share", 0, 0),
    right("gone", "read", 30, 30, data_classes=[]),
    right("denied", "read", 0, 0, agreed=False),
    {**right("x", "read"), "principal_id": None, "extent_id": None, "id": "nameless"},
]
TABLES: dict[str, Rows] = {
    "accounts": [{"id": OURS, "provider": "aws", "operator": "AWS", "name": "a"}],
    "principals": PEOPLE,
    "grants": RIGHTS,
    "extents": extents((0, 2), (0, 0), (0, 9), (4, 9), (9, 9), (20, 20), (30, 30)),
    "stores": [*(bucket(n, ["us_user_data"]) for n in range(10)), bucket(20, None), bucket(30, [])],
    "coverage": [oracle.refused(1, "iam", tables=["policy_documents"])],
}


def section_of(folder: Path, tables: dict[str, Rows]) -> Section:
    """Return the chapter of an audit with these tables alone."""
    facts = write_facts(folder, tables)
    made = build(parts.results([]), parts.audit(), facts, NOTHING)
    return next(section for section in made.opening if section.anchor == "access")


@pytest.fixture(scope="module")
def section(tmp_path_factory: pytest.TempPathFactory) -> Section:
    """The chapter of an account with somebody of every side."""
    return section_of(tmp_path_factory.mktemp("facts"), TABLES)


def grid(section: Section, part: str) -> Grid:
    """Return the table whose caption has these words."""
    return next(made for made in section.grids if part in made.caption)


def test_the_first_sentence_could_stand_on_page_one(section: Section) -> None:
    """How many stores, anybody, how many for certain, perhaps, and how grave."""
    assert section.paragraphs[0].text == (
        "10 stores hold protected data and 1 more may. Anybody at all can reach some of it. 6 "
        "people, services and accounts can, 1 more only under a condition and of 2 more it cannot "
        "be told. Of these 9, 1 is of an excluded party, 1 is a covered person of another "
        "employer, 1 works in no approved country, 1 is an account outside or a federation and 2 "
        "are not on the roster, or not in full."
    )


def test_what_is_not_known_is_counted(section: Section) -> None:
    """Whoever has what anybody has, rights of nobody known, and what could not be read."""
    assert section.paragraphs[2].text == (
        "1 principal has no right but those that anybody has, counted at anybody alone. Of 1 right "
        "nobody can tell whose they are. 1 collection about rights could not be read in full: more "
        "may have access."
    )


def test_each_side_says_how_many_can_do_what(section: Section) -> None:
    """Groups count by their members, and services of the providers are a side of their own."""
    assert lines(grid(section, "by side")) == [
        "Anybody, signed in or not | reads | none found | none found | 0 | 0 | 1",
        "Excluded parties (Example Holding Ltd.) | 1 read | none found | none found | 1 | 0 | 0",
        "The company (Example Media LLC) | 1 read, 1 administer, 1 decrypt | 1 read | 1 read | 0 "
        "| 2 | 2",
        "Trusted providers (Oracle America, Inc.) | none found | 1 write | none found | 0 | 0 | 1",
        "Services of the cloud providers | 1 read | none found | none found | 0 | 0 | 1",
        "Vendors, outside accounts and federations | 1 share | none found | none found | 0 | 0 | 1",
        "Not on the roster | none found | none found | 1 read | 0 | 0 | 1",
    ]


def test_employers_and_countries_are_counted_the_gravest_first(section: Section) -> None:
    """All, uncertain, covered, perhaps covered, by a path only, unused, untold."""
    assert lines(grid(section, "by employer")) == [
        "anybody | anywhere | 1 | 0 | 1 | 0 | 0 | 0 | 1",
        "Example Holding Ltd. | Singapore | 1 | 0 | 1 | 0 | 1 | 0 | 0",
        "Example Media LLC | United States | 3 | 1 | 1 | 1 | 0 | 2 | 1",
        "Example Media LLC | Ireland | 1 | 0 | 0 | 0 | 0 | 0 | 1",
        "not known | not known | 2 | 1 | 0 | 2 | 0 | 0 | 2",
        "Oracle America, Inc. | United States | 1 | 1 | 0 | 0 | 0 | 0 | 1",
        "not known | United States | 1 | 0 | 0 | 0 | 0 | 0 | 1",
    ]


def test_the_gravest_are_shown_with_their_way(section: Section) -> None:
    """Whose, what over how many stores, the shortest way, its conditions, whether it was used."""
    prefix = f"arn:aws:iam::{OURS}"
    assert lines(grid(section, "stands out")) == [
        "anybody | anybody | 1 store: reads 1 | directly | cannot tell | anybody#inline#1",
        f"user {prefix}:user/wei “Wei” | Example Holding Ltd.; Singapore; covered person | 3 "
        f"stores: reads 3 | acts as role Z (1 other way) | yes | {prefix}:user/wei#inline#1",
        f"user {prefix}:user/lin “Lin” | Example Media LLC; United States; covered person | 1 "
        "store: reads 1 on a condition, decrypts 1 | directly; depends on aws:sourceip | no | "
        f"{prefix}:user/lin#inline#1",
        f"user {prefix}:user/tom “Tom” | Example Media LLC; Ireland | 1 store: administers 1 | "
        f"directly | cannot tell | {prefix}:user/tom#inline#1",
        f"account {VENDOR} “Vendor” | not known: an account outside | 1 store: shares 1 | directly "
        f"| cannot tell | {VENDOR}#inline#1",
        f"user {prefix}:user/bob “Bob” | Example Media LLC; United States; perhaps a covered "
        f"person | 5 stores: reads 5 perhaps | directly | cannot tell | {prefix}:user/bob#inline#1",
        f"role {prefix}:role/etl “Etl” | not on the roster | 1 store: reads 1 perhaps | directly | "
        f"cannot tell | {prefix}:role/etl#inline#1",
    ]


def test_rights_of_the_foreign_that_lie_unused_are_listed(section: Section) -> None:
    """Only the covered and the foreign; where logs cannot tell, that is said instead."""
    assert [line.split(" | ")[2] for line in lines(grid(section, "lay unused"))] == [
        "reads 1, decrypts 1"
    ]
    assert section.paragraphs[3].text == (
        "Of 4 principals abroad, of an excluded party or covered, anybody included, 1 used a right "
        "in the period, 1 used none, and of 2 logs cannot tell."
    )


def many(first: str, count: int, **more: Json) -> tuple[Rows, Rows]:
    """Return people with a right each."""
    people = [user(f"{first}{number:03}", **more) for number in range(count)]
    return people, [right(str(each["id"]), "read") for each in people]


def test_long_lists_are_cut_and_counted(tmp_path: Path) -> None:
    """A page stays a page: the gravest stay on it, and the rest is counted by kind."""
    far, theirs = many("far", 2, employer=HOLDING)
    near, ours = many("near", 200, covered_person=None)
    tables = {**TABLES, "principals": [*near, *far], "grants": [*ours, *theirs], "coverage": []}
    made = grid(section_of(tmp_path, tables), "stands out")
    assert len(made.rows) == 30
    assert all("Example Holding Ltd." in line for line in lines(made)[:2])
    assert made.note.startswith(
        "Not shown: 172 are not on the roster, or not in full; the grants table has them."
    )


def test_many_employers_are_cut_and_counted(tmp_path: Path) -> None:
    """The first thirty, and how many people the others are."""
    people, rights = many("x", 40)
    for number, each in enumerate(people):
        each["employer"] = f"Vendor {number:02}"
    tables = {**TABLES, "principals": people, "grants": rights}
    made = grid(section_of(tmp_path, tables), "by employer")
    assert len(made.rows) == 30
    assert made.note.startswith("10 more principals of 10 other employers and countries: table")


def test_a_principal_without_a_row_is_shown_as_unknown(tmp_path: Path) -> None:
    """A right of whom nobody collected counts, and is never innocent."""
    made = section_of(tmp_path, {**TABLES, "principals": []})
    assert all(" | not on the roster | " in line for line in lines(grid(made, "stands out")))


def test_an_outside_account_that_a_party_owns_is_that_partys(tmp_path: Path) -> None:
    """An account of the excluded party stands with that party."""
    owned = {**unlisted("far"), "id": FAR, "kind": "account", "account": FAR, "employer": HOLDING}
    tables = {**TABLES, "principals": [owned], "grants": [right(FAR, "read")]}
    made = section_of(tmp_path, tables)
    assert lines(grid(made, "by side"))[1].startswith("Excluded parties (Example Holding Ltd.) | 1")
