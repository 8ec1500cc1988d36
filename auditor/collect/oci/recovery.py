"""OCI Recovery Service: the backups that it keeps of protected databases, and where.

It keeps them in Oracle Cloud, also for databases in data centres of other clouds, unless the
database's protection policy holds them there:
https://docs.oracle.com/en-us/iaas/recovery-service/doc/recovery-service-architecture.html
"""

from collections.abc import Iterator
from typing import Any

from auditor.collect.oci.arrivals import arrival
from auditor.collect.oci.reading import entries, maybe_text, text
from auditor.collect.oci.service_rows import COLLECTED, compartment_listing, is_gone, store_of
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Flow, Maybe, Store

_SERVICE = "recovery.DatabaseRecoveryClient"
_HOSTS = {"AWS": "Amazon Web Services", "AZURE": "Microsoft Azure", "GCP": "Google Cloud"}
_NO_KEY = Unknown("backups keep the encryption of their database; the API does not say with what")


def _rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    source = text(found, "item.databaseId")
    store = store_of(
        found,
        "recovery",
        "backup",
        backup=True,
        source_id=source or Unknown("the provider's answer has no item.databaseId"),
        key_id=_NO_KEY,
        locked=_locked(found),
        **_place(found),
    )
    yield store
    if source:
        yield arrival(store, source, "backup")


def _place(found: Found) -> dict[str, Any]:
    """Return the columns that differ for backups that stay in another cloud."""
    cloud = text(found, "item.backupCloudLocation") or "OCI"  # left out by the first databases
    held = _held_there(found) if cloud != "OCI" else False
    if held is False:
        return {}
    host = _HOSTS.get(cloud, f"the cloud {cloud[:40]}")
    why = Unknown(f"backups may stay in a data centre of {host}, whose place nobody states")
    columns: dict[str, Any] = {"region": why, "country": why}
    return columns | ({"operator": f"Oracle at {host}"} if held is True else {})


def _held_there(found: Found) -> Maybe[bool]:
    """Whether the protection policy holds backups in the cloud where the database is."""
    policies = found.read("policies")
    if isinstance(policies, Unknown):
        return policies
    for policy in entries(policies):
        if policy.get("id") == text(found, "item.protectionPolicyId"):
            enforced = policy.get("mustEnforceCloudLocality", False)
            return enforced if isinstance(enforced, bool) else Unknown("locality is not stated")
    return Unknown("the protection policy is not among those that can be seen")


def _locked(found: Found) -> Maybe[bool]:
    """Whether the policy has a retention lock that nobody can lift; left out, it has none."""
    since = maybe_text(found, "item.policyLockedDateTime", absent="")
    if isinstance(since, Unknown):
        return since
    return Unknown(f"the retention lock takes effect on {since[:40]}") if since else False


PROTECTED = Collector(
    kind="oci.recovery.backup",
    service=_SERVICE,
    title="Backups that the Recovery Service keeps of databases",
    per=("account", "region", "compartment"),
    listing=compartment_listing(
        "list_protected_databases", "inspect recovery-service-protected-database"
    ),
    details=(
        Detail(
            name="policies",
            operation="list_protection_policies",
            permission="inspect recovery-service-policy",
            parameters={"limit": 1000},
            bind={"protection_policy_id": "item.protectionPolicyId"},
            items=COLLECTED,
            when="item.subscriptionId",
        ),
    ),
    tables=(Store, Flow),
    rows=_rows,
    types=("ProtectedDatabase",),
    source=(
        "https://docs.oracle.com/en-us/iaas/api/#/en/recovery-service/20210216"
        "/ProtectedDatabase/ListProtectedDatabases"
    ),
)
