"""Policies that back up volumes and groups of volumes on a schedule, in another region or not.

Nothing that is listed of a volume says whether a policy is assigned to it, so each is asked. Only
a policy that somebody defined can copy to another region; what it copied there is listed as
backups, which name the key that they are encrypted with (the ``xrcKmsKeyId`` of the assignment):
https://docs.oracle.com/en-us/iaas/Content/Block/Tasks/schedulingvolumebackups.htm
"""

from auditor.collect.oci.reading import entries, maybe_text, text
from auditor.model import Json, Unknown
from auditor.spec import Detail, Found
from auditor.tables import Maybe


def _assigned(found: Found) -> Json:
    """Return the policy that is assigned; a volume has one at most."""
    return next((each.get("policyId") for each in entries(found.read("assignments"))), None)


POLICY_DETAILS = (
    Detail(
        name="assignments",
        operation="get_volume_backup_policy_asset_assignment",
        permission="inspect backup-policy-assignments",
        bind={"asset_id": "item.id"},
        items=".",
    ),
    Detail(
        name="policy",
        operation="get_volume_backup_policy",
        permission="inspect backup-policies",
        bind={"policy_id": "assignments"},
        compose={"policy_id": _assigned},
        when="assignments",
    ),
)


def copied_to(found: Found) -> Maybe[str]:
    """Return the region to which scheduled backups are copied, '' if to none, or why unknown."""
    assignments = found.read("assignments")
    if isinstance(assignments, Unknown):
        return assignments
    if not entries(assignments):
        return ""
    return maybe_text(found, "policy.destinationRegion", absent="")  # left out by most policies


def policy_of(found: Found) -> str:
    """Return the id of the policy that is assigned."""
    return str(_assigned(found) or text(found, "policy.id"))
