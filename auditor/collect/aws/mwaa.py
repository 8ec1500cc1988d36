"""Amazon Managed Workflows for Apache Airflow: environments, their code and their logs.

API: https://docs.aws.amazon.com/mwaa/latest/API/API_GetEnvironment.html
"""

from collections.abc import Iterator

from auditor.collect.aws.arns import resource_arn
from auditor.collect.aws.flow_ends import exits, flow_from
from auditor.collect.aws.reading import (
    maybe_text,
    member,
    optional,
    optional_key,
    tags_in,
)
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import store_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Store

_REFERENCE = "https://docs.aws.amazon.com/mwaa/latest/API/API_"
_ARN = "environment.Environment.Arn"
_LOGS = ("DagProcessingLogs", "SchedulerLogs", "WebserverLogs", "WorkerLogs", "TaskLogs")
_WORKFLOWS = Unknown("where its workflows take data is not read")


def _environment(found: Found) -> Iterator[Store | Flow]:
    region, account = found.place["region"], found.place["account"]
    name = found.item if isinstance(found.item, str) else ""
    row = store_of(
        found,
        id=arn("airflow", region, account, f"environment/{name}"),
        name=name,
        kind="environment",
        # https://docs.aws.amazon.com/mwaa/latest/userguide/encryption-at-rest.html
        encrypted=True,
        key_id=optional_key(found, "environment.Environment.KmsKey", _ARN),
        public=False,  # its web server asks for credentials of AWS, wherever it can be reached
        created=maybe_text(found, "environment.Environment.CreatedAt"),
        tags=tags_in(optional(found, "environment.Environment.Tags", _ARN, {})),
    )
    yield row
    yield possible(row, "stream", _WORKFLOWS, "workflows")
    yield from _code(found, row)
    logs = optional(found, "environment.Environment.LoggingConfiguration", _ARN, {})
    if isinstance(logs, Unknown):
        yield possible(row, "stream", logs, "logs")
        return
    groups = [
        member(logs, f"{kind}.CloudWatchLogGroupArn")
        for kind in _LOGS
        if dig(logs, f"{kind}.Enabled") is not False
    ]
    yield from exits(row, "stream", groups)


def _code(found: Found, row: Store) -> Iterator[Flow]:
    """Yield the flow into it from the bucket that holds its workflows."""
    bucket = maybe_text(found, "environment.Environment.SourceBucketArn", absent="")
    if isinstance(bucket, str) and bucket:
        yield flow_from(
            found,
            resource_arn(bucket),
            "sync",
            row.id,
            target_id=row.id,
            target_account=row.account,
            target_region=row.region,
            target_country=row.country,
            target_operator=row.operator,
        )


ENVIRONMENTS = Collector(
    kind="aws.mwaa.environment",
    service="mwaa",
    title="environments of Apache Airflow",
    per=("account", "region"),
    listing=Listing(
        operation="ListEnvironments",
        permission="airflow:ListEnvironments",
        parameters={"MaxResults": 25},
        items="Environments",
    ),
    details=(
        Detail(
            name="environment",
            operation="GetEnvironment",
            permission="airflow:GetEnvironment",
            bind={"Name": "item"},
            secrets=("Environment.AirflowConfigurationOptions",),
        ),
    ),
    tables=(Store, Flow),
    rows=_environment,
    types=("airflow:environment",),
    source=_REFERENCE + "ListEnvironments.html",
)
