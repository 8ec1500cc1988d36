"""Queries about repositories as they stand, a page of an organisation's at a time."""

REPOSITORIES = """\
query Repositories($organization: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    repositories(first: $first, after: $after, orderBy: {field: NAME, direction: ASC}) {
      pageInfo { hasNextPage endCursor }
      nodes {
        nameWithOwner url visibility isArchived isFork isEmpty
        parent { nameWithOwner }
        defaultBranchRef { name }
        hasVulnerabilityAlertsEnabled
      }
    }
  }
}
"""

# What a release holds, with digests, is told by the REST API only.
RELEASES = """\
query Releases($organization: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    repositories(first: $first, after: $after, orderBy: {field: NAME, direction: ASC}) {
      pageInfo { hasNextPage endCursor }
      nodes { nameWithOwner url releases { totalCount } }
    }
  }
}
"""

SETTINGS = """\
query Settings($organization: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    repositories(first: $first, after: $after, orderBy: {field: NAME, direction: ASC}) {
      pageInfo { hasNextPage endCursor }
      nodes {
        nameWithOwner url
        deployKeys(first: 50) {
          pageInfo { hasNextPage }
          nodes { id title readOnly enabled createdAt }
        }
        environments(first: 30) {
          pageInfo { hasNextPage }
          nodes {
            name
            protectionRules(first: 10) {
              pageInfo { hasNextPage }
              nodes { type reviewers { totalCount } }
            }
          }
        }
      }
    }
  }
}
"""
