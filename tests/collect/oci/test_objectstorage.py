"""Buckets: where they are, where their copies go, who can read them."""

import pytest

from auditor.demo.oci.faults import InjectedFault, denied
from auditor.model import Json, Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import DATA, Collected, collected

HERE = "oci:objectstorage:us-ashburn-1:acme"
KINDS = "oci.objectstorage"


def bucket(name: str, **more: Json) -> dict[str, Json]:
    """Return a private bucket with Oracle's key."""
    return {
        "namespace": "acme",
        "name": name,
        "compartment_id": DATA,
        "time_created": "2024-02-01T00:00:00Z",
        "public_access_type": "NoPublicAccess",
        "approximate_size": 1234,
        **more,
    }


AT = {"_path": {"namespaceName": "acme", "bucketName": "user-data"}}
REPLICATION = {
    **AT,
    "id": "policy1",
    "destination_region_name": "eu-frankfurt-1",
    "destination_bucket_name": "copy",
    "status": "ACTIVE",
}
PAR = {**AT, "time_created": "2026-01-01T00:00:00Z", "time_expires": "2030-01-01T00:00:00Z"}
LINKS = [
    {**PAR, "id": "live", "access_type": "AnyObjectRead"},
    {**PAR, "id": "old", "access_type": "ObjectRead", "time_expires": "2026-02-01T00:00:00Z"},
    {**PAR, "id": "drop", "access_type": "ObjectWrite"},
]
LOCK = {"_path": {"bucketName": "logs"}, "id": "r", "time_rule_locked": "2025-01-01T00:00:00Z"}
COPIED = {
    "_path": {"bucketName": "copy"},
    "source_region_name": "us-ashburn-1",
    "source_bucket_name": "user-data",
}


@pytest.fixture(scope="module")
def found() -> Collected:
    """Four buckets in Ashburn, one in Frankfurt that one of them is copied to."""
    return collected(
        {
            "us-ashburn-1": {
                "object_storage": {
                    "Bucket": [
                        bucket(
                            "user-data",
                            kms_key_id="ocid1.key.oc1.iad.v.k",
                            freeform_tags={"data-class": "us-user-data"},
                            defined_tags={"ops": {"owner": "video"}},
                        ),
                        bucket("logs"),
                        bucket("site", public_access_type="ObjectReadWithoutList"),
                        bucket("secret"),
                    ],
                    "ReplicationPolicy": [REPLICATION],
                    "PreauthenticatedRequest": LINKS,
                    "RetentionRule": [LOCK],
                }
            },
            "eu-frankfurt-1": {
                "object_storage": {
                    "Bucket": [bucket("copy", is_read_only=True)],
                    "ReplicationSource": [COPIED],
                }
            },
        },
        denied(r".*\.(get_bucket|list_preauthenticated_requests)", resource="secret"),
        kinds=KINDS,
    )


def test_a_bucket_is_where_it_was_listed(found: Collected) -> None:
    """Every column that an auditor asks for, in its own words."""
    store = found.row(Store, "/user-data")

    assert store.id == f"{HERE}/user-data"
    assert (store.region, store.country, store.operator) == ("us-ashburn-1", "US", "Oracle")
    assert (store.kind, store.backup, store.encrypted) == ("bucket", False, True)
    assert (store.public, store.locked, store.size_bytes) == (False, False, 1234)
    assert store.key_id == "ocid1.key.oc1.iad.v.k"
    assert store.created == "2024-02-01T00:00:00.000Z"
    assert store.tags == {"data-class": "us-user-data", "ops.owner": "video"}


def test_oracles_key_is_known_to_be_none_of_the_customers(found: Collected) -> None:
    """The reference says what a bucket without a key means."""
    assert found.row(Store, "/logs").key_id == ""


def test_replication_leads_to_the_other_region(found: Collected) -> None:
    """Even when nobody may look there, the region is stated."""
    flow = found.row(Flow, "/replication/policy1")

    assert flow.target_id == "oci:objectstorage:eu-frankfurt-1:acme/copy"
    assert (flow.target_region, flow.target_country, flow.active) == ("eu-frankfurt-1", "DE", True)


def test_a_destination_of_replication_is_a_copy(found: Collected) -> None:
    """It holds what its source holds, whatever its tags say."""
    store = found.row(Store, "/copy")

    assert (store.backup, store.source_id) == (True, f"{HERE}/user-data")


def test_a_live_link_lets_anybody_in(found: Collected) -> None:
    """An expired one does not, and one that only writes hands nothing out."""
    links = {flow.id: flow for flow in found.of(Flow) if flow.mechanism == "link"}

    assert links[f"{HERE}/user-data/link/live"].active is True
    assert links[f"{HERE}/user-data/link/live"].target_account == "*"
    assert links[f"{HERE}/user-data/link/old"].active is False
    assert f"{HERE}/user-data/link/drop" not in links


def test_a_public_bucket_is_a_way_out(found: Collected) -> None:
    """Without listing, the objects are still readable."""
    assert found.row(Store, "/site").public is True
    assert found.row(Flow, "/site/public/*").target_account == "*"


def test_a_locked_retention_rule_locks(found: Collected) -> None:
    """Only once its day has come."""
    assert found.row(Store, "/logs").locked is True


def test_what_was_denied_is_unknown_and_names_the_permission(found: Collected) -> None:
    """A bucket that may be public must not look private."""
    store = found.row(Store, "/secret")

    for value in (store.public, store.key_id, store.size_bytes):
        assert isinstance(value, Unknown)
        assert value.permission == "read buckets"
    assert isinstance(found.row(Flow, "/secret/public/?").active, Unknown)
    assert isinstance(found.row(Flow, "/secret/link/?").active, Unknown)
    assert store.country == "US"


def test_asks_for_sources_only_where_they_can_be(found: Collected) -> None:
    """Of a read-only bucket, and of one that could not be read."""
    assert len(found.asked("get_bucket")) == 5
    assert len(found.asked("list_replication_sources")) == 2


def test_a_list_that_is_no_list_is_unknown() -> None:
    """An answer of another shape must not read as an empty list."""
    odd = InjectedFault(operation=".*list_preauthenticated_requests", status=200, body=b"{}")
    found = collected(
        {"us-ashburn-1": {"object_storage": {"Bucket": [bucket("odd")]}}}, odd, kinds=KINDS
    )

    assert isinstance(found.row(Flow, "/odd/link/?").active, Unknown)


def test_asks_for_lifecycle_rules_where_there_are_some() -> None:
    """Reviewers find in the evidence when objects are deleted."""
    etag = {"object_lifecycle_policy_etag": "e"}
    rules = {"_path": {"bucketName": "ruled"}, "items": [], "time_created": "2024-01-01T00:00:00Z"}
    buckets = [bucket("ruled", **etag), bucket("plain")]
    storage = {"Bucket": buckets, "ObjectLifecyclePolicy": [rules]}
    found = collected({"us-ashburn-1": {"object_storage": storage}}, kinds=KINDS)

    assert len(found.asked("get_object_lifecycle_policy")) == 1
