"""The part of the tenancy that cannot be read, on purpose; ``planted`` says what stays open.

One compartment is closed by the tenancy's own policies; see ``permissions``.
"""

from auditor.demo.oci.faults import InjectedFault, denied, throttled
from auditor.demo.tenancy.builder import (
    FRANKFURT,
    HOME,
    LOGS,
    USER_DATA,
    WEST,
    Builder,
    ocid,
)

FAULTS: tuple[InjectedFault, ...] = (
    denied(".*[.]get_bucket", resource="user-appeals"),
    denied(".*[.]list_replication_policies", resource="user-drafts"),
    denied(".*[.]list_preauthenticated_requests", resource="user-surveys"),
    denied(".*[.]list_autonomous_database_peers", resource="ocid1.autonomousdatabase.oc1.iad.ads"),
    throttled(".*[.]list_volume_backups", region=WEST, compartment=LOGS),
)


def build_gaps(estate: Builder, key: str) -> None:
    """Add what the faults then refuse to show, and what nobody classified."""
    estate.bucket(FRANKFURT, "scratch", {})
    # Nobody reads its list: the index names it, and the bill charges for it.
    estate.backup(WEST, "spare", ocid("volume", WEST, "spare"), compartment_id=LOGS)
    for name in ("user-appeals", "user-drafts", "user-surveys"):
        estate.bucket(HOME, name, USER_DATA, kms_key_id=key)
    estate.autonomous(HOME, "ads", USER_DATA)
    holder = {"external_vault_endpoint_url": "https://keys.example.de", "vendor": "an HSM maker"}
    estate.vault(
        HOME, "external", vault_type="EXTERNAL", external_key_manager_metadata_summary=holder
    )
    held = estate.key(HOME, "external", "held", "EXTERNAL")
    estate.bucket(HOME, "user-identities", USER_DATA, kms_key_id=held)
