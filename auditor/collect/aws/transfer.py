"""AWS Transfer Family: servers through which files are fetched, connectors and workflows.

API: https://docs.aws.amazon.com/transfer/latest/APIReference/API_Operations.html
"""

import re
from collections.abc import Iterator

from auditor.collect.aws.arns import bucket_arn
from auditor.collect.aws.flow_ends import out_of, to_arn, to_bucket, to_outside
from auditor.collect.aws.reading import entries, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Processor

_HOME = re.compile(r"/([^/]+)(?:/.*)?", re.DOTALL)
_USERS = Unknown("files are let out to whoever holds a user's key, of no account of AWS")
_FOLDERS = Unknown("a user's folders are mapped one by one, which this version does not read")
_DIRECTORY = Unknown("users are kept outside Transfer, and which files they see is decided there")


def _server(found: Found) -> Iterator[Processor | Flow]:
    server = processor_of(
        found,
        id=text(found, "item.Arn"),
        name=text(found, "item.ServerId"),
        kind="server",
        public=False,  # whoever calls it has to sign in
    )
    yield server
    if found.read("item.IdentityProviderType") != "SERVICE_MANAGED":
        yield possible(server, "share", _DIRECTORY, "directory")
    users = found.read("users")
    if isinstance(users, Unknown):
        yield possible(server, "share", users, "users")
        return
    homes = {_store_of(found, user.get("HomeDirectory")) for user in entries(users)}
    for home in sorted(homes):
        if home:
            yield out_of(home, found, possible(server, "share", _USERS, home))
        else:
            yield possible(server, "share", _FOLDERS, "users")


def _store_of(found: Found, home: Json) -> str:
    """Return the bucket or file system of a home directory, '' if it names none."""
    match = _HOME.fullmatch(home) if isinstance(home, str) else None
    if match is None:
        return ""
    region, account = found.place["region"], found.place["account"]
    if found.read("item.Domain") == "EFS":
        return arn("elasticfilesystem", region, account, f"file-system/{match[1]}")
    return bucket_arn(match[1], region)


def _connector(found: Found) -> Iterator[Processor | Flow]:
    connector = processor_of(
        found,
        id=text(found, "item.Arn"),
        name=text(found, "item.ConnectorId"),
        kind="connector",
        public=False,  # it calls, and is not called
    )
    yield connector
    url = text(found, "item.Url")
    yield to_outside(connector, "export", url or "?", "" if url else "the answer names no server")


def _workflow(found: Found) -> Iterator[Processor | Flow]:
    workflow = processor_of(
        found,
        id=text(found, "item.Arn"),
        name=text(found, "item.WorkflowId"),
        kind="workflow",
        public=False,  # only a server starts it
    )
    yield workflow
    made: dict[str, Flow] = {}
    for member in ("Steps", "OnExceptionSteps"):
        steps = found.read(f"workflow.Workflow.{member}", absent=[])
        if isinstance(steps, Unknown):
            yield possible(workflow, "copy", steps)
            return
        for step in entries(steps):
            made |= {flow.id: flow for flow in _step(found, workflow, step)}
    yield from made.values()


def _step(found: Found, workflow: Processor, step: Json) -> Iterator[Flow]:
    for details in ("CopyStepDetails", "DecryptStepDetails"):
        target = dig(step, f"{details}.DestinationFileLocation")
        if bucket := dig(target, "S3FileLocation.Bucket"):
            yield to_bucket(workflow, "copy", bucket)
        if system := dig(target, "EfsFileLocation.FileSystemId"):
            region, account = found.place["region"], found.place["account"]
            end = arn("elasticfilesystem", region, account, f"file-system/{system}")
            yield to_arn(workflow, "copy", end)
    if function := dig(step, "CustomStepDetails.Target"):
        yield to_arn(workflow, "stream", function)


def _listing(operation: str, items: str) -> Listing:
    return Listing(
        operation=operation,
        permission=f"transfer:{operation}",
        parameters={"MaxResults": 1000},
        items=items,
    )


SERVERS = Collector(
    kind="aws.transfer.server",
    service="transfer",
    title="Transfer Family servers, with whose files their users fetch",
    per=("account", "region"),
    listing=_listing("ListServers", "Servers"),
    details=(
        Detail(
            name="users",
            operation="ListUsers",
            permission="transfer:ListUsers",
            parameters={"MaxResults": 1000},
            bind={"ServerId": "item.ServerId"},
            items="Users",
        ),
    ),
    tables=(Processor, Flow),
    rows=_server,
    types=("transfer:server", "transfer:user"),
    source="https://docs.aws.amazon.com/transfer/latest/APIReference/API_ListServers.html",
)

CONNECTORS = Collector(
    kind="aws.transfer.connector",
    service="transfer",
    title="Transfer Family connectors to servers elsewhere",
    per=("account", "region"),
    listing=_listing("ListConnectors", "Connectors"),
    tables=(Processor, Flow),
    rows=_connector,
    types=("transfer:connector",),
    source="https://docs.aws.amazon.com/transfer/latest/APIReference/API_ListConnectors.html",
)

WORKFLOWS = Collector(
    kind="aws.transfer.workflow",
    service="transfer",
    title="Transfer Family workflows",
    per=("account", "region"),
    listing=_listing("ListWorkflows", "Workflows"),
    details=(
        Detail(
            name="workflow",
            operation="DescribeWorkflow",
            permission="transfer:DescribeWorkflow",
            bind={"WorkflowId": "item.WorkflowId"},
        ),
    ),
    tables=(Processor, Flow),
    rows=_workflow,
    types=("transfer:workflow",),
    source="https://docs.aws.amazon.com/transfer/latest/APIReference/API_ListWorkflows.html",
)
