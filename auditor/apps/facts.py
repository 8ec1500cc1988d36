"""What an examination says: plain JSON, and a reason for everything that it cannot say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from auditor.model import Json


@dataclass(slots=True, kw_only=True)
class Facts:
    """Facts about one package, while they are gathered.

    Attributes:
        app: columns of the table ``apps`` by name; None where ``unknown`` says why.
        unknown: column -> why it cannot be said.
        parts: rows of the other tables by their name, as objects of their columns.
        notes: sentences about what was found that no column has room for.
    """

    app: dict[str, Json] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)
    parts: dict[str, list[dict[str, Json]]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def say(self, name: str, value: Json, otherwise: str = "") -> None:
        """Take a column's value; None is unknown, for the reason ``otherwise``."""
        self.app[name] = value
        if value is None:
            self.unknown[name] = otherwise or f"the package does not say its {name}"

    def doubt(self, names: Iterable[str], why: str) -> None:
        """Take columns as unknown."""
        for name in names:
            self.say(name, None, why)

    def add(self, table: str, row: Mapping[str, Json]) -> None:
        """Take one row of another table."""
        self.parts.setdefault(table, []).append(dict(row))

    def as_json(self) -> dict[str, Json]:
        """Return everything, in an order that only the package decides."""
        return {
            "app": dict(sorted(self.app.items())),
            "unknown": dict(sorted(self.unknown.items())),
            "notes": sorted(set(self.notes)),
            **{name: _ordered(rows) for name, rows in sorted(self.parts.items())},
        }


def _ordered(rows: list[dict[str, Json]]) -> list[dict[str, Json]]:
    """Sort rows, and leave out those that repeat another."""
    keyed = {repr(sorted(row.items())): row for row in rows}
    return [keyed[key] for key in sorted(keyed)]
