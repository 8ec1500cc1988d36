"""API Access Control: calls that nobody may make before somebody else has said yes.

API: https://docs.oracle.com/en-us/iaas/api/#/en/api-access-control/20241130/PrivilegedApiControl/
"""

from collections.abc import Iterator

from auditor.collect.oci.guardrail_rows import guardrail
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import entries, maybe_text, odd, text
from auditor.collect.oci.service_rows import compartment_listing, get_detail, is_gone
from auditor.collect.oci.states import state_of
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Guardrail, Maybe

_ON = frozenset({"ACTIVE", "UPDATING"})
_OFF = frozenset({"CREATING", "DELETING", "DELETED", "FAILED"})
_LIMITS = ("privileged calls",)


def _rows(found: Found) -> Iterator[Guardrail]:
    """Yield the control once for each resource that it covers."""
    if is_gone(found):
        return
    id_ = text(found, "item.id")
    covered = found.read("control.resources")
    if not isinstance(covered, list):
        why = covered if isinstance(covered, Unknown) else odd("resources", "a list")
        yield _row(found, f"{id_}/?", "?", why)
        return
    for resource in dict.fromkeys(map(str, covered)):
        enforced = state_of(found, "item.lifecycleState", _ON, _OFF)
        yield _row(found, f"{id_}/{resource}", resource, enforced)


def _row(found: Found, id_: str, resource: str, enforced: Maybe[bool]) -> Guardrail:
    return guardrail(
        found,
        id=id_,
        name=text(found, "item.displayName"),
        kind="privileged API control",
        target_id=resource,
        region=found.place["region"],
        enforced=enforced,
        limits=_LIMITS,
        escapes=_escapes(found),
    )


def _escapes(found: Found) -> Maybe[tuple[str, ...]]:
    kind, calls = (
        maybe_text(found, "item.resourceType"),
        found.read("control.privilegedOperationList"),
    )
    for value in (kind, calls):
        if isinstance(value, Unknown):
            return value
    names = sorted({str(each.get("apiName")) for each in entries(calls)})
    return (f"every call for a {kind} but {', '.join(names)}",)


CONTROLS = Collector(
    kind="oci.apiaccess.control",
    service="apiaccesscontrol.PrivilegedApiControlClient",
    title="Calls that need somebody's approval first",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_privileged_api_controls", "inspect privileged-api-controls"),
    details=(get_detail("control", "get_privileged_api_control", "read privileged-api-controls"),),
    tables=(Guardrail,),
    rows=_rows,
    source=(
        "https://docs.oracle.com/en-us/iaas/api/#/en/api-access-control/20241130/"
        "PrivilegedApiControlCollection/ListPrivilegedApiControls"
    ),
)
