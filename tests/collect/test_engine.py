"""Collecting: what is asked, what is kept, and what a refusal does."""

import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from auditor.collect.door import Silence
from auditor.collect.engine import Collection, collect
from auditor.collect.lanes import Lanes
from auditor.collect.limits import Limit
from auditor.collect.rehearsal import Rehearsal
from auditor.evidence import EvidenceStore, read_evidence
from auditor.model import Answer, Json, Outcome, Record, Request
from auditor.walk import Walk
from tests.fakes import COLLECTORS, DENIED, NOON, TARGET, FakeDoor, Reply, answers, ok


def run(folder: Path, replies: dict[str, Reply], workers: int = 4) -> tuple[FakeDoor, list[Record]]:
    """Collect from a fake provider into a folder."""
    door = FakeDoor(replies)
    store = EvidenceStore(folder)
    collect(
        (TARGET,),
        COLLECTORS,
        {"main": door},
        store,
        now=lambda: NOON,
        progress=Silence(),
        workers=workers,
    )
    store.close()
    return door, [record for _, record in read_evidence(folder)]


def test_every_call_is_made_once_and_kept(tmp_path: Path) -> None:
    """Each answer is a record; nothing is asked twice."""
    door, records = run(tmp_path, answers(boxes=5))

    assert Counter(request.operation for request in door.asked) == {
        "WhoAmI": 1,
        "ListRegions": 1,
        "ListBoxes": 2,
        "GetEncryption": 5,
        "GetTags": 5,
        "ListGroups": 1,
        "ListTrails": 1,
    }
    assert len(records) == len(door.asked)
    assert {record.answer.at for record in records} == {NOON}


def test_a_refused_listing_is_a_record_and_the_rest_goes_on(tmp_path: Path) -> None:
    """One closed door must neither stop the run nor vanish."""
    _, records = run(tmp_path, {**answers(), "ListGroups": DENIED})

    outcomes = {record.request.operation: record.answer.outcome for record in records}
    assert outcomes["ListGroups"] is Outcome.DENIED
    assert outcomes["GetTags"] is Outcome.OK
    assert "ListTrails" not in outcomes


def test_pages_are_followed_until_there_is_no_token(tmp_path: Path) -> None:
    """A listing ends where the provider says so, and its token is passed on as it came."""

    def pages(request: Request) -> Json | Answer:
        if request.region != "one":
            return {"Boxes": []}
        number = request.token or 0
        return ok({"Boxes": [{"Name": f"p{number}"}]}, number + 1 if number < 3 else None)

    door, _ = run(tmp_path, {**answers(), "ListBoxes": pages})

    asked = [r.token for r in door.asked if r.operation == "ListBoxes" and r.region == "one"]
    assert asked == [None, 1, 2, 3]
    assert sum(r.operation == "GetTags" for r in door.asked) == 4


def test_an_error_code_that_means_not_configured_is_absent(tmp_path: Path) -> None:
    """Only the codes that the collector names mean absence."""
    _, records = run(
        tmp_path,
        {**answers(), "GetEncryption": Answer(outcome=Outcome.FAILED, code="NoEncryption")},
    )

    kept = {r.answer.outcome for r in records if r.request.operation == "GetEncryption"}
    assert kept == {Outcome.ABSENT}


_KILLED = """
import os, signal, sys
from pathlib import Path
from tests.collect.test_engine import run
from tests.fakes import answers

def die(request):
    if request.parameters["Box"] == "b3":
        os.kill(os.getpid(), signal.SIGKILL)
    return {"Tags": {}}

run(Path(sys.argv[1]), {**answers(boxes=6), "GetTags": die}, workers=1)
"""


def test_a_killed_collection_asks_only_for_what_is_missing(tmp_path: Path) -> None:
    """After kill -9, no call whose answer is on disk is repeated, and the evidence is whole."""
    whole, _ = run(tmp_path / "whole", answers(boxes=6), workers=1)
    killed = tmp_path / "killed"

    ended = subprocess.run([sys.executable, "-c", _KILLED, str(killed)], check=False)

    assert ended.returncode == -signal.SIGKILL
    (journal,) = (killed / "evidence").glob("*.jsonl")
    kept = journal.read_bytes().count(b"\n")
    with journal.open("ab") as file:
        file.write(b'{"answer":{"at":"torn')
    again, records = run(killed, answers(boxes=6), workers=1)
    assert kept > 5
    assert kept + len(again.asked) == len(whole.asked)
    assert len(records) == len(whole.asked)


def rehearse(folder: Path, boxes: int, share: float) -> tuple[FakeDoor, float]:
    """Collect in imagined time, a tenth of a second for each call and ten calls a second."""
    door = FakeDoor(answers(boxes))
    store = EvidenceStore(folder)
    rehearsal = Rehearsal(door.ask, seconds=0.1, most=8)
    lanes = Lanes(rehearsal.now, {"main": TenASecond()}, share)
    Collection(Walk((TARGET,), COLLECTORS), lanes, store, Silence()).run(rehearsal)
    store.close()
    return door, rehearsal.now()


class TenASecond:
    """Ten calls a second of one service, one at once."""

    def of(self, request: Request) -> Limit:
        return Limit(name=request.service, rate=10, burst=1)


@pytest.mark.parametrize(("share", "seconds"), [(0.5, 40), (1.0, 20)])
def test_a_collection_keeps_to_its_share_and_loses_no_time(
    tmp_path: Path, share: float, seconds: float
) -> None:
    """It waits exactly as long as the limit demands, and then goes on by itself."""
    door, took = rehearse(tmp_path, boxes=100, share=share)

    assert len(door.asked) == 200 + 6
    assert took == pytest.approx(seconds, rel=0.05)


def test_progress_counts_what_has_not_begun(tmp_path: Path) -> None:
    """Nothing waits any more only when nothing is left to ask."""
    seen = []

    class Watch:
        def update(self, *, done: int, waiting: int, throttled: int, refused: int) -> None:
            seen.append(waiting)

    store = EvidenceStore(tmp_path)
    door = FakeDoor(answers())
    collect((TARGET,), COLLECTORS, {"main": door}, store, now=lambda: NOON, progress=Watch())
    store.close()

    assert seen.count(0) == 1
    assert seen[-1] == 0
