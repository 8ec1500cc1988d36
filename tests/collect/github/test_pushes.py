"""Which release branches were pushed over or deleted, and where nobody needs to ask."""

from typing import Any

import pytest

from auditor.collect.github.pushes import PUSHES
from auditor.model import Answer, Json, Unknown
from auditor.spec import Detail, Found
from auditor.tables import Branch, CodeEvent
from tests.collect.github.finding import APP, BASE, DENIED, cut, found, ok, whole

MAIN = f"{APP}@refs/heads/main"
OLD, NEW = "2025-12-31T23:59:59Z", "2026-01-05T10:00:00Z"
DETAILS: dict[str, Detail] = {detail.name: detail for detail in PUSHES.details}


def ruleset(**changed: Json) -> dict[str, Any]:
    """Return a ruleset that has let nobody push over or delete any branch since long ago."""
    return {
        "target": "BRANCH",
        "enforcement": "ACTIVE",
        "updatedAt": OLD,
        "conditions": {"refName": {"include": ["~ALL"], "exclude": []}},
        "bypassActors": {"totalCount": 0},
        "rules": {"nodes": [{"type": "NON_FAST_FORWARD"}, {"type": "DELETION"}]},
        **changed,
    }


def covering(*includes: str, excludes: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the same, of some branches."""
    return ruleset(conditions={"refName": {"include": [*includes], "exclude": [*excludes]}})


def repository(*rulesets: Json, **changed: Json) -> dict[str, Any]:
    """Return a repository with these rulesets."""
    return {
        "nameWithOwner": "acme/app",
        "pushedAt": NEW,
        "defaultBranchRef": {"name": "main", "target": {"oid": "a"}},
        "refs": whole({"name": "main", "target": {"oid": "a"}}),
        "rulesets": whole(*rulesets),
        **changed,
    }


def pushed(**changed: Json) -> dict[str, Any]:
    """Return a force push of the main branch, of the period."""
    return {
        "id": 7,
        "ref": "refs/heads/main",
        "before": "b",
        "after": "a",
        "timestamp": NEW,
        "activity_type": "force_push",
        "actor": {"login": "Ann"},
        **changed,
    }


def deleted(branch: str) -> dict[str, Any]:
    """Return the deletion of a branch."""
    return pushed(id=8, ref=f"refs/heads/{branch}", activity_type="branch_deletion", after="0" * 40)


def told(
    item: Json, patterns: str = "HEAD", **details: Answer
) -> tuple[dict[str, Any], list[CodeEvent]]:
    """Return whether each branch was rewritten, and the events."""
    rows = list(PUSHES.rows(found(PUSHES, item, details=details, release_branches=patterns)))
    branches = {row.id: row.rewritten for row in rows if isinstance(row, Branch)}
    return branches, [row for row in rows if isinstance(row, CodeEvent)]


def asked(item: Json, patterns: str = "HEAD") -> list[str]:
    """Return what is asked about a repository."""
    one = found(PUSHES, item, release_branches=patterns)
    return [name for name in ("pushes", "deletions") if applies(DETAILS[name], one)]


def applies(detail: Detail, one: Found) -> bool:
    assert detail.applies is not None
    return detail.applies(one)


def test_a_force_push_hides_what_was_there() -> None:
    branches, (event,) = told(repository(), pushes=ok([pushed()]))

    assert branches == {MAIN: True}
    assert (event.id, event.kind, event.action) == (
        f"{APP}/activity/7",
        "force push",
        "force_push",
    )
    assert (event.repository_id, event.ref) == (APP, "refs/heads/main")
    assert (event.replaced, event.commit) == ("b", "a")
    assert (event.principal_id, event.at) == (f"{BASE}/user/ann", "2026-01-05T10:00:00.000Z")


@pytest.mark.parametrize(
    "other",
    [pushed(timestamp=OLD), pushed(ref="refs/heads/topic"), "odd"],
    ids=["earlier", "another branch", "odd"],
)
def test_what_is_not_about_a_release_branch_in_the_period_is_left_out(other: Json) -> None:
    assert told(repository(), pushes=ok([other])) == ({MAIN: False}, [])


def test_a_refusal_leaves_it_unknown() -> None:
    branches, events = told(repository(), pushes=DENIED)

    assert isinstance(branches[MAIN], Unknown)
    assert branches[MAIN].permission == "contents:read"
    assert events == []


def test_where_nobody_needs_to_ask_it_is_known() -> None:
    """The rules are the evidence."""
    assert asked(repository(ruleset())) == []
    assert told(repository(ruleset())) == ({MAIN: False}, [])


@pytest.mark.parametrize(
    "open_",
    [
        pytest.param([], id="no rules"),
        pytest.param([ruleset(bypassActors={"totalCount": 1})], id="somebody may bypass them"),
        pytest.param([ruleset(bypassActors=None)], id="who may bypass them is hidden"),
        pytest.param([ruleset(enforcement="EVALUATE")], id="only tried"),
        pytest.param([ruleset(target="TAG")], id="of tags"),
        pytest.param([ruleset(rules={"nodes": [{"type": "DELETION"}]})], id="another rule"),
        pytest.param([ruleset(rules=None)], id="hidden rules"),
        pytest.param([ruleset(updatedAt=NEW)], id="changed since"),
        pytest.param([ruleset(updatedAt=None)], id="changed nobody knows when"),
        pytest.param([ruleset(conditions=None)], id="of hidden branches"),
        pytest.param([covering("refs/heads/release/*")], id="of other branches"),
        pytest.param([covering("~ALL", excludes=("refs/heads/m*",))], id="left out"),
        pytest.param([covering("refs/**")], id="by a pattern that is read in two ways"),
        pytest.param([covering("~ALL", excludes=("refs/**",))], id="perhaps left out"),
    ],
)
def test_where_somebody_may_have_pushed_over_it_the_host_is_asked(open_: list[Json]) -> None:
    assert asked(repository(*open_)) == ["pushes"]


@pytest.mark.parametrize(
    "closing",
    [covering("~DEFAULT_BRANCH"), covering("refs/heads/main"), covering("refs/heads/m*")],
    ids=["default", "by name", "by pattern"],
)
def test_one_rule_without_a_hole_is_enough(closing: Json) -> None:
    assert asked(repository(ruleset(enforcement="DISABLED"), closing)) == []


def test_where_nothing_was_pushed_since_nothing_was_pushed_over() -> None:
    assert asked(repository(pushedAt=OLD)) == []
    assert told(repository(pushedAt=OLD)) == ({MAIN: False}, [])


def test_hidden_rulesets_close_nothing() -> None:
    assert asked(repository(rulesets=None)) == ["pushes"]


PATTERNS = "HEAD release/*"


def test_a_deleted_branch_hides_what_reached_it() -> None:
    """It is a row of its own: nothing else tells that it ever was."""
    item = repository()
    answers = {"pushes": ok([]), "deletions": ok([deleted("release/1"), deleted("topic")])}
    branches, (event,) = told(item, PATTERNS, **answers)

    assert branches == {f"{APP}@refs/heads/release/1": True, MAIN: False}
    assert (event.kind, event.replaced, event.commit) == ("branch deletion", "b", "")
    rows = PUSHES.rows(found(PUSHES, item, details=answers, release_branches=PATTERNS))
    heads = {row.ref: (row.head, row.is_default) for row in rows if isinstance(row, Branch)}
    assert heads == {"refs/heads/release/1": ("", False), "refs/heads/main": ("a", True)}


def test_a_branch_that_was_deleted_and_made_again_may_have_held_more() -> None:
    branches, _ = told(repository(), "main", pushes=ok([]), deletions=ok([deleted("main")]))

    assert branches == {MAIN: True}


def test_a_refused_question_about_deletions_leaves_it_unknown() -> None:
    branches, _ = told(repository(), PATTERNS, pushes=ok([]), deletions=DENIED)

    assert isinstance(branches[MAIN], Unknown)


@pytest.mark.parametrize(
    ("closing", "wanted"),
    [
        pytest.param(ruleset(), [], id="all"),
        pytest.param(covering("~DEFAULT_BRANCH", "refs/heads/release/**/*"), [], id="by pattern"),
        pytest.param(
            covering("~DEFAULT_BRANCH", "refs/heads/release/*"), ["deletions"], id="too narrow"
        ),
        pytest.param(
            covering("~ALL", excludes=("refs/heads/release/0",)), ["deletions"], id="left out"
        ),
        pytest.param(
            ruleset(rules={"nodes": [{"type": "NON_FAST_FORWARD"}]}), ["deletions"], id="kind"
        ),
    ],
)
def test_deletions_are_asked_about_unless_rules_cover_every_name(
    closing: Json, wanted: list[str]
) -> None:
    """Of branches that are gone, only the audit's patterns are known."""
    assert asked(repository(closing), PATTERNS) == wanted


def test_one_branch_is_asked_about_by_name_and_several_together() -> None:
    def ref(patterns: str) -> Any:
        release = {"name": "release/1", "target": {"oid": "c"}}
        item = repository(refs=whole(release))
        return DETAILS["pushes"].compose["ref"](found(PUSHES, item, release_branches=patterns))

    assert ref("HEAD") == "refs/heads/main"
    assert ref("release/*") == "refs/heads/release/1"
    assert ref(PATTERNS) == ""


def test_branches_beyond_the_first_page_count() -> None:
    item = repository(refs=cut({"name": "topic"}))
    more = ok({"data": {"repository": {"refs": whole({"name": "release/2"})}}})
    branches, _ = told(
        item, "release/*", more=more, pushes=ok([pushed(ref="refs/heads/release/2")])
    )

    assert branches == {f"{APP}@refs/heads/release/2": True}


@pytest.mark.parametrize(
    ("pattern", "include", "wanted"),
    [
        ("hotfix", "refs/heads/hotfix", []),
        ("*", "refs/heads/**/*", []),
        ("v*", "refs/heads/v*", ["deletions"]),
        ("r?", "refs/heads/r?", ["deletions"]),
        ("r[0-9]", "refs/heads/r[0-9]", ["deletions"]),
        ("*/x", "refs/heads/*/x", ["deletions"]),
    ],
)
def test_a_rule_covers_the_names_of_a_pattern_only_where_nobody_reads_it_otherwise(
    pattern: str, include: str, wanted: list[str]
) -> None:
    item = repository(covering("refs/heads/main", include), refs=whole())
    assert asked(item, pattern) == wanted
