"""Policies that back up volumes and groups of volumes on a schedule, in another region or not.

Nothing that is listed of a volume says whether a policy is assigned to it, so each is asked, unless
the region has no policy but Oracle's own: only one that somebody defined can copy to another
region. What it copied there is listed as backups, which name the key that they are encrypted with
(the ``xrcKmsKeyId`` of the assignment):
https://docs.oracle.com/en-us/iaas/Content/Block/Tasks/schedulingvolumebackups.htm
"""

from auditor.collect.oci.listing import PER_COMPARTMENT, in_compartment
from auditor.collect.oci.plain_rows import no_rows
from auditor.collect.oci.reading import entries, maybe_text, text
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Flow, Maybe


def _assigned(found: Found) -> Json:
    """Return the policy that is assigned; a volume has one at most."""
    return next(
        (each.get("policyId") for each in entries(found.read("assignments", absent=[]))), None
    )


_TYPES = ("VolumeBackupPolicy",)
POLICY_DETAILS = (
    Detail(
        name="assignments",
        operation="get_volume_backup_policy_asset_assignment",
        permission="inspect backup-policy-assignments and inspect volumes",
        bind={"asset_id": "item.id"},
        items=".",
        needs=_TYPES,
    ),
    Detail(
        name="policy",
        operation="get_volume_backup_policy",
        shared=True,
        permission="inspect backup-policies",
        bind={"policy_id": "assignments"},
        compose={"policy_id": _assigned},
        when="assignments",
    ),
)


def copied_to(found: Found) -> Maybe[str]:
    """Return the region to which scheduled backups are copied, '' if to none, or why unknown."""
    assignments = found.read("assignments", absent=[])
    if isinstance(assignments, Unknown):
        return assignments
    if not entries(assignments):
        return ""
    return maybe_text(found, "policy.destinationRegion", absent="")  # left out by most policies


def policy_of(found: Found) -> str:
    """Return the id of the policy that is assigned."""
    return str(_assigned(found) or text(found, "policy.id"))


POLICIES = Collector(
    kind="oci.blockvolume.policy",
    service="core.BlockstorageClient",
    title="Policies by which volumes are backed up that somebody defined",
    per=PER_COMPARTMENT,
    listing=in_compartment("list_volume_backup_policies", "inspect backup-policies"),
    tables=(Flow,),
    rows=no_rows,  # what a policy copies is told by the volumes to which it is assigned
    types=_TYPES,
    source=(
        "https://docs.oracle.com/en-us/iaas/api/#/en/iaas/20160918/VolumeBackupPolicy/"
        "ListVolumeBackupPolicies"
    ),
)
