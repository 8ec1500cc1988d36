"""What a terminal is shown: text that cannot trick it, tables, and JSON for programs."""

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence

from auditor.model import Json
from auditor.results import Verdict

# Control, format (bidi, zero width), surrogate, private use, unassigned; line separators.
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_NAMED = "\u2039U+{:04X}\u203a"  # single angle quotation marks, as in the report
STYLES = {
    Verdict.FAIL: "bold red",
    Verdict.INDETERMINATE: "bold yellow",
    Verdict.WAIVED: "magenta",
    Verdict.PASS_ATTESTED: "blue",
    Verdict.PASS: "green",
    Verdict.NOT_APPLICABLE: "dim",
}


def plain(text: str) -> str:
    """Return a text in which characters that act instead of show are named by code point."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_NAMED.format(ord(c)) if unicodedata.category(c) in _HIDDEN else c for c in text)


def plain_lines(text: str) -> str:
    """Do the same, keeping line feeds."""
    return "\n".join(map(plain, text.split("\n")))


def print_json(value: Json) -> None:
    """Print one JSON value to standard output, and nothing else."""
    sys.stdout.write(json.dumps(value, indent=2, default=str) + "\n")


def print_line(text: str = "") -> None:
    """Print a line for people to standard output; a name cannot add another."""
    print(plain(text))


def print_lines(text: str) -> None:
    """Print a text whose line feeds are our own."""
    print(plain_lines(text))


def note(text: str, *, quiet: bool = False) -> None:
    """Print a line about what goes on to standard error."""
    if not quiet:
        print(plain(text), file=sys.stderr)


def warn_of(faults: Iterable[str]) -> None:
    """Say on standard error what is wrong with an archive that is looked into all the same."""
    for fault in faults:
        note(f"warning: {fault}")


def print_table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print columns for people: as wide as the terminal, or unbroken into a file."""
    from rich.console import Console  # noqa: PLC0415  # costs more than most commands
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    rows = [tuple(row) for row in rows]
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for index, head in enumerate(heads):
        numbers = bool(rows) and all(_is_number(row[index]) for row in rows)
        table.add_column(Text(plain(head)), overflow="fold", justify="right" if numbers else "left")
    for row in rows:
        table.add_row(*(Text(_cell(cell), style=_style(cell)) for cell in row))
    console = Console(file=sys.stdout, highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console = Console(file=sys.stdout, highlight=False, width=100_000)
        with console.capture() as capture:
            console.print(table)
        sys.stdout.write("\n".join(line.rstrip() for line in capture.get().split("\n")))
        return
    console.print(table)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _cell(value: object) -> str:
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, list | tuple):
        return ", ".join(map(_cell, value))
    return plain(str(value))


def _style(value: object) -> str:
    return STYLES.get(value, "") if isinstance(value, Verdict) else ""
