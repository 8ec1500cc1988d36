"""The least privilege that collection needs, as statements of an Oracle Cloud IAM policy.

Source: https://docs.oracle.com/en-us/iaas/Content/Identity/Reference/policyreference.htm
"""

from collections.abc import Iterable, Sequence

from auditor.collect.kubernetes.calls import is_of_cluster
from auditor.collect.oci.iam.resources import FAMILIES, VERBS
from auditor.model import LogSource
from auditor.spec import Call, Collector

_AND = " and "
_WHERE = " where "


def grants_of(call: Call) -> tuple[str, ...]:
    """Return what a call needs, all of it: 'inspect buckets', or '{NAME} where condition'."""
    return tuple(call.permission.split(_AND)) if call.permission else ()


def least_privilege(
    collectors: Iterable[Collector], group: str, logs: Sequence[LogSource] = ()
) -> tuple[str, ...]:
    """Return policy statements that let a group make every call of these collectors.

    A stronger verb implies the weaker ones, and a family its members, so each resource type is
    named once.

    Args:
        group: name of the group, with its domain ('Domain'/'Group') where there is one.
        logs: log sources whose buckets it may also read, and no other bucket.
    """
    verbs: dict[str, str] = {}
    others: set[str] = set()
    asked = {each for one in collectors for call in one.calls for each in grants_of(call)}
    for grant in {each for each in asked if not is_of_cluster(each)}:
        verb, _, resource = grant.partition(" ")
        if verb not in VERBS or _WHERE in grant:
            others.add(grant)
        elif VERBS.index(verb) >= VERBS.index(verbs.get(resource, VERBS[0])):
            verbs[resource] = verb
    granted = {f"{verb} {word}" for word, verb in verbs.items() if not _covered(word, verb, verbs)}
    own = sorted(_statement(group, each) for each in granted | others)
    return (*own, *sorted(_statement(group, each) for each in _log_grants(logs)))


def _log_grants(logs: Sequence[LogSource]) -> set[str]:
    """Return what reads logs: objects of their buckets, or the events that Audit hands out."""
    theirs = [log for log in logs if log.kind.startswith("oci") and not log.folder]
    grants = {
        f"{{OBJECT_INSPECT, OBJECT_READ}}{_WHERE}target.bucket.name = '{log.bucket}'"
        for log in theirs
        if log.bucket
    }
    asked = {"read audit-events"} if any(not log.bucket for log in theirs) else set()
    return grants | asked


def _covered(resource: str, verb: str, verbs: dict[str, str]) -> bool:
    """Whether a family that is granted gives as much of one of its members."""
    return any(
        resource in members and VERBS.index(verbs[family]) >= VERBS.index(verb)
        for family, members in FAMILIES.items()
        if family in verbs
    )


def _statement(group: str, grant: str) -> str:
    what, where, condition = grant.partition(_WHERE)
    return f"Allow group {group} to {what} in tenancy{where}{condition}"
