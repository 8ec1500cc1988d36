"""Servers that AWS copies: for recovery (Elastic Disaster Recovery) or migration (MGN).

A source server stands in the region that it is copied to; that is where its disks are kept.

APIs:
    https://docs.aws.amazon.com/drs/latest/APIReference/API_DescribeSourceServers.html
    https://docs.aws.amazon.com/mgn/latest/APIReference/API_DescribeSourceServers.html
"""

from collections.abc import Iterator
from dataclasses import replace

from auditor.collect.aws.flow_ends import at_arn, flow_from, in_place
from auditor.collect.aws.reading import maybe_text, state_of, tags_in, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import NO_KEY_STATED, processor_of, store_of
from auditor.collect.flows import flow
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Maybe, Processor, Store

_DISKS = Unknown("its disks are volumes, which have rows of their own")
_ELSEWHERE = Unknown("the answer does not name the server as a resource of AWS")
_NOT_SET_UP = ("UninitializedAccountException",)
_ON = (
    "INITIATING",
    "INITIAL_SYNC",
    "BACKLOG",
    "CREATING_SNAPSHOT",
    "CONTINUOUS",
    "PAUSED",
    "RESCAN",
    "STALLED",
)


def _server(found: Found, *, backup: bool, source_id: Maybe[str]) -> Store:
    return store_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.sourceServerID"),
        kind="source server",
        backup=backup,
        source_id=source_id,
        encrypted=_DISKS,
        key_id=NO_KEY_STATED,
        public=False,  # its disks are read by the service only
        created=maybe_text(found, "item.lifeCycle.addedToServiceDateTime"),
        tags=tags_in(found.read("item.tags", absent={})),
    )


def _active(found: Found) -> Maybe[bool]:
    return state_of(
        maybe_text(found, "item.dataReplicationInfo.dataReplicationState"), _ON, ("STOPPED",)
    )


def _recovery(found: Found) -> Iterator[Store | Flow]:
    account = text(found, "item.sourceCloudProperties.originAccountID")
    region = text(found, "item.sourceCloudProperties.originRegion")
    instance = text(found, "item.sourceProperties.identificationHints.awsInstanceID")
    named = bool(account and region and instance)
    origin = arn("ec2", region, account, f"instance/{instance}") if named else ""
    store = _server(found, backup=True, source_id=origin or _ELSEWHERE)
    yield store
    active = _active(found)
    if origin:
        incoming = flow_from(
            found, origin, "replication", store.id, active=active, **at_arn(store.id)
        )
        yield replace(incoming, account=account, region=region)
    staging = text(found, "item.stagingArea.stagingAccountID")
    if staging and staging != store.account:
        yield flow(store, "copy", staging, active=active, **in_place(staging, store.region))


def _migration(found: Found) -> Iterator[Store]:
    yield _server(found, backup=False, source_id=_ELSEWHERE)


def _template(found: Found) -> Iterator[Processor]:
    yield processor_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.replicationConfigurationTemplateID"),
        kind="replication configuration template",
        public=False,  # a setting of the service
        tags=tags_in(found.read("item.tags", absent={})),
    )


def _listing(service: str, operation: str, page: int) -> Listing:
    return Listing(
        operation=operation,
        permission=f"{service}:{operation}",
        parameters={"maxResults": page},
        items="items",
        absent_on=_NOT_SET_UP,
    )


def _source(service: str, operation: str) -> str:
    return f"https://docs.aws.amazon.com/{service}/latest/APIReference/API_{operation}.html"


_SERVERS, _TEMPLATES = "DescribeSourceServers", "DescribeReplicationConfigurationTemplates"

RECOVERY_SERVERS = Collector(
    kind="aws.drs.source_server",
    service="drs",
    title="servers that Elastic Disaster Recovery copies",
    per=("account", "region"),
    listing=_listing("drs", _SERVERS, 200),
    tables=(Store, Flow),
    rows=_recovery,
    types=("drs:source-server",),
    source=_source("drs", _SERVERS),
)

RECOVERY_TEMPLATES = Collector(
    kind="aws.drs.template",
    service="drs",
    title="how Elastic Disaster Recovery copies new servers",
    per=("account", "region"),
    listing=_listing("drs", _TEMPLATES, 200),
    tables=(Processor,),
    rows=_template,
    types=("drs:replication-configuration-template",),
    source=_source("drs", _TEMPLATES),
)

MIGRATION_SERVERS = Collector(
    kind="aws.mgn.source_server",
    service="mgn",
    title="servers that Application Migration Service copies",
    per=("account", "region"),
    listing=_listing("mgn", _SERVERS, 1000),
    tables=(Store,),
    rows=_migration,
    types=("mgn:source-server",),
    source=_source("mgn", _SERVERS),
)

MIGRATION_TEMPLATES = Collector(
    kind="aws.mgn.template",
    service="mgn",
    title="how Application Migration Service copies new servers",
    per=("account", "region"),
    listing=_listing("mgn", _TEMPLATES, 1000),
    tables=(Processor,),
    rows=_template,
    types=("mgn:replication-configuration-template",),
    source=_source("mgn", _TEMPLATES),
)
