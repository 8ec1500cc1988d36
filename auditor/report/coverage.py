"""What was to be collected, what was not, why, and which permission would help."""

from auditor.report.inventory import GapGroup, Inventory
from auditor.report.model import Cell, Column, EvidenceSummary, Grid, Section, Text
from auditor.report.words import counted, listed, number, sentence

_MOST_ROWS = 60
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
                _gaps(inventory),
                _closed(inventory),
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


def _closed(inventory: Inventory) -> Grid:
    shown = inventory.closed[:_MOST_ROWS]
    left = len(inventory.closed) - len(shown)
    return Grid(
        caption="Not collected, and not counted as a gap",
        columns=(
            Column(title="Service", share=3),
            Column(title="Outcome", share=0),
            Column(title="Reason", share=7),
            Column(title="Units", kind="number", share=0),
        ),
        rows=tuple(
            (
                Cell(text=f"{provider} {service}"),
                Cell(text=outcome),
                Cell(text=sentence(reason)),
                Cell(text=number(units)),
            )
            for provider, service, outcome, reason, units in shown
        ),
        note=f"{number(left)} more are in the coverage table." if left > 0 else "",
    )


def _columns(table: str, names: tuple[str, ...]) -> str:
    return ", ".join([f"{table}.{names[0]}", *names[1:]])


def _unknowns(inventory: Inventory) -> Grid:
    shown = inventory.unknowns[:_MOST_ROWS]
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
