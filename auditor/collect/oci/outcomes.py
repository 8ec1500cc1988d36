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
    return Answer(
        outcome=Outcome.OK, body=body, request_id=request_id, token=token, throttled=throttled
    )


def _shape(operation: str) -> tuple[type, ...]:
    """Return what an answer may be. What has no members would read as "nothing is set"."""
    if operation in _TEXTS:
        return (str,)
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
