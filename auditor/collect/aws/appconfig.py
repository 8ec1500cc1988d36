"""AWS AppConfig: the configurations that are in force in each environment.

Their content is not read: an environment says which version of a configuration it was given.

API: https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_ListDeployments.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.reading import entries, member, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.running import deployment_of
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Deployment, Maybe

_REFERENCE = "https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_"
_COMPLETE = "COMPLETE"
_UNDER_WAY = frozenset({"BAKING", "VALIDATING", "DEPLOYING", "ROLLING_BACK"})
_BACK = frozenset({"ROLLED_BACK", "REVERTED"})
_NEVER_USED = "READY_FOR_DEPLOYMENT"
_CONTRADICTION = Unknown("its state is not that of one without a deployment, and none is listed")
_NO_VERSION = Unknown("the answer does not say which version was deployed")
_ODD_STATE = Unknown("this version does not know the state that its deployment is in")


def _environment(found: Found) -> Iterator[Deployment]:
    application = text(found, "parent.Id")
    name = f"application/{application}/environment/{text(found, 'item.Id')}"
    row = arn("appconfig", found.place["region"], found.place["account"], name)
    several = found.read("deployments")
    in_force = list(_in_force(entries(several)))
    for each in in_force:
        yield _deployment(found, row, each)
    if isinstance(several, Unknown):
        yield _unseen(found, row, several)
    elif not in_force and found.read("item.State") != _NEVER_USED:
        yield _unseen(found, row, _CONTRADICTION)


def _unseen(found: Found, row: str, why: Unknown) -> Deployment:
    return deployment_of(
        found,
        id=f"{row}/?",
        resource_id=row,
        kind="configuration",
        image=why,
        digest=why,
        pinned=why,
        since=why,
    )


def _in_force(several: list[Mapping[str, Json]]) -> Iterator[Mapping[str, Json]]:
    """Yield, of each configuration, the newest that is complete and any that are under way."""
    settled: set[tuple[str, str]] = set()
    for each in sorted(several, key=_number, reverse=True):
        of = member(each, "ConfigurationProfileId"), member(each, "ConfigurationName")
        if of in settled or member(each, "State") in _BACK:
            continue
        if member(each, "State") == _COMPLETE:
            settled.add(of)
        yield each


def _number(deployment: Mapping[str, Json]) -> int:
    number = deployment.get("DeploymentNumber")
    return number if isinstance(number, int) else 0


def _deployment(found: Found, row: str, about: Mapping[str, Json]) -> Deployment:
    name = member(about, "ConfigurationName")
    version = member(about, "ConfigurationVersion")
    state = member(about, "State")
    image: Maybe[str] = f"{name}:{version}" if version else _NO_VERSION
    return deployment_of(
        found,
        id=f"{row}/deployment/{_number(about)}",
        resource_id=row,
        kind="configuration",
        name=name or row,
        image=image if state == _COMPLETE or state in _UNDER_WAY else _ODD_STATE,
        digest="",  # AppConfig states none
        pinned=bool(version),
        since=member(about, "CompletedAt"),
    )


DEPLOYMENTS = Collector(
    kind="aws.appconfig.environment",
    service="appconfig",
    title="configurations that AppConfig has deployed",
    per=("account", "region"),
    parent=Listing(
        operation="ListApplications",
        permission="appconfig:ListApplications",
        parameters={"MaxResults": 50},
        items="Items",
    ),
    listing=Listing(
        operation="ListEnvironments",
        permission="appconfig:ListEnvironments",
        parameters={"MaxResults": 50},
        bind={"ApplicationId": "parent.Id"},
        items="Items",
    ),
    details=(
        Detail(
            name="deployments",
            operation="ListDeployments",
            permission="appconfig:ListDeployments",
            parameters={"MaxResults": 50},
            bind={"ApplicationId": "parent.Id", "EnvironmentId": "item.Id"},
            items="Items",
        ),
    ),
    tables=(Deployment,),
    rows=_environment,
    source=_REFERENCE + "ListDeployments.html",
)
