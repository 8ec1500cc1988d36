"""What a block of public access does to a bucket whose policy is public, as a policy that says so.

It shuts out everybody but the services of AWS and the bucket's own account: other accounts that
the policy names, too.

Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html
"""

from auditor.collect.aws.resource_policies import NONE, policy_of, written
from auditor.collect.aws.s3_access import read_restricted
from auditor.model import Unknown
from auditor.spec import Found
from auditor.tables import PolicyDocument, Store


def restriction_of(found: Found, bucket: Store) -> PolicyDocument:
    """Return the restriction of a bucket's public policy as a row; none if nothing restricts it."""
    restricted = read_restricted(found)
    if isinstance(restricted, Unknown):
        return policy_of(bucket, restricted, "restriction", "grant")
    denial = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [bucket.id, f"{bucket.id}/*"],
        "Condition": {
            "StringNotEquals": {"aws:PrincipalAccount": bucket.account},
            "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
        },
    }
    return policy_of(bucket, written([denial]) if restricted else NONE, "restriction", "grant")
