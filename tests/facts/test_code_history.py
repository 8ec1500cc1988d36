"""Whether rules asked all through the period for what they ask at its end."""

from typing import Any

import pytest

from auditor.model import Unknown
from auditor.tables import CodeEvent
from tests.facts.coding import BRANCH, REPOSITORY, covered, estate, event, rule, settled
from tests.facts.deriving import Facts

NOBODY = Unknown("x")
BEFORE, WITHIN, LATER = (
    f"{day}T12:00:00.000Z" for day in ("2019-06-01", "2026-01-01", "2026-01-02")
)
FULL = ("approval 1", "covers ~DEFAULT_BRANCH", "no_force_push")
MORE = (*FULL, "signatures")
RULESET = f"{REPOSITORY}/ruleset/7"


def ruleset(number: int = 7, **changes: Any) -> Any:
    """Return a ruleset that was made long ago and changed in the period."""
    default = {"id": f"{REPOSITORY}/ruleset/{number}", "made": BEFORE, "changed": LATER}
    return rule(**default | changes)


def version(number: int, at: Any, asks: Any = FULL, **changes: Any) -> CodeEvent:
    """Return a version of the repository's ruleset."""
    default = {
        "id": f"{RULESET}/version/{number}",
        "kind": "rule change",
        "at": at,
        "asks": asks,
        "commit": "",
    }
    return event(**default | changes)


def lasted(*rows: Any, table: str = "branches") -> Any:
    """Return what is derived of the branch, or of its rule."""
    return Facts(estate(*rows), settled()).one(table, "lasted")[0]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"changed": BEFORE}, True, id="unchanged"),
        pytest.param({"made": WITHIN}, False, id="made in the period"),
        pytest.param({}, None, id="changed, nobody knows how"),
        pytest.param({"made": "", "changed": ""}, None, id="without moments"),
        pytest.param({"made": NOBODY, "changed": NOBODY}, None, id="of unknown moments"),
    ],
)
def test_a_rule_states_when_it_changed(changes: dict[str, Any], expected: bool | None) -> None:
    """Then nobody needs its versions; classic protections state nothing."""
    assert lasted(ruleset(**changes)) is expected
    assert lasted(ruleset(**changes), table="branch_rules") is expected


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        pytest.param((version(1, BEFORE), version(2, LATER)), True, id="alike"),
        pytest.param((version(1, BEFORE, MORE), version(2, LATER)), True, id="more"),
        pytest.param((version(1, BEFORE, ()), version(2, LATER)), False, id="off at first"),
        pytest.param(
            (version(1, BEFORE), version(2, WITHIN, ()), version(3, LATER)), False, id="off a while"
        ),
        pytest.param(
            (version(1, "2018-01-01T00:00:00.000Z", ()), version(2, BEFORE), version(3, LATER)),
            True,
            id="off long ago",
        ),
        pytest.param((version(2, WITHIN), version(3, LATER)), None, id="versions are missing"),
        pytest.param(
            (version(1, BEFORE, NOBODY), version(2, LATER)), None, id="a version was not shown"
        ),
        pytest.param((version(1, NOBODY), version(2, LATER)), None, id="of unknown moment"),
        pytest.param(
            (version(1, BEFORE, exempts=("Team 3",)), version(2, LATER)), False, id="let more pass"
        ),
        pytest.param(
            (version(1, BEFORE), version(2, LATER, exempts=("Team 3",))), True, id="let fewer pass"
        ),
        pytest.param(
            (version(1, BEFORE, exempts=NOBODY), version(2, LATER)), None, id="who passed is hidden"
        ),
    ],
)  # fmt: skip
def test_versions_tell_what_a_rule_asked_for(
    versions: tuple[CodeEvent, ...], expected: bool | None
) -> None:
    """Each from its moment to that of the next; what was before the period does not count."""
    assert lasted(ruleset(), *versions) is expected


def test_a_rule_of_the_organisation_binds_its_repositories() -> None:
    """Its versions are the organisation's."""
    shared = "github/github.com/acme/ruleset/7/version"
    off = version(2, WITHIN, (), id=f"{shared}/2")
    versions = (version(1, BEFORE, id=f"{shared}/1"), off, version(3, LATER, id=f"{shared}/3"))

    assert lasted(ruleset(), *versions) is False
    other = [version(each, BEFORE, id=f"github/github.com/other/ruleset/7/version/{each}")
             for each in (1, 2)]  # fmt: skip
    assert lasted(ruleset(), *other) is None


def test_one_rule_that_lasted_is_enough() -> None:
    """What it asks for was asked for, whatever became of another."""
    young = ruleset(8, made=WITHIN)

    assert lasted(ruleset(changed=BEFORE), young) is True
    assert lasted(ruleset(changed=BEFORE, no_deletion=False), young) is False
    assert lasted(ruleset(changed=BEFORE, no_deletion=False), young, ruleset(9)) is None


def test_a_branch_without_rules_has_none_that_changed() -> None:
    """It lacks them in another control; where rules were not listed, it is unknown."""
    assert lasted() is True
    assert lasted(covered("branch_rules", open_=True)) is None
    assert lasted(ruleset(enforced=False, changed=BEFORE)) is True


def test_history_is_what_the_collector_says() -> None:
    """And unknown where none does, with a reason."""
    facts = Facts(estate(), settled())

    assert facts.one("branches", "rewritten") == (None,)
    assert facts.why("branches", "rewritten") == {
        BRANCH: "the host does not tell who pushed over it, or was not asked"
    }
