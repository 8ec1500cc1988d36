"""Print the least that an audit must be allowed, made from the declarations of what it calls.

For AWS the documents of IAM policies, one a line, each short enough for a managed policy; for
Oracle Cloud policy statements, for GitHub the permissions of an App or a fine-grained token.
Everything in them reads; what GitHub shows to writers only is named as a comment. What a Kubernetes
cluster itself has to grant is printed as one JSON document, which kubectl apply -f takes.
"""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from auditor.cli import stages
from auditor.cli.flags import add_json
from auditor.cli.terminal import print_json, print_line
from auditor.collect.aws import permissions as aws
from auditor.collect.github import permissions as github
from auditor.collect.kubernetes import permissions as kubernetes
from auditor.collect.kubernetes.calls import SERVICE as KUBERNETES
from auditor.collect.oci import permissions as oci
from auditor.collect.registry import load_collectors
from auditor.errors import AuditorError
from auditor.model import Json
from auditor.spec import Call, Collector

PROVIDERS = ("aws", "oci", "github", KUBERNETES)
EXAMPLES = """\
examples:
  auditor permissions aws
  auditor permissions aws --folder grants
  auditor permissions aws --organization-role AuditorReadOnly
  auditor permissions aws --logs audit.yaml
  auditor permissions oci --group Auditors
  auditor permissions github
  auditor permissions kubernetes --group auditors | kubectl apply -f -
"""


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("provider", choices=PROVIDERS, help="whose permissions")
    parser.add_argument(
        "--organization-role",
        metavar="ROLE",
        help="AWS: also allow to assume this role in the member accounts",
    )
    parser.add_argument(
        "--folder",
        metavar="FOLDER",
        type=Path,
        help="AWS: write each document into a file of its own there: auditor-1.json and so on",
    )
    parser.add_argument(
        "--group",
        default="Auditors",
        metavar="NAME",
        help="OCI, Kubernetes: group (default: %(default)s)",
    )
    parser.add_argument(
        "--logs",
        type=Path,
        metavar="FILE",
        help="also allow to read the audit logs that this audit.yaml names, in their buckets only",
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the permissions in the provider's own form, or as a list for programs."""
    collectors = [c for c in load_collectors() if c.provider == arguments.provider]
    logs = stages.load(arguments.logs).logs if arguments.logs else ()
    if arguments.json:
        print_json(_listed(arguments.provider))
    elif arguments.provider == "aws":
        documents = aws.least_privilege(collectors, arguments.organization_role, logs)
        _print_policies(documents, arguments.folder)
    elif arguments.provider == "oci":
        for statement in oci.least_privilege(collectors, arguments.group, logs):
            print_line(statement)
    elif arguments.provider == KUBERNETES:
        granted = kubernetes.least_privilege(arguments.group)
        print_line(json.dumps(granted, separators=(",", ":")))
    else:
        for permission in github.least_privilege(collectors):
            print_line(permission)
        for permission in github.shown_to_writers(collectors):
            print_line(f"# {permission} (GitHub shows bypasses and earlier rules to writers only)")
    return 0


def _print_policies(documents: Iterable[Json], folder: Path | None) -> None:
    """Print the documents, one a line, or write each into a file and print its name."""
    for number, document in enumerate(documents, start=1):
        if folder is None:
            print_line(json.dumps(document, separators=(",", ":")))
        else:
            print_line(str(_written(document, folder / f"auditor-{number}.json")))


def _written(document: Json, path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise AuditorError(f"{path} cannot be written: {error.strerror}") from error
    return path


def permissions_of(collector: Collector, call: Call) -> tuple[str, ...]:
    """Return the permissions of a call, apart: IAM actions, or what statements or Apps grant."""
    if collector.provider == "aws":
        return tuple(call.permission.split())
    return oci.grants_of(call) if collector.provider == "oci" else github.grants_of(call)


def _listed(provider: str) -> list[dict[str, Json]]:
    """Return what is granted by a provider, or in clusters, with the calls that need it."""
    found: dict[str, set[str]] = {}
    for collector in load_collectors():
        for call in collector.calls:
            grants = KUBERNETES if call.service == KUBERNETES else collector.provider
            for permission in permissions_of(collector, call) if grants == provider else ():
                found.setdefault(permission, set()).add(call.operation)
    return [
        {"permission": name, "operations": sorted(calls)} for name, calls in sorted(found.items())
    ]
