"""Classification: the first rule that matches decides, and unknown tags stay unknown."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.model import ClassificationRule, Unknown
from auditor.tables import Processor, Store
from tests.facts.classifying import decide
from tests.facts.deriving import Facts
from tests.fakes import audit

STORE = Store(
    id="s",
    name="user-profiles",
    provider="fake",
    operator="Fake Cloud",
    account="111",
    compartment="prod",
    region="one",
    country="US",
    service="boxes",
    kind="bucket",
    backup=False,
    encrypted=True,
    key_id="",
    public=False,
    locked=False,
    size_bytes=0,
    created="",
    tags={"class": "user"},
)
HIDDEN = Unknown("GetTags was denied", "boxes:GetTags", 7)


def rule(name: str = "r", **criteria: Any) -> ClassificationRule:
    """A rule that says 'user'."""
    return ClassificationRule(name=name, **{"data_classes": ("user",), **criteria})


def classify(*rules: ClassificationRule, **changes: Any) -> tuple[object, str]:
    """Return the classes of one store, and the rule that decided."""
    found = Facts([replace(STORE, **changes)], audit(classification=rules))
    classes, by = found.one("stores", "data_classes, classified_by")
    return classes, by


@pytest.mark.parametrize(
    ("criteria", "matches"),
    [
        ({"tags": {"class": "user"}}, True),
        ({"tags": {"class": "us*"}}, True),
        ({"tags": {"class": "USER"}}, False),
        ({"tags": {"other": "user"}}, False),
        ({"tags": {"other": "*"}}, True),
        ({"names": ("logs-*", "user-*")}, True),
        ({"accounts": ("111",), "services": ("queues",)}, False),
        ({"compartments": ("prod",), "tags": {"class": "user"}}, True),
        ({}, True),
    ],
)
def test_all_criteria_must_match(criteria: dict[str, Any], matches: bool) -> None:
    """A store has the rule's classes only if everything that the rule names fits."""
    assert classify(rule(**criteria)) == ((["user"], "r") if matches else (None, ""))


def test_the_first_rule_decides() -> None:
    """Order is meaning: an earlier rule may say that there is nothing to protect."""
    nothing = rule("none", data_classes=(), names=("user-*",))

    assert classify(nothing, rule(names=("*",))) == ([], "none")


def test_a_rule_that_hangs_on_unreadable_tags_leaves_the_class_unknown() -> None:
    """A later, wider rule must not decide what an earlier one might have."""
    rules = (rule("it's", tags={"class": "user"}), rule("none", data_classes=(), names=("*",)))

    found = Facts([replace(STORE, tags=HIDDEN)], audit(classification=rules))

    assert found.one("stores", "data_classes, classified_by") == (None, "")
    unknown = {
        row[0]: row[1:] for row in found.rows("unknowns", "id, reason, permission, evidence")
    }
    assert unknown["stores/s/data_classes"] == (
        """rule "it's" needs tags, and GetTags was denied""",
        "boxes:GetTags",
        [7],
    )


def test_unreadable_tags_do_not_matter_where_the_rest_already_differs() -> None:
    """A rule for another account cannot match, whatever the tags."""
    other = rule("other", tags={"class": "user"}, accounts=("999",))

    assert classify(other, rule(names=("user-*",)), tags=HIDDEN) == (["user"], "r")


def test_processors_are_classified_too() -> None:
    """What data passes through is named by the same rules."""
    processor = Processor(
        id="f",
        name="thumbnails",
        provider="fake",
        operator="Fake Cloud",
        account="111",
        region="one",
        country="US",
        service="functions",
        kind="function",
        public=False,
        created="",
        tags=HIDDEN,
    )
    rules = (rule("tagged", tags={"class": "user"}, names=("x*",)), rule(services=("functions",)))

    found = Facts([processor], audit(classification=rules))

    assert found.one("processors", "data_classes, classified_by") == (["user"], "r")


GLOBS = st.text(alphabet="ab[]!-*?^\\'é&~|", max_size=6)
VALUES = st.text(alphabet="ab[]!-*^\\'é\n&", max_size=4)
SEVERAL = st.lists(GLOBS, max_size=2).map(tuple)
TAGS = st.dictionaries(st.sampled_from(["k", "it's"]), VALUES, max_size=2)
RULES = st.builds(
    ClassificationRule,
    name=st.text(alphabet="ab'\"", max_size=3),
    data_classes=st.sampled_from([(), ("user",), ("user", "other")]),
    tags=st.dictionaries(st.sampled_from(["k", "it's"]), GLOBS, max_size=2),
    accounts=SEVERAL,
    compartments=SEVERAL,
    names=SEVERAL,
    services=SEVERAL,
)
STORES = st.builds(
    replace,
    st.just(STORE),
    account=VALUES,
    compartment=VALUES,
    name=VALUES,
    service=VALUES,
    tags=st.one_of(TAGS, st.just(HIDDEN)),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(RULES, max_size=4), st.lists(STORES, min_size=1, max_size=12))
def test_the_database_decides_as_the_rules_say(
    rules: list[ClassificationRule], stores: list[Store]
) -> None:
    """The SQL gives every store what going through the rules one by one gives it."""
    numbered = [replace(store, id=f"{number:02}") for number, store in enumerate(stores)]

    found = Facts(numbered, audit(classification=tuple(rules)))

    why = found.why("stores", "data_classes")
    decided = {
        row[0]: (row[1] if row[1] is None else tuple(row[1]), row[2], why.get(row[0], ""))
        for row in found.rows("stores", "id, data_classes, classified_by")
    }
    assert decided == {store.id: decide(rules, store) for store in numbered}
