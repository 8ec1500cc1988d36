"""Tags that only the tagging API tells."""

from dataclasses import replace
from typing import Any

import pytest

from auditor.facts.globs import literal
from auditor.model import Unknown
from auditor.tables import Coverage, Row, Sighting, Store
from tests.facts.deriving import Facts
from tests.facts.test_classification import STORE, rule
from tests.fakes import audit

ARN = "arn:aws:dynamodb:us-east-1:111:table/sessions"
ASKED = Coverage(
    id="main/111/us-east-1/aws.tagging.resource",
    provider="aws",
    collector="aws.tagging.resource",
    service="tagging",
    account="111",
    region="us-east-1",
    compartment="",
    outcome="complete",
    open=False,
    complete=True,
    reason="",
    permission="",
    items=0,
    answers=1,
    refusals=0,
    tables=("sightings",),
)
REFUSED = replace(
    ASKED,
    outcome="denied",
    open=True,
    complete=Unknown("GetResources was denied"),
    reason="GetResources was denied",
    permission="tag:GetResources",
)


def store(arn: str = ARN, **changes: Any) -> Store:
    """A store whose own answers hold no tags."""
    untold = replace(STORE, id=arn, provider="aws", region="us-east-1", tags=Unknown("not in it"))
    return replace(untold, **changes)


def seen(arn: str, tags: dict[str, str]) -> Sighting:
    """What the tagging API says of one resource."""
    return Sighting(
        id=f"tagging/111/us-east-1/{arn}",
        provider="aws",
        witness="tagging",
        account="111",
        region="us-east-1",
        service="any",
        type="any:thing",
        resource_id=arn,
        tags=tags,
    )


def tags_of(*rows: Row) -> object:
    """Return the tags of the only store."""
    (tags,) = Facts(rows).one("stores", "tags")
    return tags


@pytest.mark.parametrize(
    ("arn", "named"),
    [
        (ARN, ARN),
        (
            "arn:aws:ec2:us-east-1::snapshot/snap-1",
            "arn:aws:ec2:us-east-1:111:snapshot/snap-1",
        ),
        (
            "arn:aws:logs:us-east-1:111:log-group:/aws/x:*",
            "arn:aws:logs:us-east-1:111:log-group:/aws/x",
        ),
    ],
)
def test_tags_are_joined_by_arn(arn: str, named: str) -> None:
    """Also where the tagging API writes the ARN in another way."""
    assert tags_of(store(arn), seen(named, {"a": "b"}), ASKED) == {"a": "b"}


def test_tags_of_the_resource_itself_are_kept() -> None:
    """Its own answer is nearer than an index of all resources."""
    assert tags_of(replace(store(), tags={}), seen(ARN, {"a": "b"})) == {}


def test_what_the_tagging_api_covers_and_does_not_name_has_no_tags() -> None:
    """It names every resource that has tags or ever had any."""
    assert tags_of(store(), ASKED) == {}


@pytest.mark.parametrize(
    "rows",
    [
        (store(), REFUSED),
        (store(), replace(ASKED, region="us-west-2")),
        (store(), replace(ASKED, account="222")),
        (store("arn:aws:oddity:us-east-1:111:thing/one"), ASKED),
        (store("snap-1"), ASKED),
        (store(region=Unknown("not said")), ASKED),
        (store(),),
    ],
    ids=["refused", "elsewhere", "other account", "type", "no ARN", "region", "never asked"],
)
def test_silence_of_the_tagging_api_means_nothing_otherwise(rows: tuple[Row, ...]) -> None:
    """Unknown tags stay unknown."""
    assert tags_of(*rows) is None


def test_the_reason_names_the_rule_and_the_refusal() -> None:
    """Whoever reads it knows what to grant."""
    found = Facts([store(), REFUSED], audit(classification=(rule(tags={"a": "b"}),)))

    (row,) = [
        row
        for row in found.rows("unknowns", '"column", reason, permission')
        if row[0] == "data_classes"
    ]
    assert row == (
        "data_classes",
        "rule 'r' needs tags, and not in it, and GetResources was denied",
        "tag:GetResources",
    )


def test_classes_are_read_after_tags_are_joined() -> None:
    """A rule on tags decides by what the tagging API says."""
    rules = (rule("tagged", tags={"a": "b"}), rule("rest", data_classes=()))

    found = Facts([store(), seen(ARN, {"a": "b"}), ASKED], audit(classification=rules))

    assert found.one("stores", "data_classes, classified_by") == (["user"], "tagged")


def test_a_text_is_a_literal_whatever_it_holds() -> None:
    """Names of rules and patterns come from files that strangers may have written."""
    assert literal("it's") == "'it''s'"
