"""Plot: what independent witnesses show of what was not collected.

A gap in Frankfurt is the look-alike: the bill and the inventory agree that nothing is there.
"""

from auditor.demo.aws.accounts import FRANKFURT, LOGS, SINGAPORE, USER_DATA, WEST
from auditor.demo.aws.plots import Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.aws.witnesses import ODD_RESOURCE, ODD_SERVICE, UNINDEXED
from auditor.demo.planted import fails, stays_open

PLOT = Plot(
    rules=(
        Rule(
            operation="dynamodb.ListTables",
            account=LOGS,
            region=FRANKFURT,
            code="AccessDeniedException",
        ),
    ),
    planted=(
        *fails("no inventory is set up in one region", G_04="/".join(UNINDEXED)),
        *stays_open("a resource whose type nobody knows", G_10b=f"*/{ODD_RESOURCE}"),
        *stays_open(
            "a charge for a service that nobody knows", G_10c=f"{USER_DATA}/*/{ODD_SERVICE}/*"
        ),
        *stays_open(
            "a charge for databases where they could not be listed",
            G_10c=f"{LOGS}/*/Amazon Relational Database Service/{SINGAPORE}",
        ),
        *stays_open(
            "a charge for tables where they could not be listed",
            G_10c=f"{LOGS}/*/Amazon DynamoDB/{WEST}",
        ),
    ),
)
