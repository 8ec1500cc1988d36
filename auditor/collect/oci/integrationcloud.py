"""Oracle Integration: instances, which keep messages for months, and their standbys.

Encrypted with Oracle's key; whoever uses one needs an account of its identity domain:
https://docs.oracle.com/en/cloud/paas/application-integration/oracle-integration-oci/
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.flows import to_region
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import maybe_flag, maybe_text, text
from auditor.collect.oci.service_rows import (
    BARE,
    compartment_listing,
    get_detail,
    is_gone,
    store_of,
)
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Maybe, Store

_RECOVERY = "instance.disasterRecoveryDetails"
_OTHER = f"{_RECOVERY}.crossRegionIntegrationInstanceDetails"


def _rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    recovers = maybe_flag(found, "item.isDisasterRecoveryEnabled")
    role = _role(found, recovers)
    standby = role == "SECONDARY"
    source: Maybe[str] = maybe_text(found, f"{_OTHER}.id") if standby else ""
    if isinstance(role, Unknown):
        source = role
    store = store_of(
        found,
        "integration",
        "replica" if standby else "instance",
        backup=standby,
        source_id=source,
    )
    yield store
    if isinstance(role, Unknown):
        yield possible(store, "replication", role)
    elif recovers is True and not standby:
        region = maybe_text(found, f"{_OTHER}.region")
        yield to_region(store, "replication", text(found, f"{_OTHER}.id"), region, name="standby")


def _role(found: Found, recovers: Maybe[bool]) -> Maybe[str]:
    """Return PRIMARY, which also is what an instance without recovery is, or SECONDARY."""
    if recovers is False:
        return "PRIMARY"
    role = recovers if isinstance(recovers, Unknown) else maybe_text(found, f"{_RECOVERY}.role")
    if isinstance(role, Unknown) or role in ("PRIMARY", "SECONDARY"):
        return role
    return Unknown(f"the instance's role in recovery is {role[:40]}")


INSTANCES = Collector(
    kind="oci.integration.instance",
    service="integration.IntegrationInstanceClient",
    title="Integration instances, with their standbys",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_integration_instances", "inspect integration-instance", items=BARE
    ),
    details=(
        get_detail(
            "instance",
            "get_integration_instance",
            "read integration-instance",
            when="item.isDisasterRecoveryEnabled",
        ),
    ),
    tables=(Store, Flow),
    rows=_rows,
    types=("IntegrationInstance",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/integration/20190131/IntegrationInstanceSummary/ListIntegrationInstances",
)
