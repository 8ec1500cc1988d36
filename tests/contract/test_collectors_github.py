"""Every call to GitHub reads, exists in GitHub's own descriptions, and names its permission."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from githubkit_schemas.ghec_v2022_11_28.models import AppPermissions
from graphql import (
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    build_schema,
    parse,
    validate,
)

import auditor.demo.github
from auditor.collect.github.queries import DOCUMENTS
from auditor.collect.github.reads import is_read
from auditor.collect.registry import load_collectors
from auditor.spec import Call, Collector

COLLECTORS = [each for each in load_collectors() if each.provider == "github"]
CALLS = [(each, call) for each in COLLECTORS for call in each.calls]
REST = [(each, call) for each, call in CALLS if (call.service or each.service) == "rest"]
QUERIES = [(each, call) for each, call in CALLS if (call.service or each.service) == "graphql"]
TESTS = Path(__file__).parents[1] / "collect" / "github"
# The version that the door asks for, with what only the Enterprise plan has.
DESCRIBED = "githubkit_schemas.ghec_v2022_11_28.rest"
_METHOD = re.compile(
    r'url = (?:\(\s*)?f"(?P<path>/[^"]*)"\s(?:\s*\)\n)?(?:\s*params = \{(?P<query>[^}]*)\}\n)?'
    r'(?:(?!url = ).)*?self\._github\.request\(\s*"(?P<method>[A-Z]+)"',
    re.DOTALL,
)


def name(pair: tuple[Collector, Call]) -> str:
    return f"{pair[0].kind} {pair[1].operation}"


@cache
def published() -> dict[str, set[str]]:
    """Return every path that can be read, with its parameters, from githubkit's own methods."""
    spec = find_spec(DESCRIBED)
    assert spec is not None
    assert spec.submodule_search_locations
    paths: dict[str, set[str]] = {}
    for file in sorted(Path(spec.submodule_search_locations[0]).glob("*.py")):
        for found in _METHOD.finditer(file.read_text(encoding="utf-8")):
            if found["method"] == "GET":
                query = set(re.findall(r'"(\w+)":', found["query"] or ""))
                paths.setdefault(found["path"], set()).update(query)
    return paths


@cache
def schema() -> GraphQLSchema:
    folder = Path(auditor.demo.github.__file__).parent
    return build_schema((folder / "schema.graphql").read_text(encoding="utf-8"))


@pytest.mark.parametrize("pair", CALLS, ids=name)
def test_every_call_reads_and_names_permissions_of_apps(pair: tuple[Collector, Call]) -> None:
    collector, call = pair
    assert is_read(call.service or collector.service, call.operation)
    assert call.permission
    for each in call.permission.split():
        permission, _, level = each.partition(":")
        assert permission in AppPermissions.model_fields
        assert level in ("read", "write")


@pytest.mark.parametrize("pair", REST, ids=name)
def test_every_path_and_parameter_exists(pair: tuple[Collector, Call]) -> None:
    call = pair[1]
    path = call.operation.removeprefix("GET ")
    assert path in published()
    given = {*call.parameters, *call.bind, *call.compose}
    in_path = set(re.findall(r"\{(\w+)\}", path))
    assert in_path - given <= {"org"}  # the door knows the target's own
    assert given - in_path <= published()[path]


@pytest.mark.parametrize("pair", QUERIES, ids=name)
def test_every_variable_exists(pair: tuple[Collector, Call]) -> None:
    call = pair[1]
    (operation,) = operations(DOCUMENTS[call.operation].text)
    declared = {each.variable.name.value for each in operation.variable_definitions or ()}
    assert {*call.parameters, *call.bind, *call.compose} | {"after"} == declared
    assert call.items.startswith(f"data.{DOCUMENTS[call.operation].connection}.")


@pytest.mark.parametrize("document", sorted(DOCUMENTS))
def test_every_document_is_one_query_that_the_published_schema_answers(document: str) -> None:
    text = DOCUMENTS[document].text
    (operation,) = operations(text)

    assert operation.operation is OperationType.QUERY
    assert operation.name is not None
    assert operation.name.value == document
    assert validate(schema(), parse(text)) == []


def test_every_document_is_asked() -> None:
    assert {call.operation for _, call in QUERIES} == set(DOCUMENTS)


@pytest.mark.parametrize("collector", COLLECTORS, ids=lambda each: each.kind)
def test_every_collector_is_tested_and_documented(collector: Collector) -> None:
    module = collector.rows.__module__.rpartition(".")[2]
    assert (TESTS / f"test_{module}.py").is_file()
    assert collector.source.startswith("https://docs.github.com/")
    assert collector.title


def operations(text: str) -> list[OperationDefinitionNode]:
    return [each for each in parse(text).definitions if isinstance(each, OperationDefinitionNode)]
