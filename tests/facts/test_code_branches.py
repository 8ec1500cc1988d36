"""What rules come to for a branch: what one surely asks is known, the rest may be unknown."""

from typing import Any

import pytest

from auditor.model import Unknown
from tests.facts.coding import REPOSITORY, branch, covered, estate, rule, settled
from tests.facts.deriving import Facts

NOBODY = Unknown("x")


def guarded(*rows: Any, columns: str = "approvals") -> Any:
    """Return what is derived of the branch under these rules."""
    return Facts(estate(*rows), settled()).one("branches", columns)


def test_a_rule_guards_its_branch() -> None:
    """In every way that it asks for."""
    assert guarded(
        rule(), columns="approvals, dismisses_stale, signatures, checks, no_direct_push, bypassers"
    ) == (1, True, True, ["build"], True, [])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"enforced": False}, 0, id="only tried"),
        pytest.param({"enforced": NOBODY}, None, id="perhaps in force"),
        pytest.param({"includes": ("refs/heads/release/*",)}, 0, id="another branch"),
        pytest.param({"includes": ("refs/heads/m*",)}, 1, id="a pattern"),
        pytest.param({"includes": ("refs/*",)}, 0, id="a star stops at a slash"),
        pytest.param({"includes": ("refs/**/*",)}, 1, id="two before a slash do not"),
        pytest.param({"includes": ("refs/**",)}, None, id="two at the end may"),
        pytest.param({"includes": ("refs/heads/{main,x}",)}, None, id="a choice may"),
        pytest.param({"excludes": ("refs/heads/ma[i]n",)}, None, id="perhaps left out by a set"),
        pytest.param({"excludes": ("refs/heads/[xy]",)}, None, id="perhaps by another"),
        pytest.param({"excludes": ("refs/tags/[xy]",)}, 1, id="a set of others"),
        pytest.param({"includes": ("~ALL",), "excludes": ("refs/heads/main",)}, 0, id="left out"),
        pytest.param({"includes": NOBODY}, None, id="of unknown branches"),
        pytest.param({"excludes": NOBODY}, None, id="perhaps left out"),
        pytest.param({"target": "tag"}, 0, id="of tags"),
        pytest.param({"approvals": NOBODY}, None, id="of unknown content"),
        pytest.param({"enforced": NOBODY, "approvals": 0}, 0, id="asks for none, perhaps"),
    ],
)
def test_whether_a_rule_counts(changes: dict[str, Any], expected: int | None) -> None:
    """By what it covers and whether it is in force."""
    assert guarded(rule(**changes)) == (expected,)


def test_the_strictest_of_several_rules_decides() -> None:
    """One that may be in force can only make it stricter."""
    assert guarded(rule(), rule("s", approvals=2)) == (2,)
    assert guarded(rule(), rule("s", approvals=2, enforced=NOBODY)) == (1,)


def test_no_rule_is_known_only_where_rules_were_listed() -> None:
    """A refusal leaves it unknown."""
    assert guarded() == (0,)
    refused = covered("branch_rules", open_=True)
    assert guarded(refused, columns="approvals, no_deletion, bypassers") == (None, None, None)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param((), ["*"], id="nothing to bypass"),
        pytest.param((rule(bypassers=("x",)),), ["x"], id="one"),
        pytest.param((rule(bypassers=NOBODY),), None, id="hidden"),
        pytest.param((rule(bypassers=NOBODY), rule("s")), [], id="another that nobody can"),
        pytest.param((rule(administrators=False),), ["role/administrator"], id="administrators"),
        pytest.param((rule(bypassers=("x",)), rule("s", approvals=0)), ["x"], id="of approvals"),
        pytest.param(
            (rule(no_force_push=False), rule("s", approvals=0, bypassers=("x",))),
            ["x"],
            id="of history",
        ),
        pytest.param(
            (rule(no_deletion=False), rule("s", approvals=0, bypassers=NOBODY)),
            None,
            id="of deletion, hidden",
        ),
    ],
)
def test_who_may_bypass(rules: tuple[Any, ...], expected: list[str] | None) -> None:
    """The rules that ask for approvals."""
    assert guarded(*rules, columns="bypassers") == (expected,)


def test_a_branch_that_may_be_the_default_may_be_guarded() -> None:
    """Unknown, not unguarded."""
    rows = estate(rule())
    facts = Facts(
        (*(row for row in rows if row.table != "branches"), branch(is_default=NOBODY)), settled()
    )
    assert facts.one("branches", "approvals") == (None,)


def protection(number: int, pattern: str, **changes: Any) -> Any:
    """Return a classic protection of the branches that a pattern names."""
    return rule(
        id=f"{REPOSITORY}/protection/{number}",
        kind="branch protection",
        includes=(f"refs/heads/{pattern}",),
        **changes,
    )


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        pytest.param((protection(1, "m*"), protection(2, "main", approvals=0)), 0, id="by name"),
        pytest.param((protection(1, "m*", approvals=0), protection(2, "ma*")), 0, id="the first"),
        pytest.param((protection(10, "m*", approvals=0), protection(9, "ma*")), 1, id="by number"),
        pytest.param((protection(1, "x*", approvals=0), protection(2, "ma*")), 1, id="another's"),
        pytest.param(
            (protection(1, "[m]*", approvals=0), protection(2, "ma*")), None, id="perhaps first"
        ),
        pytest.param((protection(1, "[m]*", approvals=0), protection(2, "main")), 1, id="named"),
        pytest.param((protection(1, "main", approvals=0), rule()), 1, id="with a ruleset"),
    ],
)
def test_one_protection_alone_counts(rules: tuple[Any, ...], expected: int | None) -> None:
    """A weak one that names the branch puts a strict one with a pattern out of force."""
    assert guarded(*rules) == (expected,)
