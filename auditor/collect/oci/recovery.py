"""OCI Recovery Service: the backups that it keeps of databases, and the policies that bind them.

It keeps backups in Oracle Cloud, also of databases in data centres of other clouds, unless the
database's protection policy holds them where the database is:
https://docs.oracle.com/en-us/iaas/recovery-service/doc/recovery-service-architecture.html
"""

from collections.abc import Iterator
from typing import Any

from auditor.collect.oci.arrivals import arrival
from auditor.collect.oci.guardrail_rows import guardrail
from auditor.collect.oci.reading import maybe_flag, maybe_text, text
from auditor.collect.oci.service_rows import compartment_listing, is_gone, store_of
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Flow, Guardrail, Maybe, Store

_SERVICE = "recovery.DatabaseRecoveryClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/recovery-service/20210216"
_PER = ("account", "region", "compartment")
_NO_KEY = Unknown("backups keep the encryption of their database; the API does not say with what")

_LONG_TERM = Unknown("the API does not say whether a long-term backup can be deleted early")


def _backup_rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    source = text(found, "item.databaseId")
    store = store_of(
        found,
        "recovery",
        "backup",
        backup=True,
        source_id=maybe_text(found, "item.databaseId"),
        key_id=_NO_KEY,
        locked=_locked(found),
        **_place(found, "item"),
    )
    yield store
    if source:
        yield arrival(store, source, "backup")


def _long_term_rows(found: Found) -> Iterator[Store]:
    """Yield a backup that is kept for years, apart from those that the policy renews."""
    if not is_gone(found):
        yield store_of(
            found,
            "recovery",
            "long-term backup",
            backup=True,
            source_id=maybe_text(found, "item.protectedDatabaseId"),
            key_id=_NO_KEY,
            locked=_LONG_TERM,
            **_place(found, "protected"),
        )


def _place(found: Found, root: str) -> dict[str, Any]:
    """Return the columns that differ for backups of a database in another cloud.

    Args:
        root: where what is said of the protected database begins.
    """
    # Left out by databases from the time before there were others than Oracle's; one that belongs
    # to a subscription is none of those.
    early = {} if text(found, f"{root}.subscriptionId") else {"absent": "OCI"}
    cloud = maybe_text(found, f"{root}.backupCloudLocation", **early)
    if cloud == "OCI":
        return {}
    named = cloud if isinstance(cloud, Unknown) else cloud[:40]
    why = Unknown(f"the database is in the cloud {named}, and its policy may keep backups there")
    return {"region": why, "country": why}


def _locked(found: Found) -> Maybe[bool]:
    """Whether the policy has a retention lock that nobody can lift; left out, it has none."""
    since = maybe_text(found, "item.policyLockedDateTime", absent="")
    if isinstance(since, Unknown):
        return since
    return Unknown(f"the retention lock takes effect on {since[:40]}") if since else False


def _policy_rows(found: Found) -> Iterator[Guardrail]:
    if is_gone(found):
        return
    id_ = text(found, "item.id")
    common = {
        "name": text(found, "item.displayName"),
        "kind": "protection policy",
        "target_id": id_,
        "region": found.place["region"],
    }
    bound = maybe_flag(found, "item.mustEnforceCloudLocality", absent=False)
    if bound is not False:
        yield guardrail(
            found, id=f"{id_}/locality", enforced=bound, limits=("destinations",), **common
        )
    locked = _locked(found)
    if locked is not False:
        yield guardrail(found, id=f"{id_}/lock", enforced=locked, limits=("deletion",), **common)


BACKUPS = Collector(
    kind="oci.recovery.backup",
    service=_SERVICE,
    title="Backups that the Recovery Service keeps of databases",
    per=_PER,
    listing=compartment_listing(
        "list_protected_databases", "inspect recovery-service-protected-database"
    ),
    tables=(Store, Flow),
    rows=_backup_rows,
    types=("ProtectedDatabase",),
    source=f"{_API}/ProtectedDatabase/ListProtectedDatabases",
)

LONG_TERM_BACKUPS = Collector(
    kind="oci.recovery.longtermbackup",
    service=_SERVICE,
    title="Backups that the Recovery Service keeps for years",
    per=_PER,
    listing=compartment_listing(
        "list_long_term_backups", "{RECOVERY_SERVICE_LONG_TERM_BACKUP_INSPECT}"
    ),
    details=(
        Detail(
            name="protected",
            operation="get_protected_database",
            permission="read recovery-service-protected-database",
            bind={"protected_database_id": "item.protectedDatabaseId"},
            shared=True,
        ),
    ),
    tables=(Store,),
    rows=_long_term_rows,
    source=f"{_API}/LongTermBackup/ListLongTermBackups",
)

POLICIES = Collector(
    kind="oci.recovery.policy",
    service=_SERVICE,
    title="Protection policies that lock backups or hold them in another cloud",
    per=_PER,
    listing=compartment_listing("list_protection_policies", "inspect recovery-service-policy"),
    tables=(Guardrail,),
    rows=_policy_rows,
    types=("ProtectionPolicy",),
    source=f"{_API}/ProtectionPolicy/ListProtectionPolicies",
)
