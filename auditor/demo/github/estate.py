"""The organisation of the demo on GitHub: six repositories, and a year of changes in them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from auditor.demo.github.attested import NEWEST, attested
from auditor.demo.github.guards import protections_of, rulesets_of, shared_rulesets
from auditor.demo.github.happenings import audit_log, rule_suites
from auditor.demo.github.nouns import (
    Alert,
    DeployKey,
    Environment,
    Organization,
    Release,
    Repository,
    Runner,
    Token,
)
from auditor.demo.github.ordinary import ordinary_stories
from auditor.demo.github.people import (
    ACCOUNTS,
    CARLA,
    INES,
    RAFAEL,
    RELEASE_BOT,
    REPOSITORIES,
    SAM,
    TEAMS,
    TRUSTED,
    installed_apps,
)
from auditor.demo.github.plots import PLOTS
from auditor.demo.github.server import TOKEN, serving
from auditor.demo.github.simulator import Simulator
from auditor.demo.github.stories import Teller, written
from auditor.model import Target

LOGIN = "northstar-video"
FOUNDED = -700  # days
SWITCHED = -42  # day on which a ruleset was set to be tried only
_TAGS_HELD = -130  # day on which the one on tags came into force
_REMOTE_CONFIG_SECRET = -20
_VARIABLE = "AUDITOR_DEMO_GITHUB_TOKEN"
RELEASE_BRANCHES = ("HEAD", "release/*")


@contextmanager
def github_estate(today: date | None = None) -> Iterator[Target]:
    """Yield a target that reaches the organisation, for as long as the context is open."""
    organization = found_organization(today or datetime.now(UTC).date())
    with reaching(Simulator(organization)) as target:
        yield target


@contextmanager
def reaching(simulator: Simulator) -> Iterator[Target]:
    """Serve a stand-in, and yield a target that reaches it until the context ends."""
    before = os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = TOKEN
    try:
        with serving(simulator) as server:
            yield Target(
                name="github-demo",
                provider="github",
                options={"organization": LOGIN, "host": server.url, "token_env": _VARIABLE},
                axes={
                    "host": ("github.com",),
                    "release_branches": (" ".join(RELEASE_BRANCHES),),
                },
            )
    finally:
        if before is None:
            del os.environ[_VARIABLE]
        else:
            os.environ[_VARIABLE] = before


def found_organization(today: date) -> Organization:
    """Return the organisation as of a day."""
    since = moment(today, FOUNDED)
    repositories = {
        name: _repository(name, index, today) for index, name in enumerate(REPOSITORIES)
    }
    return Organization(
        as_of=moment(today, 0),
        login=LOGIN,
        name="Northstar Video",
        number=6001,
        created=since,
        accounts=ACCOUNTS,
        teams=TEAMS,
        apps=installed_apps(since),
        repositories=repositories,
        rulesets=shared_rulesets(since, moment(today, _TAGS_HELD)),
        events=audit_log(today, repositories),
        suites=rule_suites(repositories),
        runners=(Runner(name="build-box-7", number=31),),
        runner_repositories=("app-ios",),
        actions_approve=True,
        tokens=(
            Token(
                number=41,
                owner=CARLA,
                name="nightly export",
                created=moment(today, -200),
                expires=moment(today, 120),
                permissions={"contents": "read", "metadata": "read"},
            ),
        ),
    )


def moment(today: date, day: int) -> str:
    """Return noon of a day, counted from the audit's."""
    return written(datetime.combine(today, time(12), UTC) + timedelta(days=day))


def _repository(name: str, index: int, today: date) -> Repository:
    teller = Teller(
        repository=name,
        today=today,
        emails={login: account.email for login, account in ACCOUNTS.items()},
    )
    teller.tell((*ordinary_stories(name), *PLOTS[name]), founder=INES, founded=FOUNDED + index)
    since = moment(today, FOUNDED + index)
    releases = _releases(name, today)
    return Repository(
        name=name,
        number=77001 + index,
        created=since,
        branches=teller.branches,
        commits=teller.commits,
        requests=tuple(teller.requests),
        pushes=tuple(teller.pushes),
        push_protection=name != "build-tools",
        actions_approve=name == "build-tools",
        rulesets=rulesets_of(name, since, moment(today, SWITCHED)),
        protections=protections_of(name),
        collaborators={SAM: "WRITE"} if name == "app-ios" else {},
        keys=_keys(name, since),
        environments=_environments(name),
        releases=releases,
        attestations=attested(f"{LOGIN}/{name}", releases, teller.branches["main"]),
        alerts=_alerts(name, today),
        runners=(Runner(name="ios-mini-2", number=32),) if name == "app-ios" else (),
    )


def _keys(name: str, since: str) -> tuple[DeployKey, ...]:
    known = {
        "build-tools": DeployKey(title="mirror", number=51, created=since, added_by=INES),
        "upload-service": DeployKey(
            title="old deployment", number=52, created=since, read_only=False, added_by=RAFAEL
        ),
    }
    return (known[name],) if name in known else ()


def _environments(name: str) -> tuple[Environment, ...]:
    known = {
        "app-android": Environment(
            name="production", number=61, reviewers=(TRUSTED,), prevents_self_review=True
        ),
        "upload-service": Environment(name="production", number=62),
    }
    return (known[name],) if name in known else ()


def _releases(name: str, today: date) -> tuple[Release, ...]:
    if name not in ("app-android", "upload-service"):
        return ()
    asset = {"app-android": "app-release.aab", "upload-service": "upload-service.tar.gz"}[name]
    return tuple(
        Release(
            tag=tag,
            number=71 + index,
            author=RELEASE_BOT,
            published=moment(today, day),
            assets={asset: sha256(f"{name} {tag}".encode()).hexdigest()},
        )
        for index, (tag, day) in enumerate((("v5.1.0", -150), (NEWEST, -50)))
    )


def _alerts(name: str, today: date) -> tuple[Alert, ...]:
    fixed = Alert(
        kind="code",
        number=1,
        name="js/sql-injection",
        severity="high",
        opened=moment(today, -210),
        state="fixed",
        closed=moment(today, -208),
    )
    known = {
        "app-ios": Alert(
            kind="dependency",
            number=2,
            name="CVE-2026-21001",
            severity="critical",
            opened=moment(today, -120),
        ),
        "feed-ranking": Alert(
            kind="code",
            number=2,
            name="py/path-injection",
            severity="high",
            opened=moment(today, -90),
            state="dismissed",
            closed=moment(today, -89),
            closed_by=CARLA,
        ),
        "remote-config": Alert(
            kind="secret",
            number=2,
            name="aws_access_key_id",
            severity="",
            opened=moment(today, _REMOTE_CONFIG_SECRET),
        ),
    }
    return (fixed, known[name]) if name in known else (fixed,)
