"""Who spoke independently of the collection, who was silent, and what nothing explains."""

from collections.abc import Sequence
from datetime import date, timedelta

from auditor.report.model import Cell, Column, Grid, Section, Text
from auditor.report.testimony import Charged, Hearing, Recorded, Sighted, Testimony
from auditor.report.words import counted, listed, number, rows, sentence

_MOST_ACCOUNTS = 100
_MOST_ROWS = 60
_MOST_PLACES = 3
_YES_NO = {True: "yes", False: "no", None: "unknown"}


def witness_section(testimony: Testimony) -> Section:
    """Return the witnesses of each account, and what of their words nothing explains."""
    return Section(
        anchor="witnesses",
        title="Witnesses",
        paragraphs=(
            Text(
                text="A witness says what is there without asking the services one by one: the "
                "bill, and the inventories of the provider. What a witness names was collected, "
                "or holds no data, or nothing explains it."
            ),
            Text(text=_offers(testimony)),
            Text(text=_calls(testimony)),
        ),
        grids=(
            _hearings(testimony.hearings),
            _sighted(testimony),
            _charged(testimony),
            *((_recorded(testimony.recorded),) if testimony.recorded else ()),
        ),
    )


def unexplained(testimony: Testimony) -> str:
    """Return a sentence on silence and what nothing explains; '' if there is neither."""
    open_accounts = [each for each in testimony.hearings if each.active is not False]
    silent = sum(each.silent for each in open_accounts)
    said = []
    if silent:
        said.append(
            f"for {number(silent)} of {counted(len(open_accounts), 'account')} no independent "
            "witness spoke"
        )
    things = []
    if testimony.sightings[1]:
        things.append(rows(testimony.sightings[1], "sightings"))
    if testimony.charges[1]:
        things.append(rows(testimony.charges[1], "spend"))
    if things:
        said.append(f"nothing that was collected explains {listed(things)}")
    return sentence("; ".join(said))


def _offers(testimony: Testimony) -> str:
    if not testimony.offers:
        return "No provider's own list of services was read."
    regions = sum(count for _, count in testimony.offers)
    return f"The provider's own list of services speaks of {counted(regions, 'region')}."


def _calls(testimony: Testimony) -> str:
    total, odd = testimony.calls
    if not total:
        return (
            "No record of calls made in the auditor's name was read, so what it asked was not "
            "held against what the provider recorded."
        )
    kept = counted(total, "call was", "calls were")
    if not odd:
        return f"{kept} recorded in the auditor's name: all only read, and the evidence has them."
    return (
        f"{kept} recorded in the auditor's name. Of {number(odd)} the evidence has no trace, or "
        "it is not known that they only read."
    )


def _hearings(hearings: Sequence[Hearing]) -> Grid:
    shown = hearings[:_MOST_ACCOUNTS]
    left = len(hearings) - len(shown)
    return Grid(
        caption="Who spoke of which account, the most silent first",
        columns=(
            Column(title="Account", kind="code", share=5),
            Column(title="Name", share=3),
            Column(title="Bill", share=5),
            Column(title="Index", share=3),
            Column(title="Config", share=3),
            Column(title="Regions inventoried", share=3),
        ),
        rows=tuple(
            (
                Cell(text=each.account),
                Cell(text="unknown" if each.name is None else each.name),
                Cell(text=_bill(each)),
                Cell(text=_of(each.explorer, each)),
                Cell(text="none there" if each.provider == "oci" else _of(each.config, each)),
                Cell(text=_of(each.inventoried, each, "none")),
            )
            for each in shown
        ),
        note=_hearings_note(hearings, left),
    )


def _hearings_note(hearings: Sequence[Hearing], left: int) -> str:
    if not hearings:
        return "No account was found."
    more = f"{number(left)} more accounts are in the witnesses table. " if left else ""
    return (
        f"{more}Index: Resource Explorer, or Resource Search in Oracle Cloud, which leaves out "
        "what its caller may not see. Index and Config: regions in which each is set up to name "
        "everything. Inventoried: regions in which one of them was also heard to the end."
    )


def _bill(each: Hearing) -> str:
    first, after = each.bill
    if not first:
        return "no charge" if each.billed else "silent"
    return f"{'' if each.billed else 'not all of '}{_days(first, after)}"


