"""Deriving facts from evidence: rows, unknowns, coverage, joins."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from auditor.collect.door import Silence
from auditor.collect.engine import collect
from auditor.errors import EvidenceError
from auditor.evidence import EvidenceStore, read_evidence
from auditor.facts import derive
from auditor.model import Answer, Json, Outcome, Record, Request, Target
from tests.fakes import COLLECTORS, DENIED, NOON, TARGET, TRAILS, FakeDoor, Reply, answers, audit


def facts(folder: Path, replies: dict[str, Reply], target: Target = TARGET) -> Path:
    """Collect from a fake provider and derive its facts."""
    store = EvidenceStore(folder)
    collect(
        (target,),
        COLLECTORS,
        {"main": FakeDoor(replies)},
        store,
        now=lambda: NOON,
        progress=Silence(),
        workers=1,
    )
    store.close()
    derive(
        audit(targets=(target,)),
        COLLECTORS,
        read_evidence(folder),
        statements=folder / "statements",
        facts=folder / "facts",
    )
    return folder / "facts"


def rows(folder: Path, table: str, columns: str = "*") -> list[Any]:
    """Rows of one table, in the order of their ids."""
    return select(f"SELECT {columns} FROM '{folder}/{table}.parquet' ORDER BY id")


def select(query: str) -> list[Any]:
    """Rows that a query gives."""
    with duckdb.connect() as database:
        return database.execute(query).fetchall()


def test_what_was_seen_becomes_rows(tmp_path: Path) -> None:
    """A box is a store, classified by its tag, and its region and account are rows too."""
    found = facts(tmp_path, answers())

    assert rows(found, "stores", "id, encrypted, key_id, data_classes, classified_by") == [
        ("box:b0", True, "", ["us_user_data"], "tagged"),
        ("box:b1", True, "", ["us_user_data"], "tagged"),
    ]
    assert rows(found, "accounts", "id, logged") == [("111", True)]
    assert rows(found, "trails", "destination_account, destination_locked") == [("111", False)]
    assert {row[0] for row in rows(found, "coverage", "outcome")} == {"complete"}
    # The fake provider has no inventory, and nothing tells how long a box keeps a log.
    expected = {("inventoried",), ("kept_days",), ("locked_days",)}
    assert set(rows(found, "unknowns", '"column"')) == expected


def test_a_refused_detail_makes_unknown_what_it_feeds(tmp_path: Path) -> None:
    """AccessDenied must never read as "not encrypted" or "no tags"."""
    found = facts(tmp_path, {**answers(boxes=1), "GetEncryption": DENIED, "GetTags": DENIED})

    assert rows(found, "stores", "encrypted, key_id, tags, data_classes, size_bytes") == [
        (None, None, None, None, 0)
    ]
    unknown = {row[0]: row[1:] for row in rows(found, "unknowns", '"column", reason, permission')}
    assert unknown["encrypted"] == (
        "GetEncryption was denied (AccessDenied)",
        "boxes:GetEncryption",
    )
    assert "needs tags" in unknown["data_classes"][0]


def test_not_configured_is_known(tmp_path: Path) -> None:
    """A code that means "not configured" is an answer."""
    absent = Answer(outcome=Outcome.FAILED, code="NoEncryption")

    found = facts(tmp_path, {**answers(boxes=1), "GetEncryption": absent})

    assert rows(found, "stores", "encrypted, key_id, key_country") == [(False, "", "")]


@pytest.mark.parametrize(
    ("operation", "collector", "outcome", "tables"),
    [
        ("ListBoxes", "fake.boxes.box", "denied", ["flows", "stores"]),
        ("ListGroups", "fake.logs.trail", "denied", ["trails"]),
        ("ListTrails", "fake.logs.trail", "partial", ["trails"]),
        ("ListRegions", "fake.identity.region", "denied", ["flows", "regions", "stores"]),
        (
            "WhoAmI",
            "fake.identity.account",
            "denied",
            ["accounts", "flows", "regions", "stores", "trails"],
        ),
    ],
)
def test_a_refused_listing_is_an_open_gap(
    tmp_path: Path, operation: str, collector: str, outcome: str, tables: list[str]
) -> None:
    """What nobody could list may exist: its tables are incomplete, also those behind an axis."""
    found = facts(tmp_path, {**answers(), operation: DENIED})

    gaps = select(
        f"SELECT DISTINCT collector, outcome, tables FROM '{found}/coverage.parquet' WHERE open"
    )
    assert gaps == [(collector, outcome, tables)]


def test_a_place_left_out_by_configuration_is_a_gap(tmp_path: Path) -> None:
    """A region that exists and is not scanned is named."""
    target = Target(name="main", provider="fake", axes={"region": ("one",)})

    found = facts(tmp_path, answers(), target)

    gaps = select(f"SELECT outcome, reason FROM '{found}/coverage.parquet' WHERE open")
    assert gaps == [("excluded", "region two exists, and this audit's configuration leaves it out")]


def test_a_bill_that_is_not_asked_for_is_a_gap(tmp_path: Path) -> None:
    """What costs money can be left out; that it was is said."""
    billed = replace(TRAILS, kind="fake.ce.line", option="bill")
    asked = replace(TARGET, options={"bill": "asked"})
    for target, expected in ((TARGET, [("excluded", False)]), (asked, [("unasked", None)])):
        folder = tmp_path / expected[0][0]
        collectors = (*COLLECTORS, billed)
        derive(audit(targets=(target,)), collectors, [], statements=folder, facts=folder)

        gaps = f"SELECT outcome, complete FROM '{folder}/coverage.parquet'"
        found = select(f"{gaps} WHERE collector = 'fake.ce.line'")
        assert found == (expected if target is TARGET else [])


def test_an_axis_without_places_is_a_gap(tmp_path: Path) -> None:
    """An account without regions has none to look into: nothing behind them was asked for."""
    found = facts(tmp_path, {**answers(), "ListRegions": {"Regions": []}})

    gaps = select(f"SELECT outcome, tables, reason FROM '{found}/coverage.parquet' WHERE open")
    assert gaps == [("failed", ["flows", "regions", "stores"], "no region was found to look into")]


@pytest.mark.parametrize(
    "body",
    [{"Boxes": [{"Nome": "b0"}]}, {"Boxes": ["b0"]}, {"Boxes": 3}, [], "x", {"Boxes": [None]}],
    ids=repr,
)
def test_an_answer_of_an_unforeseen_shape_is_a_gap(tmp_path: Path, body: Json) -> None:
    """Malformed answers neither crash nor pass for an empty account."""
    found = facts(tmp_path, {**answers(), "ListBoxes": body})

    outcomes = select(
        f"SELECT DISTINCT outcome FROM '{found}/coverage.parquet' "
        "WHERE collector = 'fake.boxes.box'"
    )
    assert outcomes in ([("failed",)], [("partial",)])


def test_an_unfinished_collection_is_a_gap(tmp_path: Path) -> None:
    """Evidence that ends in the middle leaves units open, down to those never asked."""
    facts(tmp_path, answers())
    kept = list(read_evidence(tmp_path))[:2]

    derive(audit(), COLLECTORS, kept, statements=tmp_path, facts=tmp_path / "half")

    outcomes = {row[0] for row in rows(tmp_path / "half", "coverage", "outcome")}
    assert "unasked" in outcomes


def test_an_answer_to_what_is_never_asked_is_refused(tmp_path: Path) -> None:
    """Evidence cannot carry resources that no collector would have found."""
    request = Request(
        collector="fake.boxes.box",
        place={"target": "main", "account": "999", "region": "one"},
        step="l0",
        service="boxes",
        operation="ListBoxes",
        parameters={},
    )
    foreign = Record(request=request, answer=Answer(outcome=Outcome.OK, body={"Boxes": []}))

    with pytest.raises(EvidenceError, match="never asked"):
        derive(audit(), COLLECTORS, [(0, foreign)], statements=tmp_path, facts=tmp_path)


def test_reach_follows_flows_through_cycles_to_unknown_ends(tmp_path: Path) -> None:
    """The closure ends, keeps shortest paths, and an unseen end is unknown, not nowhere."""
    chain = [
        {"Name": "a", "CopiesTo": "b"},
        {"Name": "b", "CopiesTo": "c"},
        {"Name": "c", "CopiesTo": "a"},
        {"Name": "d", "CopiesTo": "elsewhere"},
    ]
    found = facts(
        tmp_path,
        {
            **answers(),
            "ListBoxes": lambda request: {"Boxes": chain if request.region == "one" else []},
        },
    )

    reached = rows(found, "reach", "store_id, end_id, end_country, hops")
    assert reached == [
        ("box:a", "box:b", "US", 1),
        ("box:a", "box:c", "US", 2),
        ("box:b", "box:a", "US", 2),
        ("box:b", "box:c", "US", 1),
        ("box:c", "box:a", "US", 1),
        ("box:c", "box:b", "US", 2),
        ("box:d", "box:elsewhere", None, 1),
    ]


def test_a_copy_inherits_the_classes_of_its_original(tmp_path: Path) -> None:
    """A snapshot of user data holds user data, through a chain of copies."""
    chain = [{"Name": "a"}, {"Name": "b", "CopyOf": "box:a"}, {"Name": "c", "CopyOf": "box:b"}]

    def tags(request: Request) -> Json:
        return {"Tags": {"class": "us-user-data"} if request.parameters["Box"] == "a" else {}}

    found = facts(
        tmp_path,
        {
            **answers(),
            "ListBoxes": lambda request: {"Boxes": chain if request.region == "one" else []},
            "GetTags": tags,
        },
    )

    assert rows(found, "stores", "data_classes, classified_by") == [
        (["us_user_data"], "tagged"),
        (["us_user_data"], "copy of box:a"),
        (["us_user_data"], "copy of box:a"),
    ]
    assert not select(f"FROM '{found}/unknowns.parquet' WHERE of_table = 'stores'")


def test_the_same_evidence_gives_the_same_bytes(tmp_path: Path) -> None:
    """Deriving twice writes byte-identical tables."""
    first = facts(tmp_path, answers(boxes=20))
    second = tmp_path / "again"

    derive(audit(), COLLECTORS, read_evidence(tmp_path), statements=tmp_path / "x", facts=second)

    for path in sorted(first.iterdir()):
        assert path.read_bytes() == (second / path.name).read_bytes(), path.name


def test_what_one_target_could_not_see_another_may(tmp_path: Path) -> None:
    """A resource seen twice is one row, with what either look could tell."""
    seen = (TARGET, Target(name="other", provider="fake"))

    def denied_once(request: Request) -> Answer | Json:
        return DENIED if request.place["target"] == "main" else {"On": True, "Key": "k"}

    store = EvidenceStore(tmp_path)
    door = FakeDoor({**answers(boxes=1), "GetEncryption": denied_once})
    collect(
        seen,
        COLLECTORS,
        {"main": door, "other": door},
        store,
        now=lambda: NOON,
        progress=Silence(),
        workers=1,
    )
    store.close()
    derive(
        audit(targets=seen),
        COLLECTORS,
        read_evidence(tmp_path),
        statements=tmp_path,
        facts=tmp_path / "facts",
    )

    (row,) = rows(tmp_path / "facts", "stores", "encrypted, key_id, len(evidence)")
    assert row == (True, "k", 6)
    unknown = rows(tmp_path / "facts", "unknowns", '"column"')
    of_logs = ("kept_days",), ("locked_days",)
    assert unknown == [("inventoried",), ("inventoried",), ("key_country",), *of_logs]
