"""AWS PrivateLink: endpoints in VPCs, and services that are offered to other accounts.

API: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/OperationList-query-privatelink.html
"""

from collections.abc import Iterator

from auditor.collect.aws.arns import account_in, region_in
from auditor.collect.aws.flow_ends import flow_from, in_place, to_place
from auditor.collect.aws.flows import shares
from auditor.collect.aws.joints import joint
from auditor.collect.aws.principals import account_of, joined, lets_in_anybody
from auditor.collect.aws.reading import entries, maybe_text, member, state_of, tags_of, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resource_policies import policy_of
from auditor.collect.aws.resources import processor_of
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Gateway, Guardrail, Maybe, PolicyDocument, Processor

_OPEN = frozenset({"available", "partial"})
_SHUT = frozenset(
    {"pendingacceptance", "pending", "deleting", "deleted", "rejected", "failed", "expired"}
)
_OF_AWS = ("com.amazonaws.", "aws.api.", "aws.sagemaker.", "com.amazonwebservices.")
_OF_OTHERS = "com.amazonaws.vpce."
_WHOSE = Unknown("its service is of an account that the answer does not name")
_API = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API"


def _endpoint(found: Found) -> Iterator[Processor | Flow | Guardrail | PolicyDocument | Gateway]:
    name = text(found, "item.VpcEndpointId")
    row = processor_of(
        found,
        id=arn("ec2", found.place["region"], found.place["account"], f"vpc-endpoint/{name}"),
        name=name,
        kind="VPC endpoint",
        public=False,  # reached from its VPC
        created=maybe_text(found, "item.CreationTimestamp", absent=""),
        tags=tags_of(found.read("item.Tags", absent=[])),
    )
    yield row
    service, region, account = _service(found)
    state = found.read("item.State")
    # The reference spells states with a capital, the API without.
    active = state_of(state.lower() if isinstance(state, str) else state, _OPEN, _SHUT)
    yield to_place(row, "mount", service or "?", account, region, active=active)
    # What is not AWS's own is a door of its network to another's.
    of_aws = account == found.place["account"]
    yield joint(
        found,
        name,
        "service gateway" if of_aws else "private link",
        network_id=text(found, "item.VpcId"),
        peer_id=service or "?",
        peer_account="" if of_aws else account,
        active=active,
    )
    policy = text(found, "item.PolicyDocument")
    yield policy_of(row, policy, kind="endpoint")
    if policy:
        yield _guardrail(row, policy)


def _guardrail(row: Processor, policy: str) -> Guardrail:
    """Return an endpoint's policy: the one that it has by default lets everybody do everything."""
    limits: Maybe[tuple[str, ...]] = ("outside principals",)
    is_open = lets_in_anybody(policy)
    if is_open is True:
        limits = ()
    elif isinstance(is_open, Unknown):
        limits = is_open
    return Guardrail(
        id=f"{row.id}/policy",
        evidence=row.evidence,
        provider="aws",
        account=row.account,
        name=f"policy of {row.name}",
        kind="endpoint policy",
        target_id=row.id,
        region=row.region if isinstance(row.region, str) else "",
        enforced=True,
        limits=limits,
    )


def _service(found: Found) -> tuple[str, Maybe[str], Maybe[str]]:
    """Return the name, region and account of what an endpoint leads to."""
    own = found.place["region"]
    for path in ("item.ServiceNetworkArn", "item.ResourceConfigurationArn"):
        shared = text(found, path)
        if shared:
            return shared, region_in(shared) or own, account_in(shared) or _WHOSE
    service = text(found, "item.ServiceName")
    region = maybe_text(found, "item.ServiceRegion", absent=own)
    is_of_aws = service.startswith(_OF_AWS) and not service.startswith(_OF_OTHERS)
    # A service of AWS works on what the endpoint's account holds there.
    return service, region, found.place["account"] if is_of_aws else _WHOSE


def _offer(found: Found) -> Iterator[Processor | Flow]:
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item.ServiceId")
    row = processor_of(
        found,
        id=arn("ec2", region, account, f"vpc-endpoint-service/{name}"),
        name=name,
        kind="endpoint service",
        public=False,  # reached through endpoints that its owner permits
        tags=tags_of(found.read("item.Tags", absent=[])),
    )
    yield row
    allowed = found.read("permissions")
    parties = [account_of(each.get("Principal")) for each in entries(allowed)]
    yield from shares(row, allowed if isinstance(allowed, Unknown) else joined(parties))
    unstated = Unknown("whoever is permitted may connect from that region")
    for each in entries(found.read("item.SupportedRegions", absent=[])):
        other = member(each, "Region")
        if other and other != region:
            yield to_place(row, "mount", other, unstated, other)


def _connection(found: Found) -> Iterator[Flow]:
    """Yield what has connected: whoever is no longer permitted to stays connected."""
    region, account = found.place["region"], found.place["account"]
    owner = maybe_text(found, "item.VpcEndpointOwner")
    where = maybe_text(found, "item.VpcEndpointRegion", absent=region)
    if (owner, where) == (account, region):
        return
    state = found.read("item.VpcEndpointState")
    active = state_of(state.lower() if isinstance(state, str) else state, _OPEN, _SHUT)
    source = arn("ec2", region, account, f"vpc-endpoint-service/{text(found, 'item.ServiceId')}")
    name = f"connection/{text(found, 'item.VpcEndpointId')}"
    for mechanism in ("share", "mount"):
        yield flow_from(
            found, source, mechanism, name, **{**in_place(owner, where), "active": active}
        )


ENDPOINTS = Collector(
    kind="aws.ec2.vpc-endpoint",
    service="ec2",
    title="VPC endpoints",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeVpcEndpoints",
        permission="ec2:DescribeVpcEndpoints",
        parameters={"MaxResults": 1000},
        items="VpcEndpoints",
    ),
    tables=(Processor, Flow, Guardrail, PolicyDocument, Gateway),
    rows=_endpoint,
    types=("ec2:vpc-endpoint",),
    source=f"{_API}_DescribeVpcEndpoints.html",
)

OFFERS = Collector(
    kind="aws.ec2.vpc-endpoint-service",
    service="ec2",
    title="services that are offered through endpoints",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeVpcEndpointServiceConfigurations",
        permission="ec2:DescribeVpcEndpointServiceConfigurations",
        parameters={"MaxResults": 1000},
        items="ServiceConfigurations",
    ),
    details=(
        Detail(
            name="permissions",
            operation="DescribeVpcEndpointServicePermissions",
            permission="ec2:DescribeVpcEndpointServicePermissions",
            bind={"ServiceId": "item.ServiceId"},
            items="AllowedPrincipals",
        ),
    ),
    tables=(Processor, Flow),
    rows=_offer,
    types=("ec2:vpc-endpoint-service",),
    source=f"{_API}_DescribeVpcEndpointServiceConfigurations.html",
)


CONNECTIONS = Collector(
    kind="aws.ec2.vpc-endpoint-connection",
    service="ec2",
    title="endpoints elsewhere that are connected to services of the account",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeVpcEndpointConnections",
        permission="ec2:DescribeVpcEndpointConnections",
        parameters={"MaxResults": 1000},
        items="VpcEndpointConnections",
    ),
    tables=(Flow,),
    rows=_connection,
    source=f"{_API}_DescribeVpcEndpointConnections.html",
)
