"""Nodes of commits, change requests and reviews."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from auditor.demo.github.briefs import (
    HOST,
    actor_node,
    author_node,
    full_name,
    node_id,
    repository_brief,
)
from auditor.demo.github.changes import ChangeRequest, Commit, ForcePush, Review
from auditor.demo.github.connections import connection
from auditor.demo.github.graph import Node
from auditor.demo.github.nouns import Organization, Repository

WEB_FLOW = "web-flow"


@dataclass(frozen=True)
class Ledger:
    """One repository's commits and change requests, as nodes that lead to each other."""

    world: Organization
    repository: Repository

    @cached_property
    def requests_of(self) -> dict[str, list[ChangeRequest]]:
        """Which requests brought a commit."""
        found: dict[str, list[ChangeRequest]] = {}
        for request in self.repository.requests:
            for oid in dict.fromkeys((*request.commits, *request.landed)):
                found.setdefault(oid, []).append(request)
        return found

    def history(self, oid: str) -> list[Commit]:
        """Return a commit and all that it follows, the newest first."""
        seen, waiting = set[str](), [oid]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting.extend(self.repository.commits[name].parents)
        found = [self.repository.commits[name] for name in seen]
        order = {name: index for index, name in enumerate(self.repository.commits)}
        return sorted(found, key=lambda commit: (commit.committed, order[commit.oid]), reverse=True)

    def commit(self, oid: str) -> Node:
        """Return a commit."""
        commit = self.repository.commits[oid]
        path = f"/{full_name(self.world, self.repository.name)}/commit/{oid}"
        return {
            "__typename": "Commit",
            "id": node_id("C", int(oid[:12], 16)),
            "oid": oid,
            "abbreviatedOid": oid[:7],
            "message": commit.headline,
            "messageHeadline": commit.headline,
            "messageBody": "",
            "url": HOST + path,
            "resourcePath": path,
            "commitUrl": HOST + path,
            "repository": lambda **_: repository_brief(self.world, self.repository),
            **self._written(commit),
            "parents": connection(commit.parents, self.commit, name="parents"),
            "associatedPullRequests": self._associated(oid),
            "history": self._history(oid),
        }

    def _written(self, commit: Commit) -> Node:
        author = self._git_actor(commit.author, commit.email, commit.authored)
        own = self.world.accounts[commit.committer]
        email = "noreply@github.com" if own.login == WEB_FLOW else own.email
        committer = self._git_actor(commit.committer, email, commit.committed)
        return {
            "author": author,
            "authors": connection([author], lambda each: each, name="authors"),
            "committer": committer,
            "authoredDate": commit.authored,
            "committedDate": commit.committed,
            "pushedDate": None,
            "authoredByCommitter": commit.author == commit.committer,
            "committedViaWeb": commit.committer == WEB_FLOW,
            "additions": commit.added,
            "deletions": commit.removed,
            "changedFiles": commit.files,
            "changedFilesIfAvailable": commit.files,
            "signature": lambda **_: self._signature(commit),
            "statusCheckRollup": {"state": "SUCCESS"},
        }

    def _git_actor(self, login: str, email: str, at: str) -> Node:
        account = self.world.accounts.get(login)
        return {
            "__typename": "GitActor",
            "name": account.name if account else email.partition("@")[0],
            "email": email,
            "date": at,
            "user": lambda **_: author_node(self.world, login),
        }

    def _signature(self, commit: Commit) -> Node | None:
        if commit.signature == "UNSIGNED":
            return None
        return {
            "__typename": "GpgSignature",
            "email": commit.email,
            "isValid": commit.signature == "VALID",
            "state": commit.signature,
            "keyId": f"{int(commit.oid[:16], 16):016X}",
            "signer": lambda **_: author_node(self.world, commit.signer),
            "wasSignedByGitHub": commit.signer == WEB_FLOW,
            "verifiedAt": commit.committed,
            "payload": "",
            "signature": "",
        }

    def _associated(self, oid: str) -> Callable[..., Any]:
        requests = [
            each for each in self.requests_of.get(oid, []) if not each.closed or each.merged
        ]
        return connection(requests, self.request, name="associatedPullRequests")

    def _history(self, oid: str) -> Callable[..., Any]:
        def history(since: str = "", until: str = "", **page: Any) -> Node:
            # Text of moments in one form sorts as the moments do.
            commits = [
                each.oid
                for each in self.history(oid)
                if (not since or each.committed >= since) and (not until or each.committed <= until)
            ]
            return connection(commits, self.commit, name="history")(**page)

        return history

    def request(self, request: ChangeRequest) -> Node:
        """Return a change request."""
        path = f"/{full_name(self.world, self.repository.name)}/pull/{request.number}"
        return {
            "__typename": "PullRequest",
            "id": node_id("PR", self.repository.number * 10000 + request.number),
            "databaseId": self.repository.number * 10000 + request.number,
            "fullDatabaseId": str(self.repository.number * 10000 + request.number),
            "number": request.number,
            "title": request.title,
            "url": HOST + path,
            "permalink": HOST + path,
            "resourcePath": path,
            "repository": lambda **_: repository_brief(self.world, self.repository),
            **self._state(request),
            **self._heads(request),
            "reviews": self._reviews(request),
            "latestReviews": connection(request.reviews, self._review_in(request)),
            "commits": connection(
                request.commits,
                lambda oid: {"__typename": "PullRequestCommit", "commit": self.commit(oid)},
                name="commits",
            ),
            "timelineItems": self._timeline(request),
            "totalCommentsCount": sum(review.comments for review in request.reviews),
            "comments": connection([], lambda _: {}, name="comments"),
            "reviewThreads": connection(
                [each for each in request.reviews for _ in range(each.comments)],
                lambda each: {"id": node_id("PRRT", each.number)},
                name="reviewThreads",
            ),
            "reviewRequests": connection([], lambda _: {}, name="reviewRequests"),
        }

    def _state(self, request: ChangeRequest) -> Node:
        state = "MERGED" if request.merged else "CLOSED" if request.closed else "OPEN"
        return {
            "state": state,
            "closed": state != "OPEN",
            "merged": state == "MERGED",
            "isDraft": False,
            "isCrossRepository": False,
            "author": lambda **_: actor_node(self.world, request.author),
            "mergedBy": lambda **_: actor_node(self.world, request.merged_by),
            "createdAt": request.opened,
            "publishedAt": request.opened,
            "updatedAt": request.merged or request.closed or request.opened,
            "mergedAt": request.merged or None,
            "closedAt": request.merged or request.closed or None,
            "additions": request.added,
            "deletions": request.removed,
            "changedFiles": request.files,
            "isInMergeQueue": False,
            "isMergeQueueEnabled": request.queued,
            "mergeQueueEntry": None,
            "reviewDecision": "APPROVED" if request.reviews else None,
        }

    def _heads(self, request: ChangeRequest) -> Node:
        merged = request.merge_commit
        first = self.repository.commits[request.commits[0]]
        return {
            "baseRefName": request.base,
            "baseRefOid": first.parents[0] if first.parents else first.oid,
            "headRefName": request.branch,
            "headRefOid": request.head,
            "headRepository": lambda **_: repository_brief(self.world, self.repository),
            "baseRepository": lambda **_: repository_brief(self.world, self.repository),
            "mergeCommit": lambda **_: self.commit(merged) if merged else None,
            "potentialMergeCommit": None,
        }

    def _reviews(self, request: ChangeRequest) -> Callable[..., Any]:
        def reviews(states: Sequence[str] = (), **page: Any) -> Node:
            chosen = [each for each in request.reviews if not states or each.state in states]
            return connection(chosen, self._review_in(request), name="reviews")(**page)

        return reviews

    def _review_in(self, request: ChangeRequest) -> Callable[[Review], Node]:
        def review_node(review: Review) -> Node:
            remarks = [{"body": "…"}] * review.comments
            return {
                "__typename": "PullRequestReview",
                "id": node_id("PRR", review.number),
                "databaseId": review.number,
                "fullDatabaseId": str(review.number),
                "author": lambda **_: actor_node(self.world, review.author),
                "authorAssociation": "MEMBER",
                "state": review.state,
                "commit": lambda **_: self.commit(review.oid) if review.oid else None,
                "createdAt": review.at,
                "submittedAt": review.at,
                "publishedAt": review.at,
                "updatedAt": review.at,
                "lastEditedAt": None,
                "body": "",
                "comments": connection(remarks, lambda each: each, name="comments"),
                "pullRequest": lambda **_: self.request(request),
            }

        return review_node

    def _timeline(self, request: ChangeRequest) -> Callable[..., Any]:
        def timeline(**page: Any) -> Node:
            wanted = page.pop("itemTypes", ())
            pushes = request.pushes if "HEAD_REF_FORCE_PUSHED_EVENT" in wanted else ()
            queued = [request] if request.queued and "ADDED_TO_MERGE_QUEUE_EVENT" in wanted else []
            items = [*map(self._push_node, pushes), *map(self._queue_node, queued)]
            return connection(items, lambda each: each, name="timelineItems")(**page)

        return timeline

    def _push_node(self, push: ForcePush) -> Node:
        return {
            "__typename": "HeadRefForcePushedEvent",
            "id": node_id("HRFPE", int(push.after[:12], 16)),
            "actor": lambda **_: actor_node(self.world, push.actor),
            "createdAt": push.at,
            "beforeCommit": None,
            "afterCommit": lambda **_: self.commit(push.after),
            "ref": None,
        }

    def _queue_node(self, request: ChangeRequest) -> Node:
        return {
            "__typename": "AddedToMergeQueueEvent",
            "id": node_id("ATMQE", request.number),
            "actor": lambda **_: actor_node(self.world, request.author),
            "enqueuer": lambda **_: author_node(self.world, request.author),
            "createdAt": request.merged,
        }
