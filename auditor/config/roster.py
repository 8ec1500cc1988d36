"""Reads the roster: who the people are that hold accounts and sign things."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from auditor.config.values import check_country
from auditor.documents import quoted, read_text, suggest
from auditor.errors import ConfigError, Fault
from auditor.model import Person

COLUMNS = ("id", "name", "employer", "country", "covered_person")
_FLAGS: Mapping[str, bool | None] = {
    "yes": True, "true": True, "no": False, "false": False, "": None, "unknown": None,
}  # fmt: skip


def read_roster(path: Path) -> tuple[Person, ...]:
    """Read a CSV file with the columns of COLUMNS, in any order, the first line naming them.

    Covered person (28 CFR 202.211) is yes, no, or empty where it has not been determined.

    Raises:
        ConfigError: every line that does not fit.
    """
    rows = list(_rows(path))
    faults = list(_header_faults(path, rows[0][1] if rows else []))
    if faults:
        raise ConfigError(faults)
    header = [name.strip().casefold() for name in rows[0][1]]
    people: dict[str, Person] = {}
    for line, cells in rows[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            hint = "put cells that hold a comma in double quotes"
            faults.append(_fault(path, line, f"has {len(cells)} cells, not {len(header)}", hint))
            continue
        row = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
        found = [_fault(path, line, message) for message in _row_faults(row, people)]
        faults += found
        if not found:
            people[row["id"]] = _person(row)
    if faults:
        raise ConfigError(faults)
    return tuple(people.values())


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    text = read_text(path)
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
        if names.count(column) != 1:
            what = "is missing" if column not in names else "is there twice"
            yield _fault(path, 1, f"column '{column}' {what}")


def _row_faults(row: Mapping[str, str], people: Mapping[str, Person]) -> Iterator[str]:
    if not row["id"]:
        yield "'id' is empty"
    if row["id"] in people:
        yield f"id {quoted(row['id'])} is there twice"
    if row["country"]:
        try:
            check_country(row["country"])
        except ValueError as error:
            yield str(error)
    if row["covered_person"].casefold() not in _FLAGS:
        yield f"covered_person must be yes, no or empty, not {quoted(row['covered_person'])}"


def _person(row: Mapping[str, str]) -> Person:
    return Person(
        id=row["id"],
        name=row["name"],
        employer=row["employer"],
        country=row["country"],
        covered_person=_FLAGS[row["covered_person"].casefold()],
    )


def _fault(path: Path, line: int, message: str, hint: str = "") -> Fault:
    return Fault(path=str(path), line=line, column=1, message=message, hint=hint)
