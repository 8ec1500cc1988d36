"""What was to be collected, what was not, why, and which permission would help."""

from auditor.report.gaps import gap_grid
from auditor.report.inventory import ClosedGroup, Inventory
from auditor.report.model import Cell, Column, EvidenceSummary, Grid, Section, Text
from auditor.report.novelties import news_text
from auditor.report.words import counted, listed, number, sentence

_MOST_ROWS = 60
_MOST_UNKNOWNS = 30
_MOST_SERVICES = 20
_SPARED = "unlisted"
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
            *_spared(inventory),
            *news_text(inventory.news),
        ),
        grids=tuple(
            grid
            for grid in (
                _outcomes(inventory),
                _gaps_of(inventory),
                gap_grid(inventory.gaps),
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


def _spared(inventory: Inventory) -> tuple[Text, ...]:
    """Say on whose word compartments of Oracle Cloud were not asked one by one."""
    spared = [group for group in inventory.closed if group.outcome == _SPARED]
    closed = sum(group.units for group in spared if group.closed_by)
    left = sum(gap.units for gap in inventory.gaps if gap.outcome == _SPARED)
    if not closed and not left:
        return ()
    rest = f"; {counted(left, 'more stays open', 'more stay open')}" if left else ""
    return (
        Text(
            text="Oracle Cloud is listed by compartment, and was not asked again where its own "
            f"index, Resource Search, names nothing of a type. {counted(closed, 'collection')} "
            f"{'is' if closed == 1 else 'are'} closed for that{rest}. To close one takes the index "
            "heard to the end, the same listing answered at the root of the tenancy, and a bill "
            "read whole with every charge for that service looked into."
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


def _witnessed(inventory: Inventory) -> Grid:
    closed = [group for group in inventory.closed if group.closed_by]
    return _closed(
        closed,
        caption="Gaps that witnesses closed: they agree that nothing is there, and none of these "
        "stands in the way of an answer",
        column=Column(title="Closed by", share=3),
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
            Column(title="Where", share=3),
            Column(title="Services", share=7),
            Column(title="Outcome", share=0),
            Column(title="Reason", share=5),
            *((column,) if column else ()),
            Column(title="Units", kind="number", share=0),
        ),
        rows=tuple(
            (
                Cell(text=_spread(group)),
                Cell(text=_services(group)),
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
    region = group.region or "no single region"
    return f"{group.provider} {region}, {counted(group.accounts, 'account')}"


def _services(group: ClosedGroup) -> str:
    left = len(group.services) - _MOST_SERVICES
    shown = group.services[:_MOST_SERVICES]
    return listed([*shown, f"{number(left)} more"] if left > 0 else shown)


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
