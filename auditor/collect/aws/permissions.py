"""The least privilege that collection needs, as an IAM policy document.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from collections.abc import Iterable

from auditor.model import Json
from auditor.spec import Collector

# Actions that would let read a customer's own data, and the only resources that we need of them.
_NARROW = {
    "cassandra:Select": ("ReadListOfKeyspaces", "arn:aws:cassandra:*:*:/keyspace/system*"),
    "ssm:GetParametersByPath": (
        "ReadListsOfServices",
        "arn:aws:ssm:*::parameter/aws/service/global-infrastructure/*",
    ),
}

# What the SDK asks by itself before a call: where the service answers the account.
_IMPLIED = {"timestream:ListDatabases": "timestream:DescribeEndpoints"}


def least_privilege(
    collectors: Iterable[Collector], organization_role: str | None = None
) -> dict[str, Json]:
    """Return a policy that lets a role make every call of these collectors.

    Args:
        organization_role: name of a role in the member accounts that it may also assume.
    """
    actions = {call.permission for collector in collectors for call in collector.calls} - {""}
    actions |= {more for action, more in _IMPLIED.items() if action in actions}
    statements: list[dict[str, Json]] = [
        {
            "Sid": "Audit",
            "Effect": "Allow",
            "Action": sorted(actions - _NARROW.keys()),
            "Resource": "*",
        }
    ]
    statements += [
        {"Sid": sid, "Effect": "Allow", "Action": action, "Resource": resource}
        for action, (sid, resource) in _NARROW.items()
        if action in actions
    ]
    if organization_role:
        statements.append(
            {
                "Sid": "EnterMemberAccounts",
                "Effect": "Allow",
                "Action": "sts:AssumeRole",
                "Resource": f"arn:aws:iam::*:role/{organization_role}",
            }
        )
    return {"Version": "2012-10-17", "Statement": statements}
