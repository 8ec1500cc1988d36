"""Summarises Object Storage's logs of reads and writes, which Oracle delivers as best it can.

Source: https://docs.oracle.com/iaas/Content/Logging/Reference/details_for_object_storage.htm
"""

from auditor.activity.cloudtrail_identity import ANYBODY
from auditor.activity.inflating import Inflating
from auditor.activity.oci_events import Event, count_events, has_failed, region_of, text
from auditor.activity.operations import OTHER, READ, WRITE
from auditor.activity.partial import Origin, Seen, Tally


def summarise_oci_objects(inflating: Inflating, tally: Tally) -> None:
    """Count every request of one file."""
    count_events(inflating, tally, _seen)


def _seen(event: Event, origin: Origin) -> Seen:
    data = event.data
    region = text(data, "region") or region_of(text(data, "bucketId")) or origin.region
    operation = event.type.rpartition(".")[2]
    network = text(data, "vcnId")
    shared = data.get("isPar") in {True, "true"}
    principal = text(data, "principalId")
    return Seen(
        moment=event.moment,
        account=event.tenancy or origin.account,
        region=region,
        service=event.service,
        operation=operation,
        access=_access(operation, text(data, "requestAction")),
        # Whoever holds the address of a pre-authenticated request is let in.
        principal=ANYBODY if shared or not principal else principal,
        principal_kind="par" if shared else text(data, "authenticationType"),
        principal_account="" if shared else text(data, "tenantId"),
        session=text(data, "principalName"),
        store=bucket_id(region, text(data, "namespaceName", "namespace"), text(data, "bucketName")),
        address=text(data, "clientIpAddress"),
        endpoint="" if network == "0" else network,
        id=event.id,
        failed=has_failed(text(data, "statusCode")),
    )


def _access(operation: str, action: str) -> str:
    if operation.startswith(("get", "copy")) or (action == "GET" and not operation):
        return READ
    asks = operation.startswith(("head", "list")) or action in {"HEAD", "LIST"}
    return OTHER if asks else WRITE


def bucket_id(region: str, namespace: str, name: str) -> str:
    """Return the id of a bucket as stores have it; '' if no bucket is named."""
    return f"oci:objectstorage:{region}:{namespace}/{name}" if name else ""
