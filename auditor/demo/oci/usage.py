"""The Usage API: what was used, by service, region, compartment and time.

Lines are those of the estate (``usage_api.UsageSummary``), if it has any. Otherwise whatever is in
a region is taken to have been used there all the time, one line for each service and compartment.
Source: https://docs.oracle.com/en-us/iaas/api/#/en/usage/20200107/UsageSummary/
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping

from auditor.demo.oci.estate import GLOBAL, Tenancy
from auditor.demo.oci.lookup import Query
from auditor.demo.oci.paging import cut_page
from auditor.demo.oci.shapes import family, shape
from auditor.demo.oci.wire import Success, invalid_parameter, list_of, not_found, read_body
from auditor.model import Json

Line = dict[str, Json]

_MOMENT = "%Y-%m-%dT%H:%M:%S.000Z"
_DIMENSIONS = ("service", "region", "compartmentId", "tenantId", "resourceId", "skuName", "unit")
_AMOUNTS = ("computedAmount", "computedQuantity")
# Longest ranges that are answered.
_LONGEST = {"HOURLY": dt.timedelta(hours=36), "DAILY": dt.timedelta(days=90)}
_LONGEST_OTHER = dt.timedelta(days=366)

# Service module -> the name that it is billed under; by model where a module is several services.
BILLED_AS: Mapping[str, str] = {
    "analytics": "ANALYTICS",
    "apigateway": "API_GATEWAY",
    "artifacts": "COMPUTE",  # container images are billed with compute
    "bds": "BIG_DATA_SERVICE",
    "container_engine": "OKE",
    "container_instances": "CONTAINER_INSTANCES",
    "core": "NETWORK",
    "core.BlockVolumeReplica": "BLOCK_STORAGE",
    "core.BootVolume": "BLOCK_STORAGE",
    "core.BootVolumeBackup": "BLOCK_STORAGE",
    "core.BootVolumeReplica": "BLOCK_STORAGE",
    "core.Image": "COMPUTE",
    "core.Instance": "COMPUTE",
    "core.Volume": "BLOCK_STORAGE",
    "core.VolumeBackup": "BLOCK_STORAGE",
    "core.VolumeGroup": "",  # its volumes are billed
    "core.VolumeGroupBackup": "",
    "data_catalog": "DATA_CATALOG",
    "data_flow": "DATAFLOW",
    "data_integration": "DATA_INTEGRATION",
    "data_safe": "DATA_SAFE",
    "data_science": "DATASCIENCE",
    "database": "DATABASE",
    "database_migration": "DATABASE_MIGRATION",
    "disaster_recovery": "DISASTER_RECOVERY",
    "distributed_database": "DATABASE",
    "dns": "DNS",
    "email": "EMAIL_DELIVERY",
    "file_storage": "FILE_STORAGE",
    "functions": "FUNCTIONS",
    "generative_ai": "GENERATIVE_AI",
    "generative_ai_agent": "GENERATIVE_AI",
    "golden_gate": "GOLDENGATE",
    "integration": "INTEGRATION",
    "key_management": "KMS",
    "load_balancer": "LOAD_BALANCER",
    "log_analytics": "LOGGING_ANALYTICS",
    "logging": "LOGGING",
    "lustre_file_storage": "LUSTRE",
    "mysql": "MYSQL",
    "nosql": "NOSQL",
    "object_storage": "OBJECTSTORE",
    "ons": "ORACLE_NOTIFICATION_SERVICE",
    "opensearch": "OPENSEARCH",
    "psql": "POSTGRESQL",
    "queue": "QUEUE",
    "recovery": "RECOVERY_SERVICE",
    "redis": "REDIS",
    "rover": "ROVING_EDGE",
    "sch": "SERVICE_CONNECTOR_HUB",
    "streaming": "ORACLE_STREAMING_SERVICE",
    "vault": "KMS",
}


def request_summarized_usages(query: Query, page_size: int) -> Success:
    """Answer with lines, grouped as asked.

    Raises:
        ServiceError: 400 for what the service refuses, 404 for another tenancy.
    """
    asked = read_body(query.body)
    _check_members(asked)
    if asked.get("tenantId") != query.tenancy.id:
        raise not_found()
    groups = asked.get("groupBy") or []
    if not isinstance(groups, list) or not set(groups) <= set(_DIMENSIONS):
        raise invalid_parameter(f"groupBy must be among {', '.join(_DIMENSIONS)}")
    lines = _group(_lines(query.tenancy), groups, list(_intervals(asked)))
    listing = f"{query.route.name} {query.tenancy.id} {json.dumps(asked, sort_keys=True)}"
    page = cut_page(lines, query.query, listing, page_size)
    views = (json.dumps(line).encode() for line in page.items)
    tail = b',"groupBy":' + json.dumps(groups).encode()
    return list_of("items", views, page.next_token, tail)


def _check_members(asked: Mapping[str, Json]) -> None:
    known = shape("usage_api", "RequestSummarizedUsagesDetails")
    unknown = sorted(set(asked) - set(known.by_wire if known else ()))
    if unknown:
        raise invalid_parameter(f"the details have no member {', '.join(unknown)}")
    if asked.get("filter") or asked.get("groupByTag") or asked.get("forecast"):
        raise invalid_parameter("the simulator has no filter, groupByTag and forecast")


def _intervals(asked: Mapping[str, Json]) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Yield the periods that lines are about."""
    granularity = asked.get("granularity")
    if granularity not in ("HOURLY", "DAILY", "MONTHLY"):
        raise invalid_parameter("granularity must be HOURLY, DAILY or MONTHLY")
    start, end = (_moment(asked.get(name)) for name in ("timeUsageStarted", "timeUsageEnded"))
    for moment in (start, end):
        if (moment.minute, moment.second, moment.microsecond) != (0, 0, 0) or (
            granularity != "HOURLY" and moment.hour
        ):
            raise invalid_parameter("UTC date does not have the right precision")
    if not dt.timedelta() < end - start <= _LONGEST.get(granularity, _LONGEST_OTHER):
        raise invalid_parameter("timeUsageStarted and timeUsageEnded are no range")
    if asked.get("isAggregateByTime"):
        yield start, end
        return
    while start < end:
        following = min(_after(start, granularity), end)
        yield start, following
        start = following


