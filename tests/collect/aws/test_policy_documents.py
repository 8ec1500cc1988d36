"""Policy documents: what is none is unknown, and one statement needs no list."""

import pytest

from auditor.collect.aws.policy_documents import document_of, several, statements_of
from auditor.model import Json, Unknown


@pytest.mark.parametrize("policy", ["", "no JSON", "[]", "7", None, 7, "[" * 100_000])
def test_what_is_no_document_is_unknown(policy: Json) -> None:
    assert isinstance(document_of(policy), Unknown)
    assert isinstance(statements_of(policy), Unknown)


def test_a_document_without_statements_says_so() -> None:
    assert statements_of("{}") == Unknown("the policy has no statements")


def test_one_statement_needs_no_list() -> None:
    assert statements_of('{"Statement": {"Effect": "Deny"}}') == [{"Effect": "Deny"}]
    assert several(["a"]) == several("a") == ["a"]


def test_an_unknown_stays_what_it_is() -> None:
    assert statements_of(Unknown("refused")) == Unknown("refused")
