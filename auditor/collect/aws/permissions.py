"""The least privilege that collection needs, as IAM policy documents.

Sources:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

import json
from collections.abc import Iterable, Iterator, Sequence

from auditor.collect.kubernetes.calls import is_of_cluster
from auditor.model import Json, LogSource
from auditor.spec import Collector

# Actions that would let read a customer's own data, and the only resources that we need of them.
_NARROW = {
    "cassandra:Select": ("ReadListOfKeyspaces", "arn:aws:cassandra:*:*:/keyspace/system*"),
    "ssm:GetParametersByPath": (
        "ReadListsOfServices",
        "arn:aws:ssm:*::parameter/aws/service/global-infrastructure/*",
    ),
}

LONGEST = 6_144  # characters of a managed policy; IAM does not count white space
_FRAME = {"Version": "2012-10-17", "Statement": []}
# What the SDK asks by itself before a call: where the service answers the account.
_IMPLIED = {"timestream:ListDatabases": "timestream:DescribeEndpoints"}


def least_privilege(
    collectors: Iterable[Collector],
    organization_role: str | None = None,
    logs: Sequence[LogSource] = (),
) -> tuple[Json, ...]:
    """Return the policies that together let a role make every call of these collectors.

    Each fits into a managed policy; all have to be attached.

    Args:
        organization_role: name of a role in the member accounts that it may also assume.
        logs: log sources whose buckets it may also read, and no other bucket.
    """
    documents: list[dict[str, Json]] = []
    own = _statements(frozenset(actions_of(collectors)), organization_role)
    for statement in (*own, *_read_logs(logs)):
        if not documents or length_of(_with(documents[-1], statement)) > LONGEST:
            documents.append({**_FRAME})
        documents[-1] = _with(documents[-1], statement)
    return tuple(documents)


def actions_of(collectors: Iterable[Collector]) -> tuple[str, ...]:
    """Return the actions of IAM that these collectors need, sorted."""
    needed = {call.permission for collector in collectors for call in collector.calls} - {""}
    actions = {each for each in needed if not is_of_cluster(each)}
    actions |= {more for action, more in _IMPLIED.items() if action in actions}
    return tuple(sorted(actions))


def length_of(document: Json) -> int:
    """Return how many characters IAM counts of a policy."""
    return len(json.dumps(document, separators=(",", ":")))


def _with(document: dict[str, Json], statement: Json) -> dict[str, Json]:
    return {**document, "Statement": [*document["Statement"], statement]}


def _statements(actions: frozenset[str], organization_role: str | None) -> Iterator[Json]:
    yield from _reads(sorted(actions - _NARROW.keys()))
    for action, (sid, resource) in _NARROW.items():
        if action in actions:
            yield _allow(sid, action, resource)
    if organization_role:
        role = f"arn:aws:iam::*:role/{organization_role}"
        yield _allow("EnterMemberAccounts", "sts:AssumeRole", role)


def _read_logs(logs: Sequence[LogSource]) -> Iterator[Json]:
    """Yield what reads the buckets of logs: the one content of objects that an audit needs."""
    buckets = sorted({(log.bucket, log.prefix) for log in logs if log.bucket and _is_aws(log)})
    for number, (bucket, prefix) in enumerate(buckets, start=1):
        arn = f"arn:aws:s3:::{bucket}"
        yield _allow(f"ListLogs{number}", "s3:ListBucket", arn)
        yield _allow(f"ReadLogs{number}", "s3:GetObject", f"{arn}/{prefix}*")


def _is_aws(log: LogSource) -> bool:
    return not log.kind.startswith("oci")


def _reads(actions: list[str]) -> Iterator[Json]:
    """Yield statements that allow these actions, each as long as a policy lets it be."""
    several: list[str] = []
    for action in actions:
        if length_of(_with(_FRAME, _allow("Audit", [*several, action], "*"))) > LONGEST:
            yield _allow("Audit", several, "*")
            several = []
        several = [*several, action]
    if several:
        yield _allow("Audit", several, "*")


def _allow(sid: str, action: str | list[str], resource: str) -> Json:
    return {"Sid": sid, "Effect": "Allow", "Action": action, "Resource": resource}
