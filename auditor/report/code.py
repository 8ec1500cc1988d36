"""The chapter on code: what runs, followed back to its approval, and the phone apps."""

from collections.abc import Sequence

from auditor.report.chains import broken_grid, chained, unseen_grid
from auditor.report.code_facts import Code, Destinations, Package, Reviewed
from auditor.report.model import Cell, Column, Grid, Section, Text
from auditor.report.places import Approved, gravity
from auditor.report.words import counted, country, number

_MOST_ROWS = 40
_MOST_HOSTS = 6
_HOUR = 60  # minutes
_DAY = 24 * _HOUR
_YES_NO = {True: "yes", False: "no", None: "unknown"}


def code_section(found: Code, approved: Approved) -> Section:
    """Return how far what runs is what was approved, how reviewing went, and what apps hold.

    Args:
        approved: codes of the countries that may hold the data; None if no pack says.
    """
    sentences = (chained(found.chains), _changed(found), _packed(found, approved), _gaps(found))
    grids = (
        broken_grid(found.chains),
        unseen_grid(found.unseen),
        _changes_grid(found.reviewed),
        _throughput_grid(found.reviewed),
        _packages_grid(found.packages),
        _destinations_grid(found.destinations, approved),
    )
    return Section(
        anchor="code",
        title="Code and releases",
        paragraphs=tuple(Text(text=said) for said in sentences if said),
        grids=tuple(grid for grid in grids if grid.rows),
    )


def _changed(found: Code) -> str:
    read, scope = found.repositories
    if not read:
        return "No repository was read."
    changes = sum(each.changes for each in found.reviewed)
    direct, bare, untold = _sums(found.reviewed)
    repositories = counted(read, "repository was", "repositories were")
    reached = counted(changes, "change")
    return (
        f"{repositories} read, {number(scope)} known to be in scope. {reached} reached release "
        f"branches in the period, one that reached two counted for each: {number(bare)} without an "
        f"approval that counts, of {number(untold)} nobody can tell, and {number(direct)} pushed "
        "directly."
    )


def _sums(reviewed: Sequence[Reviewed]) -> tuple[int, int, int]:
    return (
        sum(each.direct for each in reviewed),
        sum(each.unapproved for each in reviewed),
        sum(each.untold for each in reviewed),
    )


def _packed(found: Code, approved: Approved) -> str:
    if not found.packages:
        return "No app package was read."
    named = {host for each in found.destinations for host in each.hosts}
    away = {h for e in found.destinations if gravity(e.country, approved) == 0 for h in e.hosts}
    lost = {host for each in found.destinations if each.country is None for host in each.hosts}
    packages = counted(len(found.packages), "app package was", "app packages were")
    hosts = counted(len(named), "host")
    abroad = f"{number(len(away))} outside the approved countries, " if approved is not None else ""
    return (
        f"{packages} read. What is in them, and recorded traffic, names {hosts}: {abroad}"
        f"{number(len(lost))} in a country not known."
    )


def _gaps(found: Code) -> str:
    if not found.gaps:
        return ""
    gaps = counted(found.gaps, "collection about code", "collections about code")
    return f"{gaps}, releases or apps could not be read in full: there may be more."


def _changes_grid(reviewed: Sequence[Reviewed]) -> Grid:
    """Return the changes of each repository, by how they were approved."""
    titles = ("Changes", "Unapproved", "Untold", "Direct", "By an author", "Bypassed")
    return Grid(
        caption="Changes of release branches, by repository",
        columns=(
            Column(title="Repository", kind="code", share=1),
            *(Column(title=title, kind="number", share=0) for title in titles),
        ),
        rows=tuple(
            (Cell(text=each.repository), *(Cell(text=number(count)) for count in _counts(each)))
            for each in reviewed[:_MOST_ROWS]
        ),
        note=_more(reviewed, "changes")
        + "Unapproved: no approval counts: on the last commit, before the merge, by no author and "
        "no program. "
        "Direct: without a request. By an author: approved by one who wrote it.",
    )


def _counts(each: Reviewed) -> tuple[int, ...]:
    return (
        each.changes,
        each.unapproved,
        each.untold,
        each.direct,
        each.own,
        each.bypassed,
    )


