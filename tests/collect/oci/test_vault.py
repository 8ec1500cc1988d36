"""Vaults and keys: who holds the material, and where copies are."""

import pytest

from auditor.demo.oci.faults import denied
from auditor.model import Json, Unknown
from auditor.tables import Key
from tests.collect.oci.simulated import DATA, Collected, collected

HOST = "https://{}-management.kms.us-ashburn-1.oraclecloud.com"


def vault(name: str, **more: Json) -> dict[str, Json]:
    """Return a vault that is not replicated."""
    return {
        "id": f"ocid1.vault.oc1.iad.{name}",
        "compartment_id": DATA,
        "display_name": name,
        "vault_type": "DEFAULT",
        "lifecycle_state": "ACTIVE",
        "management_endpoint": HOST.format(name),
        "is_vault_replicable": False,
        **more,
    }


def key(vault_name: str, name: str, mode: str) -> dict[str, Json]:
    """Return a key of a vault."""
    return {
        "_host": HOST.format(vault_name).removeprefix("https://"),
        "id": f"ocid1.key.oc1.iad.{vault_name}.{name}",
        "compartment_id": DATA,
        "vault_id": f"ocid1.vault.oc1.iad.{vault_name}",
        "display_name": name,
        "lifecycle_state": "ENABLED",
        "protection_mode": mode,
        "is_auto_rotation_enabled": False,
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """One vault of each kind."""
    holder = {"external_vault_endpoint_url": "https://keys.example.de/v1", "vendor": "Thales"}
    unsaid = key("plain", "unsaid", "")
    del unsaid["protection_mode"]
    replica = {"_path": {"vaultId": "ocid1.vault.oc1.iad.private"}, "region": "eu-frankfurt-1"}
    return collected(
        {
            "us-ashburn-1": {
                "key_management": {
                    "Vault": [
                        vault("plain"),
                        vault("private", vault_type="VIRTUAL_PRIVATE", is_vault_replicable=True),
                        vault(
                            "external",
                            vault_type="EXTERNAL",
                            external_key_manager_metadata_summary=holder,
                        ),
                        vault("hidden"),
                        vault("stolen", management_endpoint="https://kms.example.com"),
                        vault("deleted", lifecycle_state="DELETED"),
                    ],
                    "VaultReplicaSummary": [{**replica, "status": "CREATED"}],
                    "Key": [
                        key("plain", "hsm", "HSM"),
                        key("plain", "soft", "SOFTWARE"),
                        key("private", "copied", "HSM"),
                        key("external", "held", "EXTERNAL"),
                        unsaid,
                        key("hidden", "unseen", "HSM"),
                    ],
                }
            }
        },
        denied(".*list_keys", region="us-ashburn-1", times=1, resource="nobody"),
        kinds="oci.vault",
    )


def test_custody_is_told_by_the_protection_mode(found: Collected) -> None:
    """Who holds the material decides who can be made to hand it over."""
    custody = {row.id.rpartition(".")[2]: row.custody for row in found.of(Key)}

    assert custody["hsm"] == "hsm"
    assert custody["soft"] == "customer"
    assert custody["held"] == "external"


def test_a_key_is_where_its_vault_is(found: Collected) -> None:
    """Its copies are where the vault's are."""
    plain, copied = found.row(Key, ".hsm"), found.row(Key, ".copied")

    assert (plain.country, plain.enabled, plain.replica_regions) == ("US", True, ())
    assert copied.replica_regions == ("eu-frankfurt-1",)
    assert copied.replica_countries == ("DE",)


def test_the_country_of_an_external_key_manager_is_not_stated(found: Collected) -> None:
    """Its address is, and is named in the reason."""
    country = found.row(Key, ".held").country

    assert isinstance(country, Unknown)
    assert "keys.example.de" in country.reason


def test_a_key_without_a_known_mode_is_in_no_known_country(found: Collected) -> None:
    """Somebody else may hold it."""
    row = found.row(Key, ".unsaid")

    assert isinstance(row.custody, Unknown)
    assert isinstance(row.country, Unknown)


def test_keys_that_could_not_be_listed_leave_a_row(found: Collected) -> None:
    """An address outside Oracle Cloud is not asked, and its keys are not forgotten."""
    row = found.row(Key, "ocid1.vault.oc1.iad.stolen/keys/?")

    assert isinstance(row.country, Unknown)
    assert all(entry.host != "kms.example.com" for entry in found.simulator.log)


def test_a_deleted_vault_has_no_keys(found: Collected) -> None:
    """It stays listed, and its address is gone."""
    assert all("deleted" not in row.id for row in found.of(Key))


def test_no_replicas_are_asked_for_where_there_can_be_none(found: Collected) -> None:
    """The call counts against a limit of ten a second."""
    assert len(found.asked("list_vault_replicas")) == 1


def test_a_copied_key_is_a_row_of_its_own() -> None:
    """It has the OCID of its original, and would otherwise pass for it."""
    host = "copied-management.kms.eu-frankfurt-1.oraclecloud.com"
    copies = {
        "Vault": [vault("private", management_endpoint=f"https://{host}", is_primary=False)],
        "Key": [{**key("private", "copied", "HSM"), "_host": host}],
    }
    originals = {"Vault": [vault("private")], "Key": [key("private", "copied", "HSM")]}
    found = collected(
        {
            "us-ashburn-1": {"key_management": originals},
            "eu-frankfurt-1": {"key_management": copies},
        },
        kinds="oci.vault.key",
    )

    assert {row.id.partition("@")[2]: row.country for row in found.of(Key)} == {
        "": "US",
        "eu-frankfurt-1": "DE",
    }


def test_the_address_behind_an_endpoint_is_named() -> None:
    """It is what an external key manager has in the customer's network."""
    endpoint = "ocid1.ekmsprivateendpoint.oc1.iad.e"
    holder = {"external_vault_endpoint_url": "https://keys", "private_endpoint_id": endpoint}
    held = vault("out", vault_type="EXTERNAL", external_key_manager_metadata_summary=holder)
    estate: dict[str, list[dict[str, Json]]] = {
        "Vault": [held],
        "Key": [key("out", "held", "EXTERNAL")],
        "EkmsPrivateEndpoint": [
            {"id": endpoint, "compartment_id": DATA, "external_key_manager_ip": "10.9.8.7"}
        ],
    }
    found = collected({"us-ashburn-1": {"key_management": estate}}, kinds="oci.vault.key")
    country = found.row(Key, ".held").country

    assert isinstance(country, Unknown)
    assert "10.9.8.7" in country.reason


def test_a_cluster_of_ones_own_shows_none_of_its_keys() -> None:
    """It stands in the region, and nothing else is known of what is in it."""
    cluster = {
        "id": "ocid1.hsmcluster.oc1.iad.own",
        "compartment_id": DATA,
        "display_name": "own",
        "lifecycle_state": "ACTIVE",
    }
    found = collected(
        {"us-ashburn-1": {"key_management": {"HsmCluster": [cluster]}}},
        kinds="oci.vault.hsmcluster",
    )
    row = found.row(Key, ".own")

    assert (row.country, row.custody, row.enabled) == ("US", "hsm", True)
    assert isinstance(row.replica_regions, Unknown)


def test_copies_whose_keys_cannot_be_listed_are_rows_of_their_own() -> None:
    """What is not known in one region must not replace what is not known in the other."""
    nowhere = vault("private", management_endpoint="https://kms.example.com")
    found = collected(
        {
            "us-ashburn-1": {"key_management": {"Vault": [nowhere]}},
            "eu-frankfurt-1": {"key_management": {"Vault": [nowhere]}},
        },
        kinds="oci.vault.key",
    )

    assert {row.id: row.region for row in found.of(Key)} == {
        "ocid1.vault.oc1.iad.private/keys/?": "us-ashburn-1",
        "ocid1.vault.oc1.iad.private@eu-frankfurt-1/keys/?": "eu-frankfurt-1",
    }
