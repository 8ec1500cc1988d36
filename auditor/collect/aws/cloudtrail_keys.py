"""AWS CloudTrail: the public keys with which it signed the digests of its log files.

They make no row of their own. Log files are held against digests where logs are read, with these
keys; without them nobody can tell whether a file is as CloudTrail delivered it.

API: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListPublicKeys.html
"""

from auditor.collect.period import AFTER_PERIOD, PERIOD_START
from auditor.spec import Collector, Found, Listing
from auditor.tables import Row


def _rows(found: Found) -> tuple[Row, ...]:  # noqa: ARG001
    return ()


KEYS = Collector(
    kind="aws.cloudtrail.key",
    service="cloudtrail",
    title="public keys of CloudTrail's digests",
    per=("account", "region"),
    listing=Listing(
        operation="ListPublicKeys",
        permission="cloudtrail:ListPublicKeys",
        parameters={"StartTime": PERIOD_START, "EndTime": AFTER_PERIOD},
        items="PublicKeyList",
    ),
    tables=(),
    rows=_rows,
    option="digests",
    source="https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListPublicKeys.html",
)
