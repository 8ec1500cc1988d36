"""The witnesses of the demo estate: Resource Explorer, the bill, AWS's own list of services.

Resource Explorer is set up everywhere but in one region of one account. What it names, and what the
bill charges for, is a part of the estate and two things that nobody knows.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse

from auditor.demo.aws.accounts import (
    FRANKFURT,
    HOME,
    LOGS,
    MANAGEMENT,
    OPEN_REGIONS,
    SINGAPORE,
    USER_DATA,
    WEST,
)
from auditor.demo.aws.transport import account_of, listening
from auditor.demo.aws.wire import refusal_of, respond, service_of, wire_form

UNINDEXED = (LOGS, SINGAPORE)
ODD_RESOURCE = f"arn:aws:deadline:{HOME}:{USER_DATA}:farm/farm-0123"
ODD_SERVICE = "Amazon Oddity"
_TABLE = f"arn:aws:dynamodb:{HOME}:{USER_DATA}:table/sessions-1"
_ROLE = f"arn:aws:iam::{USER_DATA}:role/replication"

# Account and region -> type and ARN of what the inventory names there.
_NAMED: Mapping[tuple[str, str], Sequence[tuple[str, str]]] = {
    (USER_DATA, HOME): (
        ("dynamodb:table", _TABLE),
        ("iam:role", _ROLE),
        ("deadline:farm", ODD_RESOURCE),
    ),
}
_TYPES = ("deadline:farm", "dynamodb:table", "iam:role", "kms:key", "rds:cluster", "rds:db")
# Account -> name on the bill and region of each line.
_BILLS: Mapping[str, Sequence[tuple[str, str]]] = {
    MANAGEMENT: (("AWS Cost Explorer", "global"),),
    USER_DATA: (
        ("AWS Key Management Service", HOME),
        ("Amazon DynamoDB", WEST),
        (ODD_SERVICE, HOME),
    ),
    LOGS: (
        ("AWS Key Management Service", HOME),
        ("Amazon DynamoDB", WEST),
        ("Amazon Relational Database Service", SINGAPORE),
    ),
}
_OFFERED = {
    HOME: ("dynamodb", "kms", "rds", "s3", "swf"),
    WEST: ("dynamodb", "kms", "rds", "s3", "swf"),
    FRANKFURT: ("dynamodb", "kms", "rds", "s3"),
    SINGAPORE: ("dynamodb", "kms", "rds", "s3"),
}
_LISTS = "/aws/service/global-infrastructure/regions"


@contextmanager
def answering_witnesses() -> Iterator[None]:
    """Let the witnesses answer, for clients that are made from now on."""

    def answer(event_name: str, request: AWSPreparedRequest, **_: Any) -> AWSResponse | None:
        service, operation = service_of(event_name.removeprefix("before-send."))
        play = _PLAYED.get(f"{service}.{operation}")
        if play is None:
            return None
        asked = json.loads(request.body or b"{}")
        place = account_of(request), request.url.split(".")[1]
        if service == "resource-explorer-2" and place == UNINDEXED:
            return respond(request, *_no_index(service, operation))
        return respond(request, *wire_form(service, operation, play(place, asked)))

    with listening(answer):
        yield


def _no_index(service: str, operation: str) -> tuple[int, Mapping[str, str], str]:
    if operation == "ListViews":
        return wire_form(service, operation, {})
    return refusal_of(service, operation, 404, "ResourceNotFoundException", "there is no index")


def _view(place: tuple[str, str]) -> str:
    account, region = place
    return f"arn:aws:resource-explorer-2:{region}:{account}:view/all/1"


def _whole_view(place: tuple[str, str], _: Any) -> Any:
    return {"View": {"ViewArn": _view(place), "Scope": f"arn:aws:iam::{place[0]}:root"}}


def _resources(place: tuple[str, str], _: Any) -> Any:
    account, region = place
    return {
        "Resources": [
            {
                "Arn": arn,
                "OwningAccountId": account,
                "Region": "global" if kind.startswith("iam:") else region,
                "ResourceType": kind,
                "Service": kind.partition(":")[0],
            }
            for kind, arn in _NAMED.get(place, ())
        ]
    }


def _bill(place: tuple[str, str], asked: Any) -> Any:
    amount = {"UnblendedCost": {"Amount": "12.5", "Unit": "USD"}}
    groups = [{"Keys": list(line), "Metrics": amount} for line in _BILLS.get(place[0], ())]
    period = {"TimePeriod": asked["TimePeriod"], "Groups": groups, "Estimated": True}
    return {"ResultsByTime": [period]}


def _services(_: tuple[str, str], asked: Any) -> Any:
    region = asked["Path"].removeprefix(_LISTS).strip("/").partition("/")[0]
    values = _OFFERED.get(region, ()) if region else OPEN_REGIONS
    return {
        "Parameters": [{"Name": f"{asked['Path']}/{value}", "Value": value} for value in values]
    }


_PLAYED: Mapping[str, Any] = {
    "resource-explorer-2.GetIndex": lambda place, _: {
        "Arn": f"arn:aws:resource-explorer-2:{place[1]}:{place[0]}:index/1",
        "Type": "LOCAL",
        "State": "ACTIVE",
    },
    "resource-explorer-2.GetDefaultView": lambda place, _: {"ViewArn": _view(place)},
    "resource-explorer-2.ListViews": lambda place, _: {"Views": [_view(place)]},
    "resource-explorer-2.GetView": _whole_view,
    "resource-explorer-2.ListResources": _resources,
    "resource-explorer-2.ListSupportedResourceTypes": lambda *_: {
        "ResourceTypes": [
            {"Service": kind.partition(":")[0], "ResourceType": kind} for kind in _TYPES
        ]
    },
    "ce.GetCostAndUsage": _bill,
    "ssm.GetParametersByPath": _services,
}
