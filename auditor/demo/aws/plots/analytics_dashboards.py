"""Dashboards, clusters and workflows: what they keep abroad, show to strangers or send away."""

from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED, as_list, make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.planted import fails, stays_open

_LOGS, _FAR, _RAW = "northstar-job-logs", "northstar-job-logs-abroad", "northstar-dashboard-raw"
_SPACE, _SPACE_HOME = (
    arn_of("quicksight", f"namespace/{name}", region)
    for name, region in (("abroad", FRANKFURT), ("default", WEST))
)
_SPICE, _ASKED = (arn_of("quicksight", f"dataset/{name}") for name in ("spice", "asked"))
_SPICE_ABROAD = arn_of("quicksight", "dataset/spice", FRANKFURT)
_SOURCE, _SOURCE_ABROAD = (
    arn_of("quicksight", "datasource/raw", region) for region in (HOME, FRANKFURT)
)
_OPEN, _GIVEN, _OWN = (
    arn_of("quicksight", f"dashboard/northstar-{name}") for name in ("open", "given", "own")
)
_CLUSTER, _CLUSTER_HOME = (
    arn_of("elasticmapreduce", f"cluster/j-{name}") for name in ("DISTANT", "KEPT")
)
_CLUSTER_ABROAD = arn_of("elasticmapreduce", "cluster/j-THERE", FRANKFURT)
_SPARK, _SPARK_ABROAD = (
    arn_of("emr-serverless", "/applications/00f1", region) for region in (HOME, FRANKFURT)
)
_AIRFLOW, _AIRFLOW_ABROAD = (
    arn_of("airflow", "environment/northstar-etl", region) for region in (HOME, FRANKFURT)
)
_BOARDS, _BOARDS_ABROAD = (
    arn_of("grafana", "/workspaces/g-1", region) for region in (HOME, FRANKFURT)
)


def _build(ground: Ground) -> None:
    make_bucket(ground.at(), _LOGS, ground.keys[HOME], UNPROTECTED)
    make_bucket(ground.at(), _RAW, ground.keys[HOME])
    make_bucket(ground.at(FRANKFURT), _FAR, ground.keys[FRANKFURT], UNPROTECTED)


def _name(arn: str) -> str:
    return arn.rpartition("/")[2]


def _set(arn: str, mode: str) -> dict[str, str]:
    return {"Arn": arn, "DataSetId": _name(arn), "Name": _name(arn), "ImportMode": mode}


def _source(arn: str) -> Any:
    manifest = {"ManifestFileLocation": {"Bucket": _RAW, "Key": "manifest.json"}}
    source = {
        "Arn": arn,
        "DataSourceId": "raw",
        "Name": "raw",
        "Type": "S3",
        "DataSourceParameters": {"S3Parameters": manifest},
    }
    region = arn.split(":")[3]
    return answered("quicksight.ListDataSources", {"DataSources": [source]}, region=region)


def _permissions(arn: str, *principals: str, link: str = "") -> Any:
    given = [
        {"Principal": each, "Actions": ["quicksight:DescribeDashboard"]} for each in principals
    ]
    links = [{"Principal": link, "Actions": ["quicksight:DescribeDashboard"]}] if link else []
    answer = {
        "DashboardId": _name(arn),
        "Permissions": given,
        "LinkSharingConfiguration": {"Permissions": links},
    }
    return answered("quicksight.DescribeDashboardPermissions", answer, words=_name(arn))


def _user(account: str) -> str:
    return arn_of("quicksight", "user/default/reader", HOME, account)


def _cluster(arn: str, zone: str, bucket: str) -> Any:
    cluster = {
        "Id": _name(arn),
        "ClusterArn": arn,
        "LogUri": f"s3n://{bucket}/emr/",
        "Ec2InstanceAttributes": {"Ec2AvailabilityZone": zone},
        "Tags": as_list(PROTECTED),
    }
    region = arn.split(":")[3]
    return answered("emr.DescribeCluster", {"Cluster": cluster}, region=region, words=_name(arn))


def _clusters(region: str, *arns: str) -> Any:
    several = [{"Id": _name(arn), "Name": _name(arn), "ClusterArn": arn} for arn in arns]
    return answered("emr.ListClusters", {"Clusters": several}, region=region)


def _spark(arn: str, bucket: str) -> tuple[Any, Any]:
    region = arn.split(":")[3]
    about = {
        "name": "northstar-spark",
        "arn": arn,
        "releaseLabel": "emr-7.0.0",
        "type": "SPARK",
        "state": "STARTED",
        "createdAt": 0,
        "updatedAt": 0,
    }
    logs = {"s3MonitoringConfiguration": {"logUri": f"s3://{bucket}/spark/"}}
    whole = {
        **about,
        "applicationId": "00f1",
        "tags": PROTECTED,
        "monitoringConfiguration": logs,
    }
    listed = {"applications": [{**about, "id": "00f1"}]}
    return (
        answered("emr-serverless.ListApplications", listed, region=region),
        answered("emr-serverless.GetApplication", {"application": whole}, region=region),
    )


def _airflow(arn: str) -> tuple[Any, Any]:
    region = arn.split(":")[3]
    about = {"Name": "northstar-etl", "Arn": arn, "CreatedAt": 0, "Tags": PROTECTED}
    return (
        answered("mwaa.ListEnvironments", {"Environments": ["northstar-etl"]}, region=region),
        answered("mwaa.GetEnvironment", {"Environment": about}, region=region),
    )


