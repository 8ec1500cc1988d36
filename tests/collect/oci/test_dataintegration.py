"""Workspaces and their data assets."""

import pytest

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Flow
from tests.collect.oci.simulated import Collected, collected
from tests.collect.oci.things import thing

FAR, SECRET = "ocid1.tenancy.oc1..far", "hunter2"


def asset(workspace: dict[str, Json], key: str, kind: str, **more: Json) -> dict[str, Json]:
    """Return a data asset of a workspace."""
    path = {"workspaceId": workspace["id"]}
    return {"_path": path, "key": key, "model_type": kind, "name": key, **more}


@pytest.fixture(scope="module")
def found() -> Collected:
    """A workspace with assets, and one whose assets are refused."""
    open_, hidden = (thing("disworkspace", name) for name in ("open", "hidden"))
    assets = {
        "DataAssetSummaryFromObjectStorage": [
            asset(
                open_,
                "bucket",
                "ORACLE_OBJECT_STORAGE_DATA_ASSET",
                oci_region="eu-frankfurt-1",
                tenancy_id=FAR,
            )
        ],
        "DataAssetSummaryFromAmazonS3": [
            asset(open_, "lake", "AMAZON_S3_DATA_ASSET", region="eu-west-1")
        ],
        "DataAssetSummaryFromRest": [
            asset(open_, "api", "REST_DATA_ASSET", base_url=f"https://api.example.com/{SECRET}")
        ],
        "DataAssetSummaryFromOracle": [
            asset(
                open_,
                "database",
                "ORACLE_DATA_ASSET",
                host="db.example.com",
                credential_file_content=SECRET,
            )
        ],
    }
    return collected(
        {"us-ashburn-1": {"data_integration": {"Workspace": [open_, hidden], **assets}}},
        denied("data_integration.*list_data_assets", resource=str(hidden["id"])),
        kinds="oci.dataintegration",
    )


def test_a_bucket_is_of_a_tenancy_and_region(found: Collected) -> None:
    """Both are stated."""
    flow = found.row(Flow, "sync/bucket")

    assert (flow.target_account, flow.target_country) == (FAR, "DE")


def test_other_assets_are_named_and_not_placed(found: Collected) -> None:
    """A host could be anywhere."""
    lake = found.row(Flow, "sync/lake")

    assert (lake.target_operator, lake.target_country) == ("Amazon Web Services", "IE")
    assert isinstance(found.row(Flow, "sync/database").target_country, Unknown)


def test_assets_that_are_refused_may_be_anywhere(found: Collected) -> None:
    """One row stands for all of them."""
    assert isinstance(found.row(Flow, "hidden/sync/?").target_account, Unknown)


def test_wallets_are_no_evidence(found: Collected) -> None:
    """A summary holds the content of credential files."""
    assert SECRET not in repr(found.records)
