"""Oracle Cloud quotas: what may not be made in a compartment or region.

A quota stops what it names from being made, and nothing else: many services have no quota at all.
Compartments are named by path in a quota, so that its row names them likewise.

API: https://docs.oracle.com/en-us/iaas/api/#/en/limits/20181025/Quota/
"""

from collections.abc import Iterator
from dataclasses import replace

from auditor.collect.oci.guardrail_rows import guardrail, quota_rows
from auditor.collect.oci.reading import text
from auditor.collect.oci.service_rows import BARE, compartment_listing, get_detail
from auditor.collect.oci.states import state_of
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Guardrail

_ON, _OFF = frozenset({"ACTIVE"}), frozenset({"INACTIVE", "DELETED"})


def _rows(found: Found) -> Iterator[Guardrail]:
    id_, name = text(found, "item.id"), text(found, "item.name")
    enforced = state_of(found, "item.lifecycleState", _ON, _OFF)
    statements = found.read("quota.statements")
    if isinstance(statements, Unknown):
        row = guardrail(
            found,
            id=f"{id_}/?",
            name=name,
            kind="quota",
            target_id=found.place["account"],
            enforced=enforced,
            limits=statements,
        )
        yield replace(
            row, allowed_regions=statements, denied_regions=statements, escapes=statements
        )
        return
    yield from quota_rows(found, id_, name, found.place["account"], statements, enforced)


QUOTAS = Collector(
    kind="oci.limits.quota",
    service="limits.QuotasClient",
    title="Quotas, by which regions can be closed to a service",
    per=("account", "compartment"),
    listing=compartment_listing("list_quotas", "inspect quotas", items=BARE),
    details=(get_detail("quota", "get_quota", "read quotas"),),
    tables=(Guardrail,),
    rows=_rows,
    source="https://docs.oracle.com/en-us/iaas/api/#/en/limits/20181025/Quota/ListQuotas",
)
