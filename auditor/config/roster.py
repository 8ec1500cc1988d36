"""Reads the roster: who the people and services are that hold accounts and sign things."""

import csv
from collections.abc import Iterator
from pathlib import Path

from auditor.config.people import OPTIONAL, REQUIRED, missing_owners, row_faults, to_person
from auditor.config.scim import read_scim
from auditor.documents import quoted, read_text, suggest
from auditor.errors import ConfigError, Fault
from auditor.model import Person

LONGEST = 1 << 28  # bytes; exports of a directory are longer than what is written by hand
COLUMNS = (*REQUIRED, *OPTIONAL)


def read_roster(path: Path) -> tuple[Person, ...]:
    """Read a roster: CSV, or a SCIM export of a directory in JSON.

    A CSV file has the columns of REQUIRED and any of OPTIONAL, in any order, the first line naming
    them. Covered person (28 CFR 202.211) is yes, no, or empty where it has not been determined.

    Raises:
        ConfigError: every line that does not fit.
    """
    text = read_text(path, LONGEST)
    if text.lstrip()[:1] in ("{", "["):
        return read_scim(path, text)
    return _read_csv(path, text)


def _read_csv(path: Path, text: str) -> tuple[Person, ...]:
    rows = list(_rows(path, text))
    faults = list(_header_faults(path, rows[0][1] if rows else []))
    if faults:
        raise ConfigError(faults)
    header = [name.strip().casefold() for name in rows[0][1]]
    people: dict[str, Person] = {}
    lines: dict[str, int] = {}
    for line, cells in rows[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            hint = "put cells that hold a comma in double quotes"
            faults.append(_fault(path, line, f"has {len(cells)} cells, not {len(header)}", hint))
            continue
        row = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
        found = [_fault(path, line, message) for message in row_faults(row, people)]
        faults += found
        if not found:
            people[row["id"]] = to_person(row)
            lines[row["id"]] = line
    if not faults:
        ownerless = missing_owners(people.values())
        faults += [_fault(path, lines[person.id], message) for person, message in ownerless]
    if faults:
        raise ConfigError(faults)
    return tuple(people.values())


def _rows(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    if "\0" in text:
        raise ConfigError([_fault(path, 1, "holds a NUL character; save it as CSV text")])
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise ConfigError([_fault(path, reader.line_num, f"is not CSV: {error}")]) from error


def _header_faults(path: Path, cells: list[str]) -> Iterator[Fault]:
    names = [name.strip().casefold() for name in cells]
    for name in names:
        if name not in COLUMNS:
            hint = suggest(name, COLUMNS) or f"columns are {', '.join(COLUMNS)}"
            yield _fault(path, 1, f"there is no column {quoted(name)}", hint)
    for column in COLUMNS:
        if column in REQUIRED and column not in names:
            yield _fault(path, 1, f"column '{column}' is missing")
        if names.count(column) > 1:
            yield _fault(path, 1, f"column '{column}' is there twice")


def _fault(path: Path, line: int, message: str, hint: str = "") -> Fault:
    return Fault(path=str(path), line=line, column=1, message=message, hint=hint)
