"""AWS Database Migration Service: data providers, and the projects that move data between them.

A provider names a server; whether it is written to, the projects say that use it.

API: https://docs.aws.amazon.com/dms/latest/APIReference/API_DescribeMigrationProjects.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import at_arn, flow_from, outside
from auditor.collect.aws.reading import entries, maybe_text, text
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import flow
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Processor

_REFERENCE = "https://docs.aws.amazon.com/dms/latest/APIReference/API_"
_USED = Unknown("whether anything is written to it, the projects that use it say")
_RUNS = Unknown("the answer does not say whether it has moved data, or tables only")


def _provider(found: Found) -> Iterator[Processor | Flow]:
    provider = processor_of(
        found,
        id=text(found, "item.DataProviderArn"),
        name=text(found, "item.DataProviderName"),
        kind="data provider",
        public=False,  # it is an address that projects use
        created=maybe_text(found, "item.DataProviderCreationTime"),
    )
    yield provider
    engine = text(found, "item.Engine") or "a database"
    why = Unknown(f"it is a server of {engine}, and the answer does not say where that is")
    yield flow(provider, "sync", "target", **(outside(why) | {"active": _USED}))


def _project(found: Found) -> Iterator[Processor | Flow]:
    project = processor_of(
        found,
        id=text(found, "item.MigrationProjectArn"),
        name=text(found, "item.MigrationProjectName"),
        kind="migration project",
        public=False,  # operators run it
        created=maybe_text(found, "item.MigrationProjectCreationTime"),
    )
    yield project
    for each in entries(found.read("item.SourceDataProviderDescriptors", absent=[])):
        source = str(each.get("DataProviderArn") or "?")
        yield flow_from(found, source, "sync", project.id, active=_RUNS, **at_arn(project.id))
    for each in entries(found.read("item.TargetDataProviderDescriptors", absent=[])):
        target = str(each.get("DataProviderArn") or "")
        yield flow(project, "sync", target or "?", active=_RUNS, **at_arn(target))


DATA_PROVIDERS = Collector(
    kind="aws.dms.data_provider",
    service="dms",
    title="databases that migration projects use",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeDataProviders",
        permission="dms:ListDataProviders",
        parameters={"MaxRecords": 100},
        items="DataProviders",
    ),
    tables=(Processor, Flow),
    rows=_provider,
    types=("dms:data-provider",),
    source=_REFERENCE + "DescribeDataProviders.html",
)

PROJECTS = Collector(
    kind="aws.dms.project",
    service="dms",
    title="projects that move data between databases of one kind",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeMigrationProjects",
        permission="dms:ListMigrationProjects",
        parameters={"MaxRecords": 100},
        items="MigrationProjects",
    ),
    tables=(Processor, Flow),
    rows=_project,
    types=("dms:migration-project",),
    source=_REFERENCE + "DescribeMigrationProjects.html",
)
