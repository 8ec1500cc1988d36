"""OCI Object Storage: objects that somebody copied to another bucket, region or tenancy.

The service remembers its work requests for a short time only, but what one copied is still there.
The metadata of a request's resources names the region, namespace and bucket of each end:
https://docs.oracle.com/en-us/iaas/Content/Object/Tasks/copyingobjects.htm
"""

from collections.abc import Iterator, Mapping

from auditor.collect.oci.departures import flow_from, possible_from
from auditor.collect.oci.listing import in_compartment
from auditor.collect.oci.objectstorage import bucket_id
from auditor.collect.oci.reading import entries, text
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Maybe

_COPIED = {
    "ACCEPTED": True,
    "IN_PROGRESS": True,
    "COMPLETED": True,
    "FAILED": False,
    "CANCELED": False,
}


def _rows(found: Found) -> Iterator[Flow]:
    if text(found, "item.operationType") != "COPY_OBJECT":
        return
    name = text(found, "item.id")
    source, target = _end(found, "READ"), _end(found, "WRITTEN")
    if not source or not target:
        why = Unknown("the work request does not name both ends of the copy")
        known = _bucket(source) if source else f"oci:objectstorage:{name}"
        yield possible_from(found, known, "copy", why, f"{name}/?")
        return
    status = text(found, "item.status")
    own = target["NAMESPACE"] == found.place["namespace"]
    yield flow_from(
        found,
        _bucket(source),
        "copy",
        _bucket(target),
        target["REGION"],
        _COPIED.get(status, Unknown(f"the work request's status is {status}")),
        name=name,
        account=found.place["account"] if own else _stranger(target["NAMESPACE"]),
    )


def _end(found: Found, action: str) -> Mapping[str, str]:
    """Return the metadata of the resource that was read or written; empty if it is not whole."""
    for resource in entries(found.read("item.resources", absent=[])):
        if resource.get("actionType") == action:
            stated = resource.get("metadata")
            members: Mapping[str, Json] = stated if isinstance(stated, Mapping) else {}
            named = {key: members.get(key) for key in ("REGION", "NAMESPACE", "BUCKET")}
            texts = {key: value for key, value in named.items() if isinstance(value, str) and value}
            return texts if len(texts) == len(named) else {}
    return {}


def _bucket(end: Mapping[str, str]) -> str:
    return bucket_id(end["REGION"], end["NAMESPACE"], end["BUCKET"])


def _stranger(namespace: str) -> Maybe[str]:
    return Unknown(f"the tenancy of namespace {namespace} is not stated")


COPIES = Collector(
    kind="oci.objectstorage.copy",
    service="object_storage.ObjectStorageClient",
    title="Copies of objects, as long as the service remembers them",
    per=("account", "region", "compartment", "namespace"),
    listing=in_compartment(
        "list_work_requests",
        # Oracle has no permission for it but the one that also lists objects by name.
        "{OBJECT_INSPECT} where request.operation = 'ListWorkRequests'",
    ),
    tables=(Flow,),
    rows=_rows,
    source=(
        "https://docs.oracle.com/en-us/iaas/api/#/en/objectstorage/20160918"
        "/WorkRequestSummary/ListWorkRequests"
    ),
)
