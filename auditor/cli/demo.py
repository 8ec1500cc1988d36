"""Audit two embedded clouds with planted breaches: an AWS organisation and an OCI tenancy.

Needs no account and no network. Exit code 0 means that the demonstration worked, whatever its
controls say.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from auditor.cli.flags import add_json, add_quiet
from auditor.cli.progress import TerminalProgress
from auditor.cli.results import exit_code
from auditor.cli.terminal import print_json, print_line
from auditor.report.words import MARKS
from auditor.results import Verdict

if TYPE_CHECKING:
    from auditor.demo.run import Outcome

EXAMPLES = """\
examples:
  auditor demo
  auditor demo --output build/demo
"""
_AFTER = "Deriving facts, evaluating policies, writing and signing the report …"


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "--output",
        "-o",
        type=Path,
        default=Path("build/demo"),
        metavar="FOLDER",
        help="folder to write the bundle into (default: %(default)s)",
    )
    add_json(parser)
    add_quiet(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run the demonstration and say what it found and what to open."""
    from auditor.demo.run import run_demo  # noqa: PLC0415  # help needs no simulator

    quiet = arguments.quiet or arguments.json
    with TerminalProgress(quiet=quiet, after=_AFTER) as progress:
        outcome = run_demo(arguments.output, progress)
    if arguments.json:
        print_json(
            {
                "bundle": str(outcome.bundle),
                "exit_code": exit_code(outcome.results),
                "steps": msgspec.to_builtins(outcome.steps),
                "results": msgspec.to_builtins(outcome.results),
            }
        )
    elif not arguments.quiet:
        _show(outcome)
    return 0


def _show(outcome: "Outcome") -> None:
    for commitment in outcome.results.commitments:
        answer = MARKS[commitment.verdict].word
        print_line(f"{commitment.id}  {answer:<14} {commitment.title}")
    controls = outcome.results.controls
    failed = sum(control.verdict is Verdict.FAIL for control in controls)
    untold = sum(control.verdict is Verdict.INDETERMINATE for control in controls)
    print_line(f"Of {len(controls)} controls {failed} failed and {untold} could not be told.")
    held = sum(step.held is True for step in outcome.steps)
    print_line(
        f"Signed with a key made for this run: {held} of {len(outcome.steps)} steps of the check "
        "hold, the others are open."
    )
    print_line(f"Open:  {outcome.bundle / 'report.html'}")
    print_line(f"Check: auditor verify {outcome.bundle} --replay")
