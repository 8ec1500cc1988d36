"""Amazon Athena: where workgroups put results, and catalogues that lead elsewhere.

API: https://docs.aws.amazon.com/athena/latest/APIReference/API_GetWorkGroup.html
"""

from collections.abc import Iterator
from typing import Any

from auditor.collect.aws.flow_ends import exits, to_arn
from auditor.collect.aws.reading import maybe_text, optional, optional_key, optional_text, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Processor, Store

_REFERENCE = "https://docs.aws.amazon.com/athena/latest/APIReference/API_"
_NAME = "group.WorkGroup.Name"
_SETTINGS = "group.WorkGroup.Configuration"
_MANAGED = f"{_SETTINGS}.ManagedQueryResultsConfiguration"
# Every account has it in every region, whether or not anybody ever queried there.
_GIVEN = "primary"
_CHOSEN = Unknown("whoever queries may choose the bucket that results go to")
_ADDRESSES = (
    "ResultConfiguration.OutputLocation",
    "MonitoringConfiguration.S3LoggingConfiguration.LogLocation",
)
_NO_FUNCTION = Unknown("the answer does not name what stands behind the catalogue")
_FUNCTIONS = ("function", "metadata-function", "record-function", "connection-arn")


def _workgroup(found: Found) -> Iterator[Store | Processor | Flow]:
    targets = [optional_text(found, f"{_SETTINGS}.{path}", _NAME) for path in _ADDRESSES]
    managed = optional(found, f"{_MANAGED}.Enabled", _NAME, False)
    name = text(found, "item.Name")
    if name == _GIVEN and managed is False and targets == [""] * len(targets):
        return
    row = _row(found, name, is_store=managed is True)
    yield row
    yield from exits(row, "export", targets)
    enforced = optional(found, f"{_SETTINGS}.EnforceWorkGroupConfiguration", _NAME, False)
    if managed is not True and enforced is not True:
        yield possible(row, "export", _CHOSEN, "chosen by the client")


def _row(found: Found, name: str, *, is_store: bool) -> Store | Processor:
    columns: dict[str, Any] = {
        "id": arn("athena", found.place["region"], found.place["account"], f"workgroup/{name}"),
        "name": name,
        "kind": "workgroup",
        "public": False,  # asked with credentials of AWS only
        "created": maybe_text(found, "item.CreationTime", absent=""),
    }
    if not is_store:
        return processor_of(found, **columns)
    # Athena keeps the results itself, encrypted with a key of AWS's unless one is named.
    key = optional_key(found, f"{_MANAGED}.EncryptionConfiguration.KmsKey", _NAME)
    return store_of(found, encrypted=True, key_id=key, **columns)


def _catalog(found: Found) -> Iterator[Processor | Flow]:
    """Yield a catalogue that the account registered; each account's own is AWS Glue's."""
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item.CatalogName")
    owner = maybe_text(found, "catalog.DataCatalog.Parameters.catalog-id", absent="")
    kind = text(found, "item.Type")
    if kind == "GLUE" and owner in ("", account):
        return
    row = processor_of(
        found,
        id=arn("athena", region, account, f"datacatalog/{name}"),
        name=name,
        kind="data catalogue",
        public=False,  # asked with credentials of AWS only
    )
    yield row
    settings = found.read("catalog.DataCatalog.Parameters")
    if isinstance(settings, Unknown):
        yield possible(row, "mount", settings)
    elif kind == "GLUE" and isinstance(owner, str):
        yield to_arn(row, "mount", arn("glue", region, owner.partition(":")[0], "catalog"))
    else:
        paths = [f"catalog.DataCatalog.Parameters.{each}" for each in _FUNCTIONS]
        targets = [each for each in dict.fromkeys(text(found, path) for path in paths) if each]
        yield from (to_arn(row, "mount", each) for each in targets)
        if not targets:
            yield possible(row, "mount", _NO_FUNCTION)


WORKGROUPS = Collector(
    kind="aws.athena.workgroup",
    service="athena",
    title="Athena workgroups, and where results go",
    per=("account", "region"),
    listing=Listing(
        operation="ListWorkGroups",
        permission="athena:ListWorkGroups",
        parameters={"MaxResults": 50},
        items="WorkGroups",
    ),
    details=(
        Detail(
            name="group",
            operation="GetWorkGroup",
            permission="athena:GetWorkGroup",
            bind={"WorkGroup": "item.Name"},
            secrets=("WorkGroup.Configuration.EngineConfiguration",),
        ),
    ),
    tables=(Store, Processor, Flow),
    rows=_workgroup,
    types=("athena:workgroup",),
    source=_REFERENCE + "ListWorkGroups.html",
)

CATALOGS = Collector(
    kind="aws.athena.catalog",
    service="athena",
    title="data catalogues of Athena",
    per=("account", "region"),
    listing=Listing(
        operation="ListDataCatalogs",
        permission="athena:ListDataCatalogs",
        parameters={"MaxResults": 50},
        items="DataCatalogsSummary",
    ),
    details=(
        Detail(
            name="catalog",
            operation="GetDataCatalog",
            permission="athena:GetDataCatalog",
            bind={"Name": "item.CatalogName"},
            secrets=("DataCatalog.Parameters.connection-properties",),
        ),
    ),
    tables=(Processor, Flow),
    rows=_catalog,
    types=("athena:datacatalog",),
    source=_REFERENCE + "ListDataCatalogs.html",
)
