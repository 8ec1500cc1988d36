"""Summarises events of Oracle Cloud's Audit service, version 2.

Source: https://docs.oracle.com/iaas/Content/Audit/Reference/logeventreference.htm
"""

import re
from collections.abc import Mapping
from typing import Final

from auditor.activity.cloudtrail_identity import ANYBODY
from auditor.activity.inflating import Inflating
from auditor.activity.oci_events import (
    Event,
    Object,
    count_events,
    has_failed,
    obj,
    region_of,
    text,
)
from auditor.activity.oci_objects import bucket_id
from auditor.activity.operations import ADMINISTER, DECRYPT, OTHER, READ, SHARE, SIGN_IN
from auditor.activity.partial import Origin, Seen, Tally

_BUCKET: Final = re.compile(r"/n/([^/]+)/b/([^/]+)")
_WORDS: Final[Mapping[str, str]] = {
    "decrypt": DECRYPT,
    "generatedataencryptionkey": DECRYPT,
    "exportkey": DECRYPT,
    "exportkeyversion": DECRYPT,
    "getsecretbundle": READ,
    "getsecretbundlebyname": READ,
    "getconsolehistorycontent": READ,
    "getobject": READ,
    "getrow": READ,
    "query": READ,
    "executequery": READ,
    "getmessages": READ,
    "createpreauthenticatedrequest": SHARE,
    "copyobject": SHARE,
    "copyvolumebackup": SHARE,
    "copybootvolumebackup": SHARE,
    "copyvolumegroupbackup": SHARE,
    "exportimage": SHARE,
    "interactivelogin": SIGN_IN,
    "nologin": SIGN_IN,
    "authenticateuser": SIGN_IN,
    "generatescopedaccesstoken": SIGN_IN,
}
_ASKS: Final = ("list", "get", "head", "search", "summarize", "validate", "count")


def summarise_oci_audit(inflating: Inflating, tally: Tally) -> None:
    """Count every event of one file."""
    count_events(inflating, tally, _seen)


def _seen(event: Event, origin: Origin) -> Seen:
    data = event.data
    identity, asked, answered = obj(data, "identity"), obj(data, "request"), obj(data, "response")
    resource = text(data, "resourceId")
    region = region_of(resource) or origin.region or region_of(_connector(origin.name))
    operation = text(data, "eventName") or event.type.split(".", 3)[-1]
    return Seen(
        moment=event.moment,
        account=event.tenancy or origin.account,
        region=region,
        service=event.service,
        operation=operation,
        access=_access(operation, text(asked, "action")),
        principal=_principal(identity),
        principal_kind=text(identity, "authType"),
        principal_account=text(identity, "tenantId"),
        session=text(identity, "principalName"),
        invoked_by=text(identity, "callerName", "callerId"),
        store=_store(data, resource, region),
        address=text(identity, "ipAddress"),
        id=event.id,
        failed=has_failed(text(answered, "status")),
    )


def _connector(name: str) -> str:
    """Return the OCID of the connector that wrote a file, which stands in its name."""
    return next((part for part in name.split("/") if part.startswith("ocid1.")), "")


def _principal(identity: Object) -> str:
    named = text(identity, "principalId")
    if not named and text(identity, "authType").lower() == "par":
        return ANYBODY
    # Services of Oracle have no OCID.
    return named or (f"service:{caller}" if (caller := text(identity, "callerName")) else "")


def _store(data: Object, resource: str, region: str) -> str:
    """Return what the event was about: a bucket by its names, anything else by its OCID."""
    about = obj(data, "additionalDetails")
    bucket = _BUCKET.match(resource) or _BUCKET.match(text(obj(data, "request"), "path"))
    if bucket:
        return bucket_id(region, bucket[1], bucket[2])
    if text(about, "bucketName"):
        return bucket_id(region, text(about, "namespace"), text(about, "bucketName"))
    return resource


def _access(operation: str, action: str) -> str:
    word = operation.partition(".")[0].lower()
    if word in _WORDS:
        return _WORDS[word]
    if word == "sso" or "login" in word:
        return SIGN_IN
    asks = word.startswith(_ASKS) or action in {"GET", "HEAD"}
    return OTHER if asks else ADMINISTER
