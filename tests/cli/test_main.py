"""The frame of the command line: help, errors, exit codes, and how fast it starts."""

import subprocess
import sys
from pathlib import Path

import pytest

from auditor.cli.commands import EXIT_CODES, all_commands, overview
from auditor.cli.main import main
from auditor.cli.running import build_parser

ROOT = Path(__file__).parents[2]


def test_help_names_every_command_and_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    """The overview is complete and goes to standard output."""
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert shown == overview()
    assert all(f"  {name}" in shown for name in all_commands())
    assert all(meaning in shown for meaning in EXIT_CODES.values())


def test_no_command_shows_the_help_as_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """A script that forgot its command fails."""
    assert main([]) == 2
    assert capsys.readouterr().out == overview()


def test_a_misspelt_command_gets_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    """Errors are two lines on standard error, with hostile characters named."""
    assert main(["verfiy"]) == 2
    assert capsys.readouterr() == (
        "",
        "error: there is no command 'verfiy'\nhelp: did you mean 'verify'?\n",
    )
    assert main(["\x1b[2J\u202e"]) == 2
    assert "'\u2039U+001B\u203a[2J\u2039U+202E\u203a'" in capsys.readouterr().err


def test_version_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """The name and the version."""
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("auditor ")


@pytest.mark.parametrize("name", all_commands())
def test_each_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Help of a command has a sentence, examples and --verbose; every argument has words."""
    assert main([name, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "examples:" in shown
    parser = build_parser(name)
    assert parser.description
    assert all(action.help for action in parser._actions if action.option_strings)


def test_wrong_usage_is_an_error_with_help(capsys: pytest.CaptureFixture[str]) -> None:
    """argparse's own usage text does not get in the way."""
    assert main(["collectors", "--nope"]) == 2
    assert capsys.readouterr().err == (
        "error: unrecognized arguments: --nope\nhelp: run 'auditor collectors --help'\n"
    )
    assert main(["permissions", "gcp"]) == 2
    assert main(["policy"]) == 2
    assert main(["policy", "list", "--nope"]) == 2


def test_a_traceback_only_when_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--verbose shows where an error arose."""
    arguments = ["verify", str(tmp_path / "none")]
    assert main(arguments) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert main([*arguments, "--verbose"]) == 2
    assert "Traceback" in capsys.readouterr().err


def test_nobody_reading_is_no_error() -> None:
    """A closed pipe ends the command quietly."""
    command = f"{sys.executable} -m auditor query x | true"
    ended = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, cwd=ROOT, check=False
    )
    assert b"Traceback" not in ended.stderr
    assert b"Exception ignored" not in ended.stderr


def test_a_missing_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An installation without a cloud's SDK says what to install."""
    for name in [name for name in sys.modules if name.startswith("auditor.demo")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "moto", None)
    assert main(["demo"]) == 2
    assert capsys.readouterr().err == (
        "error: moto is not installed\nhelp: pip install 'auditor[demo]'\n"
    )


_HEAVY = ("argparse", "boto3", "botocore", "duckdb", "jinja2", "msgspec", "oci", "pydantic",
          "rich", "ruamel.yaml", "sqlglot", "typst", "cryptography", "dataclasses")  # fmt: skip


def test_help_imports_nothing_heavy() -> None:
    """Start-up of --help loads no SDK, no renderer, no database, not even argparse."""
    script = (
        "import sys\nfrom auditor.__main__ import main\nsys.argv[1:] = ['--help']\nmain()\n"
        f"print([name for name in {_HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert ended.stderr == "[]\n"


def test_verify_imports_no_cloud_and_no_renderer() -> None:
    """Who checks a bundle needs neither."""
    script = (
        "import sys\nfrom auditor.cli.main import main\nmain(['verify', 'none'])\n"
        "names = ('boto3', 'oci', 'duckdb', 'jinja2', 'typst', 'pydantic', 'ruamel.yaml')\n"
        "print([name for name in names if name in sys.modules])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert ended.stdout == "[]\n"
