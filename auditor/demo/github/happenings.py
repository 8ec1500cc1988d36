"""What the organisation's audit log and its rules say of what happened."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from auditor.demo.github.nouns import Event, Repository, Suite
from auditor.demo.github.people import AOIFE, CARLA, HUI_MIN, INES, LUIS, NADIA, RAFAEL, SAM
from auditor.demo.github.plots import AFTERWARDS, DIRECT, LOST, REMARKED, TAKEN_BACK, UNAPPROVED
from auditor.demo.github.stories import written

_MAIN = "refs/heads/main"
BYPASSES = (UNAPPROVED, AFTERWARDS, TAKEN_BACK, REMARKED)


def audit_log(today: date, repositories: Mapping[str, Repository]) -> tuple[Event, ...]:
    """Return the lines of the audit log that the audit asks for, the newest first."""
    events = [*_overrides(repositories), *_rewrites(repositories), *_others(today)]
    return tuple(sorted(events, key=lambda event: event.at, reverse=True))


def rule_suites(repositories: Mapping[str, Repository]) -> tuple[Suite, ...]:
    """Return what rules said of pushes to default branches, the newest first."""
    pushes = [
        (name, *push, "bypass")
        for name, repository in repositories.items()
        for push in _bypassing(repository)
    ] + [
        (name, request.merged_by, request.merged, request.merge_commit, "pass")
        for name, repository in repositories.items()
        for request in repository.requests
        if request.merged and request.title not in BYPASSES
    ]
    suites = [
        Suite(
            number=90000 + index,
            repository=name,
            actor=actor,
            ref=_MAIN,
            before=repositories[name].commits[oid].parents[0],
            after=oid,
            at=at,
            result=result,
        )
        for index, (name, actor, at, oid, result) in enumerate(pushes)
    ]
    return tuple(sorted(suites, key=lambda suite: (suite.at, suite.number), reverse=True))


def _bypassing(repository: Repository) -> Iterator[tuple[str, str, str]]:
    """Yield who bypassed rules, when, and with which commit."""
    for commit in repository.commits.values():
        if commit.headline in (DIRECT, LOST):
            yield commit.author, commit.committed, commit.oid
    for request in repository.requests:
        if request.title in BYPASSES:
            yield request.merged_by, request.merged, request.merge_commit


def _overrides(repositories: Mapping[str, Repository]) -> Iterator[Event]:
    for name, repository in repositories.items():
        for actor, at, oid in _bypassing(repository):
            yield Event(
                action="protected_branch.policy_override",
                actor=actor,
                at=at,
                repository=name,
                more={
                    "branch": _MAIN,
                    "before": repository.commits[oid].parents[0],
                    "after": oid,
                    "overridden_codes": ["review_policy_not_satisfied"],
                },
            )


def _rewrites(repositories: Mapping[str, Repository]) -> Iterator[Event]:
    for name, repository in repositories.items():
        for push in repository.pushes:
            yield Event(
                action="git.push",
                actor=push.actor,
                at=push.at,
                repository=name,
                more={"transport_protocol_name": "ssh", "ref": push.ref},
            )


def _others(today: date) -> Iterator[Event]:
    def at(day: int, hour: int = 12) -> str:
        return written(datetime.combine(today, time(hour), UTC) + timedelta(days=day))

    yield Event(
        action="repository_ruleset.update",
        actor=INES,
        at=at(-42),
        repository="remote-config",
        more={"ruleset_id": 4005, "ruleset_name": "main, on trial"},
    )
    yield Event(
        action="repo.add_member", actor=RAFAEL, at=at(-64), repository="app-ios", more={"user": SAM}
    )
    yield Event(
        action="team.add_repository",
        actor=INES,
        at=at(-110),
        repository="feed-ranking",
        more={"team": "northstar-video/parent-ranking"},
    )
    yield Event(
        action="repo.update_actions_settings", actor=RAFAEL, at=at(-105), repository="build-tools"
    )
    readers = (
        (LUIS, "app-android", -6),
        (NADIA, "upload-service", -5),
        (CARLA, "feed-ranking", -4),
        (AOIFE, "remote-config", -3),
        (HUI_MIN, "feed-ranking", -2),
    )
    for actor, repository, day in readers:
        yield Event(
            action="git.clone",
            actor=actor,
            at=at(day),
            repository=repository,
            more={"transport_protocol_name": "http"},
        )
