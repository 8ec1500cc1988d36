"""Policies from above: one lock that holds, one with a hole, and nothing on the manager."""

import json
from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, LOGS, MANAGEMENT, SINGAPORE, USER_DATA
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails

_GLOBAL = ["iam:*", "organizations:*", "sts:*", "support:*", "route53:*", "cloudfront:*"]
_VENDOR = "arn:aws:iam::*:role/vendor-support"


def _build(ground: Ground) -> None:
    organizations = ground.at(account=MANAGEMENT).client("organizations")
    root = organizations.list_roots()["Roots"][0]["Id"]
    organizations.enable_policy_type(RootId=root, PolicyType="SERVICE_CONTROL_POLICY")
    for name, account, lock in (
        ("logs", LOGS, _lock(_GLOBAL)),
        ("user-data", USER_DATA, _lock([*_GLOBAL, "s3:*"], exempt=_VENDOR)),
    ):
        made = organizations.create_organizational_unit(ParentId=root, Name=name)
        unit = made["OrganizationalUnit"]["Id"]
        organizations.move_account(AccountId=account, SourceParentId=root, DestinationParentId=unit)
        policy = organizations.create_policy(
            Name=f"{name}-stays-home",
            Description="Nothing outside the United States",
            Type="SERVICE_CONTROL_POLICY",
            Content=json.dumps(lock),
        )["Policy"]["PolicySummary"]["Id"]
        organizations.attach_policy(PolicyId=policy, TargetId=unit)


def _lock(spared: list[str], *, exempt: str = "") -> dict[str, Any]:
    condition: dict[str, Any] = {"StringNotLike": {"aws:RequestedRegion": ["us-*"]}}
    if exempt:
        condition["ArnNotLike"] = {"aws:PrincipalARN": exempt}
    statement = {
        "Effect": "Deny",
        "NotAction": spared,
        "Resource": "*",
        "Condition": condition,
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


PLOT = Plot(
    build=_build,
    rules=(
        # moto knows fewer kinds of policy than there are.
        Rule(
            operation="organizations.ListPolicies",
            words="DECLARATIVE_POLICY_EC2",
            answer={"Policies": []},
        ),
    ),
    planted=(
        *fails(
            "a lock of regions leaves buckets out",
            A_03=f"{USER_DATA}/{FRANKFURT}",
        ),
        *fails("the same lock, in Singapore", A_03=f"{USER_DATA}/{SINGAPORE}"),
        *fails("no lock binds the manager", A_03=f"{MANAGEMENT}/{FRANKFURT}"),
        *fails("nor is it in Singapore", A_03=f"{MANAGEMENT}/{SINGAPORE}"),
        *fails("a lock of regions spares a vendor's role", A_03b="p-*/ou-*"),
    ),
)