def _days(first: str, after: str) -> str:
    """Return a period with its last day, which is the one before ``after``."""
    try:
        last = (date.fromisoformat(after) - timedelta(days=1)).isoformat()
    except ValueError:
        return f"{first} to before {after}"
    return f"{first} to {last}"


def _of(count: int, each: Hearing, none: str = "silent") -> str:
    if each.active is False:
        return "closed account"
    if not each.regions:
        return none if none == "silent" else "its regions are not known"
    return f"{number(count)} of {counted(each.regions, 'region')}" if count else none


def _sighted(testimony: Testimony) -> Grid:
    shown = testimony.sighted[:_MOST_ROWS]
    left = sum(group.count for group in testimony.sighted[_MOST_ROWS:])
    total, odd = testimony.sightings
    none = "No inventory named anything." if not total else f"None of {number(total)}."
    more = f"{number(left)} more are in the sightings table." if left else ""
    return Grid(
        caption="Resources that an inventory names and nothing that was collected explains",
        columns=(
            Column(title="Type", kind="code", share=4),
            Column(title="Named by", share=3),
            Column(title="Where", share=4),
            Column(title="Why", share=5),
            Column(title="Names", kind="code", share=7),
            Column(title="Resources", kind="number", share=0),
        ),
        rows=tuple(_sighted_row(group) for group in shown),
        note=more if odd else none,
    )


def _sighted_row(group: Sighted) -> tuple[Cell, ...]:
    names = [name for name in group.names if name]
    left = group.count - len(names)
    named = [*names, f"{number(left)} more"] if names and left else names
    return (
        Cell(text="unknown" if group.type is None else group.type),
        Cell(text=group.witness),
        Cell(text=_where(group.accounts, group.regions)),
        Cell(text=sentence(group.reason)),
        Cell(text=listed(named) or "no single resource"),
        Cell(text=number(group.count)),
    )


def _charged(testimony: Testimony) -> Grid:
    shown = testimony.charged[:_MOST_ROWS]
    left = sum(group.count for group in testimony.charged[_MOST_ROWS:])
    total, odd = testimony.charges
    none = "No bill was read." if not total else f"None of {counted(total, 'line')} of the bill."
    more = f"{number(left)} more lines are in the spend table." if left else ""
    return Grid(
        caption="Charges that nothing that was collected explains",
        columns=(
            Column(title="Charged for", share=5),
            Column(title="Where", share=5),
            Column(title="Period", share=4),
            Column(title="Why", share=6),
            Column(title="Amount charged", kind="number", share=0),
            Column(title="Lines", kind="number", share=0),
        ),
        rows=tuple(_charged_row(group) for group in shown),
        note=more if odd else none,
    )


def _charged_row(group: Charged) -> tuple[Cell, ...]:
    return (
        Cell(text=group.service),
        Cell(text=_where(group.accounts, group.regions)),
        Cell(text=_days(group.first, group.after)),
        Cell(text=sentence(group.reason)),
        Cell(text=f"{group.amount} {group.currency}" if group.amount else "unknown"),
        Cell(text=number(group.count)),
    )


def _recorded(recorded: Sequence[Recorded]) -> Grid:
    shown = recorded[:_MOST_ROWS]
    left = len(recorded) - len(shown)
    return Grid(
        caption="Recorded in the auditor's name, and not in the evidence or not known to only read",
        columns=(
            Column(title="Operation", kind="code", share=5),
            Column(title="Account", kind="code", share=4),
            Column(title="Caller", kind="code", share=4),
            Column(title="Only reads", share=0),
            Column(title="In the evidence", share=0),
            Column(title="Calls", kind="number", share=0),
        ),
        rows=tuple(
            (
                Cell(text=f"{each.service} {each.operation}"),
                Cell(text=each.account),
                Cell(text="unknown" if each.caller is None else each.caller),
                Cell(text=_YES_NO[each.read_only]),
                Cell(text="yes" if each.kept else "not found"),
                Cell(text=number(each.count)),
            )
            for each in shown
        ),
        note=f"{number(left)} more kinds of call are in the calls table." if left > 0 else "",
    )


def _where(accounts: tuple[str, ...], regions: tuple[str, ...]) -> str:
    return "; ".join(
        place for place in (_some(accounts, "accounts"), _some(regions, "regions")) if place
    )


def _some(names: tuple[str, ...], kind: str) -> str:
    if len(names) > _MOST_PLACES:
        return f"{number(len(names))} {kind}"
    return listed([name for name in names if name])
