"""A year of changes that are in order: each approved by a trusted reviewer, on its last commit."""

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.demo.github.people import AOIFE, CARLA, JONAH, LENA, MEI, REVIEWERS
from auditor.demo.github.stories import MERGE, QUEUE, SQUASH, Opinion, Story, Work

_CHANGES = 18  # of each repository
_FIRST, _EVERY = -340, 18  # days
_VERBS = ("Speed up", "Test", "Simplify", "Document", "Mend", "Log less of")
_AUTHORS = (CARLA, LENA, AOIFE, JONAH, MEI)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Habit:
    """What a repository is about, and how requests are merged there."""

    things: tuple[str, str, str]
    methods: tuple[str, ...]


_HABITS = {
    "app-android": _Habit(
        things=("the player", "captions", "the sign-in screen"), methods=(QUEUE, SQUASH)
    ),
    "app-ios": _Habit(things=("the camera", "sharing", "the inbox"), methods=(MERGE,)),
    "build-tools": _Habit(
        things=("the compiler cache", "signing", "the licence check"), methods=(SQUASH,)
    ),
    "feed-ranking": _Habit(
        things=("candidate retrieval", "the ranker", "feature joins"),
        methods=(SQUASH, MERGE),
    ),
    "remote-config": _Habit(
        things=("flag parsing", "staged rollouts", "the schema"), methods=(SQUASH, MERGE)
    ),
    "upload-service": _Habit(
        things=("chunked uploads", "transcoding", "the virus scan"), methods=(SQUASH, MERGE)
    ),
}


def ordinary_stories(repository: str) -> Iterator[Story]:
    """Yield what happens in a repository anyway."""
    habit = _HABITS[repository]
    offset = list(_HABITS).index(repository)
    for index in range(_CHANGES):
        author = _AUTHORS[(index + offset) % len(_AUTHORS)]
        reviewer = REVIEWERS[(index + 2 * offset) % len(REVIEWERS)]
        title = f"{_VERBS[index % len(_VERBS)]} {habit.things[index // len(_VERBS)]}"
        works, reviews = _course(index, author, reviewer)
        yield Story(
            day=_FIRST + offset + index * _EVERY,
            title=title,
            author=author,
            works=works,
            reviews=reviews,
            method=habit.methods[index % len(habit.methods)],
            merged=reviews[-1].at + 30,
            lines=(12 + (index * 53) % 400, (index * 29) % 150, 1 + index % 9),
        )


def _course(index: int, author: str, reviewer: str) -> tuple[tuple[Work, ...], tuple[Opinion, ...]]:
    """Return commits and reviews: approved at once, or after something was asked for."""
    first = 45 + (index * 37) % 300
    if index % 3:
        return (Work(by=author),), (Opinion(by=reviewer, at=first, comments=index % 2),)
    later = first + 50
    return (
        (Work(by=author), Work(by=author, at=later)),
        (
            Opinion(by=reviewer, at=first, state="CHANGES_REQUESTED", comments=2),
            Opinion(by=reviewer, at=later + 40),
        ),
    )
