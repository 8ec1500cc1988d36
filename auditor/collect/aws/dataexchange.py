"""AWS Data Exchange: data sets, grants of them to other accounts, and exports on their own.

API: https://docs.aws.amazon.com/data-exchange/latest/apireference/API_ListDataGrants.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import flow_from, in_place, to_bucket
from auditor.collect.aws.principals import account_of
from auditor.collect.aws.reading import maybe_text, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Processor, Store

_REFERENCE = "https://docs.aws.amazon.com/data-exchange/latest/apireference/API_"
_OFFERED = Unknown("whether it is offered as a product, and to whom, is not read by this version")
_UNTIL = Unknown("the receiver has not accepted it yet")


def _data_set(found: Found) -> Iterator[Store | Processor | Flow]:
    """Yield a data set; only one of files keeps data itself."""
    name, title = text(found, "item.Arn"), text(found, "item.Name")
    created = maybe_text(found, "item.CreatedAt")
    row: Store | Processor
    if text(found, "item.AssetType") == "S3_SNAPSHOT":
        row = store_of(
            found,
            id=name,
            name=title,
            kind="data set",
            # https://docs.aws.amazon.com/data-exchange/latest/userguide/data-protection.html
            encrypted=True,
            key_id="",
            public=False,  # for subscribers and receivers of grants
            created=created,
        )
    else:
        row = processor_of(
            found, id=name, name=title, kind="data set", public=False, created=created
        )
    yield row
    yield possible(row, "share", _OFFERED, "products")


def _grant(found: Found) -> Iterator[Flow]:
    """Yield a grant as a share of the data set; the region is the one that it is granted in."""
    region, account = found.place["region"], found.place["account"]
    source = arn(
        "dataexchange", region, account, f"data-sets/{text(found, 'item.SourceDataSetId')}"
    )
    receiver = account_of(found.read("item.ReceiverPrincipal", absent=""))
    state = text(found, "item.AcceptanceState")
    yield flow_from(
        found,
        source,
        "share",
        text(found, "item.Id"),
        **{**in_place(receiver, region), "active": True if state == "ACCEPTED" else _UNTIL},
    )


def _action(found: Found) -> Iterator[Processor | Flow]:
    row = processor_of(
        found,
        id=text(found, "item.Arn"),
        name=text(found, "item.Id"),
        kind="event action",
        public=False,  # it copies, and cannot be called
        created=maybe_text(found, "item.CreatedAt"),
    )
    yield row
    path = "item.Action.ExportRevisionToS3.RevisionDestination.Bucket"
    yield to_bucket(row, "export", maybe_text(found, path))


DATA_SETS = Collector(
    kind="aws.dataexchange.data-set",
    service="dataexchange",
    title="data sets that the account offers",
    per=("account", "region"),
    listing=Listing(
        operation="ListDataSets",
        permission="dataexchange:ListDataSets",
        parameters={"Origin": "OWNED", "MaxResults": 200},
        items="DataSets",
    ),
    tables=(Store, Processor, Flow),
    rows=_data_set,
    types=("dataexchange:data-sets",),
    source=_REFERENCE + "ListDataSets.html",
)

GRANTS = Collector(
    kind="aws.dataexchange.data-grant",
    service="dataexchange",
    title="data sets that are granted to other accounts",
    per=("account", "region"),
    listing=Listing(
        operation="ListDataGrants",
        permission="dataexchange:ListDataGrants",
        parameters={"MaxResults": 200},
        items="DataGrantSummaries",
    ),
    tables=(Flow,),
    rows=_grant,
    types=("dataexchange:data-grants",),
    source=_REFERENCE + "ListDataGrants.html",
)

ACTIONS = Collector(
    kind="aws.dataexchange.event-action",
    service="dataexchange",
    title="exports of each new revision",
    per=("account", "region"),
    listing=Listing(
        operation="ListEventActions",
        permission="dataexchange:ListEventActions",
        parameters={"MaxResults": 200},
        items="EventActions",
    ),
    tables=(Processor, Flow),
    rows=_action,
    types=("dataexchange:event-actions",),
    source=_REFERENCE + "ListEventActions.html",
)
