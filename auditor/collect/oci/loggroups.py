"""OCI Logging: log groups, which hold the logs of a tenancy, and what of them is archived.

Logs are encrypted by Oracle, and nobody reads them without credentials:
https://docs.oracle.com/en-us/iaas/Content/Logging/Concepts/loggingoverview.htm
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import entries
from auditor.collect.oci.service_rows import BARE, PAGE, compartment_listing, is_gone, store_of
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, dig
from auditor.tables import Flow, Store

_SERVICE = "logging.LoggingManagementClient"
_ARCHIVED = Unknown("the log is archived, and the answer does not say where")
_UNSTATED = Unknown("the answer does not say whether the log is archived")


def _rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    group = store_of(found, "logging", "log group")
    yield group
    logs = found.read("logs")
    if isinstance(logs, Unknown):
        yield possible(group, "export", logs)
        return
    for number, log in enumerate(entries(logs)):
        # A custom log has no configuration, and a configuration without archiving has none.
        archived = dig(log.get("configuration"), "archiving.isEnabled") or False
        if archived is not False:
            why = _ARCHIVED if archived is True else _UNSTATED
            yield possible(group, "export", why, str(log.get("id", number)))


GROUPS = Collector(
    kind="oci.logging.group",
    service=_SERVICE,
    title="Log groups",
    # Not the whole tenancy at once: Oracle does not say whether that answers in part to those who
    # may not see all of it.
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_log_groups", "inspect log-groups", items=BARE),
    details=(
        Detail(
            name="logs",
            operation="list_logs",
            permission="inspect log-groups",
            parameters={"limit": PAGE},
            bind={"log_group_id": "item.id"},
            items=BARE,
        ),
    ),
    tables=(Store, Flow),
    rows=_rows,
    types=("LogGroup",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/logging-management/20200531/LogGroup/ListLogGroups",
)
