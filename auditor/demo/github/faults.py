"""What may go wrong on the way, for as often as somebody says.

Source: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
"""

import re
from dataclasses import dataclass, field

from auditor.model import Json


@dataclass(slots=True, kw_only=True)
class Fault:
    """An answer in place of the real one.

    Attributes:
        call: regular expression on 'GET /orgs/northstar-video/audit-log' or 'query History'.
        times: how often it still strikes; None is for ever.
    """

    call: str
    status: int
    message: str
    headers: dict[str, str] = field(default_factory=dict)
    times: int | None = 1

    def strikes(self, call: str) -> bool:
        """Whether it answers a call; if so, it has struck once more."""
        if self.times == 0 or not re.fullmatch(self.call, call):
            return False
        if self.times is not None:
            self.times -= 1
        return True

    @property
    def body(self) -> Json:
        """What it answers."""
        return refusal(self.status, self.message)


def refusal(status: int, message: str) -> Json:
    """Return the body of a refusal, as the REST API gives it."""
    where = "https://docs.github.com/rest"
    return {"message": message, "documentation_url": where, "status": str(status)}


def secondary_limit(call: str, *, seconds: int = 1, times: int | None = 1) -> Fault:
    """Return the refusal of a call that came too soon after others."""
    return Fault(
        call=call,
        status=403,
        message="You have exceeded a secondary rate limit. Please wait a few minutes before you "
        "try again.",
        headers={"Retry-After": str(seconds)},
        times=times,
    )


def bad_gateway(call: str, *, times: int | None = 1) -> Fault:
    """Return the failure of a query that took too long."""
    return Fault(call=call, status=502, message="Server Error", times=times)


def unseen(call: str) -> Fault:
    """Return how GitHub hides what a token has no permission for."""
    return Fault(call=call, status=404, message="Not Found", times=None)


def forbidden(call: str) -> Fault:
    """Return how GitHub refuses what an app has no permission for."""
    message = "Resource not accessible by integration"
    return Fault(call=call, status=403, message=message, times=None)
