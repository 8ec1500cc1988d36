"""AWS AppConfig: the configurations and feature flags that are in force in each environment.

An environment says which version of a configuration it was given. A version that AppConfig keeps
itself never changes; it is fetched to be hashed, and only its SHA-256 becomes evidence, because it
may hold secrets. AppConfig adds moments to feature flags: their digest is of what it hands out.

API: https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_ListDeployments.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.reading import entries, member, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.running import artifact_of, deployment_of
from auditor.collect.digests import digest_of
from auditor.model import Json, Outcome, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Artifact, Deployment, Maybe

_REFERENCE = "https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_"
_COMPLETE = "COMPLETE"
_UNDER_WAY = frozenset({"BAKING", "VALIDATING", "DEPLOYING", "ROLLING_BACK"})
_BACK = frozenset({"ROLLED_BACK", "REVERTED"})
_NEVER_USED = "READY_FOR_DEPLOYMENT"
_CONTRADICTION = Unknown("its state is not that of one without a deployment, and none is listed")
_NO_VERSION = Unknown("the answer does not say which version was deployed")
_ODD_STATE = Unknown("this version does not know the state that its deployment is in")
_HOSTED = "hosted"
_NO_PROFILE = Unknown("the list of configurations does not say where this one is kept")
_NO_NUMBER = Unknown("the version that was deployed is not named by a number")
_NOT_ANSWERED = Unknown("AppConfig did not answer with the version that was deployed")
_LONGEST = 18


def _environment(found: Found) -> Iterator[Deployment | Artifact]:
    application = text(found, "parent.Id")
    name = f"application/{application}/environment/{text(found, 'item.Id')}"
    row = arn("appconfig", found.place["region"], found.place["account"], name)
    several = found.read("deployments")
    in_force = list(_in_force(entries(several)))
    for each in in_force:
        digest = _digest(found, each)
        yield _deployment(found, row, each, digest)
        if not isinstance(digest, Unknown):
            yield _content(found, row, each, digest)
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


def _profile(about: Mapping[str, Json]) -> str:
    return member(about, "ConfigurationProfileId")


def _version(about: Mapping[str, Json]) -> int | None:
    written = member(about, "ConfigurationVersion")
    is_number = written.isascii() and written.isdigit() and len(written) < _LONGEST
    return int(written) if is_number else None


def _location(found: Found, about: Mapping[str, Json]) -> Maybe[str]:
    """Return where a configuration is kept: 'hosted', or the address of another service."""
    profiles = found.read("profiles")
    if isinstance(profiles, Unknown):
        return profiles
    places = {member(each, "Id"): member(each, "LocationUri") for each in entries(profiles)}
    return places.get(_profile(about)) or _NO_PROFILE


def _to_fetch(found: Found) -> list[tuple[str, int]]:
    """Return configuration and version of what AppConfig itself keeps and has in force."""
    several = [
        (_profile(each), _version(each))
        for each in _in_force(entries(found.read("deployments")))
        if _location(found, each) == _HOSTED
    ]
    return list(dict.fromkeys((name, number) for name, number in several if name and number))


def _digest(found: Found, about: Mapping[str, Json]) -> Maybe[str]:
    location = _location(found, about)
    if isinstance(location, Unknown):
        return location
    if location != _HOSTED:
        kind = location.partition(":")[0][:40]
        return Unknown(f"its content is kept in another service ({kind}), which states no digest")
    if _version(about) is None:
        return _NO_NUMBER
    for page in found.answers.get("contents", ()):
        asked = dig(page.body, "ConfigurationProfileId"), dig(page.body, "VersionNumber")
        if page.outcome is Outcome.OK and asked == (_profile(about), _version(about)):
            return digest_of(dig(page.body, "Content"))
    refused = found.read("contents.Content")
    return refused if isinstance(refused, Unknown) else _NOT_ANSWERED


def _content(found: Found, row: str, about: Mapping[str, Json], digest: str) -> Artifact:
    return artifact_of(
        found,
        id=f"{row}/deployment/{_number(about)}/content",
        kind="configuration",
        digest=digest,
        name=member(about, "ConfigurationName") or row,
        tags=(member(about, "ConfigurationVersion"),),
    )


def _deployment(
    found: Found, row: str, about: Mapping[str, Json], digest: Maybe[str]
) -> Deployment:
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
        digest=digest,
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
        Detail(
            name="profiles",
            operation="ListConfigurationProfiles",
            permission="appconfig:ListConfigurationProfiles",
            parameters={"MaxResults": 50},
            bind={"ApplicationId": "parent.Id"},
            items="Items",
            shared=True,
        ),
        Detail(
            name="contents",
            operation="GetHostedConfigurationVersion",
            permission="appconfig:GetHostedConfigurationVersion",
            bind={"ApplicationId": "parent.Id"},
            each={
                "ConfigurationProfileId": lambda found: tuple(name for name, _ in _to_fetch(found)),
                "VersionNumber": lambda found: tuple(number for _, number in _to_fetch(found)),
            },
            hashed=("Content",),
        ),
    ),
    tables=(Deployment, Artifact),
    rows=_environment,
    types=("appconfig:application",),
    source=_REFERENCE + "ListDeployments.html",
)
