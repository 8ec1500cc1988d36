"""Runs one command and turns every error of ours into two lines and an exit code."""

import sys
from collections.abc import Sequence

from auditor.cli.commands import all_commands, overview

INTERRUPTED = 130  # 128 + SIGINT, as shells count


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        sys.stdout.write(overview())
        return 0 if arguments else 2
    if arguments[0] in ("-V", "--version"):
        from auditor.cli.version import tool_version  # noqa: PLC0415  # slow to find out

        sys.stdout.write(f"auditor {tool_version()}\n")
        return 0
    if arguments[0] not in all_commands():
        return _unknown(arguments[0])
    from auditor.cli.running import run_command  # noqa: PLC0415  # --help must not wait for it

    return run_command(arguments[0], arguments[1:])


def _unknown(word: str) -> int:
    from auditor.cli.terminal import plain  # noqa: PLC0415
    from auditor.documents.hints import suggest  # noqa: PLC0415

    hint = suggest(word, all_commands()) or "run 'auditor --help' to see the commands"
    sys.stderr.write(f"error: there is no command '{plain(word)}'\nhelp: {hint}\n")
    return 2
