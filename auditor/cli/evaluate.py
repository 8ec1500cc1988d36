"""Turn a bundle's evidence into facts and hold them against its policies.

Needs no cloud and no network. Writes facts/ and results.json into the bundle.
"""

import argparse

import msgspec

from auditor.cli import stages
from auditor.cli.flags import add_bundle, add_json, add_quiet
from auditor.cli.results import exit_code, print_results
from auditor.cli.terminal import print_json

EXAMPLES = """\
examples:
  auditor evaluate audits/audit-ID
  auditor evaluate audits/audit-ID --json | jq '.controls[] | {id, verdict}'
"""


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_bundle(parser)
    add_json(parser)
    add_quiet(parser)


def run(arguments: argparse.Namespace) -> int:
    """Evaluate; the exit code is that of the results."""
    results = stages.evaluate(arguments.bundle, quiet=arguments.quiet or arguments.json)
    if arguments.json:
        print_json(msgspec.to_builtins(results))
    elif not arguments.quiet:
        print_results(results)
    return exit_code(results)
