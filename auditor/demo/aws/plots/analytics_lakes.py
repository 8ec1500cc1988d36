"""Data lakes: databases, grants and query results that lead abroad or to strangers."""

import json
from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.planted import fails, stays_open

_KEPT, _FAR = "northstar-tables", "northstar-tables-abroad"
_LAKE, _ABROAD, _LINK, _LINK_HOME = (
    arn_of("glue", f"database/{name}") for name in ("views", "distant", "borrowed", "ours")
)
_FRANKFURT = arn_of("glue", "database/views", FRANKFURT)
_POLICY, _POLICY_HOME = (arn_of("glue", f"catalog/policy/{name}") for name in ("open", "kept"))
_CRM, _VPC = (arn_of("glue", f"connection/northstar-{name}") for name in ("crm", "vpc"))
_JOB = arn_of("glue", "job/northstar-clean")
_LEADS, _LEADS_HOME = (arn_of("glue", f"integration:{name}") for name in ("given", "kept"))
_CATALOG = arn_of("glue", "catalog")
_PLACE, _PLACE_HOME = (
    arn_of("lakeformation", f"resource/arn:aws:s3:::{name}/raw") for name in (_FAR, _KEPT)
)
_FREE, _DISTANT, _HOME = (
    arn_of("athena", f"workgroup/northstar-{name}") for name in ("free", "distant", "bound")
)
_MANAGED = arn_of("athena", "workgroup/northstar-managed", FRANKFURT)
_THEIRS, _OURS = (arn_of("athena", f"datacatalog/northstar-{name}") for name in ("theirs", "ours"))


def _build(ground: Ground) -> None:
    make_bucket(ground.at(), _KEPT, ground.keys[HOME], UNPROTECTED)
    make_bucket(ground.at(FRANKFURT), _FAR, ground.keys[FRANKFURT], UNPROTECTED)


def _name(arn: str) -> str:
    return arn.rpartition("/")[2]


def _link(arn: str, account: str, region: str) -> dict[str, Any]:
    target = {"CatalogId": account, "DatabaseName": "shared", "Region": region}
    return {"Name": _name(arn), "TargetDatabase": target}


def _tables(arn: str, bucket: str) -> Any:
    table = {"Name": "t", "StorageDescriptor": {"Location": f"s3://{bucket}/t"}}
    return answered("glue.GetTables", {"TableList": [table]}, words=_name(arn))


def _policy(arn: str, account: str) -> dict[str, str]:
    statement = {"Effect": "Allow", "Principal": {"AWS": account}, "Action": "glue:*"}
    return {"PolicyHash": _name(arn), "PolicyInJson": json.dumps({"Statement": [statement]})}


def _warehouse(region: str, account: str) -> str:
    return arn_of("redshift-serverless", "namespace/leads", region, account)


def _integration(arn: str, region: str, account: str) -> dict[str, Any]:
    return {
        "IntegrationArn": arn,
        "IntegrationName": arn.rpartition(":")[2],
        "SourceArn": _CRM,
        "TargetArn": _warehouse(region, account),
        "Status": "ACTIVE",
        "CreateTime": 0,
        "Tags": [{"key": key, "value": value} for key, value in PROTECTED.items()],
    }


def _grant(account: str) -> dict[str, Any]:
    return {
        "Principal": {"DataLakePrincipalIdentifier": account},
        "Resource": {"Table": {"DatabaseName": _name(_LAKE), "Name": "t"}},
        "Permissions": ["SELECT"],
    }


def _group(arn: str, bucket: str = "", region: str = HOME, **settings: Any) -> Any:
    results = {"OutputLocation": f"s3://{bucket}/results"} if bucket else {}
    configuration = {
        "EnforceWorkGroupConfiguration": bool(bucket),
        "ResultConfiguration": results,
        **settings,
    }
    group = {"Name": _name(arn), "Configuration": configuration}
    return answered("athena.GetWorkGroup", {"WorkGroup": group}, region=region, words=_name(arn))


def _catalog(arn: str, account: str) -> Any:
    about = {"Name": _name(arn), "Type": "GLUE", "Parameters": {"catalog-id": account}}
    return answered("athena.GetDataCatalog", {"DataCatalog": about}, words=_name(arn))


