"""AWS Backup: plans and the copies that they order, copies that were made, and reports.

A plan stands for what it backs up. What an organisation orders shows as plans of its members.

API: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_GetBackupPlan.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.arns import bucket_arn
from auditor.collect.aws.flow_ends import at_arn, flow_from
from auditor.collect.aws.reading import entries, maybe_text, state_of, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import flow, possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Guardrail, Processor

_REFERENCE = "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_"


def _plan(found: Found) -> Iterator[Processor | Flow]:
    plan = processor_of(
        found,
        id=text(found, "item.BackupPlanArn"),
        name=text(found, "item.BackupPlanName"),
        kind="backup plan",
        public=False,  # it runs on a schedule; nobody calls it
        created=maybe_text(found, "item.CreationDate"),
    )
    yield plan
    rules = found.read("plan.BackupPlan.Rules")
    if isinstance(rules, Unknown):
        yield possible(plan, "backup", rules)
        yield possible(plan, "copy", rules)
        return
    flows = [one for rule in entries(rules) for one in _flows(found, plan, rule)]
    yield from {one.id: one for one in flows}.values()


def _flows(found: Found, plan: Processor, rule: Mapping[str, Json]) -> Iterator[Flow]:
    name = str(rule.get("TargetBackupVaultName") or "")
    place = found.place["region"], plan.account
    vault = arn("backup", *place, f"backup-vault:{name}") if name else ""
    yield flow(plan, "backup", vault or "?", **at_arn(vault))
    apart = rule.get("TargetLogicallyAirGappedBackupVaultArn")
    copies = [each.get("DestinationBackupVaultArn") for each in entries(rule.get("CopyActions"))]
    for copy in copies + ([apart] if apart else []):
        yield flow(plan, "copy", str(copy or "?"), **at_arn(str(copy or "")))


def _copy_job(found: Found) -> Iterator[Flow]:
    """Yield a copy that was made, also on demand, of a resource; else of a vault."""
    source = text(found, "item.ResourceArn") or text(found, "item.SourceBackupVaultArn")
    moved, not_moved = ("CREATED", "RUNNING", "COMPLETED", "PARTIAL"), ("FAILED",)
    yield flow_from(
        found,
        source,
        "copy",
        text(found, "item.CopyJobId"),
        active=state_of(maybe_text(found, "item.State"), moved, not_moved),
        **at_arn(text(found, "item.DestinationBackupVaultArn")),
    )


def _report_plan(found: Found) -> Iterator[Processor | Flow]:
    plan = processor_of(
        found,
        id=text(found, "item.ReportPlanArn"),
        name=text(found, "item.ReportPlanName"),
        kind="report plan",
        public=False,  # it runs on a schedule; nobody calls it
        created=maybe_text(found, "item.CreationTime"),
    )
    yield plan
    bucket = text(found, "item.ReportDeliveryChannel.S3BucketName")
    target = bucket_arn(bucket, found.place["region"])
    yield flow(plan, "export", bucket or "?", **at_arn(target))


def _settings(found: Found) -> Iterator[Guardrail]:
    """Yield what stops copies to other accounts of the organisation, unless it is lifted."""
    account = found.place["account"]
    setting = maybe_text(found, "item.GlobalSettings.isCrossAccountBackupEnabled")
    yield Guardrail(
        id=f"{account}/cross-account backup",
        evidence=found.evidence,
        provider="aws",
        account=account,
        name="no cross-account backup",
        kind="another policy of the organisation",
        target_id=account,
        enforced=state_of(setting, ("false",), ("true",)),
        limits=("destinations",),
    )


PLANS = Collector(
    kind="aws.backup.plan",
    service="backup",
    title="backup plans, and where they copy to",
    per=("account", "region"),
    listing=Listing(
        operation="ListBackupPlans",
        permission="backup:ListBackupPlans",
        parameters={"MaxResults": 1000},
        items="BackupPlansList",
    ),
    details=(
        Detail(
            name="plan",
            operation="GetBackupPlan",
            permission="backup:GetBackupPlan",
            bind={"BackupPlanId": "item.BackupPlanId"},
        ),
    ),
    tables=(Processor, Flow),
    rows=_plan,
    types=("backup:backup-plan",),
    source=_REFERENCE + "ListBackupPlans.html",
)

COPY_JOBS = Collector(
    kind="aws.backup.copy_job",
    service="backup",
    title="copies of recovery points made in the last 30 days",
    per=("account", "region"),
    listing=Listing(
        operation="ListCopyJobs",
        permission="backup:ListCopyJobs",
        parameters={"MaxResults": 1000},
        items="CopyJobs",
    ),
    tables=(Flow,),
    rows=_copy_job,
    source=_REFERENCE + "ListCopyJobs.html",
)

REPORT_PLANS = Collector(
    kind="aws.backup.report_plan",
    service="backup",
    title="reports about backups, and the buckets they are written to",
    per=("account", "region"),
    listing=Listing(
        operation="ListReportPlans",
        permission="backup:ListReportPlans",
        parameters={"MaxResults": 1000},
        items="ReportPlans",
    ),
    tables=(Processor, Flow),
    rows=_report_plan,
    types=("backup:report-plan",),
    source=_REFERENCE + "ListReportPlans.html",
)

GLOBAL_SETTINGS = Collector(
    kind="aws.backup.global_settings",
    service="backup",
    title="whether backups may be copied between accounts of the organisation",
    per=("account",),
    listing=Listing(
        operation="DescribeGlobalSettings",
        permission="backup:DescribeGlobalSettings",
    ),
    tables=(Guardrail,),
    rows=_settings,
    source=_REFERENCE + "DescribeGlobalSettings.html",
)
