"""Queries about an organisation's members, their other names, and its teams."""

MEMBERS = """\
query Members($organization: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    membersWithRole(first: $first, after: $after) {
      pageInfo { hasNextPage endCursor }
      edges {
        role hasTwoFactorEnabled
        node { login name url createdAt organizationVerifiedDomainEmails(login: $organization) }
      }
    }
  }
}
"""

IDENTITIES = """\
query Identities($organization: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    samlIdentityProvider {
      externalIdentities(first: $first, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes {
          user { login }
          samlIdentity { nameId username emails { value } }
          scimIdentity { username emails { value } }
        }
      }
    }
  }
}
"""

TEAMS = """\
query Teams($organization: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    teams(first: $first, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes {
        slug name combinedSlug url
        parentTeam { combinedSlug }
        members(first: 100) {
          pageInfo { hasNextPage endCursor }
          nodes { login }
        }
        repositories(first: 100) {
          pageInfo { hasNextPage endCursor }
          edges { permission node { nameWithOwner } }
        }
      }
    }
  }
}
"""

TEAM_MEMBERS = """\
query TeamMembers($organization: String!, $team: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    team(slug: $team) {
      members(first: $first, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { login }
      }
    }
  }
}
"""

TEAM_REPOSITORIES = """\
query TeamRepositories($organization: String!, $team: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    team(slug: $team) {
      repositories(first: $first, after: $after) {
        pageInfo { hasNextPage endCursor }
        edges { permission node { nameWithOwner } }
      }
    }
  }
}
"""
