"""What the words for resources and permissions mean, and that none of them is taken for another."""

import pytest

from auditor.collect.oci.iam.resources import (
    FAMILIES,
    PERMISSIONS,
    TYPES,
    covers,
    gives,
    holdings,
    includes,
    verb_of,
)
from auditor.collect.registry import load_collectors
from auditor.spec import Collector
from auditor.tables import Store

_WORDS = TYPES | FAMILIES.keys()


@pytest.mark.parametrize(
    ("resource", "wanted", "expected"),
    [
        ("all-resources", "buckets", True),
        ("all-resources", "what-nobody-knows", True),
        ("buckets", "buckets", True),
        ("buckets", "objects", False),
        ("object-family", "objects", True),
        ("object-family", "volumes", False),
        ("object-family", "what-nobody-knows", None),
        ("what-nobody-knows", "objects", None),
        ("database-family", "databases", True),
        ("database-family", "autonomous-databases", None),
    ],
)
def test_a_family_covers_its_members(resource: str, wanted: str, expected: bool | None) -> None:
    """Services disagree on whether a family of databases has the autonomous ones."""
    assert covers(resource, wanted) is expected


@pytest.mark.parametrize(
    ("resource", "verb", "expected"),
    [
        ("objects", "inspect", ()),
        ("objects", "read", ("read",)),
        ("objects", "manage", ("read", "write")),
        ("buckets", "read", ()),
        ("buckets", "use", ("administer",)),
        ("object-family", "manage", ("read", "write", "administer", "share")),
        ("volumes", "read", ()),
        ("volume-family", "use", ("read", "write")),
        ("databases", "manage", ("read", "write", "administer")),
        ("volumes", "associate", ("read", "write")),
        ("policies", "manage", ("read", "write", "administer", "share", "decrypt")),
        ("keys", "read", ()),
        ("keys", "use", ("decrypt",)),
        ("key-delegate", "use", ("decrypt",)),
        ("users", "manage", ()),
        ("what-nobody-knows", "use", ("read", "write")),
    ],
)
def test_a_verb_gives_access_in_the_words_of_grants(
    resource: str, verb: str, expected: tuple[str, ...]
) -> None:
    """Who changes a bucket decides who may reach it; who has its objects does not."""
    assert gives(resource, verb) == expected


@pytest.mark.parametrize(
    ("resource", "verb", "expected"),
    [
        ("all-resources", "inspect", ()),
        ("all-resources", "read", ("*",)),
        ("objects", "read", ("objectstorage/bucket",)),
        ("buckets", "read", ()),
        ("buckets", "use", ("objectstorage/bucket",)),
        ("object-family", "read", ("objectstorage/bucket",)),
        ("keys", "use", ("vault/key",)),
        ("console-histories", "read", ("compute/console history",)),
        ("users", "manage", ()),
        ("what-nobody-knows", "read", None),
        ("what-nobody-knows", "inspect", ()),
    ],
)
def test_a_verb_reaches_what_is_held_or_only_what_is_said_of_it(
    resource: str, verb: str, expected: tuple[str, ...] | None
) -> None:
    """Reading a bucket is not reading its objects."""
    assert holdings(resource, verb) == expected


def test_what_holds_data_is_of_a_kind_that_we_collect() -> None:
    """A kind that no collector makes would match nothing, in silence."""
    services = {c.short_service for c in load_collectors() if c.provider == "oci"}
    named = {each.partition("/")[0] for word in TYPES for each in holdings(word, "manage") or ()}

    assert named <= services


def test_a_word_with_which_stores_are_listed_is_known_to_hold_them() -> None:
    """What holds nothing is harmless in anybody's hands: no store may be forgotten there."""
    made = [c for c in load_collectors() if c.provider == "oci" and Store in c.tables]
    forgotten = {each.kind for each in made if each.short_service not in _held_by_words_of(each)}

    assert not forgotten


def _held_by_words_of(collector: Collector) -> set[str]:
    """Return the services of what is held under any of the words that a collector needs."""
    words = {word for call in collector.calls for word in call.permission.split() if word in _WORDS}
    return {each.partition("/")[0] for word in words for each in holdings(word, "manage") or ()}


def test_verbs_are_in_order() -> None:
    """Each gives what the ones before it give; others are of no order."""
    assert includes("manage", "inspect")
    assert includes("read", "use") is False
    assert includes("associate", "associate")
    assert includes("associate", "read") is None


def test_a_permission_comes_with_a_verb() -> None:
    """From the tables, or else by how it ends; otherwise nobody knows."""
    assert verb_of("PAR_MANAGE") == "manage"
    assert verb_of("KEY_DECRYPT") == "use"
    assert verb_of("NEW_THING_READ") == "read"
    assert verb_of("NEW_THING_FROB") is None
    assert {resource for resource, _ in PERMISSIONS.values()} <= TYPES
