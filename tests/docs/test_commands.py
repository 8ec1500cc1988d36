"""Whatever a page says about commands, flags and exit codes is what the code does."""

import argparse
import re

import pytest

from auditor import errors
from auditor.cli.commands import EXIT_CODES, all_commands
from auditor.cli.running import build_parser
from tests.docs.pages import PAGES, ROOT, Command, shown, spoken


def _actions(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _flags(parser: argparse.ArgumentParser) -> set[str]:
    return {"--verbose", *(flag for action in parser._actions for flag in action.option_strings)}


@pytest.mark.parametrize("command", sorted(set(shown()), key=str), ids=str)
def test_a_command_that_is_shown_can_be_typed(command: Command) -> None:
    """The command's own parser takes every word of it."""
    words = [word for word in command.words if word != "--verbose"]
    if words[0].startswith("-"):
        assert words[0] in ("--help", "--version")
        return
    assert words[0] in all_commands()
    if {"--help", "-h"} & set(words):
        return
    build_parser(words[0]).parse_args(words[1:])


@pytest.mark.parametrize("command", sorted(set(spoken()), key=str), ids=str)
def test_a_command_that_is_named_exists(command: Command) -> None:
    """The command, its action and its flags are there; what follows may be left out."""
    name, *rest = command.text.split()[1:]
    assert name in all_commands()
    parser = build_parser(name)
    actions = _actions(parser)
    if actions and rest and not rest[0].startswith("-"):
        parser = actions[rest[0]]
    assert {word.split("=")[0] for word in rest if word.startswith("--")} <= _flags(parser)


def _subclasses(kind: type[errors.AuditorError]) -> list[type[errors.AuditorError]]:
    return [kind, *(each for child in kind.__subclasses__() for each in _subclasses(child))]


@pytest.mark.parametrize("page", ["README.md", "docs/index.md"])
def test_exit_codes_in_the_guide_are_those_of_the_code(page: str) -> None:
    """The tables of the README and of the user guide have every code, and no other."""
    text = (ROOT / page).read_text(encoding="utf-8")
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", text, flags=re.MULTILINE)}
    assert codes == set(EXIT_CODES)
    assert {kind.exit_code for kind in _subclasses(errors.AuditorError)} <= codes


def test_exit_codes_in_sentences_exist() -> None:
    """A page that speaks of an exit code speaks of one that there is."""
    for path in PAGES:
        text = " ".join(path.read_text(encoding="utf-8").split())
        for code in re.findall(r"[Ee]xit code(?: is)? (\d+)", text):
            assert int(code) in EXIT_CODES, path


def test_what_verify_exits_with_is_what_the_guide_says() -> None:
    """The page on handing over gives the code of a signature that does not hold."""
    text = " ".join((ROOT / "docs/hand-over.md").read_text(encoding="utf-8").split())
    assert f"the exit code is {errors.SignatureError.exit_code}" in text
