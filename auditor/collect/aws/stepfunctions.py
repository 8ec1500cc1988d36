"""AWS Step Functions: state machines, and what they keep of what they worked on.

A standard workflow keeps the input and output of every step for ninety days, so it is a store. What
its definition calls is not read: it may hold secrets.

API: https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import exits
from auditor.collect.aws.reading import entries, key_arn, maybe_text, text
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.aws.roles_of_resources import acting_as
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, Membership, Principal, Processor, Store

_UNREAD = Unknown(
    "which services, accounts and addresses its definition calls is not read, "
    "since a definition may hold secrets"
)


def _rows(found: Found) -> Iterator[Store | Processor | Flow | Principal | Membership]:
    name, machine = text(found, "item.name"), text(found, "item.stateMachineArn")
    created = maybe_text(found, "item.creationDate")
    row: Store | Processor
    if text(found, "item.type") == "EXPRESS":
        row = processor_of(
            found, id=machine, name=name, kind="state machine", public=False, created=created
        )
    else:
        row = store_of(
            found,
            id=machine,
            name=name,
            kind="state machine",
            encrypted=True,  # what is kept of executions cannot be unencrypted
            key_id=_key(found),
            public=False,  # there is no policy of a state machine
            locked=False,
            created=created,
        )
    yield row
    yield from acting_as(row, maybe_text(found, "machine.roleArn"))
    yield possible(row, "stream", _UNREAD)
    logs = found.read("machine.loggingConfiguration", absent={})
    if not isinstance(logs, Unknown):
        groups = [
            dig(each, "cloudWatchLogsLogGroup.logGroupArn")
            for each in entries(dig(logs, "destinations"))
        ]
        active = dig(logs, "level") != "OFF"
        yield from exits(row, "stream", map(_group, groups), active=active)


def _key(found: Found) -> Maybe[str]:
    known = found.read("machine.stateMachineArn")
    if isinstance(known, Unknown):
        return known
    # Left out for machines that are as old as AWS's own key was the only one.
    key = maybe_text(found, "machine.encryptionConfiguration.kmsKeyId", absent="")
    return key_arn(key, found.place["region"], found.place["account"])


def _group(name: object) -> str:
    """Return a log group's ARN without the suffix that stands for its streams."""
    return name.removesuffix(":*") if isinstance(name, str) else ""


MACHINES = Collector(
    kind="aws.stepfunctions.state-machine",
    service="stepfunctions",
    title="Step Functions state machines, with their logs",
    per=("account", "region"),
    listing=Listing(
        operation="ListStateMachines",
        permission="states:ListStateMachines",
        parameters={"maxResults": 1000},
        items="stateMachines",
    ),
    details=(
        Detail(
            name="machine",
            operation="DescribeStateMachine",
            permission="states:DescribeStateMachine",
            parameters={"includedData": "METADATA_ONLY"},
            bind={"stateMachineArn": "item.stateMachineArn"},
            secrets=("definition",),
        ),
    ),
    tables=(Store, Processor, Flow, Principal, Membership),
    rows=_rows,
    types=("states:stateMachine",),
    source=(
        "https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachines.html"
    ),
)
