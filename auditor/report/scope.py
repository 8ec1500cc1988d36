"""What was audited, by whose rules, and who is who."""

from collections.abc import Sequence

from auditor.model import Audit
from auditor.report.inventory import Inventory
from auditor.report.model import Cell, Column, Grid, Section, Text
from auditor.report.words import counted, country, listed, number, sentence, value
from auditor.results import Results

_MOST_ROWS = 100

Row = tuple[Cell, ...]
_PROVIDERS = {"aws": "Amazon Web Services", "oci": "Oracle Cloud"}


def scope_section(audit: Audit, inventory: Inventory) -> Section:
    """Return targets, accounts, regions, data classes and parties."""
    boundary = len(audit.boundary_accounts)
    return Section(
        anchor="scope",
        title="Scope",
        paragraphs=(
            Text(
                text=f"The audit speaks of the moment {audit.as_of} and of what its "
                f"{counted(len(audit.targets), 'target')} could reach. The boundary names "
                f"{counted(boundary, 'account')}"
                f"{'.' if boundary else ', so no account counts as outside it.'}"
            ),
            *_shards(audit),
            Text(text=_classes(inventory)),
        ),
        grids=(
            _targets(audit),
            _accounts(audit, inventory),
            _regions(inventory),
            _rules(audit),
            _parties(audit),
        ),
    )


def _shards(audit: Audit) -> tuple[Text, ...]:
    """Say which parts of a shared collection the evidence holds."""
    if not audit.shards:
        return ()
    total = audit.shards[0].partition("/")[2]
    held = f"{number(len(audit.shards))} of its {total} shards, {listed(audit.shards)}"
    missing = str(len(audit.shards)) != total
    rest = " What the others were to collect was not seen." if missing else ""
    return (Text(text=f"Several collections share the work. The evidence holds {held}.{rest}"),)


def _classes(inventory: Inventory) -> str:
    known = [(name, count) for name, count in inventory.classes if name]
    said = [f"{counted(count, 'store holds', 'stores hold')} {name}" for name, count in known]
    for name, count in inventory.classes:
        if name == "":
            said.append(
                f"{counted(count, 'store is', 'stores are')} known to hold none of the classes"
            )
        if name is None:
            unnamed = counted(count, "store is", "stores are")
            said.append(f"{unnamed} named by no rule and may hold any of them")
    return sentence(listed(said)) if said else "No store was found."


def _cut(body: Sequence[Row], what: str) -> tuple[tuple[Row, ...], str]:
    left = len(body) - _MOST_ROWS
    note = f"{number(left)} more {what} are in the fact tables." if left > 0 else ""
    return tuple(body[:_MOST_ROWS]), note


def _targets(audit: Audit) -> Grid:
    body = [
        (
            Cell(text=target.name),
            Cell(text=_PROVIDERS.get(target.provider, target.provider)),
            Cell(text="; ".join(f"{key} {text}" for key, text in sorted(target.options.items()))),
            Cell(
                text="; ".join(f"{axis} {listed(v)}" for axis, v in sorted(target.axes.items()))
                or "all that were found"
            ),
        )
        for target in audit.targets
    ]
    return Grid(
        caption="Targets",
        columns=(
            Column(title="Target", share=2),
            Column(title="Provider", share=2),
            Column(title="Way in", kind="code", share=4),
            Column(title="Limited to", share=3),
        ),
        rows=tuple(body),
    )


def _accounts(audit: Audit, inventory: Inventory) -> Grid:
    inside = set(audit.boundary_accounts)
    body = [
        (
            Cell(text=account),
            Cell(text="unknown" if name is None else name),
            Cell(text=_PROVIDERS.get(provider, provider)),
            Cell(text=("inside" if account in inside else "outside") if inside else "not stated"),
            Cell(text=number(stores)),
        )
        for provider, account, name, stores in inventory.accounts
    ]
    shown, note = _cut(body, "accounts")
    return Grid(
        caption="Accounts and tenancies found",
        columns=(
            Column(title="Account", kind="code", share=5),
            Column(title="Name", share=3),
            Column(title="Provider", share=3),
            Column(title="Boundary", share=0),
            Column(title="Stores", kind="number", share=0),
        ),
        rows=shown,
        note=note,
    )


