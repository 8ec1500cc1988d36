"""Answers in the network's place: refusals, and what moto has no answer for.

The client under audit is unchanged: it sends a signed request and reads a response in the
service's own wire format.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.handlers import BUILTIN_HANDLERS

XML = "text/xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What to answer to some calls.

    Attributes:
        operation: 'service.Operation' as botocore names them.
        status, code: HTTP status and error code of a refusal.
        account: account whose credentials sign the call; '' is any.
        region: region in the request's address; '' is any.
        words: text that must stand in the address or the body; '' is any.
        body: an answer in full; '' answers with a refusal.
    """

    operation: str
    status: int = 403
    code: str = "AccessDenied"
    account: str = ""
    region: str = ""
    words: str = ""
    body: str = ""

    def fits(self, operation: str, request: AWSPreparedRequest) -> bool:
        """Whether this rule answers a call."""
        sent = request.body or b""
        text = request.url + (sent if isinstance(sent, str) else sent.decode(errors="replace"))
        return (
            operation == self.operation
            and (not self.region or f".{self.region}." in request.url)
            and (not self.words or self.words in text)
            and (not self.account or _account_of(request) == self.account)
        )


@contextmanager
def answering(rules: Sequence[Rule]) -> Iterator[None]:
    """Let these rules answer before moto does, for clients that are made from now on."""

    def answer(event_name: str, request: AWSPreparedRequest, **_: Any) -> AWSResponse | None:
        operation = event_name.removeprefix("before-send.")
        rule = next((rule for rule in rules if rule.fits(operation, request)), None)
        return _response(rule, operation, request) if rule else None

    with listening(answer):
        yield


@contextmanager
def listening(handler: Callable[..., AWSResponse | None]) -> Iterator[None]:
    """Call a handler before each request of clients that are made from now on."""
    # Before moto's own handler, which answers everything.
    entry = ("before-send", handler)
    BUILTIN_HANDLERS.insert(0, entry)
    try:
        yield
    finally:
        BUILTIN_HANDLERS.remove(entry)


def _response(rule: Rule, operation: str, request: AWSPreparedRequest) -> AWSResponse:
    if rule.body:
        return _respond(request, 200, XML, rule.body)
    service = operation.partition(".")[0]
    what = f"User is not authorized to perform {operation.replace('.', ':')}"
    if "X-Amz-Target" in request.headers:
        refusal = json.dumps({"__type": rule.code, "message": what})
        return _respond(request, 400, "application/x-amz-json-1.1", refusal)
    error = f"<Error><Code>{rule.code}</Code><Message>{what}</Message></Error>"
    if service == "ec2":
        error = f"<Response><Errors>{error}</Errors><RequestID>demo</RequestID></Response>"
    elif service != "s3":
        error = f"<ErrorResponse>{error}<RequestId>demo</RequestId></ErrorResponse>"
    return _respond(request, rule.status, XML, error)


def _respond(request: AWSPreparedRequest, status: int, kind: str, body: str) -> AWSResponse:
    return AWSResponse(request.url, status, {"Content-Type": kind}, _Raw(body.encode()))


class _Raw(BytesIO):
    """The part of urllib3's response that botocore reads."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.read()


def _account_of(request: AWSPreparedRequest) -> str:
    from moto.iam.models import get_account_id_from  # noqa: PLC0415

    signature = request.headers.get("Authorization", b"")
    text = signature.decode() if isinstance(signature, bytes) else signature
    key = text.partition("Credential=")[2].partition("/")[0]
    return str(get_account_id_from(key))
