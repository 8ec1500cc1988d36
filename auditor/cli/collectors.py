"""List every kind of resource that is collected: calls, permissions and fact tables."""

import argparse

from auditor.cli.flags import add_json
from auditor.cli.permissions import permissions_of
from auditor.cli.terminal import print_json, print_table
from auditor.collect.registry import load_collectors
from auditor.model import Json
from auditor.spec import Collector

EXAMPLES = """\
examples:
  auditor collectors
  auditor collectors --json | jq '.[] | select(.service == "s3").operations'
"""


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "--provider",
        choices=("aws", "oci", "github", "provenance", "app"),
        help="only this provider's",
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the registry."""
    found = [
        _described(collector)
        for collector in load_collectors()
        if arguments.provider in (None, collector.provider)
    ]
    if arguments.json:
        print_json(found)
        return 0
    heads = ("kind", "calls", "tables", "title")
    print_table(heads, ((c["kind"], len(c["operations"]), c["tables"], c["title"]) for c in found))
    return 0


def _described(collector: Collector) -> dict[str, Json]:
    calls = collector.calls
    return {
        "kind": collector.kind,
        "provider": collector.provider,
        "service": collector.short_service,
        "title": collector.title,
        "operations": list(dict.fromkeys(call.operation for call in calls)),
        "permissions": sorted({each for call in calls for each in permissions_of(collector, call)}),
        "tables": [table.table for table in collector.tables],
        "source": collector.source,
    }
