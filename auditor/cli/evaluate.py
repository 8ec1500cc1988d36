"""Turn a bundle's evidence into facts and hold them against its policies.

Needs no cloud and no network. Writes facts/ and results.json into the bundle. Given several
collections, shards of one or of different targets, it first joins them into a new bundle.
"""

import argparse
from pathlib import Path

import msgspec

from auditor.cli import stages
from auditor.cli.flags import add_json, add_quiet
from auditor.cli.results import exit_code, print_results
from auditor.cli.terminal import print_json
from auditor.errors import AuditorError

EXAMPLES = """\
examples:
  auditor evaluate audits/audit-ID
  auditor evaluate shards/1 shards/2 shards/3 --output audits/audit-ID
  auditor evaluate audits/audit-ID --json | jq '.controls[] | {id, verdict}'
"""


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "bundles", type=Path, nargs="+", metavar="BUNDLE", help="folder of a bundle"
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FOLDER",
        help="new folder in which to join several collections; must not exist",
    )
    add_json(parser)
    add_quiet(parser)


def run(arguments: argparse.Namespace) -> int:
    """Evaluate; the exit code is that of the results."""
    quiet = arguments.quiet or arguments.json
    bundle = arguments.output or arguments.bundles[0]
    if arguments.output:
        stages.merge(arguments.bundles, bundle, quiet=quiet)
    elif len(arguments.bundles) > 1:
        problem = AuditorError("several collections have to be joined before they are evaluated")
        problem.advice = "name a new folder for the whole with --output"
        raise problem
    results = stages.evaluate(bundle, quiet=quiet)
    if arguments.json:
        print_json(msgspec.to_builtins(results))
    elif not arguments.quiet:
        print_results(results)
    return exit_code(results)
