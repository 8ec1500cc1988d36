"""Whoever reads the policy of a resource keeps it as a row. Walks the registry of AWS."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from botocore.model import Shape

from auditor.collect.registry import load_collectors
from auditor.model import Answer, Outcome, Unknown
from auditor.spec import Call, Collector, Found
from auditor.tables import Key, PolicyDocument, Processor, Row, Store
from tests.contract.aws_answers import MAKERS, Strict, found_of, operation_of

COLLECTORS = tuple(each for each in load_collectors() if each.provider == "aws")
# What is called a policy, and says nothing of who may reach a resource in the grammar of IAM.
OTHERS = {
    "aws.aoss.access-policy": "a grammar of its own, of rules by name; its flows say whom it names",
    "aws.batch.jobdefinition": "when containers are pulled, and pods are preempted",
    "aws.dlm.policy": "when snapshots are made",
    "aws.ecs.taskdefinition": "what a task attests before it gets a key",
    "aws.logs.account-policy": "where logs are sent",
    "aws.odb.network": "what databases of Oracle may call, and nobody else",
    "aws.organizations.ai-opt-out-policy": "what AWS may learn from",
    "aws.organizations.declarative-policy": "settings of services",
}
_OPERATION = re.compile(r"Polic(y|ies)$")
_MEMBER = re.compile(r"(?i)(policy|policies|policydocument|policytext|policyinjson)$")
_SETTINGS = re.compile(
    r"(?i)(snapshot|notification|rls|archive|redrive|lifecycle|retention|delivery|scaling|"
    r"managed|guardrail|redriveallow)polic"
)


def _members(shape: Shape | None, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the names of texts in an answer."""
    if shape is None or shape.name in seen:
        return
    if shape.type_name == "structure":
        for name, each in shape.members.items():
            if each.type_name == "string" and not getattr(each, "enum", None):
                yield name
            yield from _members(each, seen | {shape.name})
    elif shape.type_name == "list":
        yield from _members(shape.member, seen)


def _reads_policies(collector: Collector) -> bool:
    return any(_answers_with_policy(collector, call) for call in collector.calls)


def _answers_with_policy(collector: Collector, call: Call) -> bool:
    names = _members(operation_of(collector, call).output_shape)
    return bool(_OPERATION.search(call.operation)) or any(
        _MEMBER.search(name) and not _SETTINGS.search(name) for name in names
    )


READERS = tuple(each for each in COLLECTORS if _reads_policies(each) and each.kind not in OTHERS)
KEEPERS = tuple(each for each in COLLECTORS if PolicyDocument in each.tables)


def test_what_is_left_out_is_there() -> None:
    """A reason for a collector that is gone, or that keeps its policy, would hide the next one."""
    left_out = {each.kind for each in COLLECTORS if each.kind in OTHERS}

    assert left_out == OTHERS.keys()
    assert not {each.kind for each in KEEPERS} & left_out
    assert len(READERS) >= 40


@pytest.mark.parametrize("collector", READERS, ids=lambda each: each.kind)
def test_a_policy_that_is_read_is_kept(collector: Collector) -> None:
    documents = [row for found in _founds(collector) for row in _documents(collector, found)]

    assert PolicyDocument in collector.tables
    assert documents


def _founds(collector: Collector) -> list[Found]:
    """Return resources with full answers, and with each member of their items left out."""
    made = [found_of(collector, maker) for maker in MAKERS]
    return [
        *made,
        *(
            replace(each, item=each.item.without(name))
            for each in made
            if isinstance(each.item, Strict)
            for name in each.item
        ),
    ]


def _documents(collector: Collector, found: Found) -> list[PolicyDocument]:
    return [row for row in collector.rows(found) if isinstance(row, PolicyDocument)]


@pytest.mark.parametrize("collector", KEEPERS, ids=lambda each: each.kind)
def test_a_policy_belongs_to_one_resource(collector: Collector) -> None:
    """Its id is its own, and what it is about is a row beside it where there is one."""
    for found in _founds(collector):
        rows: list[Row] = list(collector.rows(found))
        documents = [row for row in rows if isinstance(row, PolicyDocument)]
        held = {row.id for row in rows if isinstance(row, Store | Processor | Key)}
        assert len({row.id for row in documents}) == len(documents)
        if held:
            of_resources = [row for row in documents if row.kind in ("resource", "grant")]
            assert {row.resource_id for row in of_resources} <= held


@pytest.mark.parametrize("collector", KEEPERS, ids=lambda each: each.kind)
def test_a_refused_policy_is_unknown_and_never_none(collector: Collector) -> None:
    """Known to have none is what the provider says, not what it does not."""
    refused = Answer(outcome=Outcome.DENIED, code="AccessDenied")
    for detail in collector.details:
        if not _answers_with_policy(collector, detail):
            continue
        found = found_of(collector, MAKERS[2], **{detail.name: refused})
        answered = {row.id: row for row in _documents(collector, found_of(collector, MAKERS[2]))}
        for row in _documents(collector, found):
            same = answered.get(row.id)
            assert isinstance(row.document, Unknown) or (same and same.document == row.document)
