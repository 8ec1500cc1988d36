"""Writes docs/cli.md from the parsers themselves.

Run ``python -m auditor.cli.reference > docs/cli.md``.
"""

import argparse
import sys
from collections.abc import Iterator

from auditor.cli.commands import COMMANDS, EXIT_CODES
from auditor.cli.running import build_parser

_HEAD = """\
# The command line

Every command, every argument and every exit code. Written by
`python -m auditor.cli.reference`; a test holds it to the parsers.

Results go to standard output. Progress, notes and errors go to standard error; an error is a line
`error: …` and a line `help: …`. With `--json` standard output holds one JSON value and nothing
else; [json.md](json.md) describes each. `NO_COLOR` is respected. Characters that would act on a
terminal instead of showing, such as U+202E, are shown by their code point.

## Exit codes

| code | meaning |
|---|---|
"""


def reference() -> str:
    """Return the Markdown text."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _HEAD + "\n".join(f"| {code} | {meaning} |" for code, meaning in EXIT_CODES.items())
    yield "| 130 | interrupted; what was collected is kept |"
    for group, commands in COMMANDS.items():
        yield f"\n## {group}"
        for name, _ in commands:
            yield from _command(build_parser(name))


def _command(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield f"\n### {parser.prog}\n"
    yield (parser.description or "").strip()
    inner = _actions_of(parser)
    if not inner:
        yield from _arguments(parser)
    for action, summary in inner:
        yield f"\n#### {action.prog}\n\n{summary}"
        yield from _arguments(action)
    if parser.epilog:
        examples = parser.epilog.removeprefix("examples:\n").rstrip()
        yield "\n```sh\n" + "\n".join(line[2:] for line in examples.splitlines()) + "\n```"


def _actions_of(
    parser: argparse.ArgumentParser,
) -> list[tuple[argparse.ArgumentParser, str]]:
    for action in parser._actions:  # argparse has no other way to ask
        if isinstance(action, argparse._SubParsersAction):
            return [(each, each.description or "") for each in action.choices.values()]
    return []


def _arguments(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield "\n| argument | meaning |\n|---|---|"
    for action in parser._actions:
        if not isinstance(action, argparse._HelpAction):
            yield f"| {_spelling(action)} | {_meaning(action)} |"


def _spelling(action: argparse.Action) -> str:
    value = action.metavar or (
        "\\|".join(map(str, action.choices)) if action.choices else action.dest.upper()
    )
    if not action.option_strings:
        shown = str(value)
        return f"`[{shown}]`" if action.nargs in ("?", "*") else f"`{shown}`"
    takes_value = action.nargs != 0
    return ", ".join(
        f"`{name} {value}`" if takes_value else f"`{name}`" for name in action.option_strings
    )


def _meaning(action: argparse.Action) -> str:
    text = (action.help or "").replace("%(default)s", str(action.default))
    needed = " (required)" if action.required and action.option_strings else ""
    return text + needed


if __name__ == "__main__":
    sys.stdout.write(reference())
