"""What collection asks to be granted in Oracle Cloud is what Oracle says each operation needs.

``permissions_oci.yaml`` holds what Oracle's pages say of every operation that a collector calls.
"""

import re
from typing import Any

import pytest

from auditor.collect.oci.iam.resources import FAMILIES, PERMISSIONS, TYPES, VERBS
from auditor.collect.oci.permissions import grants_of, least_privilege
from tests.contract.permissions_oci import COLLECTORS, STATED, calls

SOURCED: dict[str, dict[str, str]] = STATED["sourced"]


def _words(grant: str) -> tuple[str, str]:
    """Return verb and type of resource of a grant, '' for named permissions and for nothing."""
    verb, _, word = grant.partition(" where ")[0].partition(" ")
    return (verb, word) if word and not grant.startswith("{") else ("", "")


def test_every_call_asks_for_what_is_stated() -> None:
    """A new call needs a line: python -m tests.contract.permissions_oci, then look for its page."""
    entries: dict[str, Any] = {**SOURCED, **STATED["unsourced"]}
    asked = {name: call.permission for name, call, _ in calls()}

    assert {n: p for n, p in asked.items() if n not in entries} == {}
    assert {n: p for n, p in asked.items() if entries[n]["grant"] != p} == {}
    assert not SOURCED.keys() & STATED["unsourced"].keys()


def test_sources_are_oracles_own_pages() -> None:
    """Nobody else's words count as a source."""
    pages = {each["source"] for each in SOURCED.values()} | {STATED["index"]["source"]}
    named = {each["named"] for each in STATED["unsourced"].values()} - {""}
    oracle = re.compile(r"https://docs\.(cloud\.)?oracle\.com/[\w./-]+\.html?")

    assert [each for each in sorted(pages | named) if not oracle.fullmatch(each)] == []


def test_grants_are_words_of_policies() -> None:
    """A statement with a word that Oracle does not know gives nothing."""
    words = {_words(grant) for _, call, _ in calls() for grant in grants_of(call)} - {("", "")}

    assert {verb for verb, _ in words} <= set(VERBS)
    assert {word for _, word in words} - TYPES - FAMILIES.keys() == set()


@pytest.mark.parametrize("name", [n for n, each in SOURCED.items() if n not in STATED["kept"]])
def test_the_least_verb_is_asked_for(name: str) -> None:
    """Where Oracle's table of verbs is at hand, the grant is the line that has the permission."""
    grants = {_words(each) for each in SOURCED[name]["grant"].split(" and ")}
    for needed in SOURCED[name]["permission"].split(" and "):
        either = [PERMISSIONS[each] for each in needed.split(" or ") if each in PERMISSIONS]
        least = min(either, key=lambda each: VERBS.index(each[1]), default=None)
        assert least is None or (least[1], least[0]) in grants or grants == {("", "")}


def test_what_the_index_hides_is_granted() -> None:
    """A type that the index would not show is not listed where it names none: nobody would know."""
    least: dict[str, str] = STATED["index"]["verbs"]
    weak = [
        collector.kind
        for _, call, collector in calls()
        if call is collector.listing and collector.types
        for verb, word in map(_words, grants_of(call)[:1])
        if VERBS.index(verb) < VERBS.index(least.get(word, VERBS[0]))
    ]

    assert weak == []


def test_what_is_kept_is_called() -> None:
    """Reasons do not outlive their reason."""
    assert set(STATED["kept"]) <= {name for name, _, _ in calls()}


def test_there_are_as_many_statements_as_the_guide_says() -> None:
    """Oracle Cloud counts them; docs/credentials-oci.md names the number."""
    statements = least_privilege(COLLECTORS, "Auditors")

    assert 150 <= len(statements) <= 250
    assert not any("PAR_MANAGE" in each for each in statements)
