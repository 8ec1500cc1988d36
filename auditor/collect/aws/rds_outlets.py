"""Ways in which databases of Amazon RDS write to other services by themselves.

An activity stream carries every statement, with the data in it. A role that is attached to a
database lets whoever may run SQL there write wherever the role may; what it may is not read here.

Sources:
    https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/DBActivityStreams.html
    https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBClusterRole.html
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Procedural.Importing.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import at_arn, outside
from auditor.collect.aws.reading import entries, maybe_text, state_of, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import flow
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Processor, Store

_INWARD = "s3Import"
_OUTWARD_OPTIONS = ("SQLSERVER_BACKUP_RESTORE", "S3_INTEGRATION")


def activity_stream(found: Found, store: Store) -> Iterator[Flow]:
    """Yield the stream that an instance or cluster sends what happens in it to."""
    name = text(found, "item.ActivityStreamKinesisStreamName")
    if not name:
        return
    target = arn("kinesis", found.place["region"], store.account, f"stream/{name}")
    status = maybe_text(found, "item.ActivityStreamStatus")
    active = state_of(status, ("started", "starting"), ("stopped", "stopping"))
    yield flow(store, "stream", name, active=active, **at_arn(target))


def attached_roles(found: Found, store: Store) -> Iterator[Flow]:
    """Yield what the roles of an instance or cluster let it write to."""
    for role in entries(found.read("item.AssociatedRoles", absent=[])):
        name = str(role.get("RoleArn") or "")
        feature = str(role.get("FeatureName") or "")
        if feature != _INWARD:
            why = Unknown(f"it is wherever the role {name} may write to")
            yield flow(store, "export", f"{feature}/{name}", **outside(why))


def _option_group(found: Found) -> Iterator[Processor | Flow]:
    group = processor_of(
        found,
        id=text(found, "item.OptionGroupArn"),
        name=text(found, "item.OptionGroupName"),
        kind="option group",
        public=False,  # a setting of databases
    )
    yield group
    options = entries(found.read("item.Options", absent=[]))
    for name in dict.fromkeys(str(each.get("OptionName")) for each in options):
        if name in _OUTWARD_OPTIONS:
            why = Unknown(f"{name} writes to whichever bucket a user of the database names")
            yield flow(group, "export", name, **outside(why))


OPTION_GROUPS = Collector(
    kind="aws.rds.option_group",
    service="rds",
    title="option groups, which let databases write to buckets",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeOptionGroups",
        permission="rds:DescribeOptionGroups",
        items="OptionGroupsList",
        secrets=("OptionGroupsList.Options.OptionSettings.Value",),
    ),
    tables=(Processor, Flow),
    rows=_option_group,
    types=("rds:og",),
    source="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeOptionGroups.html",
)
