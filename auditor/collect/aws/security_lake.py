"""Amazon Security Lake and Detective: logs of many accounts and regions in one place.

API: https://docs.aws.amazon.com/security-lake/latest/APIReference/API_ListDataLakes.html
"""

from collections.abc import Iterator

from auditor.collect.aws.arns import host_of
from auditor.collect.aws.flow_ends import to_arn, to_bucket, to_outside
from auditor.collect.aws.flows import to_account
from auditor.collect.aws.principals import account_of
from auditor.collect.aws.reading import maybe_text, state_of, text, texts
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Processor, Store

_REFERENCE = "https://docs.aws.amazon.com/security-lake/latest/APIReference"
_OFF = frozenset({"DEACTIVATED"})
_MEMBER = frozenset({"ENABLED"})
_NO_MEMBER = frozenset(
    {"INVITED", "VERIFICATION_IN_PROGRESS", "VERIFICATION_FAILED", "ACCEPTED_BUT_DISABLED"}
)


def _lake(found: Found) -> Iterator[Processor | Flow]:
    """Yield a lake once: each region may list those of the others."""
    region, account = found.place["region"], found.place["account"]
    if text(found, "item.region") not in ("", region):
        return
    lake = processor_of(
        found,
        id=text(found, "item.dataLakeArn"),
        name=f"{account} {region}",
        kind="data lake",
        public=False,  # what it holds is in its bucket
    )
    yield lake
    bucket = maybe_text(found, "item.s3BucketArn")
    if isinstance(bucket, Unknown):
        yield possible(lake, "stream", bucket)
    else:
        yield to_bucket(lake, "stream", bucket)
    # A lake that no other region collects leaves the member out.
    for other in dict.fromkeys(texts(found.read("item.replicationConfiguration.regions"))):
        yield to_arn(lake, "replication", arn("securitylake", other, account, "data-lake/default"))


LAKES = Collector(
    kind="aws.securitylake.data-lake",
    service="securitylake",
    title="Security Lake, with the regions that collect what others hold",
    per=("account", "region"),
    listing=Listing(
        operation="ListDataLakes", permission="securitylake:ListDataLakes", items="dataLakes"
    ),
    tables=(Processor, Flow),
    rows=_lake,
    types=("securitylake:data-lake",),
    source=f"{_REFERENCE}/API_ListDataLakes.html",
)


def _subscriber(found: Found) -> Iterator[Processor | Flow]:
    subscriber = processor_of(
        found,
        id=text(found, "item.subscriberArn"),
        name=text(found, "item.subscriberName"),
        kind="subscriber",
        public=False,  # it stands for one principal
        created=maybe_text(found, "item.createdAt"),
    )
    yield subscriber
    if text(found, "item.subscriberStatus") in _OFF:
        return
    account = account_of(found.read("item.subscriberIdentity.principal", absent=""))
    if isinstance(account, Unknown):
        yield possible(subscriber, "share", account)
    elif account != found.place["account"]:
        yield to_account(subscriber, account)
    # Left out unless the subscriber is told of new objects.
    end = maybe_text(found, "item.subscriberEndpoint", absent="")
    if isinstance(end, Unknown):
        yield possible(subscriber, "stream", end)
    elif end.startswith("arn:"):
        yield to_arn(subscriber, "stream", end)
    elif end:
        why = f"it posts to {host_of(end)}, and where that host is is not known"
        yield to_outside(subscriber, "stream", host_of(end), why)


SUBSCRIBERS = Collector(
    kind="aws.securitylake.subscriber",
    service="securitylake",
    title="who reads Security Lake",
    per=("account", "region"),
    listing=Listing(
        operation="ListSubscribers",
        permission="securitylake:ListSubscribers",
        parameters={"maxResults": 100},
        items="subscribers",
    ),
    tables=(Processor, Flow),
    rows=_subscriber,
    types=("securitylake:subscriber",),
    source=f"{_REFERENCE}/API_ListSubscribers.html",
)


def _graph(found: Found) -> Iterator[Store]:
    name = text(found, "item.Arn")
    yield store_of(
        found,
        id=name,
        name=name.rpartition(":")[2],
        kind="behavior graph",
        # https://docs.aws.amazon.com/detective/latest/userguide/data-protection.html: encrypted
        # with a key of AWS's own.
        encrypted=True,
        key_id="",
        public=False,  # it is read by its own account only
        locked=False,
        created=maybe_text(found, "item.CreatedTime"),
    )


GRAPHS = Collector(
    kind="aws.detective.graph",
    service="detective",
    title="Detective's behavior graphs",
    per=("account", "region"),
    listing=Listing(
        operation="ListGraphs",
        permission="detective:ListGraphs",
        parameters={"MaxResults": 200},
        items="GraphList",
    ),
    tables=(Store,),
    rows=_graph,
    types=("detective:graph",),
    source="https://docs.aws.amazon.com/detective/latest/APIReference/API_ListGraphs.html",
)


def _membership(found: Found) -> Iterator[Processor | Flow]:
    region, account = found.place["region"], found.place["account"]
    graph = text(found, "item.GraphArn")
    member = processor_of(
        found,
        id=arn("detective", region, account, f"membership:{graph.rpartition(':')[2]}"),
        name=graph,
        kind="membership of a behavior graph",
        public=False,  # it gives to one graph
    )
    yield member
    status = maybe_text(found, "item.Status")
    if isinstance(status, Unknown):
        yield possible(member, "share", status)
    else:
        yield to_arn(member, "share", graph, "", active=state_of(status, _MEMBER, _NO_MEMBER))


MEMBERSHIPS = Collector(
    kind="aws.detective.membership",
    service="detective",
    title="behavior graphs of other accounts that get this one's logs",
    per=("account", "region"),
    listing=Listing(
        operation="ListInvitations",
        permission="detective:ListInvitations",
        parameters={"MaxResults": 200},
        items="Invitations",
    ),
    tables=(Processor, Flow),
    rows=_membership,
    source="https://docs.aws.amazon.com/detective/latest/APIReference/API_ListInvitations.html",
)
