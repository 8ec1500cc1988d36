"""Queries about branches and the rules on them."""

BRANCHES = """\
query Branches($organization: String!, $patterns: Boolean!, $first: Int!, $after: String) {
  organization(login: $organization) {
    repositories(first: $first, after: $after, orderBy: {field: NAME, direction: ASC}) {
      pageInfo { hasNextPage endCursor }
      nodes {
        nameWithOwner url isEmpty
        defaultBranchRef { name target { oid } }
        refs(refPrefix: "refs/heads/", first: 100) @include(if: $patterns) {
          pageInfo { hasNextPage endCursor }
          nodes { name target { oid } }
        }
        pullRequests(states: OPEN, first: 100) {
          pageInfo { hasNextPage endCursor }
          nodes { number baseRefName }
        }
      }
    }
  }
}
"""

# Only what tells whether anybody can have pushed over a branch; RULESETS tells all of it.
GUARDS = """\
query Guards($organization: String!, $patterns: Boolean!, $first: Int!, $after: String) {
  organization(login: $organization) {
    repositories(first: $first, after: $after, orderBy: {field: NAME, direction: ASC}) {
      pageInfo { hasNextPage endCursor }
      nodes {
        nameWithOwner url pushedAt
        defaultBranchRef { name target { oid } }
        refs(refPrefix: "refs/heads/", first: 100) @include(if: $patterns) {
          pageInfo { hasNextPage endCursor }
          nodes { name target { oid } }
        }
        rulesets(first: 20, includeParents: true) {
          nodes {
            target enforcement updatedAt
            conditions { refName { include exclude } }
            bypassActors(first: 1) { totalCount }
            rules(first: 50) { nodes { type } }
          }
        }
      }
    }
  }
}
"""

BRANCHES_OF = """\
query BranchesOf($owner: String!, $name: String!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    refs(refPrefix: "refs/heads/", first: $first, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { name target { oid } }
    }
  }
}
"""

OPEN_REQUESTS_OF = """\
query OpenRequestsOf($owner: String!, $name: String!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequests(states: OPEN, first: $first, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { number baseRefName }
    }
  }
}
"""

_RULESET = """\
fragment Rules on RepositoryRuleset {
  databaseId name target enforcement createdAt updatedAt
  source {
    __typename
    ... on Repository { nameWithOwner }
    ... on Organization { login }
    ... on Enterprise { slug }
  }
  conditions { refName { include exclude } }
  bypassActors(first: 50) {
    pageInfo { hasNextPage }
    nodes {
      bypassMode deployKey organizationAdmin enterpriseOwner repositoryRoleName
      actor { __typename ... on App { slug } ... on Team { combinedSlug } }
    }
  }
  rules(first: 50) {
    pageInfo { hasNextPage }
    nodes {
      type
      parameters {
        __typename
        ... on PullRequestParameters {
          requiredApprovingReviewCount dismissStaleReviewsOnPush
          requireLastPushApproval requireCodeOwnerReview
        }
        ... on RequiredStatusChecksParameters { requiredStatusChecks { context } }
      }
    }
  }
}
"""

RULESETS = (
    """\
query Rulesets($organization: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    repositories(first: $first, after: $after, orderBy: {field: NAME, direction: ASC}) {
      pageInfo { hasNextPage endCursor }
      nodes {
        nameWithOwner url
        rulesets(first: 20, includeParents: true) {
          pageInfo { hasNextPage endCursor }
          nodes { ...Rules }
        }
      }
    }
  }
}
"""
    + _RULESET
)

RULESETS_OF = (
    """\
query RulesetsOf($owner: String!, $name: String!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    rulesets(first: $first, after: $after, includeParents: true) {
      pageInfo { hasNextPage endCursor }
      nodes { ...Rules }
    }
  }
}
"""
    + _RULESET
)

_PROTECTION = """\
fragment Protection on BranchProtectionRule {
  databaseId pattern isAdminEnforced
  requiresApprovingReviews requiredApprovingReviewCount dismissesStaleReviews
  requireLastPushApproval requiresCodeOwnerReviews requiresCommitSignatures
  requiresStatusChecks requiredStatusCheckContexts allowsForcePushes allowsDeletions
  lockBranch
  bypassForcePushAllowances { totalCount }
  bypassPullRequestAllowances(first: 50) {
    pageInfo { hasNextPage }
    nodes {
      actor {
        __typename
        ... on App { slug }
        ... on Team { combinedSlug }
        ... on User { login }
      }
    }
  }
}
"""

PROTECTIONS = (
    """\
query Protections($organization: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    repositories(first: $first, after: $after, orderBy: {field: NAME, direction: ASC}) {
      pageInfo { hasNextPage endCursor }
      nodes {
        nameWithOwner url
        branchProtectionRules(first: 20) {
          pageInfo { hasNextPage endCursor }
          nodes { ...Protection }
        }
      }
    }
  }
}
"""
    + _PROTECTION
)

PROTECTIONS_OF = (
    """\
query ProtectionsOf($owner: String!, $name: String!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    branchProtectionRules(first: $first, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { ...Protection }
    }
  }
}
"""
    + _PROTECTION
)
