"""Where databases send their backups."""

from dataclasses import replace

import pytest

from auditor.collect.oci.backupdestinations import kept_in, kind_elsewhere, to_destination
from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import Flow, Store

STORE = Store(
    id="db",
    name="db",
    provider="oci",
    operator="Oracle",
    account="ours",
    region=Unknown("housed elsewhere"),
    country=Unknown("housed elsewhere"),
    service="database",
    kind="database",
    backup=False,
    encrypted=True,
    key_id="",
    public=False,
    locked=False,
    size_bytes=1,
    created="",
    tags={},
)


HERE = replace(STORE, region="us-phoenix-1", country="US")


def flows(**destination: Json) -> list[Flow]:
    """Return the flows to a destination of a database that Phoenix answers for."""
    return list(to_destination(STORE, destination, "0", "us-phoenix-1"))


@pytest.mark.parametrize("kind", ["OBJECT_STORE", "DBRS"])
def test_oracles_own_destinations_are_in_the_region_that_answers(kind: str) -> None:
    """A remote one says where it is."""
    (near,) = to_destination(HERE, {"type": kind}, "0", "us-phoenix-1")
    (far,) = flows(type=kind, isRemote=True, remoteRegion="eu-frankfurt-1")

    assert (near.target_country, far.target_country) == ("US", "DE")
    assert near.active is True


def test_backups_of_a_database_in_another_cloud_may_stay_there() -> None:
    """The Recovery Service can keep them where the database is; Object Storage cannot."""
    (bucket,), (recovery,) = flows(type="OBJECT_STORE"), flows(type="DBRS")

    assert bucket.target_country == "US"
    assert isinstance(recovery.target_country, Unknown)


def test_local_backups_go_nowhere() -> None:
    """They are on the database's own disks."""
    assert flows(type="LOCAL", isRemote=False) == []


@pytest.mark.parametrize("kind", ["NFS", "RECOVERY_APPLIANCE", "AWS_S3"])
def test_a_destination_outside_has_no_known_country(kind: str) -> None:
    """Whatever it says of remote regions; its id joins it to the destination's own row."""
    (flow,) = flows(type=kind, id="ocid1.backupdestination.oc1.iad.d", remoteRegion="us-ashburn-1")

    assert isinstance(flow.target_country, Unknown)
    assert flow.target_id == "ocid1.backupdestination.oc1.iad.d"


def test_amazon_is_named() -> None:
    """The API states whose storage it is."""
    assert flows(type="AWS_S3")[0].target_operator == "Amazon Web Services"


@pytest.mark.parametrize(
    "destination",
    [
        {"type": "TAPE"},
        {"type": "OBJECT_STORE", "isRemote": "yes"},
        {"type": "OBJECT_STORE", "isRemote": True},
    ],
)
def test_what_nobody_knows_is_unknown(destination: dict[str, Json]) -> None:
    """A new kind, an odd flag, a remote region that is not named."""
    assert isinstance(flows(**destination)[0].target_country, Unknown)


@pytest.mark.parametrize("kind", ["NFS", "RECOVERY_APPLIANCE", "AWS_S3", "TAPE", Unknown("odd")])
def test_a_backup_of_another_kind_of_destination_is_elsewhere(kind: str | Unknown) -> None:
    """Also one that this version never heard of."""
    assert isinstance(kind_elsewhere(kind), Unknown)
    assert kind_elsewhere("OBJECT_STORE") is None


@pytest.mark.parametrize(
    ("item", "region"),
    [
        ({}, "us-phoenix-1"),
        ({"type": "DBRS"}, "us-phoenix-1"),
        ({"type": "DBRS", "isRemote": True, "remoteRegion": "us-ashburn-1"}, "us-ashburn-1"),
        ({"type": "DBRS", "isRemote": True}, None),
        ({"type": "DBRS", "isRemote": "yes"}, None),
        ({"type": "TAPE"}, None),
        ({"type": "AWS_S3", "isRemote": True, "remoteRegion": "us-ashburn-1"}, None),
    ],
)
def test_a_backup_is_where_its_destination_is(item: Json, region: str | None) -> None:
    """A remote one says where, and one of an unknown kind is anywhere."""
    found = Found(place={}, item={"backupDestinationDetails": item})
    kept = kept_in(found, "item.backupDestinationDetails.isRemote", "us-phoenix-1")

    assert kept == region if region else isinstance(kept, Unknown)
