"""OCI Block Volume: groups of volumes, whose replicas and scheduled backups their members share.

A group keeps nothing itself: its ways out are those of its members. What arrives has rows of
its own, volume by volume: a member of a group's replica is a replica of a volume, and a member of
a group's backup is a backup of one:
https://docs.oracle.com/en-us/iaas/Content/Block/Concepts/volumegroupreplication.htm
"""

from collections.abc import Iterator

from auditor.collect.oci.backuppolicies import POLICY_DETAILS, copied_to
from auditor.collect.oci.departures import flow_from, possible_from
from auditor.collect.oci.listing import PER_COMPARTMENT, in_compartment
from auditor.collect.oci.reading import NEVER_PUBLIC, entries, held_by, text
from auditor.collect.oci.regions import region_in
from auditor.collect.oci.service_rows import is_gone
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Processor


def _rows(found: Found) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    yield Processor(
        **held_by(found),
        id=text(found, "item.id"),
        name=text(found, "item.displayName"),
        service="blockvolume",
        kind="volume group",
        public=NEVER_PUBLIC,
    )
    members = found.read("item.volumeIds", absent=[])
    for member in sorted({str(each) for each in members}) if isinstance(members, list) else ():
        yield from _replications(found, member)
        yield from _backups(found, member)


def _replications(found: Found, member: str) -> Iterator[Flow]:
    for replica in entries(found.read("item.volumeGroupReplicas", absent=[])):
        group = str(replica.get("volumeGroupReplicaId", ""))
        own = found.place["account"]
        yield flow_from(found, member, "replication", "", region_in(group), name=group, account=own)


def _backups(found: Found, member: str) -> Iterator[Flow]:
    region, group = copied_to(found), text(found, "item.id")
    if isinstance(region, Unknown):
        yield possible_from(found, member, "backup", region, f"{group}/?")
    elif region:
        own = found.place["account"]
        yield flow_from(found, member, "backup", "", region, name=group, account=own)


GROUPS = Collector(
    kind="oci.blockvolume.group",
    service="core.BlockstorageClient",
    title="Groups of volumes",
    per=PER_COMPARTMENT,
    listing=in_compartment("list_volume_groups", "inspect volume-groups"),
    details=POLICY_DETAILS,
    tables=(Processor, Flow),
    rows=_rows,
    types=("VolumeGroup",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/iaas/20160918/VolumeGroup/ListVolumeGroups",
)
