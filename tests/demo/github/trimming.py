"""Cuts GitHub's published GraphQL schema down to the types that the audit asks about.

    npm pack @octokit/graphql-schema && tar xzf octokit-graphql-schema-*.tgz
    python -m tests.demo.github.trimming package/schema.graphql

A type is kept whole, but for fields whose answers are of types that are not kept; texts and
deprecations go. So a query may ask for another field of a type that it already knows.
"""

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from graphql import (
    DocumentNode,
    FieldDefinitionNode,
    InterfaceTypeDefinitionNode,
    Node,
    ObjectTypeDefinitionNode,
    TypeDefinitionNode,
    TypeNode,
    UnionTypeDefinitionNode,
    parse,
    print_ast,
)

from auditor.demo.github.graph import SCHEMA

_HEADER = """\
# Part of the GraphQL schema that GitHub publishes, from @octokit/graphql-schema 15.26.1 (npm).
# Copyright (c) GitHub 2025 - licensed as MIT, see LICENSE.schema beside this file.
# Cut by tests/demo/github/trimming.py.

"""

_NAMES = """
    Query Actor App Bot BranchProtectionRule BranchProtectionRuleConnection
    BranchActorAllowanceActor BypassForcePushAllowance BypassForcePushAllowanceConnection
    BypassPullRequestAllowance BypassPullRequestAllowanceConnection Commit CommitConnection
    CommitHistoryConnection CommitEdge CommitAuthor GitActor GitActorConnection DeployKey
    DeployKeyConnection Deployment DeploymentConnection Environment EnvironmentConnection
    DeploymentProtectionRule DeploymentProtectionRuleConnection DeploymentReviewer
    DeploymentReviewerConnection ExternalIdentity ExternalIdentityConnection
    ExternalIdentityAttribute ExternalIdentitySamlAttributes ExternalIdentityScimAttributes
    UserEmailMetadata
    GitObject Tree Blob Tag GitSignature GpgSignature SshSignature SmimeSignature UnknownSignature
    HeadRefForcePushedEvent BaseRefForcePushedEvent
    Language License Mannequin MergeQueue MergeQueueEntry Node Organization
    OrganizationConnection OrganizationIdentityProvider OrganizationMemberConnection
    OrganizationMemberEdge OrganizationTeamsHovercardContext PageInfo PermissionSource
    PermissionGranter PullRequest PullRequestCommit PullRequestCommitConnection
    PullRequestConnection PullRequestReview PullRequestReviewConnection
    PullRequestReviewCommentConnection PullRequestReviewComment PullRequestTimelineItems
    PullRequestTimelineItemsConnection PullRequestTimelineItemsEdge AddedToMergeQueueEvent
    RemovedFromMergeQueueEvent MergedEvent ReviewDismissedEvent AutoMergeEnabledEvent
    PullRequestReviewThread
    PullRequestReviewThreadConnection IssueCommentConnection IssueComment
    PushAllowance PushAllowanceActor PushAllowanceConnection RateLimit Ref RefConnection RefEdge
    Repository RepositoryConnection RepositoryEdge RepositoryCollaboratorConnection
    RepositoryCollaboratorEdge RepositoryOwner RepositoryRule RepositoryRuleConnection
    RepositoryRuleConditions RefNameConditionTarget RepositoryNameConditionTarget
    RepositoryIdConditionTarget RepositoryPropertyConditionTarget PropertyTargetDefinition
    RepositoryRuleset RepositoryRulesetConnection RepositoryRulesetBypassActor
    RepositoryRulesetBypassActorConnection BypassActor RuleParameters RuleSource
    PullRequestParameters RequiredStatusChecksParameters RequiredDeploymentsParameters
    StatusCheckConfiguration UpdateParameters MergeQueueParameters
    RepositoryInfo RequestedReviewer ReviewRequest
    ReviewRequestConnection
    ReviewDismissalAllowance ReviewDismissalAllowanceConnection ReviewDismissalAllowanceActor
    RequiredStatusCheckDescription Release ReleaseAsset ReleaseAssetConnection ReleaseConnection
    SecurityAdvisory StatusCheckRollup Team TeamConnection TeamEdge TeamMemberConnection
    TeamMemberEdge TeamRepositoryConnection TeamRepositoryEdge User UserConnection Enterprise
    ProfileOwner UniformResourceLocatable
"""
KEPT = frozenset(_NAMES.split())


