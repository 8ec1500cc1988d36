"""Write report.html, report.pdf and results.sarif from a bundle's results and facts.

Needs no cloud and no network.
"""

import argparse

from auditor.cli import stages
from auditor.cli.flags import add_bundle, add_quiet
from auditor.cli.terminal import print_line

EXAMPLES = """\
examples:
  auditor report audits/audit-ID
"""


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_bundle(parser)
    add_quiet(parser)


def run(arguments: argparse.Namespace) -> int:
    """Render, and print the paths of the reports."""
    for path in stages.render(arguments.bundle, quiet=arguments.quiet):
        print_line(str(path))
    return 0
