"""Reading the text of one policy expression into a tree, and saying where it is wrong."""

from dataclasses import dataclass
from typing import ClassVar

import sqlglot
from sqlglot import exp
from sqlglot.dialects import DuckDB
from sqlglot.errors import SqlglotError

_LONGEST = 2_000


class _PolicyDialect(DuckDB):  # type: ignore[misc]  # sqlglot does not type it
    """DuckDB's dialect without its $-quoted strings, which swallow text between parameters."""

    class Tokenizer(DuckDB.Tokenizer):  # type: ignore[misc]
        """Takes every ``$`` for the start of a parameter."""

        HEREDOC_STRINGS: ClassVar[list[str | tuple[str, str]]] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong in an expression; ``offset`` counts characters from its start."""

    offset: int
    message: str
    hint: str = ""


class ExpressionError(Exception):
    """All that is wrong in one expression; the loader turns it into faults with places."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


def parse(text: str) -> exp.Expression:
    """Parse one expression, unchecked.

    Raises:
        ExpressionError: it is not a single expression of SQL.
    """
    if len(text) > _LONGEST:
        raise ExpressionError([Problem(offset=0, message=f"is longer than {_LONGEST} characters")])
    odd = next((at for at, mark in enumerate(text) if mark < " " and mark not in "\n\t"), None)
    if odd is not None:
        raise ExpressionError([Problem(offset=odd, message="holds a control character")])
    try:
        parsed = sqlglot.parse(text, read=_PolicyDialect)
    except SqlglotError as error:
        raise ExpressionError([_syntax_problem(text, error)]) from error
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError) as error:
        message = "is not an expression that can be read"
        raise ExpressionError([Problem(offset=0, message=message)]) from error
    if len(parsed) != 1 or not isinstance(parsed[0], exp.Expression):
        raise ExpressionError([Problem(offset=0, message="is not one expression")])
    return parsed[0]


def _syntax_problem(text: str, error: SqlglotError) -> Problem:
    detail = (getattr(error, "errors", None) or [{}])[0]
    line, column = detail.get("line") or 1, detail.get("col") or 1
    before = text.split("\n")[: line - 1]
    offset = sum(len(part) + 1 for part in before) + column - 1
    word = detail.get("highlight") or ""
    message = f"is not an expression: stuck at {word!r}" if word else "is not an expression"
    return Problem(
        offset=max(0, min(offset - max(len(word) - 1, 0), len(text))),
        message=message,
        hint="an expression is one condition, such as store.country in $approved_countries",
    )


def offset_of(node: exp.Expression, text: str) -> int:
    """Where a node begins in the text, as well as the parser remembers."""
    starts = [part.meta["start"] for part in node.walk() if "start" in part.meta]
    if starts:
        return int(min(starts))
    if isinstance(node, exp.Placeholder):
        return max(text.find(f"${node.this}"), 0)
    return 0
