"""What GitHub's answers and errors mean for an audit.

Sources: https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api and
https://spec.graphql.org/October2021/#sec-Errors (a field that failed is null, its error beside it).
"""

import json
import math
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from auditor.collect.github.queries import Document
from auditor.model import Answer, Json, Outcome
from auditor.spec import dig

NOT_FOUND = 404
THROTTLED = 429
_REFUSED = (401, 403, NOT_FOUND, 451)
_NO_CONTENT = 204
_OK = 200
_REFUSALS = frozenset({"FORBIDDEN", "NOT_FOUND", "INSUFFICIENT_SCOPES", "UNAUTHENTICATED"})
_TIMED_OUT = frozenset({"RESOURCE_LIMITS_EXCEEDED", "TIMEOUT"})
_ALIKE = "GitHub answers alike for what may not be seen and for what does not exist"
_LONGEST_MESSAGE = 2_000


def parse(content: bytes) -> Json:
    """Return a body as JSON.

    Raises:
        ValueError: it is no JSON, such as the page of a proxy, or holds what JSON has not.
    """
    try:
        return json.loads(content, parse_constant=_finite, parse_float=_finite)
    except RecursionError as error:
        raise ValueError("the answer is nested too deeply") from error


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is not a number of JSON")
    return number


def accept(status: int, content: bytes, headers: Mapping[str, str], asked: Json) -> Answer:
    """Return the answer to a request of the REST API that worked.

    Args:
        asked: token of the page that was asked for; None for the first.
    """
    request_id = headers.get("x-github-request-id", "")
    if status == _NO_CONTENT:
        return Answer(outcome=Outcome.OK, body={}, request_id=request_id)
    if status != _OK:  # 202: GitHub is still counting
        return fail(str(status), "GitHub has no answer yet", request_id)
    try:
        body = parse(content)
    except ValueError as error:
        return fail("NotJson", f"{error}; does a proxy answer?", request_id)
    if not isinstance(body, dict | list):
        return fail("UnexpectedAnswer", f"the answer is a {type(body).__name__}", request_id)
    token = _next_page(headers.get("link", ""))
    if token is not None and token == asked:
        return fail("RepeatedPage", "the answer asks for the same page again", request_id)
    return Answer(outcome=Outcome.OK, body=body, request_id=request_id, token=token)


def _next_page(link: str) -> Json:
    """Return the parameters of the next page, by RFC 8288; only they are taken from the link."""
    for part in link.split(","):
        address, _, relation = part.partition(";")
        if 'rel="next"' in relation:
            query = urlsplit(address.strip().strip("<>")).query
            return dict(parse_qsl(query)) or None
    return None


def refuse(status: int, content: bytes, headers: Mapping[str, str]) -> Answer:
    """Return the answer to a request that GitHub refused; the code is the status."""
    try:
        body = parse(content)
    except ValueError:
        body = None
    stated = body.get("message") if isinstance(body, dict) else None
    message = stated if isinstance(stated, str) else ""
    wanted = headers.get("x-accepted-github-permissions", "")
    if status in _REFUSED:
        message += f" ({_ALIKE})" if status == NOT_FOUND else ""
        message += f" (asks for {wanted})" if wanted else ""
    return Answer(
        outcome=Outcome.DENIED if status in _REFUSED else Outcome.FAILED,
        code=str(status),
        message=message[:_LONGEST_MESSAGE],
        request_id=headers.get("x-github-request-id", ""),
    )


def fail(code: str, message: str, request_id: str = "") -> Answer:
    """Return the answer to a request that did not come through."""
    return Answer(
        outcome=Outcome.FAILED,
        code=code,
        message=message[:_LONGEST_MESSAGE],
        request_id=request_id,
    )


def read_graph(document: Document, content: bytes, request_id: str, asked: Json) -> Answer:
    """Return the answer to a query. What was left out of it, and why, stands beside the data.

    Fields that the document expects to be hidden are null, and unknown to whoever reads them. Any
    other error refuses the page: a null may mean "none" there.
    """
    try:
        body = parse(content)
    except ValueError as error:
        return fail("NotJson", f"{error}; does a proxy answer?", request_id)
    errors = errors_of(body)
    grave = [each for each in errors if not _is_hidden(each, document)]
    if grave:
        return _refuse_graph(grave[0], body, request_id)
    if document.absent and not errors and _is_null(body, document.absent):
        return Answer(outcome=Outcome.ABSENT, body=body, code="none", request_id=request_id)
    listed = dig(body, f"data.{document.connection}")
    if not isinstance(listed, dict):
        return fail("Missing", f"the answer has no {document.connection}", request_id)
    return _page(body, listed, request_id, asked)


def _page(body: Json, listed: Mapping[str, Json], request_id: str, asked: Json) -> Answer:
    if None in (listed.get("nodes") or listed.get("edges") or ()):
        message = "the answer leaves out an item of a list"
        return Answer(outcome=Outcome.DENIED, code="Hidden", message=message, request_id=request_id)
    token = None
    if dig(listed, "pageInfo.hasNextPage"):
        token = dig(listed, "pageInfo.endCursor")
        if not isinstance(token, str) or token == asked:
            return fail("RepeatedPage", "the answer names no next page", request_id)
    return Answer(outcome=Outcome.OK, body=body, request_id=request_id, token=token)


def errors_of(body: Json) -> list[Mapping[str, Json]]:
    """Return the errors beside the data of an answer."""
    errors = body.get("errors") if isinstance(body, dict) else None
    if not isinstance(errors, list):
        return [] if not errors else [{"message": str(errors)}]
    return [each if isinstance(each, dict) else {"message": str(each)} for each in errors]


def is_throttled(errors: list[Mapping[str, Json]]) -> bool:
    """Whether GitHub refused a query for coming too fast."""
    return any(
        each.get("type") in ("RATE_LIMITED", "RATE_LIMIT")
        or "secondary rate limit" in str(each.get("message", "")).lower()
        for each in errors
    )


def has_timed_out(errors: list[Mapping[str, Json]]) -> bool:
    """Whether a query took GitHub too long, so that a shorter page may work."""
    return any(
        each.get("type") in _TIMED_OUT
        or str(each.get("message", "")).startswith("Something went wrong while executing")
        for each in errors
    )


def _is_hidden(error: Mapping[str, Json], document: Document) -> bool:
    path = error.get("path")
    names = [each for each in path if isinstance(each, str)] if isinstance(path, list) else []
    return error.get("type") in _REFUSALS and bool(names) and names[-1] in document.hidden


def _is_null(body: Json, path: str) -> bool:
    above, _, name = f"data.{path}".rpartition(".")
    parent = dig(body, above)
    return isinstance(parent, dict) and name in parent and parent[name] is None


def _refuse_graph(error: Mapping[str, Json], body: Json, request_id: str) -> Answer:
    code = str(error.get("type") or "QueryFailed")
    return Answer(
        outcome=Outcome.DENIED if code in _REFUSALS else Outcome.FAILED,
        body=body,
        code=code,
        message=str(error.get("message", ""))[:_LONGEST_MESSAGE],
        request_id=request_id,
    )
