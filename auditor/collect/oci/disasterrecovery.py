"""OCI Full Stack Disaster Recovery: groups whose members are brought up in another region.

The members of a primary group move, or are rebuilt from copies, where its peer is. Their own
replicas and backups have rows of their own; the group says where all of it is to go.
https://docs.oracle.com/en-us/iaas/disaster-recovery/doc/overview.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.oci.departures import flow_from, possible_from
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.objectstorage import bucket_id
from auditor.collect.oci.reading import GONE, NEVER_PUBLIC, entries, held_by, maybe_text, text
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, Processor

_API = "https://docs.oracle.com/en-us/iaas/api/#/en/disaster-recovery/20220125"
# Of these, a plan changes which backends they send to, where they are.
_NO_HOLDERS = ("LOAD_BALANCER", "NETWORK_LOAD_BALANCER")


def _rows(found: Found) -> Iterator[Processor | Flow]:
    state, group = text(found, "item.lifecycleState"), text(found, "item.id")
    if state in GONE:
        return
    yield Processor(
        **held_by(found),
        id=group,
        name=text(found, "item.displayName"),
        service="disasterrecovery",
        kind="protection group",
        public=NEVER_PUBLIC,
    )
    # A standby group receives: its primary says so.
    if text(found, "item.peerId") and text(found, "item.role") != "STANDBY":
        yield from _moves(found, state, group)


def _moves(found: Found, state: str, group: str) -> Iterator[Flow]:
    members = found.read("group.members")
    if isinstance(members, Unknown):
        yield possible_from(found, group, "replication", members)
        return
    sources = {_row_of(found, each) for each in entries(members)}
    for source in sorted(sources - {""}):
        yield flow_from(
            found,
            source,
            "replication",
            "",
            maybe_text(found, "item.peerRegion"),
            _is_active(found, state),
            name=group,
            account=found.place["account"],
        )


def _row_of(found: Found, member: Mapping[str, Json]) -> str:
    """Return the id of a member's row; '' for one that holds and handles no data."""
    if member.get("memberType") in _NO_HOLDERS:
        return ""
    if member.get("memberType") == "OBJECT_STORAGE_BUCKET":
        namespace, name = member.get("namespaceName"), member.get("bucketName")
        return bucket_id(found.place["region"], str(namespace), str(name))
    return str(member.get("memberId", ""))


def _is_active(found: Found, state: str) -> Maybe[bool]:
    if state == "INACTIVE":
        return False
    role = text(found, "item.role")
    return role == "PRIMARY" or Unknown(f"the group's role is {role}")


GROUPS = Collector(
    kind="oci.disasterrecovery.protectiongroup",
    service="disaster_recovery.DisasterRecoveryClient",
    title="Disaster recovery protection groups",
    per=PER_COMPARTMENT,
    listing=Listing(
        operation="list_dr_protection_groups",
        permission="inspect disaster-recovery-protection-groups",
        parameters={"limit": 1000},
        bind={"compartment_id": "place.compartment"},
        items="items",
    ),
    details=(
        Detail(
            name="group",
            operation="get_dr_protection_group",
            permission="read disaster-recovery-protection-groups",
            bind={"dr_protection_group_id": "item.id"},
            when="item.peerId",
        ),
    ),
    tables=(Processor, Flow),
    rows=_rows,
    types=("DrProtectionGroup",),
    source=f"{_API}/DrProtectionGroupCollection/ListDrProtectionGroups",
)
