"""The demo tenancy, collected by the real SDK, held to the list of what is wrong with it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

import pytest

from auditor.collect.door import Silence
from auditor.collect.engine import collect
from auditor.collect.oci.client import OciDoor
from auditor.collect.period import within_period
from auditor.collect.registry import load_collectors
from auditor.demo.oci.credentials import TENANCY
from auditor.demo.tenancy.estate import oci_estate
from auditor.demo.tenancy.planted import BREACHES, GAPS, PLANTED
from auditor.evidence import EvidenceStore, read_evidence
from auditor.facts import derive
from auditor.model import Audit, ClassificationRule, Outcome, Party, Record, Target
from auditor.policy import evaluate, load_pack
from auditor.resources import data_folder
from auditor.results import Results, Verdict

TAG = "data-class"


@dataclass(frozen=True, slots=True)
class Run:
    """One audit of the tenancy."""

    records: list[Record]
    results: Results
    waits: list[float]

    def shown(self) -> Iterator[tuple[str, str, str]]:
        """Yield control, row and verdict of everything that did not pass."""
        for control in self.results.controls:
            for finding in control.findings:
                yield control.id, finding.row_id, str(finding.verdict)
            if control.id == "G-10":
                for gap in control.gaps:
                    yield control.id, gap.coverage_id, "indeterminate"


def audit_of(target: Target) -> Audit:
    """Return what decides the audit that ``planted`` speaks of."""
    return Audit(
        id="test",
        agreement="",
        company="",
        as_of="2026-11-21T12:00:00Z",
        period_start="2025-11-21",
        period_end="2026-11-21",
        tool_version="0",
        targets=(target,),
        parties=(
            Party(name="Oracle", roles=("trusted provider",), operators=("Oracle",)),
            Party(name="Farshore", roles=("excluded",), accounts=("ocid1.tenancy.oc1..far",)),
        ),
        boundary_accounts=(TENANCY,),
        classification=(
            ClassificationRule(
                name="user", data_classes=("us_user_data",), tags={TAG: "us-user-data"}
            ),
            ClassificationRule(name="operations", data_classes=(), tags={TAG: "operations"}),
        ),
    )


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Collect, derive and evaluate once; nobody waits for a throttle."""
    bundle = tmp_path_factory.mktemp("bundle")
    waits: list[float] = []
    with oci_estate() as target:
        door = OciDoor(target, wait=waits.append)
        store = EvidenceStore(bundle)
        audit = audit_of(target)
        collectors = within_period(load_collectors(), audit)
        collect(
            [target],
            collectors,
            {target.name: door},
            store,
            now=lambda: "2026-11-21T12:00:00Z",
            progress=Silence(),
        )
        store.close()
        door.close()
    facts = bundle / "facts"
    derive(
        audit,
        collectors,
        read_evidence(bundle),
        statements=bundle / "statements",
        facts=facts,
    )
    results = evaluate(facts, [load_pack(data_folder("policies") / "ttp-2020")], audit)
    return Run([record for _, record in read_evidence(bundle)], results, waits)


def test_every_planted_wrong_is_found(run: Run) -> None:
    """A breach that a run misses is a failing test."""
    shown = set(run.shown())
    missed = [
        planted
        for planted in PLANTED
        if not any(
            control == planted.control
            and fnmatchcase(row, planted.row)
            and verdict == planted.verdict
            for control, row, verdict in shown
        )
    ]

    assert missed == []


def test_nothing_else_is_wrong(run: Run) -> None:
    """What is in order must pass."""
    extra = [
        (control, row, verdict)
        for control, row, verdict in run.shown()
        if not any(
            control == planted.control
            and fnmatchcase(row, planted.row)
            and verdict == planted.verdict
            for planted in PLANTED
        )
    ]

    assert "\n".join(map(str, extra)) == ""


def test_most_of_it_is_in_order(run: Run) -> None:
    """An estate in which everything is wrong shows nothing."""
    populations = {control.id: control.population for control in run.results.controls}

    assert populations["A-02"].total >= 60
    assert populations["A-02"].passed > 3 * populations["A-02"].failed
    assert len({planted.what for planted in BREACHES}) >= 11
    assert len({planted.what for planted in GAPS}) >= 5


def test_permanent_throttling_ends_in_one_failed_record(run: Run) -> None:
    """Bounded tries, and the run goes on."""
    failed = [record for record in run.records if record.answer.outcome is Outcome.FAILED]

    (record,) = failed
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
