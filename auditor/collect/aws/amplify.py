"""AWS Amplify Hosting: apps, which are served from every edge of CloudFront.

API: https://docs.aws.amazon.com/amplify/latest/APIReference/API_ListApps.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import everywhere
from auditor.collect.aws.reading import maybe_text, tags_in, text
from auditor.collect.aws.resources import processor_of
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Processor

_BRANCH = "apps.autoBranchCreationConfig"


def _rows(found: Found) -> Iterator[Processor | Flow]:
    row = processor_of(
        found,
        id=text(found, "item.appArn"),
        name=text(found, "item.name"),
        kind="app",
        public=True,  # it is a website; a password is a setting of each branch
        created=maybe_text(found, "item.createTime", absent=""),
        tags=tags_in(found.read("item.tags", absent={})),
    )
    yield row
    yield everywhere(row, "hosting")


APPS = Collector(
    kind="aws.amplify.app",
    service="amplify",
    title="apps of Amplify Hosting",
    per=("account", "region"),
    listing=Listing(
        operation="ListApps",
        permission="amplify:ListApps",
        parameters={"maxResults": 100},
        items="apps",
        secrets=(
            "apps.environmentVariables",
            "apps.basicAuthCredentials",
            "apps.buildSpec",
            f"{_BRANCH}.environmentVariables",
            f"{_BRANCH}.basicAuthCredentials",
            f"{_BRANCH}.buildSpec",
        ),
    ),
    tables=(Processor, Flow),
    rows=_rows,
    types=("amplify:apps",),
    source="https://docs.aws.amazon.com/amplify/latest/APIReference/API_ListApps.html",
)