def _regions(inventory: Inventory) -> Grid:
    stores: dict[tuple[str, str, str | None], int] = {}
    for place in inventory.stores:
        key = (place.provider, place.region or "", place.country)
        stores[key] = stores.get(key, 0) + place.protected + place.possible + place.other
    body = [
        (
            Cell(text=region),
            Cell(text=country(code)),
            Cell(text=_PROVIDERS.get(provider, provider)),
            Cell(text=number(accounts)),
            Cell(text=number(stores.get((provider, region, code), 0))),
        )
        for provider, region, code, accounts in inventory.regions
    ]
    shown, note = _cut(body, "regions")
    return Grid(
        caption="Regions found",
        columns=(
            Column(title="Region", kind="code", share=3),
            Column(title="Country", share=3),
            Column(title="Provider", share=3),
            Column(title="Accounts", kind="number", share=0),
            Column(title="Stores", kind="number", share=0),
        ),
        rows=shown,
        note=note,
    )


def _rules(audit: Audit) -> Grid:
    body = []
    for rule in audit.classification:
        criteria = [f"tag {key}={text}" for key, text in sorted(rule.tags.items())]
        for what, patterns in (
            ("account", rule.accounts),
            ("compartment", rule.compartments),
            ("name", rule.names),
            ("service", rule.services),
        ):
            criteria += [f"{what} {listed(patterns, 'or')}"] if patterns else []
        body.append(
            (
                Cell(text=rule.name),
                Cell(text="; ".join(criteria) or "every store"),
                Cell(text=listed(rule.data_classes) or "none"),
            )
        )
    return Grid(
        caption="Classification rules, the first that matches decides",
        columns=(
            Column(title="Rule", share=2),
            Column(title="Matches", kind="code", share=5),
            Column(title="Data classes", share=2),
        ),
        rows=tuple(body),
        note="" if body else "No rule: every store may hold protected data.",
    )


def _parties(audit: Audit) -> Grid:
    body = [
        (
            Cell(text=party.name),
            Cell(text=listed(party.roles)),
            Cell(text=listed(party.operators)),
            Cell(text=country(party.country) if party.country else "not stated"),
            Cell(text=number(len(party.accounts))),
        )
        for party in audit.parties
    ]
    return Grid(
        caption="Parties, as the audit's configuration states them",
        columns=(
            Column(title="Party", share=3),
            Column(title="Role", share=3),
            Column(title="Acts as operator", share=3),
            Column(title="Country", share=2),
            Column(title="Accounts", kind="number", share=0),
        ),
        rows=tuple(body),
        note="" if body else "No party is stated.",
    )


def criteria_section(results: Results) -> Section:
    """Return the packs with version, digest, parameters and what was loosened."""
    loosened = sum(len(pack.loosened) for pack in results.packs)
    start = (
        f"This audit loosened {counted(loosened, 'parameter')} of its packs: see below."
        if loosened
        else "No parameter was loosened against its pack."
    )
    grids = (_packs(results), _loosened(results), _parameters(results))
    return Section(
        anchor="criteria",
        title="Criteria",
        paragraphs=(Text(text=start),),
        grids=tuple(grid for grid in grids if grid.rows or grid.note),
    )


def _loosened(results: Results) -> Grid:
    return Grid(
        caption="Parameters that this audit loosened",
        columns=(Column(title="Pack", share=1), Column(title="What was changed", share=7)),
        rows=tuple(
            (Cell(text=pack.name), Cell(text=sentence(text)))
            for pack in results.packs
            for text in pack.loosened
        ),
    )


def _packs(results: Results) -> Grid:
    return Grid(
        caption="Policy packs",
        columns=(
            Column(title="Pack", share=4),
            Column(title="Version", share=1),
            Column(title="SHA-256 over its files", kind="code", share=5),
        ),
        rows=tuple(
            (
                Cell(text=f"{pack.title} ({pack.name})"),
                Cell(text=pack.version),
                Cell(text=pack.digest),
            )
            for pack in results.packs
        ),
    )


def _parameters(results: Results) -> Grid:
    body = tuple(
        (Cell(text=pack.name), Cell(text=name), Cell(text=value(name, chosen)))
        for pack in results.packs
        for name, chosen in sorted(pack.parameters.items())
    )
    return Grid(
        caption="Parameters in force",
        columns=(
            Column(title="Pack", share=2),
            Column(title="Parameter", kind="code", share=3),
            Column(title="Value", share=6),
        ),
        rows=body,
        note="" if body else "The packs have no parameters.",
    )
