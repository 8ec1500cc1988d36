"""What was to be collected, what was not, why, and which permission would help."""

from auditor.report.inventory import ClosedGroup, GapGroup, Inventory
from auditor.report.model import Cell, Column, EvidenceSummary, Grid, Section, Text
from auditor.report.words import counted, listed, number, sentence

_MOST_ROWS = 60
_MOST_UNKNOWNS = 30
_MOST_PLACES = 3
_AMBIGUOUS = "NotAuthorizedOrNotFound"


def coverage_section(inventory: Inventory, evidence: EvidenceSummary, line: Text) -> Section:
    """Return the ledger of coverage: outcomes, open gaps, closed gaps, unknown facts."""
    refused = evidence.denied + evidence.failed
    return Section(
        anchor="coverage",
        title="Coverage",
        paragraphs=(
            Text(text=line.text),
            Text(
                text=f"{counted(evidence.records, 'answer is', 'answers are')} kept as evidence, "
                f"{number(refused)} refusals and failures among them. A gap stays open until "
                "witnesses agree that there is nothing to see; a setting cannot close it."
            ),
            *_ambiguous(inventory),
        ),
        grids=tuple(
            grid
            for grid in (
                _outcomes(inventory),
                _gaps_of(inventory),
                _gaps(inventory),
                _witnessed(inventory),
                _left_out(inventory),
                _unknowns(inventory),
            )
            if grid.rows
        ),
    )


def _ambiguous(inventory: Inventory) -> tuple[Text, ...]:
    """Explain Oracle Cloud's refusal, which says less than its readers may think."""
    reasons = [gap.reason for gap in inventory.gaps] + [row[2] for row in inventory.unknowns]
    if not any(_AMBIGUOUS in reason for reason in reasons):
        return ()
    return (
        Text(
            text=f"Oracle Cloud answers {_AMBIGUOUS} both where there is nothing and where the "
            "auditor may not look. It is read as a refusal here: there may be something."
        ),
    )


def _outcomes(inventory: Inventory) -> Grid:
    return Grid(
        caption="Planned collections, by how they ended",
        columns=(
            Column(title="Outcome", share=4),
            Column(title="Units", kind="number", share=0),
            Column(title="Answers kept", kind="number", share=0),
            Column(title="Refusals among them", kind="number", share=0),
        ),
        rows=tuple(
            (
                Cell(text=outcome),
                Cell(text=number(units)),
                Cell(text=number(answers or 0)),
                Cell(text=number(refusals or 0)),
            )
            for outcome, units, answers, refusals in inventory.outcomes
        ),
    )


def _gaps_of(inventory: Inventory) -> Grid:
    shown = inventory.gaps_of[:_MOST_ROWS]
    left = len(inventory.gaps_of) - len(shown)
    return Grid(
        caption="Open gaps by account, the largest first",
        columns=(
            Column(title="Account", kind="code", share=5),
            Column(title="Name", share=3),
            Column(title="Outcome", share=0),
            Column(title="Services", kind="number", share=0),
            Column(title="Regions", kind="number", share=0),
            Column(title="Units", kind="number", share=0),
            Column(title="Of planned", kind="number", share=0),
        ),
        rows=tuple(
            (
                Cell(text=gaps.account or "account not known"),
                Cell(text="unknown" if gaps.name is None else gaps.name),
                Cell(text=gaps.outcome),
                Cell(text=number(gaps.services)),
                Cell(text=number(gaps.regions)),
                Cell(text=number(gaps.units)),
                Cell(text=number(gaps.planned)),
            )
            for gaps in shown
        ),
        note=f"{number(left)} more rows are in the coverage table." if left > 0 else "",
    )


def _gaps(inventory: Inventory) -> Grid:
    shown = inventory.gaps[:_MOST_ROWS]
    left = len(inventory.gaps) - len(shown)
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
        rows=tuple(
            (
                Cell(text=f"{gap.provider} {gap.service}"),
                Cell(text=_where(gap)),
                Cell(text=gap.outcome),
                Cell(text=sentence(gap.reason)),
                Cell(text=gap.permission or "none would help"),
                Cell(text=number(gap.units)),
            )
            for gap in shown
        ),
        note=f"{number(left)} more kinds of gap are in the coverage table." if left > 0 else "",
    )


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


def _witnessed(inventory: Inventory) -> Grid:
    closed = [group for group in inventory.closed if group.closed_by]
    return _closed(
        closed,
        caption="Gaps that witnesses closed: they agree that nothing is there, and none of these "
        "stands in the way of an answer",
        column=Column(title="Closed by", share=4),
    )


def _left_out(inventory: Inventory) -> Grid:
    left_out = [group for group in inventory.closed if not group.closed_by]
    return _closed(left_out, caption="Not collected, and not counted as a gap", column=None)


def _closed(closed: list[ClosedGroup], caption: str, column: Column | None) -> Grid:
    shown = closed[:_MOST_ROWS]
    left = len(closed) - len(shown)
    return Grid(
        caption=caption,
        columns=(
            Column(title="Service", share=3),
            Column(title="Where", share=3),
            Column(title="Outcome", share=0),
            Column(title="Reason", share=6),
            *((column,) if column else ()),
            Column(title="Units", kind="number", share=0),
        ),
        rows=tuple(
            (
                Cell(text=f"{group.provider} {group.service}"),
                Cell(text=_spread(group)),
                Cell(text=group.outcome),
                Cell(text=_reason(group)),
                *((Cell(text=group.closed_by),) if column else ()),
                Cell(text=number(group.units)),
            )
            for group in shown
        ),
        note=f"{number(left)} more are in the coverage table." if left > 0 else "",
    )


def _reason(group: ClosedGroup) -> str:
    more = group.reasons - 1
    return sentence(group.reason) + (f" And {counted(more, 'more reason')}." if more > 0 else "")


def _spread(group: ClosedGroup) -> str:
    regions = counted(group.regions, "region")
    return f"{regions}, {counted(group.accounts, 'account')}"


def _columns(table: str, names: tuple[str, ...]) -> str:
    return ", ".join([f"{table}.{names[0]}", *names[1:]])


def _unknowns(inventory: Inventory) -> Grid:
    shown = inventory.unknowns[:_MOST_UNKNOWNS]
    left = len(inventory.unknowns) - len(shown)
    return Grid(
        caption="Facts that could not be learned",
        columns=(
            Column(title="Facts", kind="code", share=4),
            Column(title="Reason", share=6),
            Column(title="Permission to grant", kind="code", share=4),
            Column(title="Rows", kind="number", share=0),
        ),
        rows=tuple(
            (
                Cell(text=_columns(table, columns)),
                Cell(text=sentence(reason)),
                Cell(text=permission or "none would help"),
                Cell(text=number(count)),
            )
            for table, columns, reason, permission, count in shown
        ),
        note=f"{number(left)} more reasons are in the unknowns table." if left > 0 else "",
    )
