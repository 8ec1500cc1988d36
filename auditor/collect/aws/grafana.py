"""Amazon Managed Grafana: workspaces, which may send alerts anywhere.

API: https://docs.aws.amazon.com/grafana/latest/APIReference/API_DescribeWorkspace.html
"""

from collections.abc import Iterator

from auditor.collect.aws.reading import maybe_text, optional_key, tags_in, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import store_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Store

_REFERENCE = "https://docs.aws.amazon.com/grafana/latest/APIReference/API_"
_ALERTS = Unknown("where its alerts go is set in Grafana itself")


def _workspace(found: Found) -> Iterator[Store | Flow]:
    name = text(found, "item.id")
    row = store_of(
        found,
        id=arn("grafana", found.place["region"], found.place["account"], f"/workspaces/{name}"),
        name=text(found, "item.name"),
        kind="workspace",
        # https://docs.aws.amazon.com/grafana/latest/userguide/infrastructure-data-protection.html
        encrypted=True,
        key_id=optional_key(found, "workspace.workspace.kmsKeyId", "workspace.workspace.id"),
        public=False,  # its users sign in
        created=maybe_text(found, "item.created"),
        tags=tags_in(found.read("item.tags", absent={})),
    )
    yield row
    yield possible(row, "stream", _ALERTS)


WORKSPACES = Collector(
    kind="aws.grafana.workspace",
    service="grafana",
    title="workspaces of Grafana",
    per=("account", "region"),
    listing=Listing(
        operation="ListWorkspaces",
        permission="grafana:ListWorkspaces",
        parameters={"maxResults": 100},
        items="workspaces",
        secrets=("workspaces.grafanaToken",),
    ),
    details=(
        Detail(
            name="workspace",
            operation="DescribeWorkspace",
            permission="grafana:DescribeWorkspace",
            bind={"workspaceId": "item.id"},
            secrets=("workspace.grafanaToken",),
        ),
    ),
    tables=(Store, Flow),
    rows=_workspace,
    types=("grafana:workspaces",),
    source=_REFERENCE + "ListWorkspaces.html",
)
