"""Tells what happened in a repository, and turns it into commits and change requests.

Days are counted from the audit's, so they are negative; minutes from the moment at which a change
request was opened. Names of commits depend on what they say and follow, not on the day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha1

from auditor.demo.github.changes import ChangeRequest, Commit, ForcePush, Review

MERGE, SQUASH, REBASE, QUEUE = "merge", "squash", "rebase", "queue"
WEB_FLOW, QUEUE_BOT = "web-flow", "github-merge-queue"
_OPENING = 14 * 60  # minutes after midnight, UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One commit of a change request."""

    by: str
    at: int = -30
    title: str = ""
    signature: str = "VALID"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """One review, of what was the last commit at that moment."""

    by: str
    at: int = 90
    state: str = "APPROVED"
    comments: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One change request.

    Attributes:
        works: its commits; () for one of its author.
        merged: minutes until it was merged; None while it is open.
        rewritten: minutes until its branch was force-pushed, before its last commit; None if never.
        lines: lines added, lines removed and files.
    """

    day: int
    title: str
    author: str
    reviews: tuple[Opinion, ...]
    works: tuple[Work, ...] = ()
    method: str = SQUASH
    base: str = "main"
    merged: int | None = 240
    merged_by: str = ""
    rewritten: int | None = None
    lines: tuple[int, int, int] = (24, 8, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """One commit, pushed to a branch without any request."""

    day: int
    title: str
    by: str
    base: str = "main"
    signature: str = "VALID"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """A force push that takes the last commit of a branch away."""

    day: int
    by: str
    base: str = "main"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fork:
    """A release branch is made from the default one."""

    day: int
    branch: str


Told = Story | Push | Rewrite | Fork


@dataclass(slots=True)
class Teller:
    """Fills one repository with what is told, in order of days."""

    repository: str
    today: date
    emails: dict[str, str]
    commits: dict[str, Commit] = field(default_factory=dict)
    branches: dict[str, str] = field(default_factory=dict)
    requests: list[ChangeRequest] = field(default_factory=list)
    pushes: list[ForcePush] = field(default_factory=list)

    def tell(self, stories: Iterable[Told], *, founder: str, founded: int) -> None:
        """Make the first commit, and then everything else."""
        first = self._commit("Begin", founder, (), self._at(founded, 0), founder)
        self.branches["main"] = first
        for story in sorted(stories, key=lambda each: each.day):
            match story:
                case Story():
                    self._request(story)
                case Push():
                    self._push(story)
                case Rewrite():
                    self._rewrite(story)
                case Fork():
                    self.branches[story.branch] = self.branches["main"]

    def _at(self, day: int, minutes: int) -> str:
        start = datetime.combine(self.today, time(), UTC)
        return written(start + timedelta(days=day, minutes=_OPENING + minutes))

    def _commit(
        self,
        title: str,
        author: str,
        parents: tuple[str, ...],
        at: str,
        signer: str,
        *,
        signature: str = "VALID",
        lines: tuple[int, int, int] = (24, 8, 2),
    ) -> str:
        text = "\0".join((self.repository, str(len(self.commits)), title, author, *parents))
        oid = sha1(text.encode(), usedforsecurity=False).hexdigest()
        self.commits[oid] = Commit(
            oid=oid,
            repository=self.repository,
            parents=parents,
            headline=title,
            author=author,
            email=self.emails[author],
            committer=signer or author,
            authored=at,
            committed=at,
            signature=signature,
            signer=signer if signature != "UNSIGNED" else "",
            added=lines[0],
            removed=lines[1],
            files=lines[2],
        )
        return oid

    def _push(self, push: Push) -> None:
        self.branches[push.base] = self._commit(
            push.title,
            push.by,
            (self.branches[push.base],),
            self._at(push.day, 0),
            push.by,
            signature=push.signature,
        )

    def _rewrite(self, rewrite: Rewrite) -> None:
        before = self.branches[rewrite.base]
        after = self.commits[before].parents[0]
        self.branches[rewrite.base] = after
        self.pushes.append(
            ForcePush(
                actor=rewrite.by,
                at=self._at(rewrite.day, 0),
                before=before,
                after=after,
                ref=f"refs/heads/{rewrite.base}",
            )
        )

    def _request(self, story: Story) -> None:
        works = story.works or (Work(by=story.author),)
        oids = self._worked(story, works)
        number = len(self.requests) + 1
        done = story.merged is not None
        queued = story.method == QUEUE
        self.requests.append(
            ChangeRequest(
                number=number,
                repository=self.repository,
                title=story.title,
                author=story.author,
                base=story.base,
                branch=f"{story.author}/{number}",
                opened=self._at(story.day, 0),
                commits=oids,
                reviews=tuple(self._reviews(story, works, oids, number)),
                landed=self._landed(story, oids, number) if done else (),
                merged=self._at(story.day, story.merged or 0) if done else "",
                merged_by=(QUEUE_BOT if queued else story.merged_by or story.author)
                if done
                else "",
                queued=queued,
                pushes=tuple(self._forced(story, oids, number)),
                added=story.lines[0],
                removed=story.lines[1],
                files=story.lines[2],
            )
        )

    def _worked(self, story: Story, works: tuple[Work, ...]) -> tuple[str, ...]:
        tip, oids = self.branches[story.base], list[str]()
        for index, work in enumerate(works):
            title = work.title or (story.title if index == 0 else f"Answer remarks ({index})")
            moment = self._at(story.day, work.at)
            tip = self._commit(
                title,
                work.by,
                (tip,),
                moment,
                work.by,
                signature=work.signature,
                lines=story.lines,
            )
            oids.append(tip)
        return tuple(oids)

    def _reviews(
        self, story: Story, works: tuple[Work, ...], oids: tuple[str, ...], number: int
    ) -> Iterable[Review]:
        for index, opinion in enumerate(story.reviews):
            seen = [oid for oid, work in zip(oids, works, strict=True) if work.at <= opinion.at]
            yield Review(
                number=number * 100 + index,
                author=opinion.by,
                state=opinion.state,
                oid=seen[-1],
                at=self._at(story.day, opinion.at),
                comments=opinion.comments,
            )

    def _landed(self, story: Story, oids: tuple[str, ...], number: int) -> tuple[str, ...]:
        at = self._at(story.day, story.merged or 0)
        tip = self.branches[story.base]
        by = story.merged_by or story.author
        if story.method == REBASE:  # what GitHub rebases is signed by nobody
            landed = []
            for oid in oids:
                kept = self.commits[oid]
                tip = self._commit(kept.headline, kept.author, (tip,), at, by, signature="UNSIGNED")
                landed.append(tip)
        elif story.method == MERGE:
            title = f"Merge pull request #{number} from {story.author}/{number}"
            landed = [self._commit(title, by, (tip, oids[-1]), at, WEB_FLOW)]
        else:
            title = f"{story.title} (#{number})"
            landed = [self._commit(title, story.author, (tip,), at, WEB_FLOW, lines=story.lines)]
        self.branches[story.base] = landed[-1]
        return tuple(landed)

    def _forced(self, story: Story, oids: tuple[str, ...], number: int) -> Iterable[ForcePush]:
        if story.rewritten is not None:
            yield ForcePush(
                actor=story.author,
                at=self._at(story.day, story.rewritten),
                before=oids[0],
                after=oids[-1],
                ref=f"refs/heads/{story.author}/{number}",
            )


def written(moment: datetime) -> str:
    """Return a moment as GitHub writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
