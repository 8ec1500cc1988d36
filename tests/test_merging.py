"""Several collections in one bundle: the same facts as if one machine had collected them all."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from auditor.collect.door import Silence
from auditor.collect.engine import collect
from auditor.config.audit_file import read_audit, write_audit
from auditor.errors import BundleError, EvidenceError
from auditor.evidence import EvidenceStore, read_evidence
from auditor.facts import derive
from auditor.merging import merge
from auditor.model import Audit, Json, Request
from auditor.spec import Axis, Collector, Listing
from auditor.walk import Shard
from tests.fakes import COLLECTORS, NOON, TARGET, FakeDoor, answers, audit

MEMBERS = Collector(
    kind="fake.people.member",
    service="people",
    title="members",
    per=(),
    listing=Listing(operation="ListMembers", permission="people:List", items="Members"),
    tables=(),
    rows=lambda _: (),
    axis=Axis(name="account", value=lambda found: str(found.item)),
)
SEVERAL = (*COLLECTORS[1:], MEMBERS)
ACCOUNTS = [f"a{number}" for number in range(7)]


def collected(folder: Path, shard: Shard | None = None, accounts: Sequence[str] = ACCOUNTS) -> Path:
    """A collection of one shard, or of all."""

    def boxes(request: Request) -> Json:
        place = f"{request.place['account']}-{request.place['region']}"
        return {"Boxes": [{"Name": f"box-{place}"}]}

    folder.mkdir()
    about = audit(targets=(TARGET,), shards=(str(shard),) if shard else ())
    write_audit(about, folder / "audit.json")
    store = EvidenceStore(folder)
    replies = {**answers(), "ListMembers": {"Members": list(accounts)}, "ListBoxes": boxes}
    doors = {TARGET.name: FakeDoor(replies)}
    collect((TARGET,), SEVERAL, doors, store, now=lambda: NOON, progress=Silence(), shard=shard)
    store.close()
    return folder


def rows(bundle: Path, table: str, columns: str) -> list[tuple[Json, ...]]:
    """Columns of a fact table of a bundle, in the order of their ids."""
    facts = bundle / "facts"
    if not facts.exists():
        about: Audit = read_audit(bundle / "audit.json")
        derive(about, SEVERAL, read_evidence(bundle), statements=bundle, facts=facts)
    query = f"SELECT {columns} FROM '{facts / table}.parquet' ORDER BY id"
    return duckdb.execute(query).fetchall()


def test_shards_give_the_facts_of_the_whole(tmp_path: Path) -> None:
    whole = collected(tmp_path / "whole")
    parts = [collected(tmp_path / f"{each.number}", each) for each in Shard(1, 3).all]
    merge(parts, tmp_path / "merged")

    for table, columns in (
        ("stores", "id, account, region, country"),
        ("flows", "id, active, target_id, target_country"),
        ("regions", "id, country"),
    ):
        found = rows(tmp_path / "merged", table, columns)
        assert found == rows(whole, table, columns)
    assert len(rows(tmp_path / "merged", "stores", "id")) == 2 * len(ACCOUNTS)
    assert not any(gap for (gap,) in rows(tmp_path / "merged", "coverage", "open"))


def test_a_shard_that_is_missing_is_a_gap(tmp_path: Path) -> None:
    """Whoever loses a machine's work has not seen its accounts."""
    first, second, _ = Shard(1, 3).all
    parts = [collected(tmp_path / f"{each.number}", each) for each in (first, second)]
    merge(parts, tmp_path / "merged")

    gaps = rows(tmp_path / "merged", "coverage", "id, outcome, open")
    assert ("main/shard 3/3/fake.people.member", "unasked", True) in gaps
    lost = {f"main/{each}" for each in ACCOUNTS if Shard(3, 3).takes(each)}
    assert lost <= {name for name, outcome, is_open in gaps if is_open and outcome == "unasked"}


