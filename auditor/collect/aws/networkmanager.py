"""AWS Cloud WAN: core networks, the regions of their edges, and what is attached to them.

API: https://docs.aws.amazon.com/networkmanager/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import GLOBAL, to_outside, to_place
from auditor.collect.aws.reading import entries, maybe_text, member, state_of, tags_of, text
from auditor.collect.aws.regions import country_of
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, Processor

_HOME = "us-west-2"  # Network Manager keeps its control plane there
_USABLE = frozenset({"AVAILABLE", "UPDATING", "PENDING_NETWORK_UPDATE", "PENDING_TAG_ACCEPTANCE"})
_NOT_USABLE = frozenset(
    {"REJECTED", "PENDING_ATTACHMENT_ACCEPTANCE", "CREATING", "FAILED", "DELETING"}
)
# Other attachments end in VPN connections, appliances or Direct Connect lines.
_IN_PLACE = frozenset({"VPC", "TRANSIT_GATEWAY_ROUTE_TABLE"})
_API = "https://docs.aws.amazon.com/networkmanager/latest/APIReference/API"


def _core_network(found: Found) -> Iterator[Processor | Flow]:
    edges = found.read("network.CoreNetwork.Edges")
    owner = text(found, "item.OwnerAccountId") or found.place["account"]
    row = processor_of(
        found,
        id=text(found, "item.CoreNetworkArn"),
        name=text(found, "item.CoreNetworkId"),
        kind="core network",
        account=owner,  # what others share is listed with one's own
        region=GLOBAL,
        country=_country(edges),
        public=False,
        tags=tags_of(found.read("item.Tags", absent=[])),
    )
    yield row
    if isinstance(edges, Unknown):
        yield possible(row, "mount", edges)
    for each in entries(edges):
        region = member(each, "EdgeLocation") or Unknown("the edge has no region")
        yield to_place(row, "mount", str(member(each, "EdgeLocation")), owner, region)


def _country(edges: Json) -> Maybe[str]:
    """Return the country of all edges; several countries are no one country."""
    if isinstance(edges, Unknown):
        return edges
    countries = [country_of(member(each, "EdgeLocation")) for each in entries(edges)]
    if not countries:
        return Unknown("it has no edges yet")
    if all(each == countries[0] for each in countries):
        return countries[0]
    known = sorted({str(each) for each in countries if isinstance(each, str)})
    return Unknown(f"its edges are in several countries: {', '.join(known)}")


def _attachment(found: Found) -> Iterator[Processor | Flow]:
    name = text(found, "item.AttachmentId")
    network = text(found, "item.CoreNetworkArn")
    account = found.place["account"]
    region = maybe_text(found, "item.EdgeLocation")
    row = processor_of(
        found,
        id=f"arn:aws:networkmanager::{account}:attachment/{name}",
        name=name,
        kind="core network attachment",
        region=region,
        country=country_of(region),
        public=False,
        created=maybe_text(found, "item.CreatedAt", absent=""),
        tags=tags_of(found.read("item.Tags", absent=[])),
    )
    yield row
    active = state_of(found.read("item.State"), _USABLE, _NOT_USABLE)
    owner = maybe_text(found, "item.OwnerAccountId")
    resource = text(found, "item.ResourceArn") or network
    kind = maybe_text(found, "item.AttachmentType")
    if kind not in _IN_PLACE:
        why = f"its other end is no network of AWS, as far as its type tells: {kind}"
        why = kind.reason if isinstance(kind, Unknown) else why
        yield to_outside(row, "mount", resource, why, active=active)
        return
    yield to_place(row, "mount", resource, owner, region, active=active)


CORE_NETWORKS = Collector(
    kind="aws.networkmanager.corenetwork",
    service="networkmanager",
    title="core networks of Cloud WAN",
    per=("account",),
    listing=Listing(
        operation="ListCoreNetworks",
        permission="networkmanager:ListCoreNetworks",
        parameters={"MaxResults": 500},
        items="CoreNetworks",
        asked_in=_HOME,
    ),
    details=(
        Detail(
            name="network",
            operation="GetCoreNetwork",
            permission="networkmanager:GetCoreNetwork",
            bind={"CoreNetworkId": "item.CoreNetworkId"},
            asked_in=_HOME,
        ),
    ),
    tables=(Processor, Flow),
    rows=_core_network,
    types=("networkmanager:core-network",),
    source=f"{_API}_GetCoreNetwork.html",
)

ATTACHMENTS = Collector(
    kind="aws.networkmanager.attachment",
    service="networkmanager",
    title="attachments of core networks",
    per=("account",),
    listing=Listing(
        operation="ListAttachments",
        permission="networkmanager:ListAttachments",
        parameters={"MaxResults": 500},
        items="Attachments",
        asked_in=_HOME,
    ),
    tables=(Processor, Flow),
    rows=_attachment,
    types=("networkmanager:attachment",),
    source=f"{_API}_ListAttachments.html",
)