def _after(moment: dt.datetime, granularity: str) -> dt.datetime:
    if granularity == "MONTHLY":
        return (moment.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return moment + (dt.timedelta(days=1) if granularity == "DAILY" else dt.timedelta(hours=1))


def _moment(value: Json) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise invalid_parameter(f"{value!r} is not a moment of RFC 3339") from None
    if moment.tzinfo is None or "T" not in value:
        raise invalid_parameter(f"{value!r} is not a moment of RFC 3339")
    return moment.astimezone(dt.UTC)


def _lines(tenancy: Tenancy) -> list[Line]:
    """Return what was used, by every dimension; lines of the estate state their own time."""
    resources = list(tenancy.resources())
    stated = [dict(each.fields) for each in resources if each.model == "UsageSummary"]
    if stated:
        return [{"tenantId": tenancy.id, **line} for line in stated]
    used: dict[tuple[str, str, str], int] = {}
    for each in resources:
        name = BILLED_AS.get(f"{each.module}.{family(each.model)}", BILLED_AS.get(each.module))
        compartment = each.fields.get("compartmentId")
        if name and compartment and each.region != GLOBAL:
            key = (name, each.region, str(compartment))
            used[key] = used.get(key, 0) + 1
    return [
        {
            "tenantId": tenancy.id,
            "service": service,
            "region": region,
            "compartmentId": compartment,
            "computedQuantity": float(count),
            "computedAmount": float(count),
            "currency": "USD",
        }
        for (service, region, compartment), count in sorted(used.items())
    ]


def _group(
    lines: list[Line], groups: list[str], intervals: list[tuple[dt.datetime, dt.datetime]]
) -> list[Line]:
    """Return a line for each period and group; dimensions that nobody grouped by are null."""
    found: dict[tuple[str, ...], Line] = {}
    for start, end in intervals:
        for line in lines:
            if not _within(line, start, end):
                continue
            key = (start.isoformat(), *(str(line.get(name)) for name in groups))
            if key not in found:
                found[key] = {
                    **{name: line.get(name) if name in groups else None for name in _DIMENSIONS},
                    "tenantId": line["tenantId"],
                    "currency": line.get("currency"),
                    "timeUsageStarted": start.strftime(_MOMENT),
                    "timeUsageEnded": end.strftime(_MOMENT),
                }
            for name in _AMOUNTS:
                found[key][name] = (found[key].get(name) or 0.0) + (line.get(name) or 0.0)
    return list(found.values())


def _within(line: Line, start: dt.datetime, end: dt.datetime) -> bool:
    """Say whether a line is of a period; one without a time is of every period."""
    stated = line.get("timeUsageStarted")
    return stated is None or start <= _moment(stated) < end
