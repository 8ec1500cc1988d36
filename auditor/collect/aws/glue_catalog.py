"""AWS Glue's data catalogue: databases and where their tables lie, and who may read the catalogue.

API: https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog.html
"""

import re
from collections.abc import Iterator, Mapping

from auditor.collect.aws.flow_ends import exits, to_arn
from auditor.collect.aws.flows import publication, shares
from auditor.collect.aws.principals import accounts_in_policy, lets_in_anybody
from auditor.collect.aws.reading import entries, maybe_text, optional_text, text, texts
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resource_policies import policy_of
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, PolicyDocument, Processor

_REFERENCE = "https://docs.aws.amazon.com/glue/latest/webapi/API_"
_CATALOG = re.compile(r"(\d{12})(:.*)?", re.ASCII | re.DOTALL)


def _database(found: Found) -> Iterator[Processor | Flow]:
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item.Name")
    row = processor_of(
        found,
        id=arn("glue", region, account, f"database/{name}"),
        name=name,
        kind="database",
        public=False,  # read with credentials of AWS only
        created=maybe_text(found, "item.CreateTime", absent=""),
    )
    yield row
    yield from {each.id: each for each in _ways(found, row)}.values()


def _ways(found: Found, row: Processor) -> Iterator[Flow]:
    """Yield where tables lie, and which databases and connections elsewhere stand behind them."""
    yield from exits(row, "mount", [optional_text(found, "item.LocationUri", "item.Name")])
    yield from _behind(found, row, found.read("item.TargetDatabase", absent=None))
    yield from _federation(found, row, found.read("item.FederatedDatabase", absent=None))
    tables = found.read("tables")
    if isinstance(tables, Unknown):
        yield possible(row, "mount", tables, "tables")
        return
    for table in entries(tables):
        storage = table.get("StorageDescriptor")
        more = texts(dig(storage, "AdditionalLocations"))
        yield from exits(row, "mount", [dig(storage, "Location"), *more])
        yield from _behind(found, row, table.get("TargetTable"))
        yield from _federation(found, row, table.get("FederatedTable"))


def _behind(found: Found, row: Processor, target: Json) -> Iterator[Flow]:
    """Yield the database that a resource link stands for; a region that is left out is this one."""
    if not isinstance(target, Mapping):
        return
    catalog, name = target.get("CatalogId"), target.get("DatabaseName")
    match = _CATALOG.fullmatch(catalog) if isinstance(catalog, str) else None
    if match is None or not isinstance(name, str):
        why = Unknown("it links to a database whose catalogue is not named by its account")
        yield possible(row, "mount", why, "link")
        return
    region = target.get("Region")
    where = region if isinstance(region, str) and region else found.place["region"]
    yield to_arn(row, "mount", arn("glue", where, match[1], f"database/{name}"))


def _federation(found: Found, row: Processor, target: Json) -> Iterator[Flow]:
    connection = dig(target, "ConnectionName")
    if isinstance(connection, str):
        region, account = found.place["region"], found.place["account"]
        yield to_arn(row, "mount", arn("glue", region, account, f"connection/{connection}"))


def _policy(found: Found) -> Iterator[Processor | Flow | PolicyDocument]:
    """Yield a policy as the door that it opens: there is one of the catalogue, and one per share.

    Its id is made up, of the catalogue's ARN and the policy's hash.
    """
    region, account = found.place["region"], found.place["account"]
    policy = maybe_text(found, "item.PolicyInJson")
    name = text(found, "item.PolicyHash")
    row = processor_of(
        found,
        id=arn("glue", region, account, f"catalog/policy/{name}"),
        name=name,
        kind="policy of the data catalogue",
        public=lets_in_anybody(policy),
        created=maybe_text(found, "item.CreateTime", absent=""),
    )
    yield row
    yield policy_of(row, policy)
    yield from publication(row)
    yield from shares(row, accounts_in_policy(policy))


DATABASES = Collector(
    kind="aws.glue.database",
    service="glue",
    title="Glue databases, and where their tables lie",
    per=("account", "region"),
    listing=Listing(
        operation="GetDatabases",
        permission="glue:GetDatabases",
        parameters={"MaxResults": 100},
        items="DatabaseList",
    ),
    details=(
        Detail(
            name="tables",
            operation="GetTables",
            permission="glue:GetTables",
            parameters={"MaxResults": 100},
            bind={"DatabaseName": "item.Name"},
            items="TableList",
            secrets=(
                "TableList.ViewOriginalText",
                "TableList.ViewExpandedText",
                "TableList.ViewDefinition",
                "TableList.Parameters",
                "TableList.StorageDescriptor.Parameters",
                "TableList.StorageDescriptor.SerdeInfo.Parameters",
            ),
        ),
    ),
    tables=(Processor, Flow),
    rows=_database,
    types=("glue:database", "glue:table"),
    source=_REFERENCE + "GetDatabases.html",
)

POLICIES = Collector(
    kind="aws.glue.policy",
    service="glue",
    title="policies of the Glue data catalogue",
    per=("account", "region"),
    listing=Listing(
        operation="GetResourcePolicies",
        permission="glue:GetResourcePolicies",
        parameters={"MaxResults": 1000},
        items="GetResourcePoliciesResponseList",
    ),
    tables=(Processor, Flow, PolicyDocument),
    rows=_policy,
    source=_REFERENCE + "GetResourcePolicies.html",
)
