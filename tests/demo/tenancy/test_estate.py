"""The demo tenancy, collected by the real SDK, held to the list of what is wrong with it."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb
import pytest

from auditor.collect.oci.client import OciDoor
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.registry import load_collectors
from auditor.demo.oci.credentials import TENANCY
from auditor.demo.tenancy.builder import FRANKFURT, HOME, LEGACY, ocid
from auditor.demo.tenancy.estate import UNINDEXED, oci_estate
from auditor.demo.tenancy.planted import BREACHES, GAPS, PLANTED
from auditor.demo.tenancy.plots.beyond_the_index import WORKSHOP
from auditor.demo.tenancy.plots.what_is_new import NEW, OPERATION
from auditor.evidence import read_evidence
from auditor.model import Outcome, Record
from auditor.results import Results, Verdict
from auditor.tables import Flow, Processor, Store
from tests.demo.auditing import Half, audit_half
from tests.demo.tenancy.outcomes import (
    JudgedRow,
    named_types,
    places_charged,
    places_indexed,
    places_listed,
    read_judged,
)

COLLECTORS = tuple(each for each in load_collectors() if each.provider == "oci")
KINDS = {each.kind for each in COLLECTORS if {Store, Processor, Flow} & set(each.tables)}
WITHOUT_ROWS = {"oci.blockvolume.policy": "what it copies is told by the volumes it is assigned to"}
WITHOUT_LOOK_ALIKE = {
    "oci.cloudguard.configuration": "a tenancy has one",
    "oci.managedmac.order": "what lists orders states neither their tags nor a place",
}
TRANSFERS = {"replication", "copy", "backup", "export", "stream", "sync", "mount"}
MECHANISMS = TRANSFERS | {"share", "link", "public", "edge", "inference"}
ONLY_UNKNOWN = {
    "edge": "where servers that are named by address stand is not stated",
    "share": "who holds the key of a console connection is not stated",
}


@dataclass(frozen=True)
class Run:
    """One audit of the tenancy."""

    numbered: dict[int, Record]
    half: Half
    waits: list[float]

    @property
    def results(self) -> Results:
        """What controls say."""
        return self.half.results

    @property
    def facts(self) -> Path:
        """The folder of its tables."""
        return self.half.facts

    @cached_property
    def records(self) -> list[Record]:
        """Everything that was asked, with its answers."""
        return list(self.numbered.values())

    @cached_property
    def rows(self) -> list[JudgedRow]:
        """Every store, processor and flow, with what controls say of it as such.

        What runs there is another matter: nothing in this half vouches for any build.
        """
        shown = {each for each in self.half.shown() if not each[0].startswith("C-")}
        return list(read_judged(self.facts, self.numbered, shown))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Collect, derive and evaluate once; nobody waits for a throttle."""
    waits: list[float] = []
    half = audit_half(
        tmp_path_factory.mktemp("demo"),
        "oci",
        oci_estate,
        lambda target: OciDoor(target, wait=waits.append),
    )
    return Run(dict(read_evidence(half.bundle)), half, waits)


def test_every_planted_wrong_is_found(run: Run) -> None:
    """A breach that a run misses is a failing test."""
    shown = run.half.shown()
    missed = [
        planted
        for planted in PLANTED
        if planted.surely and not any(planted.shows(*each) for each in shown)
    ]

    assert missed == []


def test_nothing_else_is_wrong(run: Run) -> None:
    """What is in order must pass."""
    extra = [
        each
        for each in sorted(run.half.shown())
        if not any(planted.shows(*each) for planted in PLANTED)
    ]

    assert "\n".join(map(str, extra)) == ""


@pytest.mark.parametrize("control", ["B-01", "B-02", "B-03", "B-04"])
def test_people_have_look_alikes_that_pass(run: Run, control: str) -> None:
    """A control that notices everybody notices nobody."""
    (judged,) = [each for each in run.results.controls if each.id == control]

    assert judged.population.passed > 0
    assert judged.population.failed > 0


def test_every_kind_that_holds_or_moves_data_is_planted(run: Run) -> None:
    """A collector that finds nothing in the demo has never been seen to find anything."""
    found = {row.kind for row in run.rows}

    assert sorted(KINDS - found) == sorted(WITHOUT_ROWS)


def test_every_kind_has_a_breach_that_is_noticed(run: Run) -> None:
    """Or a gap, where nobody states what would make it one."""
    noticed = {row.kind for row in run.rows if row.verdicts}

    assert sorted(KINDS - noticed) == sorted(WITHOUT_ROWS)


def test_every_kind_has_a_look_alike_that_passes(run: Run) -> None:
    """A control that notices everything notices nothing."""
    passed = {row.kind for row in run.rows if not row.verdicts}

    assert sorted(KINDS - passed) == sorted(KINDS & {*WITHOUT_ROWS, *WITHOUT_LOOK_ALIKE})


