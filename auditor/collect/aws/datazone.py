"""Amazon DataZone: domains, and environments of their projects in accounts and regions.

API: https://docs.aws.amazon.com/datazone/latest/APIReference/API_ListEnvironments.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import to_place
from auditor.collect.aws.reading import entries, maybe_text, member, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Processor, Store

_REFERENCE = "https://docs.aws.amazon.com/datazone/latest/APIReference/API_"
_KEY = Unknown("the key of a domain is not read by this version")
_GONE = ("DELETED",)
_NOT_NAMED = Unknown("the environment does not name its account or region")


def _domain(found: Found) -> Iterator[Store]:
    if text(found, "item.status") in _GONE:
        return
    yield store_of(
        found,
        id=text(found, "item.arn"),
        name=text(found, "item.name"),
        kind="domain",
        # https://docs.aws.amazon.com/datazone/latest/userguide/encryption-rest-datazone.html
        encrypted=True,
        key_id=_KEY,
        public=False,  # its users sign in
        created=maybe_text(found, "item.createdAt"),
    )


def _project(found: Found) -> Iterator[Processor | Flow]:
    """Yield a project, whose environments may be in other accounts and regions.

    Its ARN is made up of that of its domain, for AWS has none.
    """
    region, account = found.place["region"], found.place["account"]
    name = f"project/{text(found, 'parent.id')}/{text(found, 'item.id')}"
    row = processor_of(
        found,
        id=arn("datazone", region, account, name),
        name=text(found, "item.name"),
        kind="project",
        public=False,  # its members sign in
        created=maybe_text(found, "item.createdAt", absent=""),
    )
    yield row
    environments = found.read("environments")
    if isinstance(environments, Unknown):
        yield possible(row, "mount", environments)
        return
    for each in entries(environments):
        where = member(each, "awsAccountId"), member(each, "awsAccountRegion")
        identity = member(each, "id") or member(each, "name")
        if member(each, "status") in _GONE or where == (account, region):
            continue
        yield to_place(row, "mount", identity, where[0] or _NOT_NAMED, where[1] or _NOT_NAMED)


DOMAINS = Collector(
    kind="aws.datazone.domain",
    service="datazone",
    title="domains of DataZone",
    per=("account", "region"),
    listing=Listing(
        operation="ListDomains",
        permission="datazone:ListDomains",
        parameters={"maxResults": 25},
        items="items",
    ),
    tables=(Store,),
    rows=_domain,
    types=("datazone:domain",),
    source=_REFERENCE + "ListDomains.html",
)

PROJECTS = Collector(
    kind="aws.datazone.project",
    service="datazone",
    title="projects of DataZone, and where their environments are",
    per=("account", "region"),
    parent=Listing(
        operation="ListDomains",
        permission="datazone:ListDomains",
        parameters={"status": "AVAILABLE", "maxResults": 25},
        items="items",
    ),
    listing=Listing(
        operation="ListProjects",
        permission="datazone:ListProjects",
        parameters={"maxResults": 50},
        bind={"domainIdentifier": "parent.id"},
        items="items",
    ),
    details=(
        Detail(
            name="environments",
            operation="ListEnvironments",
            permission="datazone:ListEnvironments",
            parameters={"maxResults": 50},
            bind={"domainIdentifier": "parent.id", "projectIdentifier": "item.id"},
            items="items",
        ),
    ),
    tables=(Processor, Flow),
    rows=_project,
    source=_REFERENCE + "ListEnvironments.html",
)
