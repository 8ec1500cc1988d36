"""What is asked and answered, and what stands for a value that nobody knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Json = Any  # JSON as parsed: None, bool, int, float, str, list or dict
Place = Mapping[str, str]  # axis -> value, such as account, region, compartment


class Outcome(StrEnum):
    """How one API call ended."""

    OK = "ok"
    ABSENT = "absent"  # the provider answered: this is not configured
    DENIED = "denied"  # we lack the permission, so we do not know
    FAILED = "failed"  # anything else, so we do not know
    UNSUPPORTED = "unsupported"  # the provider has no such operation there

    @property
    def known(self) -> bool:
        """Whether the provider told us what is there."""
        return self in (Outcome.OK, Outcome.ABSENT)

    @property
    def phrase(self) -> str:
        """What a sentence says of a call that ended so: 'ListBuckets was denied'."""
        return _PHRASES[self]


_PHRASES = {
    Outcome.OK: "was answered",
    Outcome.ABSENT: "found nothing configured",
    Outcome.DENIED: "was denied",
    Outcome.FAILED: "failed",
    Outcome.UNSUPPORTED: "is not supported",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One page of one read-only API call, before it is made."""

    collector: str
    place: Place
    step: str  # position in the walk, unique within collector and place
    service: str
    operation: str
    parameters: Mapping[str, Json]
    region: str = ""  # where to ask; '' is the provider's home region
    endpoint: str = ""  # a resource's own address, where it has one
    token: Json = None  # page token; None asks for the first page


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the provider said to one request.

    Attributes:
        body: the answer as it came; None when there is none.
        code: the provider's own error code, '' when it gave none.
        token: asks for the next page; None when this was the last.
        throttled: how many tries before this answer were refused for coming too fast.
        at: when the answer came, UTC, ISO 8601 with a Z.
    """

    outcome: Outcome
    body: Json = None
    code: str = ""
    message: str = ""
    request_id: str = ""
    token: Json = None
    throttled: int = 0
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One request with its answer: a line of the evidence."""

    request: Request
    answer: Answer


@dataclass(frozen=True, slots=True)
class Unknown:
    """Stands where a value would be, and says why there is none.

    Attributes:
        reason: a sentence for a reader, without a full stop.
        permission: what to grant so that it becomes known, '' if that would not help.
        evidence: index of the record that refused, -1 if there is none.
    """

    reason: str
    permission: str = ""
    evidence: int = -1
