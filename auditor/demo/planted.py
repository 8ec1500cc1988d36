"""What is wrong in a demo estate, and how each wrong must show."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One breach or gap that somebody planted, and the verdict that it must cause.

    Attributes:
        what: a sentence without a full stop.
        control: id of the control that must notice.
        row: shell-style pattern of the id of the row that must not pass.
        verdict: 'fail' or 'indeterminate'.
    """

    what: str
    control: str
    row: str
    verdict: str


def fails(what: str, **rows: str) -> list[Planted]:
    """Return one breach per control; a control's id is written with _ for its hyphen."""
    return each_row(what, "fail", rows)


def stays_open(what: str, **rows: str) -> list[Planted]:
    """Return one gap per control; a control's id is written with _ for its hyphen."""
    return each_row(what, "indeterminate", rows)


def each_row(what: str, verdict: str, rows: Mapping[str, str]) -> list[Planted]:
    """Return one entry per control, each with its pattern of rows."""
    return [
        Planted(what=what, control=control.replace("_", "-"), row=row, verdict=verdict)
        for control, row in rows.items()
    ]
