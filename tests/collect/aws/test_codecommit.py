"""What we claim to know about repositories of CodeCommit, given what AWS answered."""

import json
from typing import TypeVar

import boto3
import pytest

from auditor.collect.aws.codecommit import REPOSITORIES, TEMPLATES
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Branch, BranchRule, Change, Repository, RepositoryRight, Row
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, REPOSITORIES, TEMPLATES)
ARN = f"arn:aws:codecommit:{HOME}:{ACCOUNT}:app"
URL = f"https://git-codecommit.{HOME}.amazonaws.com/v1/repos/app"
NONE_WAITS = Rule(operation="codecommit.ListPullRequests", answer={"pullRequestIds": []})
T = TypeVar("T", bound=Row)

pytestmark = pytest.mark.usefixtures("cloud")


def answered(operation: str, **answer: Json) -> Rule:
    return Rule(operation=f"codecommit.{operation}", answer=answer)


def repository(*rules: Rule, deny: tuple[str, ...] = (), templates: Json = ()) -> Collected:
    about = {"repositoryName": "app", "defaultBranch": "main", "cloneUrlHttp": URL}
    given = [
        *rules,
        answered("ListRepositories", repositories=[{"repositoryName": "app"}]),
        answered("GetRepository", repositoryMetadata=about),
        answered("GetBranch", branch={"branchName": "main", "commitId": "c1"}),
        answered(
            "ListAssociatedApprovalRuleTemplatesForRepository",
            approvalRuleTemplateNames=list(templates),
        ),
        NONE_WAITS,
    ]
    return gather(COLLECTORS, rules=given, deny=deny)


def template(content: str) -> BranchRule:
    rule = {"approvalRuleTemplateName": "t", "approvalRuleTemplateContent": content}
    collected = repository(
        answered("GetApprovalRuleTemplate", approvalRuleTemplate=rule), templates=["t"]
    )
    (row,) = (row for row in collected.rows if isinstance(row, BranchRule))
    return row


def only(collected: Collected, table: type[T]) -> T:
    (row,) = (row for row in collected.rows if isinstance(row, table))
    return row


def test_reads_a_repository_and_the_branch_that_is_released() -> None:
    collected = repository()
    row, branch = only(collected, Repository), only(collected, Branch)

    assert (row.id, row.url, row.default_branch, row.open_requests) == (ARN, URL, "main", 0)
    assert (branch.id, branch.head) == (f"{ARN}@refs/heads/main", "c1")
    assert isinstance(only(collected, RepositoryRight).principal_id, Unknown)


def test_what_was_pushed_directly_is_never_said_to_be_nothing() -> None:
    row = only(repository(), Change)

    assert (row.kind, row.branch_id) == ("direct", f"{ARN}@refs/heads/main")
    assert isinstance(row.merged, Unknown)


def test_an_empty_repository_has_no_branch() -> None:
    boto3.client("codecommit", HOME).create_repository(repositoryName="app")

    collected = gather(COLLECTORS, rules=[NONE_WAITS])

    assert [type(row) for row in collected.rows if isinstance(row, Branch | Change)] == []


def test_a_refusal_leaves_the_branch_open() -> None:
    collected = repository(deny=("GetRepository",))
    row, branch = only(collected, Repository), only(collected, Branch)

    assert isinstance(row.default_branch, Unknown)
    assert isinstance(branch.head, Unknown)


def test_requests_that_wait_may_be_for_any_branch() -> None:
    row = only(repository(answered("ListPullRequests", pullRequestIds=["1"])), Repository)

    assert isinstance(row.open_requests, Unknown)


def test_a_template_asks_for_approvals() -> None:
    statements = [{"Type": "Approvers", "NumberOfApprovalsNeeded": 2}]
    content = {"DestinationReferences": ["refs/heads/main"], "Statements": statements}

    row = template(json.dumps(content))

    assert (row.name, row.includes, row.approvals) == ("t", ("refs/heads/main",), 2)
    assert row.dismisses_stale is True
    assert isinstance(row.bypassers, Unknown)


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "{}", '{"Statements": [{"NumberOfApprovalsNeeded": "2"}]}', "[" * 100_000],
    ids=("empty", "broken", "list", "nothing", "text", "deep"),
)
def test_a_template_of_another_form_is_not_known(content: str) -> None:
    assert isinstance(template(content).approvals, Unknown)
