"""Events that a provider hands out itself become files of a day, as if they had been delivered."""

import json
from datetime import date
from pathlib import Path

from auditor.activity.lookups import AuditEvents, LookupEvents
from auditor.activity.names import Days
from auditor.activity.objects import Content, Refusal
from auditor.activity.recording import Source
from auditor.model import Answer, LogSource, Outcome, Request
from tests.activity.logs import ACCOUNT, REGION, START, event, recorded, rows, stretches

DAYS = Days(first=date(2025, 9, 30), last=date(2025, 10, 2))
AS_OF = "2025-10-20T00:00:00Z"


def lookup(request: Request) -> Answer:
    """Two pages of one event each."""
    number = 1 if request.token else 0
    said = event(number, START, eventName="PutBucketPolicy", readOnly=False)
    body = {"Events": [{"EventId": said["eventID"], "CloudTrailEvent": json.dumps(said)}]}
    token = None if number else {"NextToken": "more"}
    return Answer(outcome=Outcome.OK, body=body, token=token)


def test_the_event_history_is_read_day_by_day(tmp_path: Path) -> None:
    """All pages of a day are one file, whose events are CloudTrail's."""
    places = [(ACCOUNT, REGION)]
    history = LookupEvents(ask=lookup, target="main", places=places, days=DAYS, as_of=AS_OF)
    log = LogSource(name="history", kind="cloudtrail lookup", target="main")
    found = recorded(tmp_path / "bundle", [Source(log=log, objects=history)])
    assert rows(found, "summaries/*", "operation, events") == [("PutBucketPolicy", 2)]
    ((*_, integrity, whole, reason),) = stretches(found)
    assert (integrity, whole) == (None, None)
    assert reason == "the event history has management events only, of the last 90 days"


def test_what_is_refused_is_said() -> None:
    """A day that may not be asked for is no day without events."""

    def refuse(request: Request) -> Answer:
        return Answer(outcome=Outcome.DENIED, code="AccessDenied")

    places = [(ACCOUNT, REGION)]
    history = LookupEvents(ask=refuse, target="main", places=places, days=DAYS, as_of=AS_OF)
    (listed,) = history.list("", "", "~")
    assert history.read(listed.key) == Refusal(
        about=f"'{listed.key}'",
        reason="LookupEvents was denied (AccessDenied)",
        permission="cloudtrail:LookupEvents",
    )


def test_oracle_is_asked_for_whole_minutes() -> None:
    """Each compartment is asked for each day, from midnight to midnight."""
    asked: list[Request] = []

    def answer(request: Request) -> Answer:
        asked.append(request)
        return Answer(outcome=Outcome.OK, body=[{"eventId": "1"}])

    places = [("ocid1.tenancy", "us-ashburn-1", "ocid1.compartment")]
    events = AuditEvents(ask=answer, target="main", places=places, days=DAYS, as_of=AS_OF)
    (listed,) = events.look("")
    content = events.read(listed.key)  # type: ignore[union-attr]
    assert content == Content(data=b'[{"eventId": "1"}]')
    assert asked[0].parameters == {
        "compartment_id": "ocid1.compartment",
        "start_time": "2025-10-01T00:00:00Z",
        "end_time": "2025-10-02T00:00:00Z",
    }
