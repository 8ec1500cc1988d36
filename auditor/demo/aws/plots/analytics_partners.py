"""Data that is worked on with others: grants, collaborations and projects elsewhere."""

from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.planted import fails, stays_open

_RESULTS, _FAR = "northstar-results", "northstar-results-abroad"
_DOMAIN, _DOMAIN_ABROAD = (
    arn_of("datazone", f"domain/dzd-{name}", region)
    for name, region in (("home", HOME), ("abroad", FRANKFURT))
)
_ADS, _ADS_HOME = (arn_of("datazone", f"project/dzd-home/{name}") for name in ("out", "in"))
_SET, _SET_ABROAD = (
    arn_of("dataexchange", "data-sets/views", region) for region in (HOME, FRANKFURT)
)
_EXPORT, _EXPORT_HOME = (arn_of("dataexchange", f"event-actions/{n}") for n in ("far", "near"))
_WITH, _OURS = (arn_of("cleanrooms", f"membership/{digit * 36}") for digit in "12")
_MATCH, _MATCH_HOME = (
    arn_of("entityresolution", f"matchingworkflow/northstar-{n}") for n in ("vendor", "own")
)
_MAP = arn_of("entityresolution", "idmappingworkflow/northstar-map", FRANKFURT)
_TAKEN = arn_of("appfabric", "appbundle/1/ingestion/1")
_DATES = {"CreatedAt": 0, "UpdatedAt": 0}
_TIMES = {"createTime": 0, "updateTime": 0}
_PAYMENT = {"queryCompute": {"isResponsible": True}}


def _build(ground: Ground) -> None:
    make_bucket(ground.at(), _RESULTS, ground.keys[HOME], UNPROTECTED)
    make_bucket(ground.at(FRANKFURT), _FAR, ground.keys[FRANKFURT], UNPROTECTED)


def _name(arn: str) -> str:
    return arn.rpartition("/")[2]


def _domain(arn: str) -> dict[str, Any]:
    return {
        "id": _name(arn),
        "name": _name(arn),
        "arn": arn,
        "managedAccountId": USER_DATA,
        "status": "AVAILABLE",
        "createdAt": 0,
    }


def _environments(arn: str, account: str, region: str) -> Any:
    environment = {
        "id": "e-1",
        "projectId": _name(arn),
        "domainId": "dzd-home",
        "createdBy": "x",
        "name": "lake",
        "provider": "Amazon DataZone",
        "awsAccountId": account,
        "awsAccountRegion": region,
    }
    return answered(
        "datazone.ListEnvironments",
        {"items": [environment]},
        words=f"projectIdentifier={_name(arn)}",
    )


def _data_set(arn: str) -> Any:
    about = {
        "Arn": arn,
        "Id": "views",
        "Name": "views",
        "AssetType": "S3_SNAPSHOT",
        "Description": "x",
        "Origin": "OWNED",
        **_DATES,
    }
    return answered("dataexchange.ListDataSets", {"DataSets": [about]}, region=arn.split(":")[3])


def _grant(account: str) -> dict[str, Any]:
    return {
        "Id": f"to-{account}",
        "Arn": arn_of("dataexchange", f"data-grants/to-{account}"),
        "Name": "views",
        "SenderPrincipal": USER_DATA,
        "ReceiverPrincipal": account,
        "AcceptanceState": "ACCEPTED",
        "DataSetId": "copy",
        "SourceDataSetId": "views",
        **_DATES,
    }


def _action(arn: str, bucket: str) -> dict[str, Any]:
    return {
        "Arn": arn,
        "Id": _name(arn),
        "Action": {"ExportRevisionToS3": {"RevisionDestination": {"Bucket": bucket}}},
        "Event": {"RevisionPublished": {"DataSetId": "theirs"}},
        **_DATES,
    }


def _membership(arn: str) -> dict[str, Any]:
    return {
        "id": _name(arn),
        "arn": arn,
        "collaborationArn": "x",
        "collaborationId": _name(arn),
        "collaborationCreatorAccountId": USER_DATA,
        "collaborationCreatorDisplayName": "x",
        "collaborationName": "reach of advertisements",
        "status": "ACTIVE",
        "memberAbilities": [],
        "paymentConfiguration": _PAYMENT,
        **_TIMES,
    }


def _collaboration(arn: str, account: str, bucket: str) -> tuple[Any, Any]:
    output = {"outputConfiguration": {"s3": {"resultFormat": "CSV", "bucket": bucket}}}
    about = {**_membership(arn), "queryLogStatus": "ENABLED", "defaultResultConfiguration": output}
    other = {
        "accountId": account,
        "status": "ACTIVE",
        "displayName": "x",
        "abilities": ["CAN_QUERY"],
        "paymentConfiguration": _PAYMENT,
        **_TIMES,
    }
    return (
        answered("cleanrooms.GetMembership", {"membership": about}, words=_name(arn)),
        answered("cleanrooms.ListMembers", {"memberSummaries": [other]}, words=_name(arn)),
    )


def _summary(arn: str) -> dict[str, Any]:
    return {"workflowName": _name(arn), "workflowArn": arn, "createdAt": 0, "updatedAt": 0}


