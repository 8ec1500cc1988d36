"""Every row of the organisation that must not pass, and why. What is not listed must pass.

It holds for an audit whose trusted provider is Oracle and whose excluded party is Farshore
Holdings, which admits people in the United States, and which reads the roster of the demo.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from auditor.demo.github import plots
from auditor.demo.github.attested import NEWEST
from auditor.demo.github.estate import LOGIN, found_organization
from auditor.demo.github.people import AOIFE, HUI_MIN, SAM
from auditor.demo.planted import Planted, fails, stays_open

_HOST = "github/github.com"
_OWNER = f"{_HOST}/{LOGIN}"
_REPOSITORIES = found_organization(date(2026, 1, 1)).repositories  # numbers and names are lasting


def _change(repository: str, title: str) -> str:
    (number,) = [each.number for each in _REPOSITORIES[repository].requests if each.title == title]
    return f"{_OWNER}/{repository}/change/{number}"


def _commit(repository: str, title: str) -> str:
    (oid,) = [
        each.oid for each in _REPOSITORIES[repository].commits.values() if each.headline == title
    ]
    return f"{_OWNER}/{repository}/commit/{oid}"


def _rebased() -> Iterator[str]:
    """Yield the commits that GitHub made when it rebased a request."""
    for request in _REPOSITORIES["feed-ranking"].requests:
        if request.title == plots.REBASED:
            yield from (f"{_OWNER}/feed-ranking/commit/{oid}" for oid in request.landed)


def _main(repository: str) -> str:
    return f"{_OWNER}/{repository}@refs/heads/main"


_STALE, _SELF = (_change("feed-ranking", title) for title in (plots.STALE, plots.SELF))
_UNSIGNED = _commit("remote-config", plots.UNSIGNED)
_DIRECT = _commit("upload-service", plots.DIRECT)

_PAST_THE_RULES = {
    plots.UNAPPROVED: "an owner merged past the rules what nobody had approved",
    plots.AFTERWARDS: "a change was approved after it was merged past the rules",
    plots.TAKEN_BACK: "an approval was taken back, and the change merged past the rules",
    plots.REMARKED: "a change was remarked on only, and merged past the rules",
}

_CHANGES: tuple[Planted, ...] = (
    *fails("a change was approved before its last push", C_03=_STALE),
    *fails("a reviewer wrote a part of what she approved", C_03=_SELF, C_03b=_SELF),
    *fails(
        "only the parent's employee approved a change",
        C_03=_change("feed-ranking", plots.PARENTS),
    ),
    *(
        planted
        for title, what in _PAST_THE_RULES.items()
        for planted in fails(
            what,
            C_03=_change("upload-service", title),
            C_04b=_change("upload-service", title),
        )
    ),
    *fails("an owner pushed past the rules", C_03=_DIRECT, C_04b=_DIRECT),
    *fails("an owner pushed by hand, without a signature", C_03=_UNSIGNED, C_05=_UNSIGNED),
    *(
        planted
        for commit in _rebased()
        for planted in fails("commits that GitHub rebased are signed by nobody", C_05=commit)
    ),
)

_GUARDS: tuple[Planted, ...] = (
    *fails("a branch may be force-pushed, and owners go past its rules", C_04=_main("app-ios")),
    *fails("a release branch was force-pushed", C_04c=_main("app-ios")),
    *fails("approvals outlast further pushes", C_04=_main("feed-ranking")),
    *fails("a ruleset is only tried", C_04=_main("remote-config")),
    *fails("administrators may go past a ruleset", C_04=_main("upload-service")),
    *fails("a push with a known secret is not refused", C_09=f"{_OWNER}/build-tools"),
    *fails("a critical flaw of a dependency is open", C_09b=f"{_OWNER}/app-ios/dependency/2"),
    *fails("an alert was dismissed without a reason", C_09b=f"{_OWNER}/feed-ranking/code/2"),
    *fails("the parent's employee can push", C_12=f"*/user/{HUI_MIN}"),
    *fails("a developer in Ireland can push", C_12=f"*/user/{AOIFE}"),
    *fails("workflows may approve changes", C_12b=f"{_OWNER}/actions"),
    *fails("a runner of one's own, of which nobody agreed", C_12b=f"{_OWNER}/runner/31"),
    *fails("a repository has a runner that nobody agreed", C_12b=f"{_OWNER}/app-ios/runner/32"),
    *fails("a release without provenance", C_06=f"{_OWNER}/*/release/v5.1.0/*"),
)

_GAPS: tuple[Planted, ...] = (
    *(
        replace(planted, surely=False)
        for planted in stays_open(
            "where no instance is trusted, nobody knows who signed a release",
            C_06=f"{_OWNER}/*/release/{NEWEST}/*",
        )
    ),
    *stays_open("a ruleset hides who may go past it", C_04=_main("build-tools")),
    *stays_open("GitHub signed what it merged, whoever wrote it", C_05=f"{_OWNER}/*/commit/*"),
    *stays_open("an outside collaborator whom nobody knows can push", C_12=f"*/{SAM}"),
    *stays_open("a deploy key can push", C_12=f"{_OWNER}/upload-service/deploy key/*"),
)

BREACHES, GAPS = (*_CHANGES, *_GUARDS), _GAPS
PLANTED: tuple[Planted, ...] = (*BREACHES, *GAPS)
