"""A defect of ours must not read as a verdict."""

import subprocess
import sys

_CRASH = """
import sys
import auditor.__main__ as program

def crash():
    raise ZeroDivisionError("defect")

program.run_command_line = crash
sys.exit(program.main())
"""


def test_a_crash_has_an_exit_code_that_no_result_has() -> None:
    """Exit code 1 says that a control failed; a traceback says nothing of the kind."""
    ended = subprocess.run(
        [sys.executable, "-c", _CRASH], capture_output=True, text=True, check=False
    )

    assert ended.returncode == 70
    assert "ZeroDivisionError" in ended.stderr
    assert "a defect of auditor" in ended.stderr
