"""Print the least that an audit must be allowed, made from the declarations of what it calls.

For AWS an IAM policy document; for Oracle Cloud policy statements. Everything in them reads.
"""

import argparse
from collections.abc import Iterable, Iterator, Mapping

from auditor.cli.flags import add_json
from auditor.cli.terminal import print_json, print_line
from auditor.collect.registry import load_collectors
from auditor.model import Json
from auditor.spec import Collector

EXAMPLES = """\
examples:
  auditor permissions aws > auditor-policy.json
  auditor permissions aws --organization-role AuditorReadOnly
  auditor permissions oci --group Auditors
"""
_VERBS = ("inspect", "read", "use", "manage")  # each includes those before it


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("provider", choices=("aws", "oci"), help="whose permissions")
    parser.add_argument(
        "--organization-role",
        metavar="ROLE",
        help="AWS: also allow to assume this role in the member accounts",
    )
    parser.add_argument(
        "--group", default="Auditors", metavar="NAME", help="OCI: group (default: %(default)s)"
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the permissions in the provider's own form, or as a list for programs."""
    needed = _needed(c for c in load_collectors() if c.provider == arguments.provider)
    if arguments.json:
        print_json(
            [{"permission": name, "operations": sorted(calls)} for name, calls in needed.items()]
        )
    elif arguments.provider == "aws":
        print_json(aws_policy(needed, arguments.organization_role))
    else:
        for statement in oci_statements(needed, arguments.group):
            print_line(statement)
    return 0


def _needed(collectors: Iterable[Collector]) -> dict[str, set[str]]:
    """Return permission -> operations that need it, sorted by permission."""
    found: dict[str, set[str]] = {}
    for collector in collectors:
        for call in collector.calls:
            if call.permission:
                found.setdefault(call.permission, set()).add(call.operation)
    return dict(sorted(found.items()))


def aws_policy(permissions: Iterable[str], organization_role: str | None = None) -> dict[str, Json]:
    """Return an IAM policy document (version 2012-10-17) with these actions."""
    statements: list[dict[str, Json]] = [
        {"Sid": "Audit", "Effect": "Allow", "Action": sorted(permissions), "Resource": "*"}
    ]
    if organization_role:
        statements.append(
            {
                "Sid": "EnterMemberAccounts",
                "Effect": "Allow",
                "Action": "sts:AssumeRole",
                "Resource": f"arn:aws:iam::*:role/{organization_role}",
            }
        )
    return {"Version": "2012-10-17", "Statement": statements}


def oci_statements(permissions: Iterable[str], group: str) -> Iterator[str]:
    """Yield policy statements; of two verbs for one resource type, only the wider."""
    for permission in _widest(permissions):
        what, where, condition = permission.partition(" where ")
        yield f"Allow group {group} to {what} in tenancy{where}{condition}"


def _widest(permissions: Iterable[str]) -> list[str]:
    widest: dict[str, str] = {}
    rest = []
    for permission in permissions:
        verb, _, resource = permission.partition(" ")
        if verb not in _VERBS or " where " in resource:
            rest.append(permission)
        elif resource not in widest or _rank(widest, resource) < _VERBS.index(verb):
            widest[resource] = verb
    return [*(f"{verb} {resource}" for resource, verb in sorted(widest.items())), *sorted(rest)]


def _rank(widest: Mapping[str, str], resource: str) -> int:
    return _VERBS.index(widest[resource])
