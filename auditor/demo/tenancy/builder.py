"""Names and objects of the demo tenancy, as the SDK's models have them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.model import Json

HOME, WEST, FRANKFURT = "us-ashburn-1", "us-phoenix-1", "eu-frankfurt-1"
NAMESPACE = "northstar"
_KEYS = {HOME: "iad", WEST: "phx", FRANKFURT: FRANKFURT}  # as they stand in OCIDs
LONG_AGO = "2025-03-01T08:00:00Z"  # before every audit of the demo


def compartment_id(name: str) -> str:
    """Return the OCID of a compartment."""
    return f"ocid1.compartment.oc1..{name}"


PROD, DATA, DATABASES, SECURITY, LOGS, LEGACY = (
    compartment_id(name) for name in ("prod", "data", "databases", "security", "logs", "legacy")
)
USER_DATA = {"freeform_tags": {"data-class": "us-user-data"}}
OPERATIONS = {"freeform_tags": {"data-class": "operations"}}


def ocid(kind: str, region: str, name: str) -> str:
    """Return the OCID of a regional resource."""
    return f"ocid1.{kind}.oc1.{_KEYS[region]}.{name}"


def domain_of(region: str) -> str:
    """Return the name of the one availability domain that a region of the demo has."""
    return f"nStR:{region.upper()}-AD-1"


def bucket_row(region: str, name: str) -> str:
    """Return the id of a bucket's row."""
    return f"oci:objectstorage:{region}:{NAMESPACE}/{name}"


@dataclass(slots=True)
class Builder:
    """Collects the objects of the estate: region -> service module -> model -> objects."""

    regions: dict[str, dict[str, dict[str, list[dict[str, Json]]]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    )

    def add(self, region: str, module: str, model: str, /, **fields: Json) -> None:
        """Add one object of any model."""
        self.regions[region][module][model].append(fields)

    def resource(
        self, region: str, model: str, kind: str, name: str, tags: Mapping[str, Json], **more: Json
    ) -> str:
        """Add a resource with an OCID, and return it.

        Args:
            model: 'module.Model'.
            kind: as it stands in the OCID.
        """
        module, _, plain = model.partition(".")
        id_ = ocid(kind, region, name)
        common = {"id": id_, "compartment_id": DATA, "lifecycle_state": "AVAILABLE"}
        self.add(region, module, plain, **{**common, **tags, **more})
        return id_

    def bucket(self, region: str, name: str, tags: Mapping[str, Json], **more: Json) -> None:
        """Add a private bucket."""
        common = {
            "namespace": NAMESPACE,
            "name": name,
            "compartment_id": DATA,
            "time_created": LONG_AGO,
            "public_access_type": "NoPublicAccess",
            "approximate_size": 4_096_000,
            "is_read_only": False,
        }
        self.add(region, "object_storage", "Bucket", **{**common, **tags, **more})

    def replicate(self, name: str, region: str, copy: str, tags: Mapping[str, Json]) -> None:
        """Copy a bucket of the home region to a read-only one elsewhere."""
        self.add(
            HOME,
            "object_storage",
            "ReplicationPolicy",
            _path={"bucketName": name},
            id=f"to-{copy}",
            name=f"to-{copy}",
            destination_region_name=region,
            destination_bucket_name=copy,
            status="ACTIVE",
        )
        self.bucket(region, copy, tags, is_read_only=True)
        self.add(
            region,
            "object_storage",
            "ReplicationSource",
            _path={"bucketName": copy},
            policy_name=f"to-{copy}",
            source_region_name=HOME,
            source_bucket_name=name,
        )

    def volume(self, region: str, name: str, tags: Mapping[str, Json], **more: Json) -> str:
        """Add a block volume of 200 GB."""
        sized = {"size_in_gbs": 200, "size_in_mbs": 204_800, "time_created": LONG_AGO}
        fields = {**sized, "display_name": name, **more}
        return self.resource(region, "core.Volume", "volume", name, tags, **fields)

    def boot_volume(self, region: str, name: str, tags: Mapping[str, Json], **more: Json) -> str:
        """Add a boot volume of 50 GB."""
        sized = {"size_in_gbs": 50, "size_in_mbs": 51_200, "time_created": LONG_AGO}
        fields = {**sized, "display_name": name, **more}
        return self.resource(region, "core.BootVolume", "bootvolume", name, tags, **fields)

    def backup(self, region: str, name: str, volume: str, **more: Json) -> str:
        """Add a backup of a block volume; it carries no tags of its own."""
        sized = {"unique_size_in_gbs": 20, "time_created": LONG_AGO, "type": "FULL"}
        fields = {**sized, "display_name": name, "volume_id": volume, **more}
        return self.resource(region, "core.VolumeBackup", "volumebackup", name, {}, **fields)

    def database(self, region: str, name: str, tags: Mapping[str, Json], **more: Json) -> str:
        """Add a database of a DB system, backed up in its own region."""
        destination = [{"type": "OBJECT_STORE", "is_remote": False}]
        kept = {"auto_backup_enabled": True, "backup_destination_details": destination}
        fields = {"db_name": name, "time_created": LONG_AGO, "db_backup_config": kept, **more}
        place = {"compartment_id": DATABASES}
        return self.resource(
            region, "database.Database", "database", name, tags, **{**place, **fields}
        )

    def autonomous(self, region: str, name: str, tags: Mapping[str, Json], **more: Json) -> str:
        """Add an autonomous database with Oracle's key."""
        fields = {
            "compartment_id": DATABASES,
            "db_name": name,
            "display_name": name,
            "kms_key_id": "ORACLE_MANAGED_KEY",
            "data_storage_size_in_gbs": 1024,
            "time_created": LONG_AGO,
            "role": "PRIMARY",
            **more,
        }
        kind = "autonomousdatabase"
        return self.resource(region, "database.AutonomousDatabase", kind, name, tags, **fields)

    def autonomous_backup(self, region: str, name: str, database: str, **more: Json) -> str:
        """Add a backup of an autonomous database."""
        fields = {
            "compartment_id": DATABASES,
            "autonomous_database_id": database,
            "display_name": name,
            "size_in_tbs": 0.2,
            "time_started": LONG_AGO,
            **more,
        }
        kind = "autonomousdatabasebackup"
        model = "database.AutonomousDatabaseBackup"
        return self.resource(
            region, model, kind, name, {}, **{"lifecycle_state": "ACTIVE", **fields}
        )

    def vault(self, region: str, name: str, **more: Json) -> None:
        """Add a vault that is not copied elsewhere."""
        fields = {
            "compartment_id": SECURITY,
            "lifecycle_state": "ACTIVE",
            "display_name": name,
            "vault_type": "DEFAULT",
            "is_vault_replicable": False,
            "management_endpoint": f"https://{_host(region, name)}",
            "time_created": LONG_AGO,
            **more,
        }
        self.resource(region, "key_management.Vault", "vault", name, OPERATIONS, **fields)

    def key(self, region: str, vault: str, name: str, mode: str = "HSM") -> str:
        """Add a key to a vault."""
        return self.resource(
            region,
            "key_management.Key",
            "key",
            f"{vault}.{name}",
            OPERATIONS,
            _host=_host(region, vault),
            compartment_id=SECURITY,
            lifecycle_state="ENABLED",
            display_name=name,
            vault_id=ocid("vault", region, vault),
            protection_mode=mode,
            is_auto_rotation_enabled=True,
            time_created=LONG_AGO,
        )


def _host(region: str, vault: str) -> str:
    return f"{vault}-management.kms.{region}.oraclecloud.com"
