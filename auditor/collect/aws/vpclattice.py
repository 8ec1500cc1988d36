"""Amazon VPC Lattice: services and resources that are offered to other networks and accounts.

API: https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator

from auditor.collect.aws.arns import account_in
from auditor.collect.aws.flows import shares
from auditor.collect.aws.principals import accounts_in_policy, lets_in_anybody
from auditor.collect.aws.reading import is_absent, maybe_text, text
from auditor.collect.aws.resource_policies import policy_in, policy_of
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, PolicyDocument, Processor

_NO_POLICY = ("ResourceNotFoundException",)
_API = "https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API"


def _service(found: Found) -> Iterator[Processor | Flow | PolicyDocument]:
    row = _row(found, "service")
    yield row
    yield policy_of(row, policy_in(found, "sharing.policy"))
    yield policy_of(row, _access(found), "access")
    yield from _shared(found, row, "sharing")
    if not is_absent(found, "access"):
        policy = found.read("access.policy", absent="")
        state = found.read("access.state")
        if policy == "" and not isinstance(state, Unknown):
            return  # none is in force: whoever is in an associated network may call
        policy = state if policy == "" else policy
        is_open = lets_in_anybody(policy)
        if isinstance(is_open, Unknown):
            yield possible(row, "share", is_open, "access")
        elif not is_open:
            yield from shares(row, accounts_in_policy(policy))


def _access(found: Found) -> Json:
    """Return the policy on calling a service, '' where the answer states that none is in force."""
    policy, state = policy_in(found, "access.policy"), found.read("access.state")
    return policy if isinstance(state, Unknown) or is_absent(found, "access") else policy or ""


def _resource(found: Found) -> Iterator[Processor | Flow | PolicyDocument]:
    row = _row(found, "resource configuration")
    yield row
    yield policy_of(row, policy_in(found, "sharing.policy"))
    yield from _shared(found, row, "sharing")


def _network(found: Found) -> Iterator[Processor | Flow | PolicyDocument]:
    """Yield a network of services: whoever may join it reaches all that are associated with it."""
    row = _row(found, "service network")
    yield row
    yield policy_of(row, policy_in(found, "sharing.policy"))
    yield from _shared(found, row, "sharing")


def _row(found: Found, kind: str) -> Processor:
    return processor_of(
        found,
        id=text(found, "item.arn"),
        account=account_in(text(found, "item.arn")) or found.place["account"],  # others share too
        name=text(found, "item.name"),
        kind=kind,
        public=False,  # reached from networks that are associated with it
        created=maybe_text(found, "item.createdAt", absent=""),
    )


def _shared(found: Found, row: Processor, name: str) -> Iterator[Flow]:
    """Yield a share with each account that its resource policy lets associate networks with it."""
    if not is_absent(found, name):
        yield from shares(row, accounts_in_policy(found.read(f"{name}.policy")))


_SHARING = Detail(
    name="sharing",
    operation="GetResourcePolicy",
    permission="vpc-lattice:GetResourcePolicy",
    bind={"resourceArn": "item.arn"},
    absent_on=_NO_POLICY,
)

SERVICES = Collector(
    kind="aws.vpc-lattice.service",
    service="vpc-lattice",
    title="services of VPC Lattice",
    per=("account", "region"),
    listing=Listing(
        operation="ListServices",
        permission="vpc-lattice:ListServices",
        parameters={"maxResults": 100},
        items="items",
    ),
    details=(
        Detail(
            name="access",
            operation="GetAuthPolicy",
            permission="vpc-lattice:GetAuthPolicy",
            bind={"resourceIdentifier": "item.arn"},
            absent_on=_NO_POLICY,
        ),
        _SHARING,
    ),
    tables=(Processor, Flow, PolicyDocument),
    rows=_service,
    types=("vpc-lattice:service",),
    source=f"{_API}_ListServices.html",
)

NETWORKS = Collector(
    kind="aws.vpc-lattice.servicenetwork",
    service="vpc-lattice",
    title="service networks of VPC Lattice",
    per=("account", "region"),
    listing=Listing(
        operation="ListServiceNetworks",
        permission="vpc-lattice:ListServiceNetworks",
        parameters={"maxResults": 100},
        items="items",
    ),
    details=(_SHARING,),
    tables=(Processor, Flow, PolicyDocument),
    rows=_network,
    types=("vpc-lattice:servicenetwork",),
    source=f"{_API}_ListServiceNetworks.html",
)

RESOURCES = Collector(
    kind="aws.vpc-lattice.resourceconfiguration",
    service="vpc-lattice",
    title="resource configurations of VPC Lattice",
    per=("account", "region"),
    listing=Listing(
        operation="ListResourceConfigurations",
        permission="vpc-lattice:ListResourceConfigurations",
        parameters={"maxResults": 100},
        items="items",
    ),
    details=(_SHARING,),
    tables=(Processor, Flow, PolicyDocument),
    rows=_resource,
    types=("vpc-lattice:resourceconfiguration",),
    source=f"{_API}_ListResourceConfigurations.html",
)
