"""Classification: the first rule that matches decides, and unknown tags stay unknown."""

from dataclasses import replace

import pytest

from auditor.facts.classification import Classifier
from auditor.model import ClassificationRule, Unknown
from auditor.tables import Store

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


def rule(**criteria: object) -> ClassificationRule:
    """A rule that says 'user'."""
    return ClassificationRule(name="r", data_classes=("user",), **criteria)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("criteria", "matches"),
    [
        ({"tags": {"class": "user"}}, True),
        ({"tags": {"class": "us*"}}, True),
        ({"tags": {"class": "USER"}}, False),
        ({"tags": {"other": "user"}}, False),
        ({"names": ("logs-*", "user-*")}, True),
        ({"accounts": ("111",), "services": ("queues",)}, False),
        ({"compartments": ("prod",), "tags": {"class": "user"}}, True),
    ],
)
def test_all_criteria_must_match(criteria: dict[str, object], matches: bool) -> None:
    """A store has the rule's classes only if everything that the rule names fits."""
    store = Classifier([rule(**criteria)]).classify(STORE)

    assert (store.data_classes == ("user",)) is matches
    assert store.classified_by == ("r" if matches else "")
    assert matches or isinstance(store.data_classes, Unknown)


def test_the_first_rule_decides() -> None:
    """Order is meaning: an earlier rule may say that there is nothing to protect."""
    nothing = ClassificationRule(name="none", data_classes=(), names=("user-*",))

    store = Classifier([nothing, rule(names=("*",))]).classify(STORE)

    assert (store.data_classes, store.classified_by) == ((), "none")


def test_a_rule_that_hangs_on_unreadable_tags_leaves_the_class_unknown() -> None:
    """A later, wider rule must not decide what an earlier one might have."""
    nothing = ClassificationRule(name="none", data_classes=(), names=("*",))
    hidden = replace(STORE, tags=Unknown("GetTags was denied", "boxes:GetTags"))

    store = Classifier([rule(tags={"class": "user"}), nothing]).classify(hidden)

    assert isinstance(store.data_classes, Unknown)
    assert store.data_classes.permission == "boxes:GetTags"


def test_unreadable_tags_do_not_matter_where_the_rest_already_differs() -> None:
    """A rule for another account cannot match, whatever the tags."""
    other = rule(tags={"class": "user"}, accounts=("999",))
    hidden = replace(STORE, tags=Unknown("GetTags was denied"))

    store = Classifier([other, rule(names=("user-*",))]).classify(hidden)

    assert store.data_classes == ("user",)
