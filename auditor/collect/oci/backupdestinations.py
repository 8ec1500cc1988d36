"""Where databases send their backups: the same members in each of Oracle's database APIs.

https://docs.oracle.com/en-us/iaas/api/#/en/database/20160918/datatypes/BackupDestinationDetails
"""

from collections.abc import Iterator, Mapping

from auditor.collect.flows import flow
from auditor.collect.oci.flows import to_outside, to_region
from auditor.collect.oci.reading import maybe_flag, maybe_text, odd
from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import Flow, Maybe, Processor, Store

_OUTSIDE = ("NFS", "RECOVERY_APPLIANCE", "AWS_S3")  # kinds of destination that are not Oracle Cloud
_WITHIN = ("OBJECT_STORE", "DBRS")
_DESTINATION = "item.backupDestinationDetails"


def to_destination(
    store: Store | Processor, destination: Mapping[str, Json], name: str, found_in: str
) -> Iterator[Flow]:
    """Yield the flow to one destination; backups on the database's own disks go nowhere.

    Args:
        name: tells it from the store's other destinations.
        found_in: region that answered for the database; its own, unless others house it.
    """
    kind, remote = destination.get("type"), destination.get("isRemote")
    name = f"{name}/{kind}"
    if kind in _OUTSIDE:
        yield _outside(store, str(kind), destination, name)
    elif remote is True:
        region = destination.get("remoteRegion")
        stated = region if isinstance(region, str) else odd("remoteRegion", "text")
        yield to_region(store, "backup", "", stated, name=name)
    elif kind == "LOCAL":
        return
    elif kind in _WITHIN and remote in (None, False):  # left out: it is in the database's region
        # The Recovery Service may keep backups in the other cloud that houses the database.
        housed = kind == "DBRS" and isinstance(store.region, Unknown)
        yield to_region(store, "backup", "", store.region if housed else found_in, name=name)
    else:
        why = Unknown(f"backups go to {kind}, which this version does not know")
        yield to_outside(store, "backup", name, why)


def kept_in(found: Found, remote: str, here: Maybe[str]) -> Maybe[str]:
    """Return the region of a backup that states its destination and where its hardware stands.

    Args:
        remote: path of the flag that says that it is in another region.
        here: region of one that is not, unless it is on the database's own hardware.
    """
    kind = maybe_text(found, f"{_DESTINATION}.type", absent="")
    away = maybe_flag(found, remote, absent=False)
    for value in (kind_elsewhere(kind), away):
        if isinstance(value, Unknown):
            return value
    if away:
        return maybe_text(found, f"{_DESTINATION}.remoteRegion")
    on_site = maybe_text(found, "item.infrastructureType", absent="CLOUD") != "CLOUD"
    if on_site and kind in ("", "LOCAL"):
        return Unknown("it is kept where the database's hardware stands, which nobody states")
    return here


def kind_elsewhere(kind: Maybe[str]) -> Unknown | None:
    """Say where a backup is whose kind of destination is not of the region; None if it is."""
    if isinstance(kind, Unknown):
        return kind
    return None if kind in ("", "LOCAL", *_WITHIN) else Unknown(f"it is kept in {kind[:40]}")


def _outside(
    store: Store | Processor, kind: str, destination: Mapping[str, Json], name: str
) -> Flow:
    why = Unknown(f"backups go to {kind}, outside Oracle Cloud")
    end = destination.get("id")
    ends: dict[str, Maybe[str]] = dict.fromkeys(
        ("target_account", "target_region", "target_country", "target_operator"), why
    )
    if kind == "AWS_S3":
        ends["target_operator"] = "Amazon Web Services"
    target = end if isinstance(end, str) else ""
    return flow(store, "backup", name, target_id=target, **ends)