def _matching(arn: str, bucket: str, provider: str = "") -> Any:
    how: dict[str, Any] = {"resolutionType": "ML_MATCHING"}
    if provider:
        service = f"arn:aws:entityresolution:{HOME}::providerservice/{provider}"
        how = {"resolutionType": "PROVIDER", "providerProperties": {"providerServiceArn": service}}
    about = {
        **_summary(arn),
        "inputSourceConfig": [],
        "outputSourceConfig": [{"outputS3Path": f"s3://{bucket}/matched", "output": []}],
        "resolutionTechniques": how,
        "roleArn": f"arn:aws:iam::{USER_DATA}:role/matching",
    }
    return answered("entityresolution.GetMatchingWorkflow", about, words=_name(arn))


_OFFERED = (
    answered("datazone.ListDomains", {"items": [_domain(_DOMAIN)]}),
    answered("datazone.ListDomains", {"items": [_domain(_DOMAIN_ABROAD)]}, region=FRANKFURT),
    answered(
        "datazone.ListProjects",
        {
            "items": [
                {"domainId": "dzd-home", "id": _name(arn), "name": _name(arn), "createdBy": "x"}
                for arn in (_ADS, _ADS_HOME)
            ]
        },
    ),
    _environments(_ADS, STRANGER, FRANKFURT),
    _environments(_ADS_HOME, LOGS, WEST),
    _data_set(_SET),
    _data_set(_SET_ABROAD),
    answered(
        "dataexchange.ListDataGrants", {"DataGrantSummaries": [_grant(STRANGER), _grant(LOGS)]}
    ),
    answered(
        "dataexchange.ListEventActions",
        {"EventActions": [_action(_EXPORT, _FAR), _action(_EXPORT_HOME, _RESULTS)]},
    ),
)
_SHARED = (
    answered(
        "cleanrooms.ListMemberships",
        {"membershipSummaries": [_membership(_WITH), _membership(_OURS)]},
    ),
    *_collaboration(_WITH, STRANGER, _FAR),
    *_collaboration(_OURS, LOGS, _RESULTS),
    answered(
        "entityresolution.ListMatchingWorkflows",
        {
            "workflowSummaries": [
                {**_summary(arn), "resolutionType": "PROVIDER"} for arn in (_MATCH, _MATCH_HOME)
            ]
        },
    ),
    _matching(_MATCH, _FAR, "liveramp/assignment"),
    _matching(_MATCH_HOME, _RESULTS),
    answered(
        "entityresolution.ListIdMappingWorkflows",
        {"workflowSummaries": [_summary(_MAP)]},
        region=FRANKFURT,
    ),
    answered(
        "entityresolution.GetIdMappingWorkflow",
        {
            **_summary(_MAP),
            "inputSourceConfig": [],
            "outputSourceConfig": [{"outputS3Path": f"s3://{_RESULTS}/mapped"}],
            "idMappingTechniques": {"idMappingType": "RULE_BASED"},
        },
        region=FRANKFURT,
    ),
    answered(
        "appfabric.ListAppBundles",
        {"appBundleSummaryList": [{"arn": arn_of("appfabric", "appbundle/1")}]},
    ),
    answered(
        "appfabric.ListIngestions",
        {"ingestions": [{"arn": _TAKEN, "app": "SLACK", "tenantId": "x", "state": "enabled"}]},
    ),
    answered(
        "appfabric.ListIngestionDestinations",
        {"ingestionDestinations": [{"arn": f"{_TAKEN}/ingestiondestination/1"}]},
    ),
)

PLOT = Plot(
    build=_build,
    tags={
        **dict.fromkeys((_DOMAIN, _DOMAIN_ABROAD, _ADS, _ADS_HOME, _SET, _SET_ABROAD), PROTECTED),
        **dict.fromkeys((_EXPORT, _EXPORT_HOME, _WITH, _OURS, _MATCH, _MATCH_HOME), PROTECTED),
        **dict.fromkeys((_MAP, _TAKEN), PROTECTED),
    },
    rules=(*_OFFERED, *_SHARED),
    planted=(
        *fails("a domain is in Frankfurt", A_02=_DOMAIN_ABROAD),
        *stays_open("the key of a domain is not read", A_07b=_DOMAIN),
        *stays_open("the key of a domain abroad is not, either", A_07b=_DOMAIN_ABROAD),
        *fails("a project reaches a stranger in Frankfurt", A_04=f"{_ADS}/mount/e-1"),
        *fails("a data set is in Frankfurt", A_02=_SET_ABROAD, A_07b=_SET_ABROAD),
        *stays_open("whether it is offered is not read", A_05b=f"{_SET}/share/products"),
        *stays_open("nor is it abroad", A_05b=f"{_SET_ABROAD}/share/products"),
        *fails("a data set is granted to a stranger", A_05b=f"{_SET}/share/to-{STRANGER}"),
        *fails("each revision is exported to Frankfurt", A_04=f"{_EXPORT}/export/*"),
        *fails("a stranger queries in a collaboration", A_05b=f"{_WITH}/share/{STRANGER}"),
        *fails("results of queries go to Frankfurt", A_04=f"{_WITH}/export/*"),
        *fails("matched records go to Frankfurt", A_04=f"{_MATCH}/stream/*"),
        *stays_open("another company resolves identities", A_05b=f"{_MATCH}/share/*"),
        *fails("identities are mapped in Frankfurt", A_10=_MAP),
        *stays_open("where logs that are taken in go is not read", A_04=f"{_TAKEN}/stream/*"),
    ),
)
