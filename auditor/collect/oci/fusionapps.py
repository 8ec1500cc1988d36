"""OCI Fusion Applications: environments, their copies, and how Oracle's people get in.

An environment is encrypted with Oracle's key unless one of the customer's is named:
https://docs.oracle.com/en-us/iaas/Content/fusion-applications/manage-security-key-management.htm
Break Glass puts a lockbox before it: without, Oracle's people need no approval of the customer's.
What is bought new approves requests by itself, until somebody changes its approval template:
https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/cgsad/oracle_managed_access.html
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.arrivals import arrival
from auditor.collect.oci.departures import possible_from
from auditor.collect.oci.flows import to_region
from auditor.collect.oci.guardrail_rows import guardrail
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.people import LIMITS, without_asking
from auditor.collect.oci.reading import (
    NEVER_PUBLIC,
    held_by,
    maybe_flag,
    maybe_text,
    text,
)
from auditor.collect.oci.service_rows import compartment_listing, is_gone
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Flow, Guardrail, Maybe, Store

_SERVICE = "fusion_apps.FusionApplicationsClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/fusion-applications/20211201"
_NO_SIZE = Unknown("Fusion Applications states no size")
_NO_RECORD = Unknown("the answer does not say whether a standby is kept in another region")


def _rows(found: Found) -> Iterator[Store | Flow | Guardrail]:
    if is_gone(found):
        return
    standby = text(found, "environment.environmentRole.currentRole") == "STANDBY"
    store = Store(
        **held_by(found),
        id=text(found, "item.id"),
        name=text(found, "item.displayName"),
        service="fusionapps",
        kind="environment",
        backup=standby,
        encrypted=True,
        key_id=maybe_text(found, "environment.kmsKeyId", absent=""),
        public=NEVER_PUBLIC,  # the public address asks who is there
        locked=False,
        size_bytes=_NO_SIZE,
    )
    yield store
    yield _break_glass(found)
    yield from _copies(found, store, standby=standby)


def _copies(found: Found, store: Store, *, standby: bool) -> Iterator[Flow]:
    """Yield the refresh that overwrote it with another's data, and the standby that it feeds."""
    # Left out by an environment that was never refreshed.
    source = maybe_text(found, "environment.refresh.sourceFusionEnvironmentId", absent="")
    if isinstance(source, Unknown):
        yield possible_from(found, f"{store.id}/source", "copy", source)
    elif source:
        yield arrival(store, source, "copy")
    if standby:
        return
    region = maybe_text(found, "environment.environmentRole.standbyEnvironmentRegion")
    there = text(found, "environment.environmentRole.standbyEnvironmentId")
    if isinstance(region, Unknown):
        refused = found.read("environment")
        yield possible(
            store, "replication", refused if isinstance(refused, Unknown) else _NO_RECORD
        )
    else:
        yield to_region(store, "replication", there, region, name=there or region)


def _break_glass(found: Found) -> Guardrail:
    return guardrail(
        found,
        id=f"{text(found, 'item.id')}/break-glass",
        name=text(found, "lockbox.displayName") or "Break Glass",
        kind="lockbox",
        target_id=text(found, "item.id"),
        region=found.place["region"],
        enforced=_is_locked(found),
        limits=LIMITS,
        escapes=_escapes(found),
    )


def _is_locked(found: Found) -> Maybe[bool]:
    # The reference: enabled if it is true; and without a lockbox the member is left out.
    enabled = maybe_flag(found, "item.isBreakGlassEnabled", absent=False)
    lockbox = maybe_text(found, "item.lockboxId", absent="")
    if isinstance(enabled, Unknown):
        return enabled
    return lockbox if isinstance(lockbox, Unknown) else enabled and bool(lockbox)


def _escapes(found: Found) -> Maybe[tuple[str, ...]]:
    """Return what the lockbox's approval template lets through without asking."""
    if _is_locked(found) is False:
        return ("everything: it is not switched on",)
    state = maybe_text(found, "template.autoApprovalState")
    if isinstance(state, Unknown):
        return state
    if state not in ("ENABLED", "DISABLED"):
        return Unknown(f"the state of automatic approval is {state}")
    return without_asking([], {"every request": state == "ENABLED"})


ENVIRONMENTS = Collector(
    kind="oci.fusionapps.environment",
    service=_SERVICE,
    title="Environments of Fusion Applications, and who of Oracle's people may open them",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_fusion_environments", "inspect fusion-environment"),
    details=(
        Detail(
            name="environment",
            operation="get_fusion_environment",
            permission="read fusion-environment",
            bind={"fusion_environment_id": "item.id"},
        ),
        Detail(
            name="lockbox",
            service="lockbox.LockboxClient",
            operation="get_lockbox",
            shared=True,
            permission="read lockbox",
            bind={"lockbox_id": "item.lockboxId"},
            when="item.lockboxId",
        ),
        Detail(
            name="template",
            service="lockbox.LockboxClient",
            operation="get_approval_template",
            shared=True,
            permission="read approval-templates",
            bind={"approval_template_id": "lockbox.approvalTemplateId"},
            when="lockbox.approvalTemplateId",
        ),
    ),
    tables=(Store, Flow, Guardrail),
    rows=_rows,
    source=f"{_API}/FusionEnvironment/ListFusionEnvironments",
)
