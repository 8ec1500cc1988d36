"""Writes ``docs/policy-reference.md`` from what the policy engine itself goes by.

python -m auditor.policy.reference docs
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from auditor.columns import columns
from auditor.policy.grammar import COMPARISONS, CONNECTIVES
from auditor.policy.results_file import results_schema
from auditor.policy.schema import manifest_schema, pack_schema
from auditor.policy.vocabulary import (
    BUILT_IN_PARAMETERS,
    FUNCTIONS,
    NUMBER,
    POPULATIONS,
    REFERENCES,
    TABLES_BY_NAME,
    TEXT,
    TEXTS,
    YES_NO,
)

_TYPES = {
    TEXT: "text",
    NUMBER: "number",
    YES_NO: "yes or no",
    TEXTS: "list of text",
    "BIGINT[]": "list of numbers",
    "MAP(VARCHAR, VARCHAR)": "map (not usable in expressions)",
}

_HEAD = """# Policy reference

Generated from the code by `auditor.policy.reference`; a test keeps the two equal.

A control ranges over the rows of one table. `where`, `check` and the pack's `terms` are single
conditions in the dialect of DuckDB. A value that could not be learned is unknown (NULL), and so is
whatever depends on it: true passes, false fails, unknown is indeterminate. Nothing in an expression
can see that a value is unknown.

| row | scope true | scope unknown | scope false |
|---|---|---|---|
| all clauses true | pass | pass (`some`: indeterminate) | out of scope |
| a clause false | fail | indeterminate | out of scope |
| otherwise | indeterminate | indeterminate | out of scope |

A control of `every` fails if a row fails; else it is indeterminate if a row is, if a table that it
reads has an open gap, or if no row is known to be in scope (unless `empty` says otherwise); else it
is waived if a row is; else it passes. A control of `some` passes if one row passes; else it is
indeterminate for the same reasons; else it fails.

## Files of a pack

    policies/<name>/pack.yaml        name, version, title, source, commitments, terms, parameters
    policies/<name>/controls/*.yaml  lists of controls
    policies/<name>/tests/*.yaml     more cases, each with `control`; optional

`auditor policy lint` checks them, `auditor policy test --mutate` runs the cases and shows which
changes of a rule no case notices. The schemas beside this page (`schema/pack.schema.json`,
`schema/controls.schema.json`) make an editor check while you type.

| field of a control | meaning |
|---|---|
| `id`, `title`, `severity` | critical, high, medium or low |
| `commitment`, `also` | one of the pack's commitments, and others that it bears on |
| `every` or `some` | the table; whether every row in scope must hold the clauses, or one |
| `complete` | further tables that must have no gap if the control is to pass |
| `where` | which rows are in scope; left out, all are |
| `must` | clauses: `says` for readers, `check` for DuckDB; all must hold |
| `attested` | it rests on signed statements: *pass (attested)* at best |
| `empty` | verdict when no row is in scope; indeterminate unless it says otherwise |
| `why`, `cites`, `remedy` | for the report |
| `tests` | cases: `name`, `given`, `parameters`, `expect`; a column left out is unknown |

A parameter has `type`, `default`, `meaning`, and `tightens`: shorter or longer (lists), larger or
smaller (numbers), true or false. An audit that overrides it the other way is reported. `terms` name
conditions that controls use like words; `case_parameters` are values for the cases alone.
"""


def policy_reference() -> str:
    """Return the whole page."""
    return "\n".join([_HEAD, *_operators(), *_functions(), *_parameters(), *_tables()]) + "\n"


def write_reference(docs: Path) -> None:
    """Write the page, and the schemas beside it, into the folder of the documentation."""
    (docs / "policy-reference.md").write_text(policy_reference(), encoding="utf-8")
    schemas = {"results": results_schema, "controls": pack_schema, "pack": manifest_schema}
    for name, make in schemas.items():
        text = json.dumps(make(), indent=2, sort_keys=True) + "\n"
        (docs / "schema" / f"{name}.schema.json").write_text(text, encoding="utf-8")


def _operators() -> Iterator[str]:
    signs = [f"`{sign}`" for sign in COMPARISONS.values()]
    words = [f"`{word.lower()}`" for word in CONNECTIVES.values()]
    yield "## Operators\n"
    yield ", ".join([*signs, *words, "`not`", "`in`", "`between … and`", "`like`"]) + "."
    yield "Both sides of a comparison are of one type. Days and moments are text in ISO 8601 and"
    yield "compare as text.\n"


def _functions() -> Iterator[str]:
    yield "## Functions\n"
    yield "| function | result | meaning |"
    yield "|---|---|---|"
    for function in FUNCTIONS.values():
        arguments = ", ".join(_TYPES[kind] for kind in function.arguments)
        yield f"| `{function.name}`({arguments}) | {_TYPES[function.result]} | {function.meaning} |"
    yield ""


def _parameters() -> Iterator[str]:
    yield "## Parameters that every audit gives\n"
    yield "| parameter | type | meaning |"
    yield "|---|---|---|"
    for name, (kind, meaning) in BUILT_IN_PARAMETERS.items():
        yield f"| `${name}` | {_TYPES[kind]} | {meaning} |"
    yield ""


def _tables() -> Iterator[str]:
    yield "## Tables\n"
    yield "Columns marked *may be unknown* are NULL where the provider did not say."
    for name, table in TABLES_BY_NAME.items():
        row: Any = table  # mypy takes a dataclass type for unhashable
        yield f"\n### {name}\n"
        yield (table.__doc__ or "").strip() + "\n"
        if alias := POPULATIONS.get(name):
            yield f"In expressions: `{alias}.column`."
        for reference in REFERENCES.get(name, ()):
            key = f"{POPULATIONS[name]}.{reference.column}"
            yield f"`{reference.alias}` is the row of `{reference.table}` that `{key}` names."
        yield ""
        yield "| column | type | may be unknown | meaning |"
        yield "|---|---|---|---|"
        for column in columns(row):
            unknown = "yes" if column.nullable else ""
            yield f"| `{column.name}` | {_TYPES[column.type]} | {unknown} | {column.meaning} |"


if __name__ == "__main__":
    write_reference(Path(sys.argv[1]))
