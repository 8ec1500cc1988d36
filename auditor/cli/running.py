"""Runs one command: parses its arguments, calls it, and prints what went wrong."""

import argparse
import importlib
import io
import os
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn, Protocol

from auditor.cli.terminal import plain_lines
from auditor.errors import AuditorError

INTERRUPTED = 130  # 128 + SIGINT, as shells count
_EXTRAS = {
    "boto3": "aws",
    "botocore": "aws",
    "githubkit": "github",
    "oci": "oci",
    "lief": "apps",
    "sigstore": "provenance",
    "moto": "demo",
}
LOST_READER = 141  # 128 + SIGPIPE


class Command(Protocol):
    """What the module of a command holds."""

    def declare(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's arguments."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do the work and return the exit code."""


class Parser(argparse.ArgumentParser):
    """Refuses wrong usage in the words of all our errors."""

    def error(self, message: str) -> NoReturn:
        """Raise the message instead of printing usage and leaving."""
        problem = AuditorError(message)
        problem.advice = f"run '{self.prog} --help'"
        raise problem


def build_parser(name: str) -> argparse.ArgumentParser:
    """Return the parser of one command; its defaults hold the function to ``run``."""
    command: Command = importlib.import_module(f"auditor.cli.{name}")
    parser = Parser(
        prog=f"auditor {name}",
        description=command.__doc__,
        epilog=getattr(command, "EXAMPLES", None),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(run=command.run)
    command.declare(parser)
    return parser


def run_command(name: str, arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; errors of ours go to standard error."""
    try:
        return _work(name, arguments)
    except AuditorError as error:
        if "--verbose" in arguments:
            sys.stderr.write(plain_lines("".join(traceback.format_exception(error))))
        return _refuse(str(error), error.advice, error.exit_code)
    except ModuleNotFoundError as error:
        needed = (error.name or "").partition(".")[0]
        if needed not in _EXTRAS:
            raise
        advice = f"pip install 'auditor[{_EXTRAS[needed]}]'"
        return _refuse(f"{needed} is not installed", advice, AuditorError.exit_code)
    except KeyboardInterrupt:
        return _refuse(
            "interrupted",
            "what was collected is kept; --bundle FOLDER goes on with it",
            INTERRUPTED,
        )
    except BrokenPipeError:
        # Nobody reads any more; without this the interpreter complains once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return LOST_READER


def _work(name: str, arguments: Sequence[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal may not know every character
            stream.reconfigure(errors="backslashreplace")
    parser = build_parser(name)
    for each in _leaves(parser):
        each.add_argument("--verbose", action="store_true", help="show where an error arose")
    try:
        parsed = parser.parse_args(arguments)
    except SystemExit:  # argparse, after --help
        return 0
    code: int = parsed.run(parsed)
    sys.stdout.flush()
    return code


def _refuse(message: str, advice: str, code: int) -> int:
    sys.stderr.write(f"error: {plain_lines(message)}\nhelp: {plain_lines(advice)}\n")
    return code


def _leaves(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    """Return the parsers that end in work: the actions of a command, or the command itself."""
    for action in parser._actions:  # argparse has no other way to ask
        if isinstance(action, argparse._SubParsersAction):
            return list(action.choices.values())
    return [parser]
