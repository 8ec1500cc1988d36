"""Writes the reference of tables into the user guide: python -m tests.docs.tables."""

import inspect
from pathlib import Path

from auditor.columns import Column, columns
from auditor.tables import TABLES, Row

PAGE = Path(__file__).parents[2] / "docs/evidence-and-facts.md"
BEGIN = "<!-- tables: written by python -m tests.docs.tables -->"
END = "<!-- end of tables -->"


def reference() -> str:
    """Every table with its columns, as Markdown."""
    return "\n\n".join(_table(table) for table in TABLES)


def _table(table: type[Row]) -> str:
    meaning = inspect.cleandoc(table.__doc__ or "")
    rows = [_row(column) for column in columns(table)]
    head = ["| column | type | unknown? | meaning |", "|---|---|---|---|"]
    return "\n".join([f"### {table.table}", "", meaning, "", *head, *rows])


def _row(column: Column) -> str:
    unknown = "can be" if column.nullable else ""
    meaning = column.meaning.replace("|", "\\|").replace("*", "\\*")
    return f"| `{column.name}` | {column.type} | {unknown} | {meaning} |"


def written(text: str) -> str:
    """The page with the reference as it should be."""
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    return f"{before}{BEGIN}\n\n{reference()}\n\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