_GLUE = (
    answered(
        "glue.GetDatabases",
        {
            "DatabaseList": [
                {"Name": _name(_LAKE)},
                {"Name": _name(_ABROAD)},
                _link(_LINK, STRANGER, HOME),
                _link(_LINK_HOME, LOGS, WEST),
            ]
        },
    ),
    answered("glue.GetDatabases", {"DatabaseList": [{"Name": "views"}]}, region=FRANKFURT),
    _tables(_LAKE, _KEPT),
    _tables(_ABROAD, _FAR),
    answered("glue.GetTables", {"TableList": []}),
    answered("glue.GetTables", {"TableList": []}, region=FRANKFURT),
    answered(
        "glue.GetResourcePolicies",
        {
            "GetResourcePoliciesResponseList": [
                _policy(_POLICY, STRANGER),
                _policy(_POLICY_HOME, LOGS),
            ]
        },
    ),
    answered(
        "glue.GetConnections",
        {
            "ConnectionList": [
                {"Name": "northstar-crm", "ConnectionType": "SALESFORCE"},
                {"Name": "northstar-vpc", "ConnectionType": "NETWORK"},
            ]
        },
    ),
    answered("glue.GetJobs", {"Jobs": [{"Name": "northstar-clean"}]}),
    answered(
        "glue.DescribeIntegrations",
        {
            "Integrations": [
                _integration(_LEADS, HOME, STRANGER),
                _integration(_LEADS_HOME, WEST, LOGS),
            ]
        },
    ),
)
_LAKE_FORMATION = (
    answered(
        "lakeformation.ListPermissions",
        {"PrincipalResourcePermissions": [_grant(STRANGER), _grant(LOGS), _grant(USER_DATA)]},
    ),
    answered(
        "lakeformation.GetDataLakeSettings",
        {
            "DataLakeSettings": {
                "AllowExternalDataFiltering": True,
                "AllowFullTableExternalDataAccess": True,
                "ExternalDataFilteringAllowList": [
                    {"DataLakePrincipalIdentifier": account} for account in (STRANGER, LOGS)
                ],
            }
        },
    ),
    answered(
        "lakeformation.ListResources",
        {
            "ResourceInfoList": [
                {"ResourceArn": f"arn:aws:s3:::{name}/raw"} for name in (_FAR, _KEPT)
            ]
        },
    ),
)
_ATHENA = (
    answered(
        "athena.ListWorkGroups",
        {"WorkGroups": [{"Name": _name(arn)} for arn in (_FREE, _DISTANT, _HOME)]},
    ),
    answered(
        "athena.ListWorkGroups", {"WorkGroups": [{"Name": _name(_MANAGED)}]}, region=FRANKFURT
    ),
    _group(_FREE),
    _group(_DISTANT, _FAR),
    _group(_HOME, _KEPT),
    _group(_MANAGED, region=FRANKFURT, ManagedQueryResultsConfiguration={"Enabled": True}),
    answered(
        "athena.ListDataCatalogs",
        {
            "DataCatalogsSummary": [
                {"CatalogName": _name(arn), "Type": "GLUE"} for arn in (_THEIRS, _OURS)
            ]
        },
    ),
    _catalog(_THEIRS, STRANGER),
    _catalog(_OURS, LOGS),
)

PLOT = Plot(
    build=_build,
    tags={
        **dict.fromkeys((_LAKE, _ABROAD, _LINK, _LINK_HOME, _FRANKFURT), PROTECTED),
        **dict.fromkeys((_POLICY, _POLICY_HOME, _CRM, _VPC, _JOB, _CATALOG), PROTECTED),
        **dict.fromkeys((_PLACE, _PLACE_HOME, _FREE, _DISTANT, _HOME, _MANAGED), PROTECTED),
        **dict.fromkeys((_THEIRS, _OURS), PROTECTED),
    },
    rules=(*_GLUE, *_LAKE_FORMATION, *_ATHENA),
    planted=(
        *fails("tables lie in Frankfurt", A_04=f"{_ABROAD}/mount/*"),
        *fails("a database stands for a stranger's", A_04=f"{_LINK}/mount/*"),
        *fails("a database is in Frankfurt", A_10=_FRANKFURT),
        *fails("a stranger may read the data catalogue", A_05b=f"{_POLICY}/share/{STRANGER}"),
        *stays_open("a connection leads to another company", A_04=f"{_CRM}/stream/*"),
        *stays_open("what a job's script writes is not read", A_04=f"{_JOB}/stream/[?]"),
        *fails("an integration fills a stranger's warehouse", A_04=f"{_LEADS}/replication/*"),
        *fails(
            "what comes over a connection fills a stranger's warehouse",
            A_04=f"{_CRM}/replication/glue/{_LEADS}",
        ),
        *fails("a stranger is granted a table", A_05b=f"{_LAKE}/share/{STRANGER}/t"),
        *stays_open("engines outside AWS read whole tables", A_05b=f"{_CATALOG}/share/full*"),
        *fails("a stranger's engine reads the lake", A_05b=f"{_CATALOG}/share/{STRANGER}"),
        *fails("a location of the lake is in Frankfurt", A_04=f"{_PLACE}/mount/*"),
        *stays_open("whoever queries chooses the bucket", A_04=f"{_FREE}/export/chosen*"),
        *fails("query results go to Frankfurt", A_04=f"{_DISTANT}/export/*"),
        *fails("query results are kept in Frankfurt", A_02=_MANAGED, A_07b=_MANAGED),
        *fails("a catalogue is a stranger's", A_04=f"{_THEIRS}/mount/*"),
    ),
)
