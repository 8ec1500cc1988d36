"""Networks for tests: short ways to say what stands in one."""

from auditor.model import Unknown
from auditor.tables import (
    Gateway,
    Interface,
    Maybe,
    Network,
    RouteTable,
    Row,
    RuleList,
    Subnet,
)

WHY = Unknown("denied")
OPEN_ACL = ("in allow all 0-65535 0.0.0.0/0", "out allow all 0-65535 0.0.0.0/0")


def network(name: str = "vpc-1", provider: str = "aws", account: str = "ours") -> Network:
    """Return a network in the United States."""
    return Network(
        id=name,
        name=f"name of {name}",
        provider=provider,
        account=account,
        region="us-east-1",
        country="US",
        blocks=("10.0.0.0/16",),
        tags={"team": "app"},
    )


def subnet(name: str = "subnet-1", network: str = "vpc-1") -> Subnet:
    """Return a subnet of AWS."""
    return Subnet(
        id=name,
        provider="aws",
        network_id=network,
        route_table_id="",
        lists=(),
        public_addresses=True,
        inbound=True,
    )


def routes(
    *written: str, network: str = "vpc-1", subnets: tuple[str, ...] = ("subnet-1",)
) -> RouteTable:
    """Return a table of routes; the main one where it names no subnets."""
    return RouteTable(
        id=f"rtb/{network}/{'/'.join(subnets)}",
        provider="aws",
        network_id=network,
        main=not subnets,
        subnets=subnets,
        routes=written,
    )


def group(*rules: str, name: str = "sg-1") -> RuleList:
    """Return a security group."""
    return RuleList(
        id=name,
        provider="aws",
        kind="security group",
        name=name,
        network_id="vpc-1",
        subnets=(),
        rules=rules,
    )


def access_list(*rules: str, subnets: tuple[str, ...] = ("subnet-1",)) -> RuleList:
    """Return a network ACL; without rules, one that lets everything pass."""
    return RuleList(
        id=f"acl/{'/'.join(subnets)}",
        provider="aws",
        kind="network ACL",
        name="acl",
        network_id="vpc-1",
        subnets=subnets,
        rules=rules or OPEN_ACL,
    )


def interface(
    name: str = "eni-1",
    subnet: str = "subnet-1",
    *,
    public: Maybe[bool] = True,
    ipv6: bool = False,
    lists: Maybe[tuple[str, ...]] = ("sg-1",),
    answers: bool = True,
) -> Interface:
    """Return an interface in use."""
    return Interface(
        id=name,
        provider="aws",
        network_id="vpc-1",
        subnet_id=subnet,
        resource_id=f"of/{name}",
        lists=lists,
        public=public,
        ipv6=ipv6,
        answers=answers,
    )


def gateway(name: str = "igw-1", kind: str = "internet gateway", **columns: object) -> Gateway:
    """Return a gateway, to the internet unless said otherwise."""
    values: dict[str, object] = {
        "account": "ours",
        "network_id": "vpc-1",
        "peer_id": "",
        "peer_account": "",
        "active": True,
        **columns,
    }
    return Gateway(id=name, provider="aws", kind=kind, **values)  # type: ignore[arg-type]


def reachable(*rules: str, **changes: Row) -> tuple[Row, ...]:
    """Return a network with one interface that the internet can reach, as far as rules let it.

    Args:
        changes: rows in place of those of the same name: routes, acl, interface, gateway.
    """
    rows: dict[str, Row] = {
        "routes": routes("0.0.0.0/0 igw-1"),
        "acl": access_list(),
        "interface": interface(),
        "gateway": gateway(),
        **changes,
    }
    return (network(), subnet(), group(*rules), *rows.values())
