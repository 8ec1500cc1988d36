"""OCI Data Integration: workspaces, and the data assets that their tasks read and write.

A data asset does not say in which direction data goes; tasks may be changed to use it either way.
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.regions import country_of
from auditor.collect.flows import possible
from auditor.collect.oci.flows import to_outside, to_tenancy
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import entries, odd
from auditor.collect.oci.service_rows import (
    BARE,
    COLLECTED,
    PAGE,
    compartment_listing,
    is_gone,
    processor_of,
    runs,
)
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Flow, Maybe, Processor

_AMAZON = "Amazon Web Services"
_SECRETS = (
    "assetProperties",
    "baseUrl.@",
    "credentialFileContent",
    "defaultConnection",
    "manifestFileContent",
    "stagingConnection",
    "walletPasswordSecret",
    "walletSecret",
)


def _rows(found: Found) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    workspace = processor_of(found, "dataintegration", "workspace")
    yield workspace
    assets = found.read("assets")
    if isinstance(assets, Unknown):
        yield possible(workspace, "sync", assets)
        return
    active = runs(found)
    for number, asset in enumerate(entries(assets)):
        yield _way(workspace, asset, str(asset.get("key", number)), active)


def _way(workspace: Processor, asset: Mapping[str, Json], name: str, active: Maybe[bool]) -> Flow:
    kind = str(asset.get("modelType"))[:40]
    if kind == "ORACLE_OBJECT_STORAGE_DATA_ASSET":
        region, tenancy = (_stated(asset, member) for member in ("ociRegion", "tenancyId"))
        return to_tenancy(workspace, "sync", "", tenancy, region, active, name)
    why = Unknown(f"the data asset ({kind}) does not say where it is")
    if kind == "AMAZON_S3_DATA_ASSET":
        region = _stated(asset, "region")
        placed = {"target_region": region, "target_country": country_of(region)}
        known = {**placed, "target_operator": _AMAZON}
        return to_outside(workspace, "sync", name, why, active, **known)
    return to_outside(workspace, "sync", name, why, active)


def _stated(asset: Mapping[str, Json], member: str) -> Maybe[str]:
    value = asset.get(member)
    if value is None:
        return Unknown(f"the data asset states no {member}")
    return value if isinstance(value, str) else odd(member, "text")


WORKSPACES = Collector(
    kind="oci.dataintegration.workspace",
    service="data_integration.DataIntegrationClient",
    title="Data Integration workspaces, with their data assets",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_workspaces", "inspect dis-workspaces", "workspaceProperties", items=BARE
    ),
    details=(
        Detail(
            name="assets",
            operation="list_data_assets",
            permission="inspect dis-workspaces",
            parameters={"limit": PAGE},
            bind={"workspace_id": "item.id"},
            items=COLLECTED,
            secrets=tuple(f"{COLLECTED}.{member}" for member in _SECRETS),
        ),
    ),
    tables=(Processor, Flow),
    rows=_rows,
    types=("DISWorkspace",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/data-integration/20200430/WorkspaceSummary/ListWorkspaces",
)
