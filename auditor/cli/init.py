"""Write a commented audit.yaml to start from. Edit it, then run 'auditor audit'."""

import argparse
import importlib.resources
from pathlib import Path

from auditor.cli.flags import add_quiet
from auditor.cli.terminal import note
from auditor.errors import AuditorError

EXAMPLES = """\
examples:
  auditor init
  auditor init audits/production.yaml
"""


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "path",
        type=Path,
        nargs="?",
        default=Path("audit.yaml"),
        metavar="FILE",
        help="file to write (default: %(default)s)",
    )
    parser.add_argument("--force", action="store_true", help="replace a file that is there")
    add_quiet(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the file, unless there is one."""
    start = importlib.resources.files("auditor.config").joinpath("start.yaml").read_bytes()
    try:
        with arguments.path.open("wb" if arguments.force else "xb") as file:
            file.write(start)
    except FileExistsError as error:
        problem = AuditorError(f"{arguments.path} is there already")
        problem.advice = "name another file, or replace it with --force"
        raise problem from error
    except OSError as error:
        raise AuditorError(f"{arguments.path} cannot be written: {error.strerror}") from error
    for line in (
        f"Wrote {arguments.path}. Edit it; then:",
        "  auditor permissions aws       what to grant to the auditing role",
        f"  auditor doctor --config {arguments.path}",
        f"  auditor audit --config {arguments.path}",
    ):
        note(line, quiet=arguments.quiet)
    return 0
