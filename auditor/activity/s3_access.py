"""Summarises server access logs of S3: lines of text that hold whatever requesters sent.

Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final

from auditor.activity.cloudtrail_identity import ANYBODY, account_of, partition_of, session_of
from auditor.activity.inflating import Inflating
from auditor.activity.operations import access_of_request
from auditor.activity.partial import Counting, Origin, Seen, Tally

LONGEST: Final = 1 << 20
"""Bytes of the longest line that is read. S3 takes requests of a few kilobytes."""

# Owner, bucket, time, address, requester, request id, operation, key: none can hold a space.
_HEAD: Final = re.compile(r"(\S+) (\S+) \[([^\]]*)\] (\S+) (\S+) (\S+) (\S+) (\S+)(?: (.*))?")
# The request as it came, status, error code, bytes sent, size of the object.
_OUTCOME: Final = r'(?:"{request}"|-) (\d{{3}}|-) (\S+) (\d+|-) (?:\d+|-)(?: |$)'
_FIRST_OUTCOME: Final = re.compile(_OUTCOME.format(request=".*?"))
_LAST_OUTCOME: Final = re.compile(_OUTCOME.format(request=".*"))
_QUOTES: Final = 6  # around the request, the referrer and the user agent
_TIME: Final = re.compile(r"(\d\d)/([A-Z][a-z]{2})/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)")
_MONTHS: Final = "JanFebMarAprMayJunJulAugSepOctNovDec"
_REFUSED: Final = 400


def summarise_s3_access(inflating: Inflating, tally: Tally) -> None:
    """Count every request of one file."""
    counting = Counting(tally)
    content = inflating.whole()
    pieces = inflating.pieces() if content is None else [content]
    for number, line in enumerate(_lines(pieces), 1):
        if not line.strip():
            continue
        if len(line) > LONGEST:
            tally.refuse(f"line {number}", "is longer than any that S3 writes")
            continue
        seen = _read(line.decode(errors="replace"), tally.origin)
        if isinstance(seen, str):
            tally.refuse(f"line {number}", seen)
        else:
            counting.add(seen)
    counting.finish()


def _lines(pieces: Iterable[bytes | bytearray]) -> Iterator[bytes | bytearray]:
    """Yield lines; of one that is too long no more than shows that it is."""
    rest: bytes | bytearray = b""
    for piece in pieces:
        *whole, last = piece.split(b"\n")
        if whole:
            yield rest + whole[0]
            yield from whole[1:]
            rest = last
        else:
            rest = (rest + last)[: LONGEST + 1]
    yield rest


def _read(line: str, origin: Origin) -> Seen | str:
    """Return what a line says, or why it cannot be read."""
    head = _HEAD.match(line)
    if not head:
        return "has too few fields"
    owner, bucket, time, address, requester, request, operation, _, rest = head.groups()
    moment = _moment(time)
    if not moment:
        return "has a moment that is none"
    failed, sent = _outcome(rest or "")
    principal, session = _who(requester, owner, operation, origin)
    return Seen(
        moment=moment,
        account=origin.account,
        region=origin.region,
        service="s3",
        operation=operation,
        access=access_of_request(operation),
        principal=principal,
        principal_account=account_of(principal),
        session=session,
        store=f"arn:{partition_of(origin.region)}:s3:::{bucket}",
        address="" if address == "-" else address,
        id=request,
        failed=failed,
        bytes_out=sent,
    )


def _outcome(rest: str) -> tuple[bool, int | None]:
    """Return whether a request was refused, and the bytes sent; None if that cannot be told.

    Requesters choose the request, the referrer and the user agent, and quotes in them are not
    escaped: where a line could be read in two ways, what it says after the request is not believed.
    """
    first = _FIRST_OUTCOME.match(rest)
    if not first:
        return False, None
    if rest.count('"') > _QUOTES:
        last = _LAST_OUTCOME.match(rest)
        if last is None or last.span(1) != first.span(1):
            return False, None
    status, error, sent = first.groups()
    refused = status != "-" and int(status) >= _REFUSED
    return refused or error != "-", 0 if sent == "-" else int(sent[:18])


def _who(requester: str, owner: str, operation: str, origin: Origin) -> tuple[str, str]:
    """Return the principal and the name of its session."""
    if operation.startswith("S3.") and not requester.startswith("arn:"):
        return "service:s3.amazonaws.com", ""  # lifecycle rules, which nobody asks for
    if requester == "-":
        return ANYBODY, ""
    if requester.startswith("svc:"):
        return f"service:{requester.removeprefix('svc:')}", ""
    if requester == owner and origin.account:
        return f"arn:{partition_of(origin.region)}:iam::{origin.account}:root", ""
    return session_of(requester)


@lru_cache(maxsize=4096)
def _moment(text: str) -> str:
    time = _TIME.fullmatch(text)
    if not time or (month := _MONTHS.find(time[2])) % 3:
        return ""
    offset = timedelta(hours=int(time[8]), minutes=int(time[9]))
    day, year, hour, minute, second = (int(time[group]) for group in (1, 3, 4, 5, 6))
    try:
        zone = timezone(-offset if time[7] == "-" else offset)
        moment = datetime(year, month // 3 + 1, day, hour, minute, second, tzinfo=zone).astimezone(
            UTC
        )
    except (ValueError, OverflowError):
        return ""
    return moment.isoformat().replace("+00:00", "Z")
