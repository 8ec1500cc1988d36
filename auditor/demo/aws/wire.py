"""Answers of AWS in its services' own wire formats, made from botocore's models.

A wrong member is refused, so that no answer is played which the service could not have given.
"""

import importlib
import inspect
import json
from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from typing import Any

import botocore.session
from botocore import xform_name
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.model import OperationModel, Shape
from botocore.utils import EVENT_ALIASES

from auditor.model import Json


def service_of(operation: str) -> tuple[str, str]:
    """Return the client's name and the operation's, from 'service.Operation' of botocore's events.

    Events are named after service ids ('cognito-identity-provider'), clients are not.
    """
    identifier, _, name = operation.partition(".")
    return _clients().get(identifier) or _clients()[identifier.replace("-", "")], name


def wire_form(
    service: str, operation: str, answer: Mapping[str, Json]
) -> tuple[int, Mapping[str, str], str]:
    """Return an answer's status, headers and body; lists that it leaves out are empty.

    Raises:
        ValueError: the service's model has no such answer.
    """
    from moto.core.serialize import get_serializer_class  # noqa: PLC0415
    from moto.core.utils import get_service_model  # noqa: PLC0415

    model = _model(service, operation)
    whole = {**_nothing(model.output_shape), **answer}
    _check(whole, model.output_shape, f"{service}.{operation}")
    protocol = str(model.service_model.resolved_protocol)
    of_moto = get_service_model(service).operation_model(operation)
    made = get_serializer_class(service, protocol)(of_moto).serialize(whole)
    body = made["body"]
    text = body.decode() if isinstance(body, bytes) else str(body)
    return made["status_code"], made["headers"], text


def refusal_of(
    service: str, operation: str, status: int, code: str, message: str
) -> tuple[int, Mapping[str, str], str]:
    """Return a refusal's status, headers and body, in the service's wire format."""
    protocol = str(_model(service, operation).service_model.resolved_protocol)
    if "json" in protocol:
        body = json.dumps({"__type": code, "message": message})
        kind = {"Content-Type": "application/x-amz-json-1.1", "x-amzn-ErrorType": code}
        return status if protocol == "rest-json" else 400, kind, body
    error = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    if protocol == "ec2":
        error = f"<Response><Errors>{error}</Errors><RequestID>demo</RequestID></Response>"
    elif service != "s3":
        error = f"<ErrorResponse>{error}<RequestId>demo</RequestId></ErrorResponse>"
    return status, {"Content-Type": "text/xml"}, error


def respond(
    request: AWSPreparedRequest, status: int, headers: Mapping[str, str], body: str
) -> AWSResponse:
    """Return a response as urllib3 would hand it to botocore."""
    return AWSResponse(request.url, status, dict(headers), _Raw(body.encode()))


@cache
def is_played(service: str, operation: str) -> bool:
    """Whether moto plays an operation of a client, well or badly."""
    if service in _DISPATCHED_BY_ADDRESS:
        return True
    if (service, operation) in _WANTING_MORE:
        return False
    method = xform_name(operation)
    return any(hasattr(player, method) for player in _players(service))


@cache
def _players(service: str) -> tuple[type, ...]:
    from moto.backends import list_of_moto_modules  # noqa: PLC0415
    from moto.core.responses import BaseResponse  # noqa: PLC0415

    names = {service.replace("-", ""), service.replace("-", "_"), _ALIASES.get(service, "")}
    found: list[type] = []
    for name in names & set(list_of_moto_modules()):
        module = importlib.import_module(f"moto.{name}.responses")
        members = (each for _, each in inspect.getmembers(module, inspect.isclass))
        found += [each for each in members if issubclass(each, BaseResponse)]
    return tuple(found)


# Services that moto's folders name otherwise.
_ALIASES = {"lambda": "awslambda"}
# moto's S3 finds its methods by the request's address, whatever the operation's name.
_DISPATCHED_BY_ADDRESS = frozenset({"s3"})
# moto stumbles over a parameter that is optional at AWS.
_WANTING_MORE = frozenset({("dynamodb", "ListExports")})


@cache
def _clients() -> Mapping[str, str]:
    available = _session().get_available_services()
    names = {name.replace("-", ""): name for name in available}
    names |= {name: name for name in available}
    names |= {event: name for name, event in EVENT_ALIASES.items() if name in names}
    return {**names, "lex-models-v2": "lexv2-models"}


@cache
def _model(service: str, operation: str) -> OperationModel:
    return _session().get_service_model(service).operation_model(operation)


@cache
def _session() -> Any:
    return botocore.session.Session()


def _nothing(shape: Shape | None) -> dict[str, Json]:
    """Return the empty lists that an answer of this shape has at its top."""
    members = shape.members.items() if shape is not None else ()
    return {name: [] for name, member in members if member.type_name == "list"}


def _check(value: Json, shape: Shape | None, path: str) -> None:
    if getattr(shape, "is_document_type", False):
        return  # it may hold anything
    if shape is None or shape.type_name == "structure":
        _check_members(value, shape, path)
    elif shape.type_name == "list":
        for inner in value:
            _check(inner, shape.member, f"{path}[]")
    elif shape.type_name == "map":
        for inner in value.values():
            _check(inner, shape.value, f"{path}{{}}")


def _check_members(value: Mapping[str, Json], shape: Shape | None, path: str) -> None:
    members = shape.members if shape is not None else {}
    for name, inner in value.items():
        if name not in members:
            raise ValueError(f"{path} has no member {name}; it has {sorted(members)}")
        _check(inner, members[name], f"{path}.{name}")


class _Raw(BytesIO):
    """The part of urllib3's response that botocore reads."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.read()
