"""Events that a provider's API hands out itself, where no log was delivered: asked hour by hour.

CloudTrail's event history holds management events of the last 90 days, and OCI Audit every event of
up to 365 days. Each day of one account and region, or hour of one compartment, is an object here.

Sources:
    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
    https://docs.oracle.com/en-us/iaas/api/#/en/audit/20190901/AuditEvent/ListEvents
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from auditor.activity.buckets import Ask
from auditor.activity.names import Days
from auditor.activity.objects import Content, Folder, Listed, Refusal
from auditor.model import Json, Outcome, Request

_PAGE = 50  # events; the most that LookupEvents gives at once
_MOST = 20_000  # pages of one day


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupEvents:
    """CloudTrail's event history.

    Attributes:
        places: accounts and regions to ask in.
        as_of: what was asked on the day of the audit is asked again in a later one.
    """

    ask: Ask
    target: str
    places: Sequence[tuple[str, str]]
    days: Days
    as_of: str

    def look(self, prefix: str, after: str = "") -> Iterator[Listed | Folder | Refusal]:
        """Yield every day of every place; see ``Objects``."""
        yield from self.list(prefix, after, "\U0010ffff")

    def list(self, prefix: str, after: str, until: str) -> Iterator[Listed]:
        """Yield every day of every place; see ``Objects``."""
        keys = (f"{account}/{region}/{day:%Y/%m/%d}/events.json"
                for account, region in sorted(self.places) for day in self.days.inner)  # fmt: skip
        for key in keys:
            if key.startswith(prefix) and after < key < until:
                yield Listed(key=key, size=0, version=_version(key, self.as_of))

    def read(self, key: str) -> Content | Refusal:
        """Return all events of one day, as one file; see ``Objects``."""
        account, region, year, month, day, _ = key.split("/")
        first = date(int(year), int(month), int(day))
        request = Request(
            collector="", place={"target": self.target, "account": account, "region": region},
            step="", service="cloudtrail", operation="LookupEvents", region=region,
            parameters={
                "StartTime": f"{first}T00:00:00Z", "EndTime": f"{first}T23:59:59Z",
                "MaxResults": _PAGE,
            },
        )  # fmt: skip
        return _joined(self.ask, request, key, "Events", "cloudtrail:LookupEvents")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEvents:
    """OCI Audit, asked for the events of each compartment.

    Attributes:
        places: tenancy, region and compartment.
    """

    ask: Ask
    target: str
    places: Sequence[tuple[str, str, str]]
    days: Days
    as_of: str

    def look(self, prefix: str, after: str = "") -> Iterator[Listed | Folder | Refusal]:
        """Yield every day of every compartment; see ``Objects``."""
        yield from self.list(prefix, after, "\U0010ffff")

    def list(self, prefix: str, after: str, until: str) -> Iterator[Listed]:
        """Yield every day of every compartment; see ``Objects``."""
        for place in sorted(self.places):
            for day in self.days.inner:
                key = f"{'/'.join(place)}/{day:%Y/%m/%d}/events.json"
                if key.startswith(prefix) and after < key < until:
                    yield Listed(key=key, size=0, version=_version(key, self.as_of))

    def read(self, key: str) -> Content | Refusal:
        """Return all events of one day, as one file; see ``Objects``."""
        _, region, compartment, year, month, day, _ = key.split("/")
        first = date(int(year), int(month), int(day))
        request = Request(
            collector="", place={"target": self.target}, step="", service="audit.AuditClient",
            operation="list_events", region=region,
            # Seconds must be 0: Oracle takes whole minutes only.
            parameters={
                "compartment_id": compartment, "start_time": f"{first}T00:00:00Z",
                "end_time": f"{first + timedelta(days=1)}T00:00:00Z",
            },
        )  # fmt: skip
        return _joined(self.ask, request, key, "", "read audit-events")


def _joined(ask: Ask, request: Request, key: str, items: str, permission: str) -> Content | Refusal:
    events: list[Json] = []
    asked: Request | None = request
    for _ in range(_MOST):
        if asked is None:
            break
        answer = ask(asked)
        if answer.outcome is not Outcome.OK:
            code = f" ({answer.code})" if answer.code else ""
            needed = permission if answer.outcome is Outcome.DENIED else ""
            reason = f"{request.operation} {answer.outcome.phrase}{code}"
            return Refusal(about=ascii(key), reason=reason, permission=needed)
        body = answer.body
        found = body.get(items) if items and isinstance(body, Mapping) else body
        events += found if isinstance(found, list) else []
        asked = replace(asked, token=answer.token) if answer.token is not None else None
    else:
        return Refusal(about=ascii(key), reason=f"it has more than {_MOST} pages")
    told: Json = {items: events} if items else events
    return Content(data=json.dumps(told, sort_keys=True).encode())


def _version(key: str, as_of: str) -> str:
    """Days that were over for two days stay as they are; events of later ones may still come."""
    said = "-".join(key.split("/")[-4:-1])
    settled = (date.fromisoformat(as_of[:10]) - timedelta(days=2)).isoformat()
    return "settled" if said < settled else as_of
