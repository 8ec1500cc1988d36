"""Amazon VPC: the block of public access, which cuts the networks of a region off the internet.

API: https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
"""

from collections.abc import Iterator

from auditor.collect.aws.reading import state_of
from auditor.collect.aws.regions import arn
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Guardrail, Maybe

_BLOCKED, _OPEN = frozenset({"block-bidirectional", "block-ingress"}), frozenset({"off"})


def _rows(found: Found) -> Iterator[Guardrail]:
    region, account = found.place["region"], found.place["account"]
    mode = found.read("item.VpcBlockPublicAccessOptions.InternetGatewayBlockMode")
    yield Guardrail(
        id=arn("ec2", region, account, "vpc-block-public-access-options"),
        evidence=found.evidence,
        provider="aws",
        account=account,
        name=f"VPC public access block of {region}",
        kind="public access block",
        target_id=account,
        region=region,
        enforced=state_of(mode, _BLOCKED, _OPEN),
        limits=("public access",),
        escapes=_escapes(found),
    )


def _escapes(found: Found) -> Maybe[tuple[str, ...]]:
    """Return what gets out in spite of it; which networks are exempt is not asked for."""
    allowed = found.read("item.VpcBlockPublicAccessOptions.ExclusionsAllowed")
    if allowed == "not-allowed":
        return ()
    if isinstance(allowed, Unknown):
        return allowed
    return Unknown("networks may be exempt from it, which this version does not read")


OPTIONS = Collector(
    kind="aws.ec2.vpc-block-public-access",
    service="ec2",
    title="blocks of public access to VPCs",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeVpcBlockPublicAccessOptions",
        permission="ec2:DescribeVpcBlockPublicAccessOptions",
    ),
    tables=(Guardrail,),
    rows=_rows,
    source=(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/"
        "API_DescribeVpcBlockPublicAccessOptions.html"
    ),
)
