"""Faults on demand: which requests go wrong, how, and how often."""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.demo.oci.routes import Route

_DENIALS = (401, 403, 404)


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectedFault:
    """One rule; every criterion that is given must match.

    Attributes:
        operation: regular expression for the whole of ``module.Client.operation``.
        compartment: of the request, or of the resource that it asks for.
        resource: the value of any parameter of the request, such as an OCID or bucket name.
        times: how often it strikes; None for always.
        status: of the answer; None lets the request pass once ``delay`` is over.
        body: an answer's exact body; None for the error that ``code`` and ``message`` make.
        delay: seconds to wait first.
        disconnect: break the connection instead of answering.
    """

    operation: str = ".*"
    region: str | None = None
    compartment: str | None = None
    resource: str | None = None
    times: int | None = None
    status: int | None = None
    code: str = ""
    message: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    delay: float = 0.0
    disconnect: bool = False

    def fits(self, subject: "Subject") -> bool:
        """Say whether the rule is about this request."""
        return (
            re.fullmatch(self.operation, subject.route.name) is not None
            and self.region in (None, subject.region)
            and (self.resource is None or self.resource in subject.values)
            and (self.compartment is None or self.compartment in subject.compartments)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a rule may ask of a request."""

    route: Route
    region: str
    values: frozenset[str]
    compartments: frozenset[str]


class FaultPlan:
    """The rules in force, first match first. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: list[tuple[InjectedFault, list[int]]] = []

    def add(self, fault: InjectedFault) -> None:
        """Put a rule in force."""
        with self._lock:
            self._rules.append((fault, [0]))

    def clear(self) -> None:
        """Lift every rule."""
        with self._lock:
            self._rules.clear()

    def __bool__(self) -> bool:
        return bool(self._rules)

    def strike(self, subject: Subject) -> InjectedFault | None:
        """Return the rule that the request meets, and count that it did."""
        with self._lock:
            for fault, struck in self._rules:
                if (fault.times is None or struck[0] < fault.times) and fault.fits(subject):
                    struck[0] += 1
                    return fault
        return None

    def denies(self, subject: Subject) -> bool:
        """Say whether a rule denies such requests for good; nothing is counted."""
        with self._lock:
            return any(
                fault.times is None and fault.status in _DENIALS and fault.fits(subject)
                for fault, _ in self._rules
            )


def denied(operation: str, **criteria: str | int | None) -> InjectedFault:
    """Deny as OCI does: with the answer that it gives for what does not exist."""
    message = "Authorization failed or requested resource not found."
    return _fault(operation, 404, "NotAuthorizedOrNotFound", message, criteria)


def throttled(operation: str, **criteria: str | int | None) -> InjectedFault:
    """Refuse because of too many requests."""
    message = "User-rate limit exceeded."
    return _fault(operation, 429, "TooManyRequests", message, criteria)


def broken(operation: str, **criteria: str | int | None) -> InjectedFault:
    """Fail inside the service."""
    return _fault(operation, 500, "InternalServerError", "Internal error occurred", criteria)


def _fault(
    operation: str, status: int, code: str, message: str, criteria: Mapping[str, str | int | None]
) -> InjectedFault:
    return InjectedFault(
        operation=operation,
        status=status,
        code=code,
        message=message,
        **criteria,  # type: ignore[arg-type]
    )
