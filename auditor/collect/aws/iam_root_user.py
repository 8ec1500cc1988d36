"""AWS Identity and Access Management: the root user of an account, and when users last signed in.

A report on credentials says when each was last used. It is read if somebody had one made within
the last four hours, and never asked for: that would change the account.

API: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html
Report: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
"""

import base64
import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from auditor.collect.aws.reading import is_absent, maybe_text
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Maybe, Principal

_Line = Mapping[str, str]
_ROOT = "<root_account>"
_NO_REPORT = Unknown("nobody had a credential report made within the last four hours")
_ODD_REPORT = Unknown("the provider's answer has a credential report in an unknown form")
_NO_ROOT = Unknown("the credential report has no line of the root user")
_NOT_HERE = Unknown("the credential report was not asked for it")
_USES = ("password_last_used", "access_key_1_last_used_date", "access_key_2_last_used_date")
_KEYS = (
    ("access_key_1_active", "access_key_1_last_rotated"),
    ("access_key_2_active", "access_key_2_last_rotated"),
)


def _rows(found: Found) -> Iterator[Principal]:
    report = _report(found)
    lines = () if isinstance(report, Unknown) else report
    root = next((line for line in lines if line.get("user") == _ROOT), None)
    yield _root(found, report if isinstance(report, Unknown) else root or _NO_ROOT)
    for line in lines:
        if line is not root and line.get("arn"):
            yield _seen(found, line)


def _report(found: Found) -> Maybe[Sequence[_Line]]:
    if is_absent(found, "report"):
        return _NO_REPORT
    content = maybe_text(found, "report.Content")
    if isinstance(content, Unknown):
        return content
    try:
        report = base64.b64decode(content, validate=True).decode()
        lines = list(csv.DictReader(report.splitlines(), restkey="", restval="", strict=True))
    except (ValueError, csv.Error):
        return _ODD_REPORT
    return lines or _ODD_REPORT


def _root(found: Found, line: Maybe[_Line]) -> Principal:
    account = found.place["account"]
    keys = _count(found, "AccountAccessKeysPresent")
    return Principal(
        id=f"arn:aws:iam::{account}:root",
        evidence=found.evidence,
        provider="aws",
        account=account,
        kind="root",
        name="root",
        # An organisation can take root's password away; older answers do not speak of it.
        password=_is_positive(_count(found, "AccountPasswordPresent", absent=1)),
        second_factor=_is_positive(_count(found, "AccountMFAEnabled")),
        lasting_keys=keys,
        oldest_key="" if keys == 0 else _oldest_key(line),
        created="",
        last_used=line if isinstance(line, Unknown) else _last_use(line),
        attributes={},
        tags={},
    )


def _count(found: Found, name: str, **default: int) -> Maybe[int]:
    # A summary that says nothing says nothing of what it leaves out.
    stated = found.read("item.SummaryMap")
    if isinstance(stated, Unknown):
        return stated
    value = found.read(f"item.SummaryMap.{name}", **default)
    if isinstance(value, Unknown) or type(value) is int:
        return value
    return Unknown(f"the provider's answer has a {name} that is not a whole number")


def _is_positive(count: Maybe[int]) -> Maybe[bool]:
    return count if isinstance(count, Unknown) else count > 0


def _seen(found: Found, line: _Line) -> Principal:
    """Return what a report adds to the row of a user, which the listing of users fills."""
    return Principal(
        id=line["arn"],
        evidence=found.records.get("report", ()),
        provider="aws",
        account=found.place["account"],
        kind="user",
        name=line.get("user") or _NOT_HERE,
        known_as=_NOT_HERE,
        password=_NOT_HERE,
        second_factor=_NOT_HERE,
        lasting_keys=_NOT_HERE,
        oldest_key=_NOT_HERE,
        created=_NOT_HERE,
        last_used=_last_use(line),
        boundary_id=_NOT_HERE,
        attributes={},
        tags=_NOT_HERE,
    )


def _last_use(line: _Line) -> Maybe[str]:
    """Return the latest use of a password or key; words in a moment's place mean there was none."""
    if not all(name in line for name in _USES):
        return _ODD_REPORT
    return max((_moment(line[name]) for name in _USES), default="")


def _oldest_key(line: Maybe[_Line]) -> Maybe[str]:
    if isinstance(line, Unknown):
        return line
    made = [_moment(line.get(moment, "")) for active, moment in _KEYS if line.get(active) == "true"]
    return min(made, default="") or _ODD_REPORT


def _moment(text: Json) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return ""
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return zoned.astimezone(UTC).isoformat().replace("+00:00", "Z")


ROOT_USER = Collector(
    kind="aws.iam.root-user",
    service="iam",
    title="the root user of the account, and when each user was last seen",
    per=("account",),
    listing=Listing(operation="GetAccountSummary", permission="iam:GetAccountSummary"),
    details=(
        Detail(
            name="report",
            operation="GetCredentialReport",
            permission="iam:GetCredentialReport",
            absent_on=("ReportNotPresent", "ReportExpired", "ReportInProgress"),
        ),
    ),
    tables=(Principal,),
    rows=_rows,
    source="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html",
)