def _throughput_grid(reviewed: Sequence[Reviewed]) -> Grid:
    """Return how long reviews took and how much was reviewed at once, by repository."""
    titles = ("Median", "95th percentile", "Busiest hour, lines", "Waiting")
    return Grid(
        caption="How reviewing went, by repository",
        columns=(
            Column(title="Repository", kind="code", share=1),
            *(Column(title=title, kind="number", share=0) for title in titles),
        ),
        rows=tuple(
            (
                Cell(text=each.repository),
                *(Cell(text=duration(minutes)) for minutes in (each.median, each.slow)),
                *(
                    Cell(text="unknown" if count is None else number(count))
                    for count in (each.busiest, each.backlog)
                ),
            )
            for each in reviewed[:_MOST_ROWS]
        ),
        note=_more(reviewed, "throughput")
        + "Median, 95th percentile: time from the last push to the first approval. Busiest hour: "
        "most lines that one reviewer approved within one. Waiting: open requests.",
    )


def _more(reviewed: Sequence[Reviewed], table: str) -> str:
    left = len(reviewed) - _MOST_ROWS
    more = counted(left, "more repository", "more repositories")
    return f"{more}: {table} table. " if left > 0 else ""


def duration(minutes: int | None) -> str:
    """Return '5 min', '3 h 10 min' or '2 d 4 h'; 'unknown' for None."""
    if minutes is None:
        return "unknown"
    if minutes < _HOUR:
        return f"{minutes} min"
    if minutes < _DAY:
        return f"{minutes // _HOUR} h {minutes % _HOUR} min"
    return f"{number(minutes // _DAY)} d {minutes % _DAY // _HOUR} h"


def _packages_grid(packages: Sequence[Package]) -> Grid:
    shown = packages[:_MOST_ROWS]
    left = len(packages) - len(shown)
    titles = ("Asks for", "Libraries", "Foreign", "Unclear")
    return Grid(
        caption="App packages",
        columns=(
            Column(title="Package", share=4),
            Column(title="Digest", kind="code", share=4),
            Column(title="Signed", share=0),
            Column(title="Readable", share=0),
            *(Column(title=title, kind="number", share=0) for title in titles),
        ),
        rows=tuple(
            (
                Cell(text=f"{each.name}, {each.platform}"),
                Cell(text=each.digest),
                Cell(text=_YES_NO[each.signature_holds]),
                Cell(text=_YES_NO[each.readable]),
                *(
                    Cell(text=number(count))
                    for count in (each.permissions, each.libraries, each.foreign, each.ownerless)
                ),
            )
            for each in shown
        ),
        note=f"{counted(left, 'more package')}: apps table. "
        * (left > 0)
        + "Signed: the signature is over exactly this package. Readable: its code could be read. "
        "Asks for: permissions, entitlements and the like. Foreign, unclear: libraries of owners "
        "outside the approved countries, and of owners or countries not known.",
    )


def _destinations_grid(found: Sequence[Destinations], approved: Approved) -> Grid:
    ordered = sorted(
        found, key=lambda e: (gravity(e.country, approved), -len(e.hosts), e.application or "")
    )
    shown, rest = ordered[:_MOST_ROWS], ordered[_MOST_ROWS:]
    left = sum(len(each.hosts) for each in rest)
    return Grid(
        caption="Where the apps talk to, by country",
        columns=(
            Column(title="Country", share=3),
            Column(title="App", share=3),
            Column(title="Hosts", kind="number", share=0),
            Column(title="In traffic", kind="number", share=0),
            Column(title="Without TLS", kind="number", share=0),
            Column(title="The first of them", kind="code", share=6),
        ),
        rows=tuple(
            (
                Cell(text="not known" if each.country is None else country(each.country)),
                Cell(text=each.application or "not known"),
                Cell(text=number(len(each.hosts))),
                Cell(text=number(each.talked)),
                Cell(text=number(each.clear)),
                Cell(text=", ".join(each.hosts[:_MOST_HOSTS])),
            )
            for each in shown
        ),
        note=f"{counted(left, 'more host')}: app_destinations table. " * (left > 0)
        + "A host's country is that of its address, or of the ending of its name.",
    )
