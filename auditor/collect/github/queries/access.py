"""Queries about who was let into a repository by name.

What teams and the organisation give is asked of teams and of the organisation: listed for each
repository, it would repeat every member as often as there are repositories.
"""

_EDGES = """\
fragment Given on RepositoryCollaboratorEdge {
  permission
  permissionSources { permission source { __typename } }
  node { login createdAt }
}
"""

COLLABORATORS = (
    """\
query Collaborators($organization: String!, $first: Int!, $after: String) {
  organization(login: $organization) {
    repositories(first: $first, after: $after, orderBy: {field: NAME, direction: ASC}) {
      pageInfo { hasNextPage endCursor }
      nodes {
        nameWithOwner url
        collaborators(first: 50, affiliation: DIRECT) {
          pageInfo { hasNextPage endCursor }
          edges { ...Given }
        }
        outside: collaborators(first: 50, affiliation: OUTSIDE) {
          pageInfo { hasNextPage }
          nodes { login }
        }
      }
    }
  }
}
"""
    + _EDGES
)

COLLABORATORS_OF = (
    """\
query CollaboratorsOf($owner: String!, $name: String!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    collaborators(first: $first, after: $after, affiliation: DIRECT) {
      pageInfo { hasNextPage endCursor }
      edges { ...Given }
    }
  }
}
"""
    + _EDGES
)
