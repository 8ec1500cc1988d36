"""What Oracle Cloud's answers and error codes mean for an audit.

Source: https://docs.oracle.com/en-us/iaas/Content/API/References/apierrors.htm
"""

import json
import math
import re
from collections.abc import Mapping

from auditor.model import Answer, Json, Outcome, Request

THROTTLED = 429
_NOT_FOUND, _NOT_IMPLEMENTED = 404, 501
_REFUSED = (401, 403, _NOT_FOUND)
_UNSUPPORTED = re.compile(r"UnsupportedOperation|OperationNotSupported|NotImplemented|NotSupported")
_ALIKE = "Oracle Cloud answers alike for what may not be seen and for what does not exist"
_LONGEST_MESSAGE = 2_000
_TEXTS = ("get_namespace",)  # operations whose answer is a string
_LISTS = ("get_volume_backup_policy_asset_assignment",)  # a list, whatever their name says
_SCIM = "identity_domains.IdentityDomainsClient"


class NotJson(str):
    """What should have been JSON and is not, such as the page of a proxy."""

    __slots__ = ()


def parse_body(content: bytes, response_type: str, allow_control_chars: object = None) -> Json:
    """Parse a body in the place of the SDK's own parser, with its signature.

    Strings may hold control characters: some services do not escape them. Numbers must be
    finite, as in JSON; Python's parser would take others.
    """
    del response_type, allow_control_chars
    text = content.decode("utf-8", "replace")
    try:
        return json.loads(text, strict=False, parse_float=_finite, parse_constant=_finite)
    except (ValueError, RecursionError):
        return NotJson(text)


def _finite(text: str) -> float:
    """Return a number.

    Raises:
        ValueError: it is not finite.
    """
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is not a number of JSON")
    return number


def accept(request: Request, body: Json, headers: Mapping[str, str], throttled: int) -> Answer:
    """Return the answer to a request that worked; what is no JSON is no answer."""
    token = headers.get("opc-next-page") or None
    request_id = headers.get("opc-request-id") or ""
    if token is not None and token == request.token:
        return fail("RepeatedPage", "the answer asks for the same page again", request_id)
    if isinstance(body, NotJson):
        return fail("NotJson", "the answer is not JSON; does a proxy answer?", request_id)
    if not isinstance(body, _shape(request.operation)):
        message = f"the answer to {request.operation} is a {type(body).__name__}"
        return fail("UnexpectedAnswer", message, request_id)
    following: Json = token
    if token is None and request.service == _SCIM and request.operation.startswith("list_"):
        try:
            following = _next_index(request, body)
        except ValueError as error:
            return fail("UnexpectedAnswer", str(error), request_id)
    return Answer(
        outcome=Outcome.OK, body=body, request_id=request_id, token=following, throttled=throttled
    )


def paged_by(token: Json) -> str:
    """Return the parameter that asks for the page of a token: an index is SCIM's."""
    return "start_index" if isinstance(token, int) else "page"


def _next_index(request: Request, body: Json) -> int | None:
    """Return the index at which an identity domain's next page starts, None after the last.

    What is on the page decides, not ``itemsPerPage``, which some servers fill with what was asked
    for. Source: RFC 7644, section 3.4.2.4.

    Raises:
        ValueError: the answer is no page, or one on which nothing follows although more is there.
    """
    total = body.get("totalResults") if isinstance(body, dict) else None
    if type(total) is not int:
        raise ValueError(f"the answer to {request.operation} states no totalResults")
    shown = body.get("Resources", [])
    start = body.get("startIndex", request.token or request.parameters.get("start_index", 1))
    if not isinstance(shown, list) or type(start) is not int:
        raise ValueError(f"the answer to {request.operation} is no page of a list")
    following = max(start, 1) + len(shown)
    if following > total:
        return None
    if not shown or following <= (request.token or 0):
        raise ValueError(f"{request.operation} shows {following - 1} of {total} and no more")
    return following


def _shape(operation: str) -> tuple[type, ...]:
    """Return what an answer may be. What has no members would read as "nothing is set"."""
    if operation in _TEXTS:
        return (str,)
    if operation in _LISTS:
        return (list,)
    return (dict,) if operation.startswith("get_") else (dict, list)


def refuse(
    status: int, code: str | None, message: str | None, request_id: str | None, throttled: int
) -> Answer:
    """Return the answer to a request that Oracle Cloud refused.

    Args:
        throttled: refusals for coming too fast before this one.
    """
    code, message = str(code or status), str(message or "")
    if status == _NOT_IMPLEMENTED or _UNSUPPORTED.search(code):
        outcome = Outcome.UNSUPPORTED
    elif status in _REFUSED:
        outcome = Outcome.DENIED
        message = f"{message} ({_ALIKE})" if status == _NOT_FOUND else message
    else:
        outcome = Outcome.FAILED
    return Answer(
        outcome=outcome,
        code=code,
        message=message[:_LONGEST_MESSAGE],
        request_id=request_id or "",
        throttled=throttled + (status == THROTTLED),
    )


def fail(code: str, message: str, request_id: str = "", throttled: int = 0) -> Answer:
    """Return the answer to a request that did not come through."""
    return Answer(
        outcome=Outcome.FAILED,
        code=code,
        message=message[:_LONGEST_MESSAGE],
        request_id=request_id,
        throttled=throttled,
    )
