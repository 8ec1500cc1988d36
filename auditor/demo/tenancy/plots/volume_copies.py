"""Volumes and objects that are copied on a schedule, with their group, or by somebody's hand."""

from collections.abc import Mapping

from auditor.demo.oci.faults import denied
from auditor.demo.planted import fails, stays_open
from auditor.demo.tenancy.builder import (
    DATA,
    FRANKFURT,
    HOME,
    LONG_AGO,
    NAMESPACE,
    OPERATIONS,
    USER_DATA,
    WEST,
    Builder,
    bucket_row,
    ocid,
)
from auditor.demo.tenancy.plots import Ground, Plot
from auditor.model import Json

_STRANGERS = "farshore"
_GROUP_REPLICA = ocid("volumegroupreplica", FRANKFURT, "chats")
_ENDPOINT = f"oci:objectstorage:{HOME}:{NAMESPACE}/endpoint"


def _build(ground: Ground) -> None:
    estate, key = ground.estate, ground.keys[HOME]
    _schedules(estate, key)
    _groups(estate, key)
    _objects(estate, key)
    _endpoint(estate, "anywhere", USER_DATA, "*")
    _endpoint(estate, "home", USER_DATA, NAMESPACE)
    _endpoint(estate, "updates", OPERATIONS, "*")


def _schedules(estate: Builder, key: str) -> None:
    frankfurt = ocid("volumebackuppolicy", HOME, "to-frankfurt")
    phoenix = ocid("volumebackuppolicy", HOME, "to-phoenix")
    gold = "ocid1.volumebackuppolicy.oc1..gold"  # one of Oracle's own
    for policy, away in ((frankfurt, FRANKFURT), (phoenix, WEST)):
        estate.add(
            HOME,
            "core",
            "VolumeBackupPolicy",
            id=policy,
            compartment_id=DATA,
            destination_region=away,
        )
    estate.add(HOME, "core", "VolumeBackupPolicy", id=gold, display_name="gold")
    for name, tags, policy in (
        ("drafts", USER_DATA, frankfurt),
        ("stories", USER_DATA, phoenix),
        ("replies", USER_DATA, gold),
        ("wiki", OPERATIONS, frankfurt),
    ):
        volume = estate.volume(HOME, name, tags, kms_key_id=key)
        _assign(estate, volume, policy)
    estate.volume(HOME, "polls", USER_DATA, kms_key_id=key)


def _assign(estate: Builder, asset: str, policy: str) -> None:
    name = f"assignment-{asset.rpartition('.')[2]}"
    estate.add(
        HOME, "core", "VolumeBackupPolicyAssignment", id=name, asset_id=asset, policy_id=policy
    )


def _groups(estate: Builder, key: str) -> None:
    for name, replicas in (
        ("chats", [{"volume_group_replica_id": _GROUP_REPLICA}]),
        ("calls", [{"volume_group_replica_id": ocid("volumegroupreplica", WEST, "calls")}]),
    ):
        member = estate.volume(HOME, f"{name}-member", USER_DATA, kms_key_id=key)
        estate.resource(
            HOME,
            "core.VolumeGroup",
            "volumegroup",
            name,
            {},
            volume_ids=[member],
            volume_group_replicas=replicas,
        )


def _objects(estate: Builder, key: str) -> None:
    for name in ("user-exports", "user-avatars", "user-tickets"):
        estate.bucket(HOME, name, USER_DATA, kms_key_id=key)
    estate.bucket(HOME, "release-notes", OPERATIONS)
    _copy(estate, "user-exports", FRANKFURT, NAMESPACE, "incoming")
    _copy(estate, "user-avatars", WEST, NAMESPACE, "avatars")
    _copy(estate, "user-tickets", HOME, _STRANGERS, "tickets")
    _copy(estate, "release-notes", FRANKFURT, NAMESPACE, "release-notes")
    _copy(estate, "user-avatars", FRANKFURT, NAMESPACE, "avatars", "FAILED")


def _copy(
    estate: Builder,
    bucket: str,
    region: str,
    namespace: str,
    target: str,
    status: str = "COMPLETED",
) -> None:
    ends = (("READ", HOME, NAMESPACE, bucket), ("WRITTEN", region, namespace, target))
    resources = [
        {"action_type": action, "metadata": {"REGION": where, "NAMESPACE": whose, "BUCKET": name}}
        for action, where, whose, name in ends
    ]
    estate.add(
        HOME,
        "object_storage",
        "WorkRequestSummary",
        id=f"copy-{bucket}-{region}-{status.lower()}",
        compartment_id=DATA,
        operation_type="COPY_OBJECT",
        status=status,
        resources=resources,
    )


def _endpoint(estate: Builder, name: str, tags: Mapping[str, Json], namespace: str) -> None:
    estate.add(
        HOME,
        "object_storage",
        "PrivateEndpoint",
        **tags,
        _path={"peName": name},
        name=name,
        namespace=NAMESPACE,
        compartment_id=DATA,
        lifecycle_state="ACTIVE",
        time_created=LONG_AGO,
        access_targets=[{"namespace": namespace, "compartment_id": "*", "bucket": "*"}],
    )


_POLLS = ocid("volume", HOME, "polls")
PLOT = Plot(
    build=_build,
    faults=(denied(".*[.]get_volume_backup_policy_asset_assignment", resource=_POLLS),),
    planted=(
        *fails(
            "a policy copies a volume's backups to Frankfurt",
            A_04=f"{ocid('volume', HOME, 'drafts')}/backup/*",
        ),
        *fails(
            "a volume is replicated to Frankfurt with its group",
            A_04=f"{ocid('volume', HOME, 'chats-member')}/replication/{_GROUP_REPLICA}",
        ),
        *fails(
            "somebody copied objects to Frankfurt",
            A_04=f"{bucket_row(HOME, 'user-exports')}/copy/*",
        ),
        *fails(
            "a private endpoint leads to every tenancy's buckets",
            A_04=f"{_ENDPOINT}/anywhere/mount/*",
        ),
        *stays_open(
            "somebody copied objects to a namespace of an unknown tenancy",
            A_04=f"{bucket_row(HOME, 'user-tickets')}/copy/*",
        ),
        *stays_open("a volume's backup policy that is refused", A_04=f"{_POLLS}/backup/[?]"),
    ),
)