def test_an_account_that_its_own_shard_did_not_find_is_a_gap(tmp_path: Path) -> None:
    """An account can open between the listings of two shards."""
    first, second = Shard(1, 2).all
    late = next(each for each in ACCOUNTS if second.takes(each))
    parts = [
        collected(tmp_path / "1", first),
        collected(tmp_path / "2", second, [each for each in ACCOUNTS if each != late]),
    ]
    merge(parts, tmp_path / "merged")

    gaps = rows(tmp_path / "merged", "coverage", "id, account, open, tables")
    ((account, is_open, tables),) = [gap[1:] for gap in gaps if gap[0] == f"main/{late}"]
    assert (account, is_open) == (late, True)
    assert {"stores", "flows"} <= set(tables)


def test_a_single_shard_is_no_whole(tmp_path: Path) -> None:
    """It can be evaluated alone, and says what it lacks."""
    part = collected(tmp_path / "1", Shard(1, 2))

    assert any(gap for (gap,) in rows(part, "coverage", "open"))


def test_collections_of_two_targets_are_joined(tmp_path: Path) -> None:
    one, other = collected(tmp_path / "one"), collected(tmp_path / "other")
    about = read_audit(other / "audit.json")
    second = replace(about.targets[0], name="second")
    write_audit(replace(about, targets=(second,)), other / "audit.json")

    joined = merge([one, other], tmp_path / "joined")

    assert [target.name for target in joined.targets] == ["main", "second"]


def test_the_latest_moment_is_the_moment_of_the_whole(tmp_path: Path) -> None:
    parts = [collected(tmp_path / f"{each.number}", each) for each in Shard(1, 2).all]
    about = read_audit(parts[1] / "audit.json")
    write_audit(replace(about, as_of="2026-01-03T00:00:00Z"), parts[1] / "audit.json")

    assert merge(parts, tmp_path / "merged").as_of == "2026-01-03T00:00:00Z"


def test_what_does_not_belong_together_is_refused(tmp_path: Path) -> None:
    whole, again = collected(tmp_path / "whole"), collected(tmp_path / "again")
    part = collected(tmp_path / "part", Shard(1, 2))
    other = collected(tmp_path / "other", Shard(2, 2))
    about = read_audit(other / "audit.json")
    write_audit(replace(about, company="Another"), other / "audit.json")
    sealed = collected(tmp_path / "sealed", Shard(2, 2))
    (sealed / "SHA256SUMS").touch()

    for bundles, why in (
        ([whole, again], "same target"),
        ([part, part], "named twice"),
        ([part, whole], "whole collection stands among"),
        ([part, other], "another configuration"),
        ([part, sealed], "is sealed"),
        ([part, tmp_path / "none"], "not the folder of a collection"),
    ):
        with pytest.raises(BundleError, match=why):
            merge(bundles, tmp_path / "merged")
        assert not (tmp_path / "merged").exists()
    with pytest.raises(BundleError, match="exists"):
        merge([part], whole)


def test_evidence_of_a_shard_that_the_audit_does_not_name_is_refused(tmp_path: Path) -> None:
    part = collected(tmp_path / "part", Shard(1, 2))
    about = read_audit(part / "audit.json")

    for shards in (("1/3",), (), ("0/2",), ("1/2", "1/3")):
        with pytest.raises(EvidenceError, match="shard"):
            derive(
                replace(about, shards=shards),
                SEVERAL,
                read_evidence(part),
                statements=part,
                facts=tmp_path / "facts",
            )


def test_logs_that_were_read_into_one_collection_are_kept(tmp_path: Path) -> None:
    """Into two of them, events would count twice."""
    parts = [collected(tmp_path / f"part{n}", Shard(n, 2)) for n in (1, 2)]
    (parts[0] / "activity").mkdir()
    (parts[0] / "activity" / "files.parquet").write_bytes(b"x")
    merge(parts, tmp_path / "whole")
    assert (tmp_path / "whole" / "activity" / "files.parquet").read_bytes() == b"x"

    (parts[1] / "activity").mkdir()
    with pytest.raises(BundleError, match="events would count twice"):
        merge(parts, tmp_path / "doubled")
