"""AWS CodeCommit: repositories, their default branches, and the approvals that templates ask for.

The default branch stands for what is released: CodeCommit knows no other mark of it.

API: https://docs.aws.amazon.com/codecommit/latest/APIReference/API_Operations.html
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from auditor.collect.aws.reading import entries, maybe_text, text, texts
from auditor.collect.aws.regions import arn
from auditor.model import Json, Unknown
from auditor.spec import Axis, Collector, Detail, Found, Listing
from auditor.tables import Branch, BranchRule, Change, Maybe, Repository, RepositoryRight

REPOSITORY = "repository"  # the axis of names, each with its default branch after a blank
HEADS = "refs/heads/"
_REFERENCE = "https://docs.aws.amazon.com/codecommit/latest/APIReference/API_"
_BY_POLICIES = Unknown("policies of IAM decide it, which are not worked out for repositories")
_NOT_COUNTED = Unknown("the list of open pull requests does not say for which branch they are")
_PUSHES = Unknown("CodeCommit lists no commits of a branch: CloudTrail alone has what was pushed")
_UNTOLD = (
    *("title", "author_id", "by_bot", "merged_by", "merged", "head", "head_pushed", "commit"),
    *("rewritten", "added", "removed", "files", "writers", "comments"),
)
_OTHER_SERVICE = Unknown("other services may analyse its code, and are not asked about it")
_MOST = 1000
_NO_CONTENT = Unknown("the template's content is not in a form that this version knows")


def repository_at(found: Found) -> tuple[str, str, str]:
    """Return the ARN, the name and the default branch of the repository at a place."""
    name, _, branch = found.place[REPOSITORY].partition(" ")
    return _arn(found, name), name, branch


def name_at(found: Found) -> Json:
    """Return the name of the repository at a place."""
    return repository_at(found)[1]


def _arn(found: Found, name: str) -> str:
    return arn("codecommit", found.place["region"], found.place["account"], name)


def _repository(found: Found) -> Iterator[Repository | Branch | RepositoryRight | Change]:
    name = text(found, "item.repositoryName")
    row, account, region = _arn(found, name), found.place["account"], found.place["region"]
    branch = _default_branch(found)
    yield Repository(
        id=row,
        evidence=found.evidence,
        provider="aws",
        account=account,
        region=region,
        name=name,
        url=maybe_text(found, "repository.repositoryMetadata.cloneUrlHttp"),
        visibility="private",
        archived=False,
        default_branch=branch,
        secret_scanning=_OTHER_SERVICE,
        push_protection=False,
        code_scanning=_OTHER_SERVICE,
        dependency_alerts=_OTHER_SERVICE,
        open_requests=_open_requests(found),
    )
    yield RepositoryRight(
        id=f"{row}/policy/?",
        evidence=found.evidence,
        provider="aws",
        account=account,
        repository_id=row,
        principal_id=_BY_POLICIES,
        access=_BY_POLICIES,
        via="policy",
    )
    if branch:
        name = f"{HEADS}{branch if isinstance(branch, str) else '?'}"
        guarded = Branch(
            id=f"{row}@{name}",
            evidence=found.evidence,
            provider="aws",
            account=account,
            repository_id=row,
            ref=name,
            is_default=True,
            head=branch
            if isinstance(branch, Unknown)
            else maybe_text(found, "tip.branch.commitId"),
        )
        yield guarded
        yield _pushed(found, guarded)


def _pushed(found: Found, branch: Branch) -> Change:
    """Return what stands for all that no request brought to a branch."""
    columns: dict[str, Any] = dict.fromkeys(_UNTOLD, _PUSHES)
    return Change(
        id=f"{branch.repository_id}/commit/?@{branch.ref}",
        evidence=found.evidence,
        provider="aws",
        account=branch.account,
        repository_id=branch.repository_id,
        branch_id=branch.id,
        kind="direct",
        number=0,
        opened="",
        method="push",
        **columns,
    )


def _default_branch(found: Found) -> Maybe[str]:
    """Return its name; '' for a repository that is described and is empty."""
    described = found.read("repository.repositoryMetadata.repositoryName")
    if isinstance(described, Unknown):
        return described
    return maybe_text(found, "repository.repositoryMetadata.defaultBranch", absent="")


def _open_requests(found: Found) -> Maybe[int]:
    waiting = found.read("waiting")
    if isinstance(waiting, Unknown):
        return waiting
    return _NOT_COUNTED if texts(waiting) else 0


def _to_look_into(found: Found) -> str | None:
    branch = _default_branch(found)
    name = text(found, "item.repositoryName")
    if isinstance(branch, Unknown):
        return f"{name} "  # its requests may be for whatever branch is released
    return f"{name} {branch}" if branch else None


def _template(found: Found) -> Iterator[BranchRule]:
    row = repository_at(found)[0]
    name = found.item if isinstance(found.item, str) else ""
    content = _content(found)
    yield BranchRule(
        id=f"{row}/template/{name}",
        evidence=found.evidence,
        provider="aws",
        account=found.place["account"],
        repository_id=row,
        name=name,
        kind="approval rule",
        target="branch",
        includes=_covered(content),
        enforced=True,
        approvals=_needed(content),
        dismisses_stale=True,  # an approval is of one revision, which a push ends
        last_push_approved=False,
        code_owners=False,
        signatures=False,
        checks=(),
        no_force_push=_BY_POLICIES,
        no_deletion=_BY_POLICIES,
        no_direct_push=_BY_POLICIES,
        administrators=_BY_POLICIES,
        bypassers=_BY_POLICIES,  # who may override the rules of a request
        changed=maybe_text(found, "template.approvalRuleTemplate.lastModifiedDate"),
    )


def _content(found: Found) -> Mapping[str, Json] | Unknown:
    """Return what a template says: JSON within JSON."""
    written = maybe_text(found, "template.approvalRuleTemplate.approvalRuleTemplateContent")
    if isinstance(written, Unknown):
        return written
    try:
        content = json.loads(written)
    except (ValueError, RecursionError):
        return _NO_CONTENT
    return content if isinstance(content, dict) else _NO_CONTENT


def _covered(content: Mapping[str, Json] | Unknown) -> Maybe[tuple[str, ...]]:
    if isinstance(content, Unknown):
        return content
    named = content.get("DestinationReferences")
    if named is None:
        return ("~ALL",)
    if isinstance(named, list) and all(_is_text(each) for each in named):
        return tuple(texts(named))
    return _NO_CONTENT


def _needed(content: Mapping[str, Json] | Unknown) -> Maybe[int]:
    if isinstance(content, Unknown):
        return content
    numbers = [each.get("NumberOfApprovalsNeeded") for each in entries(content.get("Statements"))]
    known = [each for each in numbers if type(each) is int and 0 <= each < _MOST]
    return max(known) if known and len(known) == len(numbers) else _NO_CONTENT


def _is_text(value: Json) -> bool:
    """Whether a value is text that can be written down; a lone half of a character is none."""
    return isinstance(value, str) and value.isprintable()


REPOSITORIES = Collector(
    kind="aws.codecommit.repository",
    service="codecommit",
    title="CodeCommit repositories and their default branches",
    per=("account", "region"),
    listing=Listing(
        operation="ListRepositories", permission="codecommit:ListRepositories", items="repositories"
    ),
    details=(
        Detail(
            name="repository",
            operation="GetRepository",
            permission="codecommit:GetRepository",
            bind={"repositoryName": "item.repositoryName"},
        ),
        Detail(
            name="tip",
            operation="GetBranch",
            permission="codecommit:GetBranch",
            bind={
                "repositoryName": "item.repositoryName",
                "branchName": "repository.repositoryMetadata.defaultBranch",
            },
            when="repository.repositoryMetadata.defaultBranch",
        ),
        Detail(
            name="waiting",
            operation="ListPullRequests",
            permission="codecommit:ListPullRequests",
            parameters={"pullRequestStatus": "OPEN", "maxResults": 100},
            bind={"repositoryName": "item.repositoryName"},
            items="pullRequestIds",
        ),
    ),
    tables=(Repository, Branch, RepositoryRight, Change),
    rows=_repository,
    axis=Axis(name=REPOSITORY, value=_to_look_into, optional=True),
    types=("codecommit:repository",),
    source=_REFERENCE + "ListRepositories.html",
)

TEMPLATES = Collector(
    kind="aws.codecommit.template",
    service="codecommit",
    title="templates of approval rules that CodeCommit repositories use",
    per=("account", "region", REPOSITORY),
    listing=Listing(
        operation="ListAssociatedApprovalRuleTemplatesForRepository",
        permission="codecommit:ListAssociatedApprovalRuleTemplatesForRepository",
        parameters={"maxResults": 100},
        compose={"repositoryName": name_at},
        items="approvalRuleTemplateNames",
    ),
    details=(
        Detail(
            name="template",
            operation="GetApprovalRuleTemplate",
            permission="codecommit:GetApprovalRuleTemplate",
            bind={"approvalRuleTemplateName": "item"},
            shared=True,
        ),
    ),
    tables=(BranchRule,),
    rows=_template,
    source=_REFERENCE + "GetApprovalRuleTemplate.html",
)
