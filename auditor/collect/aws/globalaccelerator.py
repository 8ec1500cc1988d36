"""AWS Global Accelerator: accelerators, the regions they route to, and who may use endpoints.

API: https://docs.aws.amazon.com/global-accelerator/latest/api/API_Operations.html
"""

from collections.abc import Iterator

from auditor.collect.aws.arns import account_in, region_in
from auditor.collect.aws.flow_ends import EVERYWHERE, GLOBAL, to_place
from auditor.collect.aws.flows import shares
from auditor.collect.aws.principals import account_of, joined
from auditor.collect.aws.reading import entries, maybe_flag, maybe_text, member, text, texts
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Processor

_HOME = "us-west-2"  # the only region in which the API answers


def _listener(found: Found) -> Iterator[Processor | Flow]:
    """Yield the accelerator of a listener and its routes; one without listeners has none."""
    enabled = maybe_flag(found, "parent.Enabled")
    row = processor_of(
        found,
        id=text(found, "parent.AcceleratorArn"),
        name=text(found, "parent.Name"),
        kind="accelerator",
        region=GLOBAL,
        country=EVERYWHERE,  # its addresses are announced from every edge
        public=enabled,
        created=maybe_text(found, "parent.CreatedTime", absent=""),
    )
    yield row
    groups = found.read("groups")
    if isinstance(groups, Unknown):
        yield possible(row, "edge", groups)
        return
    for group in entries(groups):
        region = member(group, "EndpointGroupRegion")
        unnamed = Unknown("the endpoint is no ARN that names an account")
        for endpoint in entries(group.get("EndpointDescriptions")):
            name = member(endpoint, "EndpointId")
            account = account_in(name) or (unnamed if name.startswith("arn:") else row.account)
            target = name if name.startswith("arn:") else ""
            yield to_place(row, "edge", name, account, region, target=target, active=enabled)


def _attachment(found: Found) -> Iterator[Processor | Flow]:
    """Yield an attachment, and the share of each resource that it lets other accounts route to."""
    yield processor_of(
        found,
        id=text(found, "item.AttachmentArn"),
        name=text(found, "item.Name"),
        kind="cross-account attachment",
        region=GLOBAL,
        country=EVERYWHERE,
        public=False,
        created=maybe_text(found, "item.CreatedTime", absent=""),
    )
    parties = joined(account_of(each) for each in texts(found.read("item.Principals", absent=[])))
    for resource in entries(found.read("item.Resources", absent=[])):
        name = member(resource, "EndpointId") or member(resource, "Cidr")
        region = member(resource, "Region") or region_in(name)
        row = processor_of(
            found,
            id=name,
            name=name,
            kind="",
            public=False,
            region=region or Unknown("the attachment names no region of the resource"),
        )
        yield from shares(row, parties)


def _listeners(kind: str, title: str, word: str) -> Collector:
    """Return the collector of accelerators of one kind, which the word in its operations names."""
    accelerators, listeners = f"List{word}Accelerators", f"List{word}Listeners"
    groups = f"List{word}EndpointGroups"
    return Collector(
        kind=f"aws.globalaccelerator.{kind}",
        service="globalaccelerator",
        title=title,
        per=("account",),
        parent=Listing(
            operation=accelerators,
            permission=f"globalaccelerator:{accelerators}",
            parameters={"MaxResults": 100},
            items="Accelerators",
            asked_in=_HOME,
        ),
        listing=Listing(
            operation=listeners,
            permission=f"globalaccelerator:{listeners}",
            parameters={"MaxResults": 100},
            bind={"AcceleratorArn": "parent.AcceleratorArn"},
            items="Listeners",
            asked_in=_HOME,
        ),
        details=(
            Detail(
                name="groups",
                operation=groups,
                permission=f"globalaccelerator:{groups}",
                parameters={"MaxResults": 100},
                bind={"ListenerArn": "item.ListenerArn"},
                items="EndpointGroups",
                asked_in=_HOME,
            ),
        ),
        tables=(Processor, Flow),
        rows=_listener,
        types=("globalaccelerator:accelerator",),
        source=f"https://docs.aws.amazon.com/global-accelerator/latest/api/API_{groups}.html",
    )


LISTENERS = _listeners("listener", "listeners of Global Accelerator", "")
CUSTOM_LISTENERS = _listeners(
    "custom-listener", "listeners of custom routing of Global Accelerator", "CustomRouting"
)

ATTACHMENTS = Collector(
    kind="aws.globalaccelerator.attachment",
    service="globalaccelerator",
    title="cross-account attachments of Global Accelerator",
    per=("account",),
    listing=Listing(
        operation="ListCrossAccountAttachments",
        permission="globalaccelerator:ListCrossAccountAttachments",
        parameters={"MaxResults": 100},
        items="CrossAccountAttachments",
        asked_in=_HOME,
    ),
    tables=(Processor, Flow),
    rows=_attachment,
    types=("globalaccelerator:attachment",),
    source=(
        "https://docs.aws.amazon.com/global-accelerator/latest/api/"
        "API_ListCrossAccountAttachments.html"
    ),
)
