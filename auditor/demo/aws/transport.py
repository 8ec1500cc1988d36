"""Answers in the network's place: refusals, and what moto has no answer for.

The client under audit is unchanged: it sends a signed request and reads a response in the
service's own wire format.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.handlers import BUILTIN_HANDLERS

from auditor.demo.aws.wire import is_played, refusal_of, respond, service_of, wire_form
from auditor.model import Json

XML = "text/xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What to answer to some calls.

    Attributes:
        operation: 'client.Operation', such as 'cognito-idp.ListUserPools'.
        status, code: HTTP status and error code of a refusal.
        account: account whose credentials sign the call; '' is any.
        region: region in the request's address; '' is any.
        words: text that must stand in the address or the body; '' is any.
        body: an answer in full, as it goes over the wire.
        answer: an answer by its members, as botocore would hand it out; every member must be one
            of the service's own model. Without a body or an answer, the call is refused.
    """

    operation: str
    status: int = 403
    code: str = "AccessDenied"
    account: str = ""
    region: str = ""
    words: str = ""
    body: str = ""
    answer: Mapping[str, Json] | None = None

    def fits(self, operation: str, request: AWSPreparedRequest) -> bool:
        """Whether this rule answers a call."""
        sent = request.body or b""
        text = request.url + (sent if isinstance(sent, str) else sent.decode(errors="replace"))
        return (
            operation == self.operation
            and (not self.region or f".{self.region}." in request.url)
            and (not self.words or self.words in text)
            and (not self.account or account_of(request) == self.account)
        )


@contextmanager
def answering(rules: Sequence[Rule]) -> Iterator[None]:
    """Let these rules answer before moto does, for clients that are made from now on."""

    def answer(event_name: str, request: AWSPreparedRequest, **_: Any) -> AWSResponse | None:
        service, name = service_of(event_name.removeprefix("before-send."))
        operation = f"{service}.{name}"
        rule = next((rule for rule in rules if rule.fits(operation, request)), None)
        if rule is None:
            return silence(operation, request)
        return _response(rule, operation, request)

    with listening(answer):
        yield


@contextmanager
def listening(handler: Callable[..., AWSResponse | None]) -> Iterator[None]:
    """Call a handler before each request of clients that are made from now on.

    botocore calls every handler, whatever the first one answered, and moto's objects to operations
    that it does not play: it is called only if this one has no answer.
    """
    replaced = list(BUILTIN_HANDLERS)
    asked_before = [each for each in replaced if _answers(each[1])]
    ours = _InTurn((handler, *(answerer for _, answerer in asked_before)))
    others = [each for each in replaced if each not in asked_before]
    BUILTIN_HANDLERS[:] = [("before-send", ours), *others]
    try:
        yield
    finally:
        BUILTIN_HANDLERS[:] = replaced


# moto compiles its routes at the first call of a service. Python 3.11 fails now and then where two
# threads compile at once: "AST constructor recursion depth mismatch".
_ONE_AT_A_TIME = threading.RLock()


@dataclass(frozen=True, slots=True)
class _InTurn:
    """Asks one handler after the other, until one answers."""

    handlers: tuple[Callable[..., AWSResponse | None], ...]

    def __call__(self, **request: Any) -> AWSResponse | None:
        with _ONE_AT_A_TIME:
            answers = (handler(**request) for handler in self.handlers)
            return next((answer for answer in answers if answer is not None), None)


def _answers(handler: object) -> bool:
    from moto.core.models import botocore_stubber  # noqa: PLC0415

    return handler is botocore_stubber or isinstance(handler, _InTurn)


def silence(operation: str, request: AWSPreparedRequest) -> AWSResponse | None:
    """Answer that nothing is there, for an operation that moto does not play."""
    service, _, name = operation.partition(".")
    return None if is_played(service, name) else respond(request, *wire_form(service, name, {}))


def _response(rule: Rule, operation: str, request: AWSPreparedRequest) -> AWSResponse:
    service, _, name = operation.partition(".")
    if rule.body:
        return respond(request, 200, {"Content-Type": XML}, rule.body)
    if rule.answer is not None:
        return respond(request, *wire_form(service, name, rule.answer))
    what = f"User is not authorized to perform {service}:{name}"
    return respond(request, *refusal_of(service, name, rule.status, rule.code, what))


def account_of(request: AWSPreparedRequest) -> str:
    """Return the account whose credentials sign a call."""
    from moto.iam.models import get_account_id_from  # noqa: PLC0415

    signature = request.headers.get("Authorization", b"")
    text = signature.decode() if isinstance(signature, bytes) else signature
    key = text.partition("Credential=")[2].partition("/")[0]
    return str(get_account_id_from(key))
