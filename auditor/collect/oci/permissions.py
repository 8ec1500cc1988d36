"""The least privilege that collection needs, as statements of an Oracle Cloud IAM policy.

Source: https://docs.oracle.com/en-us/iaas/Content/Identity/Reference/policyreference.htm
"""

from collections.abc import Iterable

from auditor.spec import Collector

_VERBS = ("inspect", "read", "use", "manage")


def least_privilege(collectors: Iterable[Collector], group: str) -> tuple[str, ...]:
    """Return policy statements that let a group make every call of these collectors.

    A stronger verb implies the weaker ones, so each resource type is named once.

    Args:
        group: name of the group, with its domain ('Domain'/'Group') where there is one.
    """
    verbs: dict[str, str] = {}
    others: set[str] = set()
    for permission in {call.permission for collector in collectors for call in collector.calls}:
        verb, _, resource = permission.partition(" ")
        if verb not in _VERBS:
            others.add(permission)
        elif _VERBS.index(verb) >= _VERBS.index(verbs.get(resource, "inspect")):
            verbs[resource] = verb
    granted = {f"{verb} {resource}" for resource, verb in verbs.items()}
    return tuple(sorted(_statement(group, each) for each in granted | others if each))


def _statement(group: str, permission: str) -> str:
    what, where, condition = permission.partition(" where ")
    return f"Allow group {group} to {what} in tenancy{where}{condition}"
