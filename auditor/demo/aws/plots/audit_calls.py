"""What CloudTrail recorded in the auditor's name: what it asked, and one call that was not its own.

With them, the blocks of public access that moto does not play: closed everywhere but in Singapore.
"""

from auditor.demo.aws.accounts import HOME, SINGAPORE, USER_DATA
from auditor.demo.aws.plots import Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import stays_open
from auditor.model import Json


def _event(name: str, source: str, *, reads: bool = True) -> dict[str, Json]:
    return {
        "EventId": f"demo-{name}",
        "EventName": name,
        "EventSource": f"{source}.amazonaws.com",
        "EventTime": "2020-09-20T00:00:00Z",
        "ReadOnly": str(reads).lower(),
        "Username": "auditor",
    }


PLOT = Plot(
    rules=(
        Rule(
            operation="cloudtrail.LookupEvents",
            account=USER_DATA,
            region=HOME,
            answer={
                "Events": [
                    _event("ListBuckets", "s3"),
                    _event("ListFunctions20150331", "lambda"),
                    _event("DescribeVolumes", "ec2"),
                    _event("DeleteBucketPolicy", "s3", reads=False),
                ]
            },
        ),
        Rule(
            operation="ec2.GetSnapshotBlockPublicAccessState",
            region=SINGAPORE,
            answer={"State": "unblocked"},
        ),
        Rule(
            operation="ec2.GetSnapshotBlockPublicAccessState",
            answer={"State": "block-all-sharing"},
        ),
        Rule(
            operation="ec2.GetImageBlockPublicAccessState",
            answer={"ImageBlockPublicAccessState": "block-new-sharing"},
        ),
    ),
    planted=(
        *stays_open(
            "a call in the auditor's name that the auditor did not make",
            G_10d=f"{USER_DATA}/{HOME}/s3/DeleteBucketPolicy",
        ),
    ),
)
