"""The least privilege that a collection needs, as an IAM policy.

Source: https://docs.aws.amazon.com/service-authorization/latest/reference/
"""

from collections.abc import Iterable

from auditor.model import Json
from auditor.spec import Collector


def least_privilege(collectors: Iterable[Collector]) -> dict[str, Json]:
    """Return the IAM policy for these collectors, those of other providers left out.

    A target with an organisation needs ``sts:AssumeRole`` on its role in each member account
    besides; that depends on the role's name, so it is not in here.
    """
    actions = {
        action
        for collector in collectors
        if collector.provider == "aws"
        for call in collector.calls
        for action in call.permission.split()
    }
    statement = {
        "Sid": "AuditorReads",
        "Effect": "Allow",
        "Action": sorted(actions),
        "Resource": "*",
    }
    return {"Version": "2012-10-17", "Statement": [statement]}
