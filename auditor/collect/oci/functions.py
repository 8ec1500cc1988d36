"""OCI Functions: applications, their functions, and where results and logs go.

Only a signed request calls a function:
https://docs.oracle.com/en-us/iaas/Content/Functions/Tasks/functionsinvokingfunctions.htm
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.flows import to_outside, to_store
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import entries, maybe_text
from auditor.collect.oci.running import function_runs, unseen_function
from auditor.collect.oci.service_rows import (
    BARE,
    compartment_listing,
    get_detail,
    host_of,
    is_gone,
    member_of,
    processor_of,
    unseen_processor,
)
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Deployment, Flow, Processor

_PAGE = 50
_ENDS = {"NOTIFICATION": "topicId", "QUEUE": "queueId", "STREAM": "streamId"}
_OUTCOMES = ("successDestination", "failureDestination")


def _rows(found: Found) -> Iterator[Processor | Flow | Deployment]:
    if is_gone(found):
        return
    functions = found.read("functions")
    if isinstance(functions, Unknown):
        unseen = unseen_processor(found, "functions", "function", functions)
        yield unseen
        yield unseen_function(found, functions)
        yield possible(unseen, "stream", functions)
        return
    for member in entries(functions):
        each = member_of(found, member)
        if not is_gone(each):
            function = processor_of(each, "functions", "function")
            yield function
            yield function_runs(each)
            yield from _logs(found, function)
            yield from _ends(each, function)


def _logs(found: Found, function: Processor) -> Iterator[Flow]:
    """Yield the flow to a host that gets what all functions of an application log."""
    address = maybe_text(found, "application.syslogUrl", absent="")
    if isinstance(address, Unknown):
        yield possible(function, "stream", address, "syslog/?")
    elif address:
        why = Unknown(f"it logs to {host_of(address)}, and where that host is is not known")
        yield to_outside(function, "stream", "syslog", why)


def _ends(each: Found, function: Processor) -> Iterator[Flow]:
    for outcome in _OUTCOMES:
        # A function that is never called detached has neither of them.
        kind: Json = each.read(f"item.{outcome}.kind", absent="NONE")
        if kind == "NONE":
            continue
        member = _ENDS.get(str(kind))
        end = maybe_text(each, f"item.{outcome}.{member}") if member else None
        if isinstance(end, str):
            yield to_store(function, "stream", end, name=outcome)
        else:
            why = end or Unknown(f"{outcome} {str(kind)[:40]} is not known to this version")
            yield possible(function, "stream", why, outcome)


APPLICATIONS = Collector(
    kind="oci.functions.function",
    service="functions.FunctionsManagementClient",
    title="Functions, by their applications, with where results and logs go",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_applications", "inspect fn-app", items=BARE, limit=_PAGE),
    details=(
        get_detail("application", "get_application", "read fn-app", "config", "syslogUrl.@"),
        Detail(
            name="functions",
            operation="list_functions",
            permission="inspect fn-function",
            parameters={"limit": _PAGE},
            bind={"application_id": "item.id"},
            items=BARE,
        ),
    ),
    tables=(Processor, Flow, Deployment),
    rows=_rows,
    types=("FunctionsApplication",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/functions/20181201/ApplicationSummary/ListApplications",
)
