"""What only joins over all rows can tell."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.collect.door import Silence
from auditor.collect.engine import collect
from auditor.evidence import EvidenceStore, read_evidence
from auditor.facts import derive
from auditor.model import Json, Request, Target, Unknown
from auditor.tables import Store
from tests.facts.deriving import Facts
from tests.facts.test_classification import STORE
from tests.facts.test_derive import facts, rows
from tests.fakes import COLLECTORS, NOON, FakeDoor, answers, audit


def facts_of_two(folder: Path, trails: Callable[[str], Json]) -> Path:
    """Facts of two targets, an account each, with these trails."""
    accounts = {"main": "111", "other": "222"}
    seen = tuple(Target(name=name, provider="fake") for name in accounts)
    store = EvidenceStore(folder)
    door = FakeDoor(
        {
            **answers(boxes=1),
            "WhoAmI": lambda request: {"Account": accounts[request.place["target"]]},
            "ListGroups": lambda request: {"Groups": [{"Name": request.place["account"]}]},
            "ListTrails": lambda request: trails(request.place["account"]),
        }
    )
    doors = dict.fromkeys(accounts, door)
    collect(seen, COLLECTORS, doors, store, now=lambda: NOON, progress=Silence(), workers=1)
    store.close()
    derive(
        audit(targets=seen),
        COLLECTORS,
        read_evidence(folder),
        statements=folder,
        facts=folder / "facts",
    )
    return folder / "facts"


def test_a_trail_of_another_organisation_logs_nothing_for_certain(tmp_path: Path) -> None:
    """Two targets may be two organisations; the trail of one is no trail of the other."""
    trail = {"Name": "t", "Box": "box:b0", "Organization": True}

    found = facts_of_two(tmp_path, lambda account: {"Trails": [trail] if account == "111" else []})

    assert rows(found, "accounts", "id, logged") == [("111", True), ("222", None)]


@pytest.mark.parametrize(("is_organization", "logged"), [(True, True), (False, False)])
def test_the_trail_of_an_organisation_logs_its_accounts(
    tmp_path: Path, is_organization: bool, logged: bool
) -> None:
    """It covers every account that the same target found."""
    target = Target(name="main", provider="fake", axes={"account": ("111", "222")})
    trail = {"Name": "t", "Box": "box:b0", "Organization": is_organization}

    def trails(request: Request) -> Json:
        return {"Trails": [trail] if request.place["account"] == "111" else []}

    replies = {**answers(), "WhoAmI": {"Account": "222"}, "ListTrails": trails}
    found = facts(tmp_path, replies, target)

    assert rows(found, "accounts", "id, logged") == [("222", logged)]


def test_a_clone_in_use_does_not_inherit(tmp_path: Path) -> None:
    """It can be written to: that its original is harmless says nothing of it, nor of its copies."""
    boxes = [{"Name": "a"}, {"Name": "b", "CloneOf": "box:a"}, {"Name": "c", "CopyOf": "box:b"}]

    def tags(request: Request) -> Json:
        return {"Tags": {"class": "us-user-data"} if request.parameters["Box"] == "a" else {}}

    listing = {"ListBoxes": lambda request: {"Boxes": boxes if request.region == "one" else []}}
    found = facts(tmp_path, {**answers(), **listing, "GetTags": tags})

    assert rows(found, "stores", "data_classes") == [(["us_user_data"],), (None,), (None,)]


def test_a_backup_of_a_database_that_is_nobody_knows_where_may_be_with_it() -> None:
    """Oracle Cloud's lists of backups name the region that was asked."""
    unseen = Unknown("in a data centre of another cloud")
    database = replace(STORE, provider="oci", service="database", region="us-ashburn-1")
    here = replace(database, id="here", country="US")
    stores: list[Store] = [
        here,
        replace(here, id="away", region=unseen, country=unseen),
        *(
            replace(here, id=f"backup of {source}", source_id=source, backup=True)
            for source in ("away", "here")
        ),
    ]
    found = Facts(stores)

    assert dict(found.rows("stores", "id, country")) == {
        "away": None,
        "here": "US",
        "backup of away": None,
        "backup of here": "US",
    }
    assert found.why("stores", "country")["backup of away"] == (
        "where its database stands is not known, and the backup may be with it"
    )