BUILT_IN = frozenset({"Boolean", "Float", "ID", "Int", "String"})


def trimmed(document: DocumentNode) -> str:
    """Return the part of a schema that is kept, as text."""
    types = {each.name.value: each for each in _types(document)}
    missing = sorted(KEPT - types.keys())
    if missing:
        raise ValueError(f"the schema has no types {', '.join(missing)}")
    leaves = BUILT_IN | {
        name for name, each in types.items() if each.kind.startswith(("scalar", "enum"))
    }
    cut = {name: _cut(types[name], leaves) for name in KEPT}
    used = _reached((*cut.values(),), lambda name: None if name in KEPT else types.get(name))
    parts = [*cut.values(), *(_bare(types[name]) for name in used)]
    return "\n\n".join(print_ast(each) for each in sorted(parts, key=_name_of)) + "\n"


def _types(document: DocumentNode) -> Iterable[TypeDefinitionNode]:
    return [each for each in document.definitions if isinstance(each, TypeDefinitionNode)]


def _name_of(node: TypeDefinitionNode) -> str:
    return node.name.value


def _cut(node: TypeDefinitionNode, leaves: frozenset[str]) -> TypeDefinitionNode:
    node = _bare(node)
    if isinstance(node, UnionTypeDefinitionNode):
        kept = tuple(each for each in node.types or () if each.name.value in KEPT)
        return replace(node, types=kept)
    if not isinstance(node, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode):
        return node
    return replace(
        node,
        interfaces=tuple(each for each in node.interfaces or () if each.name.value in KEPT),
        fields=tuple(field for field in node.fields or () if _named(field.type) in KEPT | leaves),
    )


def _bare(node: TypeDefinitionNode) -> TypeDefinitionNode:
    """Take texts and directives away."""
    bare = _without(node)
    assert isinstance(bare, TypeDefinitionNode)
    return bare


def _without(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_without, value))
    if not isinstance(value, Node):
        return value
    empty: dict[str, Any] = {"description": None, "directives": ()}
    return replace(
        value,
        **{
            key: empty[key] if key in empty else _without(getattr(value, key)) for key in value.keys
        },
    )


def _within(node: Node) -> Iterable[Node]:
    yield node
    for key in node.keys:
        value = getattr(node, key, None)
        for each in value if isinstance(value, tuple | list) else (value,):
            if isinstance(each, Node):
                yield from _within(each)


def _named(node: TypeNode) -> str:
    while hasattr(node, "type"):
        node = node.type
    return str(node.name.value)  # type: ignore[attr-defined]


def _reached(
    roots: Iterable[TypeDefinitionNode], find: Callable[[str], TypeDefinitionNode | None]
) -> list[str]:
    """Return the names of scalars, enumerations and inputs that types speak of."""
    waiting, found = list(roots), set[str]()
    while waiting:
        for each in _within(waiting.pop()):
            if isinstance(each, FieldDefinitionNode) or each.kind == "input_value_definition":
                name = _named(each.type)  # type: ignore[attr-defined]
                other = find(name)
                if other is not None and name not in found:
                    found.add(name)
                    waiting.append(other)
    return sorted(found)


if __name__ == "__main__":
    published = parse(Path(sys.argv[1]).read_text("utf-8"), no_location=True)
    SCHEMA.write_text(_HEADER + trimmed(published), encoding="utf-8")
