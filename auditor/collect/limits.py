"""How fast a provider lets one account call: what it publishes, and a default for the rest."""

import importlib
import math
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Protocol

from auditor.model import Request

SHARE = 0.5  # of a published limit that is ours; the rest is the customer's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A bucket of calls that fills at a steady rate, in one account and region.

    Attributes:
        name: calls whose limit has the same name share the bucket.
        rate: calls a second.
        burst: calls that may come at once after a rest.
    """

    name: str
    rate: float
    burst: float


class Limits(Protocol):
    """What one provider publishes."""

    def of(self, request: Request) -> Limit:
        """Return the limit that a call counts towards."""


class Unlimited:
    """For a provider that is simulated, and for an estimate of what limits cost."""

    def of(self, request: Request) -> Limit:
        """Return a limit that nobody reaches; calls of one service stay together."""
        return Limit(name=request.service, rate=math.inf, burst=math.inf)


class Default:
    """For a provider that publishes nothing: twenty calls a second of one service."""

    def of(self, request: Request) -> Limit:
        """Return the service's limit."""
        return Limit(name=request.service, rate=20, burst=40)


def load_limits(provider: str) -> Limits:
    """Return the limits of a provider; importing them imports no SDK."""
    name = f"auditor.collect.{provider}.limits"
    package = f"auditor.collect.{provider}"
    if find_spec(package) is None or find_spec(name) is None:
        return Default()
    limits: Limits = importlib.import_module(name).LIMITS
    return limits