def _boards(arn: str) -> tuple[Any, Any]:
    region = arn.split(":")[3]
    about = {
        "id": "g-1",
        "name": "northstar-boards",
        "created": 0,
        "modified": 0,
        "endpoint": "g-1.grafana.example.com",
        "grafanaVersion": "10.4",
        "status": "ACTIVE",
        "authentication": {"providers": ["AWS_SSO"]},
        "tags": PROTECTED,
    }
    return (
        answered("grafana.ListWorkspaces", {"workspaces": [about]}, region=region),
        answered(
            "grafana.DescribeWorkspace", {"workspace": {**about, "dataSources": []}}, region=region
        ),
    )


_QUICKSIGHT = (
    answered(
        "quicksight.ListNamespaces",
        {
            "Namespaces": [
                {"Name": _name(arn), "Arn": arn, "CapacityRegion": arn.split(":")[3]}
                for arn in (_SPACE, _SPACE_HOME)
            ]
        },
    ),
    answered(
        "quicksight.ListDataSets",
        {"DataSetSummaries": [_set(_SPICE, "SPICE"), _set(_ASKED, "DIRECT_QUERY")]},
    ),
    answered(
        "quicksight.ListDataSets",
        {"DataSetSummaries": [_set(_SPICE_ABROAD, "SPICE")]},
        region=FRANKFURT,
    ),
    _source(_SOURCE),
    _source(_SOURCE_ABROAD),
    answered(
        "quicksight.ListDashboards",
        {
            "DashboardSummaryList": [
                {"Arn": arn, "DashboardId": _name(arn), "Name": _name(arn)}
                for arn in (_OPEN, _GIVEN, _OWN)
            ]
        },
    ),
    _permissions(_OPEN, link="arn:aws:quicksight::::publicAnonymousUser/*"),
    _permissions(_GIVEN, _user(STRANGER), _user(LOGS)),
    _permissions(_OWN, _user(USER_DATA), link=_SPACE_HOME),
)
_JOBS = (
    _clusters(HOME, _CLUSTER, _CLUSTER_HOME),
    _clusters(FRANKFURT, _CLUSTER_ABROAD),
    _cluster(_CLUSTER, f"{HOME}a", _FAR),
    _cluster(_CLUSTER_HOME, f"{HOME}b", _LOGS),
    _cluster(_CLUSTER_ABROAD, f"{FRANKFURT}a", _LOGS),
    *_spark(_SPARK, _FAR),
    *_spark(_SPARK_ABROAD, _LOGS),
    *_airflow(_AIRFLOW),
    *_airflow(_AIRFLOW_ABROAD),
    *_boards(_BOARDS),
    *_boards(_BOARDS_ABROAD),
)
_SECRET = "what SPICE encrypts is not stated"
_BY_ITSELF = "how a cluster encrypts, and who reaches it, is not read"

PLOT = Plot(
    build=_build,
    tags={
        **dict.fromkeys((_SPACE, _SPACE_HOME, _SPICE, _SPICE_ABROAD, _ASKED), PROTECTED),
        **dict.fromkeys((_SOURCE, _SOURCE_ABROAD, _OPEN, _GIVEN, _OWN), PROTECTED),
    },
    rules=(*_QUICKSIGHT, *_JOBS),
    planted=(
        *fails("SPICE keeps data in Frankfurt", A_02=_SPACE),
        *stays_open(_SECRET, A_06=_SPACE, A_07b=_SPACE),
        *stays_open(_SECRET, A_06=_SPACE_HOME, A_07b=_SPACE_HOME),
        *stays_open(_SECRET, A_06=_SPICE, A_07b=_SPICE),
        *stays_open(_SECRET, A_06=_SPICE_ABROAD, A_07b=_SPICE_ABROAD),
        *fails("a data set is in Frankfurt", A_02=_SPICE_ABROAD),
        *fails(
            "a data source in Frankfurt takes from a bucket",
            A_10=_SOURCE_ABROAD,
            A_04=f"arn:aws:s3:::{_RAW}/sync/{_SOURCE_ABROAD}",
        ),
        *fails("a dashboard is public", A_05b=f"{_OPEN}/public/*"),
        *fails("a stranger looks at a dashboard", A_05b=f"{_GIVEN}/share/{STRANGER}"),
        *fails("a cluster's logs go to Frankfurt", A_04=f"{_CLUSTER}/export/*"),
        *fails("a cluster is in Frankfurt", A_02=_CLUSTER_ABROAD),
        *(
            each
            for arn in (_CLUSTER, _CLUSTER_HOME, _CLUSTER_ABROAD)
            for each in stays_open(_BY_ITSELF, A_05b=f"{arn}/public/[?]", A_06=arn, A_07b=arn)
        ),
        *fails("logs of jobs go to Frankfurt", A_04=f"{_SPARK}/export/*"),
        *fails("jobs run in Frankfurt", A_10=_SPARK_ABROAD),
        *stays_open("what jobs write is not read", A_04=f"{_SPARK}/stream/jobs"),
        *stays_open("what jobs abroad write is not read", A_04=f"{_SPARK_ABROAD}/stream/jobs"),
        *fails("workflows are kept in Frankfurt", A_02=_AIRFLOW_ABROAD, A_07b=_AIRFLOW_ABROAD),
        *stays_open("workflows lead anywhere", A_04=f"{_AIRFLOW}/stream/workflows"),
        *stays_open("workflows abroad do, too", A_04=f"{_AIRFLOW_ABROAD}/stream/workflows"),
        *fails("boards are kept in Frankfurt", A_02=_BOARDS_ABROAD, A_07b=_BOARDS_ABROAD),
        *stays_open("alerts lead anywhere", A_04=f"{_BOARDS}/stream/[?]"),
        *stays_open("alerts from abroad do, too", A_04=f"{_BOARDS_ABROAD}/stream/[?]"),
    ),
)
