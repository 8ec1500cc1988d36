"""The query about what reached a branch: its commits, and the change requests that brought them.

One answer holds a hundred commits with everything about their requests, so that a hundred squashed
changes cost one call. A count of remarks for each review would cost ten times as much of GitHub's
hourly allowance; threads are counted for each request instead.
"""

HISTORY = """\
query History(
  $owner: String!, $name: String!, $ref: String!
  $since: GitTimestamp!, $until: GitTimestamp!, $first: Int!, $after: String
) {
  repository(owner: $owner, name: $name) {
    ref(qualifiedName: $ref) {
      target {
        ... on Commit {
          history(first: $first, after: $after, since: $since, until: $until) {
            pageInfo { hasNextPage endCursor }
            nodes {
              oid messageHeadline committedDate
              additions deletions changedFilesIfAvailable
              author { email user { login } }
              committer { email user { login } }
              authors(first: 10) {
                pageInfo { hasNextPage }
                nodes { user { login } }
              }
              parents(first: 10) { totalCount nodes { oid } }
              signature { isValid state wasSignedByGitHub signer { login } }
              associatedPullRequests(first: 2) { totalCount nodes { ...Request } }
            }
          }
        }
      }
    }
  }
}
fragment Request on PullRequest {
  number title createdAt mergedAt baseRefName headRefOid
  additions deletions changedFiles
  author { __typename login }
  mergedBy { __typename login }
  baseRepository { nameWithOwner }
  mergeCommit { oid }
  reviews(first: 50) {
    pageInfo { hasNextPage }
    nodes { id state submittedAt commit { oid } author { __typename login } }
  }
  reviewThreads { totalCount }
  commits(first: 100) {
    totalCount
    nodes {
      commit {
        oid committedDate
        author { user { login } }
        committer { email user { login } }
      }
    }
  }
  timelineItems(
    first: 20, itemTypes: [HEAD_REF_FORCE_PUSHED_EVENT, ADDED_TO_MERGE_QUEUE_EVENT]
  ) {
    pageInfo { hasNextPage }
    nodes {
      __typename
      ... on HeadRefForcePushedEvent { createdAt afterCommit { oid } }
    }
  }
}
"""
