"""Secrets: where they are copied to, and never what they are."""

from auditor.model import Json
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import DATA, collected

SECRET = "ocid1.vaultsecret.oc1.iad.token"


def secret(**more: Json) -> dict[str, Json]:
    """Return a secret of Ashburn."""
    return {
        "id": SECRET,
        "compartment_id": DATA,
        "secret_name": "token",
        "key_id": "ocid1.key.oc1.iad.k",
        "vault_id": "ocid1.vault.oc1.iad.v",
        "lifecycle_state": "ACTIVE",
        "time_created": "2025-01-01T00:00:00Z",
        **more,
    }


def test_a_copy_has_the_ocid_of_its_original() -> None:
    """Both are rows, in a country each, and the flow between them joins."""
    target = {"target_region": "eu-frankfurt-1", "target_vault_id": "ocid1.vault.oc1.fra.v"}
    copies = {"replication_config": {"replication_targets": [target]}}
    original = {"source_region": "us-ashburn-1", "source_vault_id": "ocid1.vault.oc1.iad.v"}
    found = collected(
        {
            "us-ashburn-1": {"vault": {"Secret": [secret(is_replica=False, **copies)]}},
            "eu-frankfurt-1": {
                "vault": {"Secret": [secret(is_replica=True, source_region_information=original)]}
            },
        },
        kinds="oci.vault.secret",
    )

    first, second = found.of(Store)
    (flow,) = found.of(Flow)
    assert (first.id, first.country, first.source_id) == (SECRET, "US", "")
    assert (second.country, second.backup, second.source_id) == ("DE", True, SECRET)
    assert (flow.store_id, flow.target_id, flow.target_country) == (SECRET, second.id, "DE")


def test_a_secret_is_its_keys() -> None:
    """It has no other encryption, and no copy unless one is stated."""
    found = collected({"us-ashburn-1": {"vault": {"Secret": [secret()]}}}, kinds="oci.vault.secret")

    (store,) = found.of(Store)
    assert (store.encrypted, store.key_id, found.of(Flow)) == (True, "ocid1.key.oc1.iad.k", [])


def test_an_ocid_of_another_region_is_a_copys() -> None:
    """Also if the copy does not say that it is one: two rows of one id would be one."""
    found = collected(
        {
            "us-ashburn-1": {"vault": {"Secret": [secret()]}},
            "eu-frankfurt-1": {"vault": {"Secret": [secret()]}},
        },
        kinds="oci.vault.secret",
    )

    first, second = found.of(Store)
    assert (first.id, first.source_id) == (SECRET, "")
    assert (second.id, second.source_id) == (f"{SECRET}@eu-frankfurt-1", SECRET)
