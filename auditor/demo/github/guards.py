"""Rulesets and branch protections of the estate: one that holds, and what is wrong with others."""

from auditor.demo.github.nouns import Bypasser, Protection, Rule, Ruleset, Version
from auditor.demo.github.people import INES, RAFAEL

CHECKS = ("build", "codeql")
_HELD_BY_ALL = ("app-android",)


def _rules(*, fresh: bool = True, signatures: bool = True) -> tuple[Rule, ...]:
    asks = {
        "required_approving_review_count": 1,
        "dismiss_stale_reviews_on_push": fresh,
        "require_code_owner_review": fresh,
        "require_last_push_approval": fresh,
        "required_review_thread_resolution": True,
        "allowed_merge_methods": ["MERGE", "SQUASH", "REBASE"],
    }
    checks = {
        "do_not_enforce_on_create": False,
        "strict_required_status_checks_policy": True,
        "required_status_checks": [{"context": each, "integration_id": None} for each in CHECKS],
    }
    signed = (Rule(kind="REQUIRED_SIGNATURES"),) if signatures else ()
    return (
        Rule(kind="DELETION"),
        Rule(kind="NON_FAST_FORWARD"),
        Rule(kind="PULL_REQUEST", parameters=asks),
        Rule(kind="REQUIRED_STATUS_CHECKS", parameters=checks),
        *signed,
    )


_TAGS = (
    Rule(kind="DELETION"),
    Rule(kind="UPDATE", parameters={"update_allows_fetch_and_merge": False}),
)


def shared_rulesets(since: str, switched: str) -> tuple[Ruleset, ...]:
    """Return what the organisation asks of some of its repositories.

    Args:
        switched: when the ruleset on tags, which was only tried, came into force.
    """
    branches = ("~DEFAULT_BRANCH", "refs/heads/release/**")
    return (
        Ruleset(
            name="release branches",
            number=4001,
            rules=_rules(),
            includes=branches,
            repositories=_HELD_BY_ALL,
            created=since,
            updated=since,
        ),
        Ruleset(
            name="release tags",
            number=4002,
            rules=_TAGS,
            target="TAG",
            includes=("refs/tags/v*",),
            repositories=_HELD_BY_ALL,
            created=since,
            updated=switched,
            versions=(
                Version(number=1, actor=INES, at=since, enforcement="EVALUATE"),
                Version(number=2, actor=RAFAEL, at=switched),
            ),
        ),
    )


def rulesets_of(repository: str, since: str, switched: str) -> tuple[Ruleset, ...]:
    """Return the rulesets of one repository; ``switched`` is when one was only tried again."""
    own = {
        "feed-ranking": Ruleset(
            name="main, lightly",
            number=4003,
            rules=_rules(fresh=False, signatures=False),
            created=since,
            updated=since,
        ),
        "upload-service": Ruleset(
            name="main",
            number=4004,
            rules=_rules(),
            bypassers=(
                Bypasser(kind="OrganizationAdmin"),
                Bypasser(kind="RepositoryRole", name="admin"),
            ),
            created=since,
            updated=since,
        ),
        "remote-config": Ruleset(
            name="main, on trial",
            number=4005,
            rules=_rules(),
            enforcement="EVALUATE",
            created=since,
            updated=switched,
            versions=(
                Version(number=1, actor=INES, at=since),
                Version(number=2, actor=INES, at=switched, enforcement="EVALUATE"),
            ),
        ),
        "build-tools": Ruleset(
            name="main",
            number=4006,
            rules=_rules(),
            bypassers=None,
            created=since,
            updated=since,
        ),
    }
    return (own[repository],) if repository in own else ()


def protections_of(repository: str) -> tuple[Protection, ...]:
    """Return the classic branch protections of one repository."""
    if repository != "app-ios":
        return ()
    return (
        Protection(
            pattern="main",
            number=5001,
            checks=CHECKS,
            force_pushes=True,
            administrators=False,
        ),
    )