def test_every_mechanism_has_a_breach_and_a_look_alike(run: Run) -> None:
    """Data can leave in each of these ways, and in each of them it may stay."""
    failed = {row.mechanism for row in run.rows if "fail" in row.verdicts}
    noticed = {row.mechanism for row in run.rows if row.verdicts}
    passed = {row.mechanism for row in run.rows if not row.verdicts}

    assert MECHANISMS - noticed == MECHANISMS - passed == set()
    assert MECHANISMS - failed <= set(ONLY_UNKNOWN)


def test_nothing_is_skipped_on_the_word_of_the_search_index_alone_where_a_type_is_not_indexed(
    run: Run,
) -> None:
    """Such types are listed wherever the index names, or the bill charges, anything at all."""
    known = named_types(run.records)
    charged = places_charged(run.records)
    occupied = places_indexed(run.records) | charged
    everywhere = {
        *occupied,
        *((region, place) for region, _ in occupied for place in (TENANCY, LEGACY)),
    }
    asked = {
        each.kind: places_listed(run.records, each)
        for each in COLLECTORS
        if each.per == PER_COMPARTMENT
        and not (each.types and {name.casefold() for name in each.types} <= known)
    }

    assert not known & {name.casefold() for name in UNINDEXED}
    assert (FRANKFURT, WORKSHOP) in charged - places_indexed(run.records)
    assert len(asked) >= 20
    assert {kind for kind, places in asked.items() if places != everywhere} == set()


def test_what_the_search_index_does_not_know_is_found(run: Run) -> None:
    """In compartments of which it names something else, and where it names nothing."""
    found = {row.id: row.verdicts for row in run.rows}

    for kind, name in (("kafkacluster", "reactions"), ("lustrefilesystem", "rehearsal")):
        assert "fail" in found[ocid(kind, FRANKFURT, name)]


def test_most_of_it_is_in_order(run: Run) -> None:
    """An estate in which everything is wrong shows nothing."""
    populations = {control.id: control.population for control in run.results.controls}

    assert populations["A-02"].total >= 60
    assert populations["A-02"].passed > 2 * populations["A-02"].failed
    assert len({planted.what for planted in BREACHES}) >= 150
    assert len({planted.what for planted in GAPS}) >= 60


def test_what_is_new_in_answers_is_named_and_nothing_else(run: Run) -> None:
    """The simulator answers as the SDK knows it, except where somebody planted something new."""
    path = run.facts / "novelties.parquet"
    query = f"SELECT operation, what, path, value, times, len(evidence) FROM '{path}'"

    with duckdb.connect() as database:
        found = set(database.execute(query).fetchall())

    assert found == {(OPERATION, *new, 1, 1) for new in NEW}


def test_a_function_is_followed_to_the_image_that_is_kept(run: Run) -> None:
    """By its digest; and the signature on that image holds."""
    chains, artifacts = (run.facts / f"{each}.parquet" for each in ("chains", "artifacts"))
    query = (
        f"SELECT deployment_id, kept, broken, signed FROM '{chains}' AS c "
        f"JOIN '{artifacts}' AS a ON a.id = c.artifact_id WHERE c.kind = 'function'"
    )

    with duckdb.connect() as database:
        found = database.execute(query).fetchall()

    assert found == [(ocid("fnfunc", HOME, "publisher"), True, "provenance", True)]


def test_permanent_throttling_ends_in_one_failed_record(run: Run) -> None:
    """Bounded tries, and the run goes on."""
    failed = [record for record in run.records if record.answer.outcome is Outcome.FAILED]

    # The others are of a cluster that is out of reach.
    (record,) = (each for each in failed if each.request.collector != "oci.oke.cluster")
    assert (record.request.operation, record.answer.code) == (
        "list_volume_backups",
        "TooManyRequests",
    )
    assert record.answer.throttled == len(run.waits) + 1
    assert len(run.waits) < 10


def test_no_call_is_made_twice(run: Run) -> None:
    """Every answer is kept, so nothing needs to be asked again."""
    asked = Counter(
        (
            record.request.service,
            record.request.operation,
            record.request.region,
            record.request.endpoint,
            repr(sorted(record.request.parameters.items())),
            repr(record.request.token),
        )
        for record in run.records
    )

    assert [call for call, times in asked.items() if times > 1] == []


def test_controls_without_any_population_are_none_of_these(run: Run) -> None:
    """Each storage control has something to say about the tenancy."""
    said = {control.id: control.verdict for control in run.results.controls}

    assert said["A-06"] in (Verdict.PASS, Verdict.INDETERMINATE)
    assert said["A-02"] is Verdict.FAIL
