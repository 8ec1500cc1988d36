"""Open gaps: what was refused or failed, put together where one person would mend it at once."""

from collections import Counter
from collections.abc import Sequence

from auditor.report.inventory import GapGroup
from auditor.report.model import Cell, Column, Grid
from auditor.report.words import counted, listed, number, sentence
from auditor.results import ControlResult

_MOST_ROWS = 60
_MOST_REASONS = 5  # of one control
_MOST_PLACES = 3
_MOST_NAMES = 8
_MANY = 4  # gaps of one place that ended alike, from which they stand in one row

Alike = tuple[str, str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def gap_grid(gaps: Sequence[GapGroup]) -> Grid:
    """Return the open gaps, the largest first; many that ended alike in one place are one row."""
    ordered = _together(gaps)
    shown = ordered[:_MOST_ROWS]
    left = sum(len(part) for part in ordered[_MOST_ROWS:])
    more = f"{number(left)} more kinds of gap are there, too. " if left else ""
    merged = any(len(part) > 1 for part in shown)
    return Grid(
        caption="Open gaps: what is there was not seen",
        columns=(
            Column(title="Service", share=5),
            Column(title="Where", kind="code", share=6),
            Column(title="Outcome", share=0),
            Column(title="Reason", share=6),
            Column(title="Permission to grant", kind="code", share=5),
            Column(title="Units", kind="number", share=0),
        ),
        rows=tuple(_row(part) for part in shown),
        note=f"The coverage table has each with its own permission. {more}".strip()
        if left or merged
        else "",
    )


def control_gaps(control: ControlResult, told: str) -> Grid | None:
    """Return the gaps that keep a control from being met, by reason; None if there is none.

    Args:
        told: id of the control that told of the very same gaps before; '' if none did.
    """
    if not control.gaps:
        return None
    caption = "What was not collected, so that this control cannot be met"
    if told:
        return Grid(
            caption=caption,
            columns=(),
            rows=(),
            note=f"The same {counted(len(control.gaps), 'gap')} in coverage as for {told}.",
        )
    grouped = Counter((gap.outcome, gap.reason, gap.permission) for gap in control.gaps)
    body = tuple(
        (
            Cell(text=outcome),
            Cell(text=sentence(reason)),
            Cell(text=permission),
            Cell(text=number(n)),
        )
        for (outcome, reason, permission), n in sorted(
            grouped.items(), key=lambda item: (-item[1], item[0])
        )[:_MOST_REASONS]
    )
    left = len(grouped) - len(body)
    return Grid(
        caption=caption,
        columns=(
            Column(title="Outcome", share=0),
            Column(title="Reason", share=5),
            Column(title="Permission to grant", kind="code", share=3),
            Column(title="Units", kind="number", share=0),
        ),
        rows=body,
        note=f"{counted(left, 'more reason')}: see Coverage." if left > 0 else "",
    )


def _together(gaps: Sequence[GapGroup]) -> list[list[GapGroup]]:
    """Return the gaps, those of one place and outcome together if they are many."""
    alike: dict[Alike, list[GapGroup]] = {}
    for gap in gaps:
        key = (gap.provider, gap.outcome, gap.accounts, gap.regions, gap.compartments)
        alike.setdefault(key, []).append(gap)
    parts: list[list[GapGroup]] = []
    for same in alike.values():
        parts.extend([same] if len(same) >= _MANY else [[gap] for gap in same])
    return sorted(parts, key=lambda part: -sum(gap.units for gap in part))


def _row(part: Sequence[GapGroup]) -> tuple[Cell, ...]:
    first = part[0]
    services = sorted({gap.service for gap in part})
    permissions = sorted({gap.permission for gap in part if gap.permission})
    more = len({gap.reason for gap in part}) - 1
    alike = f" And {counted(more, 'more reason')} like it." if more else ""
    return (
        Cell(text=f"{first.provider} {_cut(services)}"),
        Cell(text=_where(first)),
        Cell(text=first.outcome),
        Cell(text=f"{sentence(first.reason)}{alike}"),
        Cell(text=_cut(permissions) or "none would help"),
        Cell(text=number(sum(gap.units for gap in part))),
    )


def _cut(names: Sequence[str]) -> str:
    left = len(names) - _MOST_NAMES
    return listed([*names[:_MOST_NAMES], f"{number(left)} more"] if left > 0 else names)


def _where(gap: GapGroup) -> str:
    places = (
        _some(gap.accounts, "account not known", "accounts"),
        _some(gap.regions, "", "regions"),
        _some(gap.compartments, "", "compartments"),
    )
    return "; ".join(place for place in places if place)


def _some(names: tuple[str, ...], missing: str, kind: str) -> str:
    if len(names) > _MOST_PLACES:
        return f"{number(len(names))} {kind}"
    return listed([name or missing for name in names if name or missing])
