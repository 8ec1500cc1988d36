"""The program: ``auditor``, or ``python -m auditor``."""

import os
import sys
from types import TracebackType

from auditor.cli.main import main as run_command_line

CRASHED = 70  # EX_SOFTWARE; Python's own 1 would read as "a control failed"


def main() -> int:
    """Run the command line; a defect of ours ends in an exit code that no result has."""
    sys.excepthook = _crash
    return run_command_line()


def _crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    import traceback  # noqa: PLC0415  # --help must not wait for it

    traceback.print_exception(kind, error, trace)
    sys.stderr.write("error: this is a defect of auditor; what was collected is kept\n")
    sys.stderr.flush()
    os._exit(CRASHED)  # the interpreter would go on to exit with 1


if __name__ == "__main__":
    sys.exit(main())
