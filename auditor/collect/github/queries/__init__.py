"""The GraphQL documents that the audit sends to GitHub: queries only, by name.

A call of service 'graphql' names one of them as its operation; its parameters are the variables.
Nested lists are asked for with ``pageInfo`` or ``totalCount``, so that a list that was cut is
never read as whole. Source: https://docs.github.com/en/graphql/reference
"""

from dataclasses import dataclass

from auditor.collect.github.queries import access, branches, changes, people, repositories


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One query, and how its answers are paged and cut.

    Attributes:
        text: the query.
        connection: path below ``data`` of the list that is paged.
        hidden: fields that GitHub leaves out, with an error beside the data, for who may not see
            them; their null is unknown to every reader. Any other error refuses the whole page.
        absent: path below ``data`` that is null, without an error, for what is not configured.
    """

    text: str
    connection: str
    hidden: tuple[str, ...] = ()
    absent: str = ""


_ORGANIZATION = "organization.repositories"

DOCUMENTS = {
    "Repositories": Document(
        text=repositories.REPOSITORIES,
        connection=_ORGANIZATION,
        hidden=("hasVulnerabilityAlertsEnabled", "parent"),
    ),
    "Releases": Document(text=repositories.RELEASES, connection=_ORGANIZATION),
    "Settings": Document(
        text=repositories.SETTINGS,
        connection=_ORGANIZATION,
        hidden=("deployKeys", "environments", "protectionRules", "reviewers"),
    ),
    "Branches": Document(text=branches.BRANCHES, connection=_ORGANIZATION),
    "Guards": Document(
        text=branches.GUARDS, connection=_ORGANIZATION, hidden=("rulesets", "bypassActors")
    ),
    "BranchesOf": Document(text=branches.BRANCHES_OF, connection="repository.refs"),
    "OpenRequestsOf": Document(
        text=branches.OPEN_REQUESTS_OF, connection="repository.pullRequests"
    ),
    "Rulesets": Document(
        text=branches.RULESETS,
        connection=_ORGANIZATION,
        hidden=("rulesets", "bypassActors", "actor", "source"),
    ),
    "RulesetsOf": Document(
        text=branches.RULESETS_OF,
        connection="repository.rulesets",
        hidden=("bypassActors", "actor", "source"),
    ),
    "Protections": Document(
        text=branches.PROTECTIONS,
        connection=_ORGANIZATION,
        hidden=(
            "branchProtectionRules",
            "bypassPullRequestAllowances",
            "bypassForcePushAllowances",
            "actor",
        ),
    ),
    "ProtectionsOf": Document(
        text=branches.PROTECTIONS_OF,
        connection="repository.branchProtectionRules",
        hidden=("bypassPullRequestAllowances", "bypassForcePushAllowances", "actor"),
    ),
    "Collaborators": Document(
        text=access.COLLABORATORS,
        connection=_ORGANIZATION,
        hidden=("collaborators", "outside", "permissionSources"),
    ),
    "CollaboratorsOf": Document(
        text=access.COLLABORATORS_OF,
        connection="repository.collaborators",
        hidden=("permissionSources",),
    ),
    "Teams": Document(
        text=people.TEAMS, connection="organization.teams", hidden=("members", "repositories")
    ),
    "TeamMembers": Document(text=people.TEAM_MEMBERS, connection="organization.team.members"),
    "TeamRepositories": Document(
        text=people.TEAM_REPOSITORIES, connection="organization.team.repositories"
    ),
    "Members": Document(
        text=people.MEMBERS,
        connection="organization.membersWithRole",
        hidden=("hasTwoFactorEnabled", "organizationVerifiedDomainEmails", "role"),
    ),
    "Identities": Document(
        text=people.IDENTITIES,
        connection="organization.samlIdentityProvider.externalIdentities",
        absent="organization.samlIdentityProvider",
    ),
    "History": Document(
        text=changes.HISTORY,
        connection="repository.ref.target.history",
        hidden=("author", "user", "mergedBy", "signer"),
    ),
}
