"""What one line of the roster may say, whatever kind of file it stands in."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from auditor.config.values import check_country
from auditor.documents import quoted
from auditor.model import Person

REQUIRED = ("id", "name", "employer", "country", "covered_person")
OPTIONAL = ("kind", "residence", "vetted_until", "left", "owner", "principals")
_FLAGS: Mapping[str, bool | None] = {
    "yes": True, "true": True, "no": False, "false": False, "": None, "unknown": None,
}  # fmt: skip
_KINDS = ("person", "service")


def row_faults(row: Mapping[str, str], people: Mapping[str, Person]) -> Iterator[str]:
    """Yield what does not fit in one line, in words.

    Args:
        row: column -> text; a column of ``OPTIONAL`` may be missing.
        people: the lines before it, by id.
    """
    if not row["id"]:
        yield "'id' is empty"
    if row["id"] in people:
        yield f"id {quoted(row['id'])} is there twice"
    yield from _country_faults(row)
    if row["covered_person"].casefold() not in _FLAGS:
        yield f"covered_person must be yes, no or empty, not {quoted(row['covered_person'])}"
    kind = row.get("kind", "").casefold()
    if kind not in ("", *_KINDS):
        yield f"kind must be person or service, not {quoted(row['kind'])}"
    for column in ("vetted_until", "left"):
        if not _is_day(row.get(column, "")):
            yield f"{column} must be a day such as 2026-01-31, not {quoted(row[column])}"
    if row.get("owner") and kind != "service":
        yield "only a service has an owner"


def _country_faults(row: Mapping[str, str]) -> Iterator[str]:
    for column in ("country", "residence"):
        if row.get(column):
            try:
                check_country(row[column])
            except ValueError as error:
                yield str(error)


def to_person(row: Mapping[str, str]) -> Person:
    """Return one line that has no faults. Its patterns are parted by spaces or semicolons."""
    return Person(
        id=row["id"],
        name=row["name"],
        employer=row["employer"],
        country=row["country"],
        covered_person=_FLAGS[row["covered_person"].casefold()],
        kind=row.get("kind", "").casefold() or "person",
        residence=row.get("residence", ""),
        vetted_until=row.get("vetted_until", ""),
        left=row.get("left", ""),
        owner=row.get("owner", ""),
        principals=tuple(filter(None, re.split(r"[\s;]+", row.get("principals", "")))),
    )


def missing_owners(people: Iterable[Person]) -> Iterator[tuple[Person, str]]:
    """Yield every service whose owner is no person of the roster, and what is wrong."""
    known = {person.id: person for person in people}
    for person in known.values():
        if person.owner and person.owner not in known:
            yield person, f"owner {quoted(person.owner)} is not on the roster"
        elif person.owner and known[person.owner].kind != "person":
            yield person, f"owner {quoted(person.owner)} is a service; name a person"


def _is_day(text: str) -> bool:
    """Empty, or of the form with hyphens: other forms of ISO 8601 do not sort as text."""
    try:
        return not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
