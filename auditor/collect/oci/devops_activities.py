"""What was done to a pull request of OCI DevOps, and what follows from the order of it.

The service tells who pushed which commits to a request, who approved it, and when. On which commit
an approval is, follows from the pushes before and after it; its own moment decides.

API: https://docs.oracle.com/en-us/iaas/api/#/en/devops/20210630/PullRequestActivitySummary
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from auditor.collect.oci.devops_commits import hash_in, parents_of
from auditor.collect.oci.reading import entries, moment
from auditor.model import Json, Unknown
from auditor.spec import dig
from auditor.tables import Maybe

_NO_PRINCIPAL = Unknown("the answer does not say who did it")
_ONE_MOMENT = Unknown("a push and the approval are of the same moment")
_NO_MOMENT = Unknown("a push, or the approval, is of no moment that can be read")
_NO_TIP = Unknown("the pushes do not say which commit was the last before them")
_ODD_END = Unknown("the last push does not end with the request's last commit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """One push to the branch that a request is to be merged from.

    Attributes:
        after: the branch's last commit after it, before: the one before; '' if not told.
    """

    at: str
    who: Maybe[str]
    after: str
    before: str
    rewrote: bool


def principal_in(value: Json) -> Maybe[str]:
    """Return whom a description of a principal is of."""
    found = dig(value, "principalId")
    return found if isinstance(found, str) and found else _NO_PRINCIPAL


def of_type(activities: Json, kind: str) -> list[Mapping[str, Json]]:
    """Return the activities of a type."""
    return [each for each in entries(activities) if each.get("activityType") == kind]


def pushes_in(activities: Json) -> Sequence[Push] | Unknown:
    """Return the pushes to a request in their order; unknown if one has no moment."""
    found = []
    for each in of_type(activities, "COMMIT"):
        at = moment(each.get("timeOccurred"))
        if isinstance(at, Unknown):
            return _NO_MOMENT
        added, removed = entries(each.get("commitsAdded")), entries(each.get("commitsRemoved"))
        found.append(
            Push(
                at=at,
                who=principal_in(each.get("principal")),
                after=_tip(added),
                before=_tip(removed) if removed else _base(added),
                rewrote=bool(removed),
            )
        )
    return sorted(found, key=lambda push: push.at)


def approved_commit(activities: Json, at: Maybe[str], head: Maybe[str]) -> Maybe[str]:
    """Return the commit that was a request's last when somebody approved it at a moment.

    Args:
        head: the request's last commit of all.
    """
    pushes = pushes_in(activities)
    if isinstance(pushes, Unknown):
        return pushes
    if isinstance(at, Unknown):
        return at
    if isinstance(head, Unknown):
        return head
    if any(push.at == at for push in pushes):
        return _ONE_MOMENT
    earlier = [push for push in pushes if push.at < at]
    later = [push for push in pushes if push.at > at]
    if not later:
        return head if not earlier or earlier[-1].after == head else _ODD_END
    told = {each for each in (later[0].before, earlier[-1].after if earlier else "") if each}
    return told.pop() if len(told) == 1 else _NO_TIP


def last_moment(activities: Iterable[Mapping[str, Json]], otherwise: Unknown) -> Maybe[str]:
    """Return the latest moment of activities; unknown if there is none, or one is not told."""
    moments = [moment(each.get("timeOccurred")) for each in activities]
    known = [each for each in moments if isinstance(each, str)]
    return max(known) if known and len(known) == len(moments) else otherwise


def _tip(commits: Sequence[Mapping[str, Json]]) -> str:
    """Return the one commit that none of the others follows; '' if there is no such one."""
    followed = {parent for each in commits for parent in parents_of(each) or ()}
    last = {hash_in(each) for each in commits} - followed - {"?"}
    return last.pop() if len(last) == 1 else ""


def _base(commits: Sequence[Mapping[str, Json]]) -> str:
    """Return the one commit that these were put onto; '' if there is no such one."""
    own = {hash_in(each) for each in commits}
    several = [parents_of(each) for each in commits]
    if any(each is None for each in several):
        return ""
    below = {each[0] for each in several if each} - own
    return below.pop() if len(below) == 1 else ""
