"""Says what logs show of access to protected data, and for which hours they cannot show it."""

from auditor.report.accesses import Accesses, Deed, Deeds, Log, Missing, Origin
from auditor.report.gravest import name_of
from auditor.report.model import Cell, Column, Grid, Text
from auditor.report.reachers import MOST_ROWS, Question
from auditor.report.words import counted, country, in_prose, listed, number

_ORIGINS = {
    "": "",
    "internet": "the internet",
    "private": "a private network",
    "provider": "the provider itself",
    "endpoint": "a private endpoint",
    "unknown": "an address not known",
}
_MOST_ADDRESSES = 2
_DAY = 10  # characters of a moment that name its day


def activity_sentences(found: Accesses, asked: Question) -> tuple[str, ...]:
    """Return what was seen from abroad, for how many hours, and what else stands out."""
    if not found.logs:
        return (
            "No audit log was read: nothing can be said of who did reach the data. That none is "
            "listed does not show that nobody did.",
        )
    seen = f"{_seen(found, asked)} {_hours(found)}"
    return (seen, _rest(found, asked))


def unseen(found: Accesses) -> tuple[Text, ...]:
    """Return a sentence for page one on hours that logs do not show; none if they show all."""
    if not found.logs:
        said = "No audit log was read: who did reach the data cannot be told."
        return (Text(text=said, anchor="activity"),)
    hours, whole = sum(log.hours for log in found.logs), sum(log.whole for log in found.logs)
    if hours == whole and not found.silent:
        return ()
    places = counted(found.silent, "account and region", "accounts and regions")
    silent = f"; of {places} no log tells" if found.silent else ""
    said = (
        f"Who did reach the data: logs are known to be whole for {number(whole)} of "
        f"{counted(hours, 'log hour')}{silent}. For the rest it cannot be told."
    )
    return (Text(text=said, anchor="activity"),)


def _seen(found: Accesses, asked: Question) -> str:
    if asked.approved is None:
        return "No pack says from which countries the data may be reached: none counts as foreign."
    inside = listed((in_prose(country(code)) for code in sorted(asked.approved)), "or")
    whole = sum(log.whole for log in found.logs)
    if not found.abroad:
        seen = f"No access from outside {inside} was seen in {number(whole)} log hours that are "
        return f"{seen}whole, nor in what was read of the others."
    events = counted(found.abroad, "event")
    return (
        f"{events} of access to protected data, or of sign-in, came from outside {inside}; "
        f"{number(found.worked_abroad)} succeeded."
    )


def _hours(found: Accesses) -> str:
    total, whole, broken = (
        sum(part) for part in zip(*((g.hours, g.whole, g.broken) for g in found.logs), strict=True)
    )
    said = [f"Of {counted(total, 'log hour')}, {number(whole)} are whole"]
    open_ = [f"{number(broken)} have gaps"] if broken else []
    unsure = total - whole - broken
    open_ += [f"of {number(unsure)} nobody can tell whether they are whole"] if unsure else []
    if open_:
        said = [f"{listed([*said, *open_])}: for those it cannot be told"]
    if found.silent:
        places = counted(found.silent, "account and region", "accounts and regions")
        said.append(f"of {places} no log tells at all")
    return f"{'; '.join(said)}. (A log hour: one hour of one log of one account and region.)"


def _rest(found: Accesses, asked: Question) -> str:
    events = counted(found.events, "event")
    said = [
        f"Logs hold {events} of access; {number(found.concerned)} are sign-ins or about protected "
        f"data, {number(found.perhaps)} of these only perhaps, and {number(found.nowhere)} came "
        "from addresses that no database places."
    ]
    if not found.unexplained.total:
        said.append("None that succeeded is known to lack a right that explains it.")
    if found.unjudged:
        said.append(f"Of {number(found.unjudged)} that succeeded nobody can tell by which right.")
    if not asked.emergency:
        said.append("No principal is named as kept for emergencies.")
    elif not found.emergency.total:
        said.append("No use of emergency principals without an entry in the register was seen.")
    if not found.one_factor.total:
        said.append("No sign-in without a second factor was seen.")
    if found.unfactored:
        told = counted(found.unfactored, "sign-in")
        said.append(f"Of {told} logs do not tell the second factor.")
    said.append(
        "Reads and writes of content are logged only where somebody switched that on, so that "
        "none is logged does not show that there was none."
    )
    return " ".join(said)


def logs_grid(found: Accesses) -> Grid:
    """Return which logs were read, and how much of them is whole."""
    shown, rest = found.logs[:MOST_ROWS], found.logs[MOST_ROWS:]
    titles = ("Hours", "Whole", "Gaps", "Unverified", "Files", "Events", "Malformed")
    doubled = sum(log.doubled for log in found.logs)
    stood = counted(doubled, "event stands", "events stand")
    again = f" {stood} there twice or more, counted once." if doubled else ""
    return Grid(
        caption="Logs that were read",
        columns=(
            Column(title="Log", share=4),
            Column(title="From, to", share=0),
            *(Column(title=title, kind="number", share=0) for title in titles),
        ),
        rows=tuple(_log_row(log) for log in shown),
        note=(f"{counted(len(rest), 'more log')}: table recordings. " if rest else "")
        + "Hours are those of each account and region. Gaps: hours known not to be whole. "
        "Unverified: no digest signed by the provider names every file of those hours. Malformed: "
        f"lines that could not be read.{again}",
    )


def _log_row(log: Log) -> tuple[Cell, ...]:
    unverified = log.hours - log.vouched
    counts = (log.hours, log.whole, log.broken, unverified, log.files, log.events, log.malformed)
    places = counted(log.places, "account and region", "accounts and regions")
    return (
        Cell(text=f"{log.source} ({log.kind}), {places}"),
        Cell(text=f"{log.first[:_DAY]} to {log.last[:_DAY]}"),
        *(Cell(text=number(count)) for count in counts),
    )


def missing_grid(found: Accesses) -> Grid:
    """Return what logs do not show, and why."""
    shown, rest = found.missing[:MOST_ROWS], found.missing[MOST_ROWS:]
    return Grid(
        caption="What logs do not show",
        columns=(
            Column(title="Log", share=2),
            Column(title="Why", share=6),
            Column(title="Places", kind="number", share=0),
            Column(title="Hours", kind="number", share=0),
            Column(title="From", share=0),
        ),
        rows=tuple(_missing_row(each) for each in shown),
        note=f"{counted(len(rest), 'more reason')}: tables recordings and coverage."
        if rest
        else "",
    )


def _missing_row(each: Missing) -> tuple[Cell, ...]:
    return (
        Cell(text=each.source or "none"),
        Cell(text=each.reason),
        Cell(text=number(each.places)),
        Cell(text="all" if each.hours is None else number(each.hours)),
        Cell(text=each.first or "the whole period"),
    )


def origins_grid(found: Accesses) -> Grid:
    """Return accesses by country of the address and employer, those from abroad first."""
    shown, rest = found.origins[:MOST_ROWS], found.origins[MOST_ROWS:]
    events = sum(each.events for each in rest)
    return Grid(
        caption="Access to protected data, and sign-ins, by country of the address",
        columns=(
            Column(title="From", share=3),
            Column(title="Employer", share=3),
            Column(title="Principals", kind="number", share=0),
            Column(title="Events", kind="number", share=0),
            Column(title="Refused", kind="number", share=0),
            Column(title="First", share=0),
            Column(title="Last", share=0),
        ),
        rows=tuple(_origin_row(each) for each in shown),
        note=(f"{counted(events, 'more event')}: table accesses. " if rest else "")
        + "Employers are those of whoever stood at the start of the chain of roles. An address "
        "shows where a connection left for the internet, not where somebody sat.",
    )


def _origin_row(each: Origin) -> tuple[Cell, ...]:
    place = country(each.country) if each.country else f"not known: {_origin(each.origin)}"
    return (
        Cell(text=place),
        Cell(text=each.employer or "not known"),
        *(Cell(text=number(count)) for count in (each.people, each.events, each.errors)),
        Cell(text=each.first),
        Cell(text=each.last),
    )


def deeds_grids(found: Accesses) -> tuple[Grid, ...]:
    """Return the accesses that ask for an answer, sort by sort; a sort without any has no rows."""
    return (
        _deeds(found.foreign, "Access from countries that are not approved, or that are disputed"),
        _deeds(found.unexplained, "Access that succeeded and that no right explains"),
        _deeds(found.emergency, "Use of emergency principals without an entry in the register"),
        _deeds(found.one_factor, "Sign-ins without a second factor"),
    )


def _deeds(found: Deeds, caption: str) -> Grid:
    more = found.total - len(found.rows)
    return Grid(
        caption=caption,
        columns=(
            Column(title="Who", kind="code", share=4),
            Column(title="Did", kind="code", share=4),
            Column(title="From", share=3),
            Column(title="Events", share=2),
            Column(title="First, last", share=4),
            Column(title="Sample events", kind="code", share=3),
        ),
        rows=tuple(_deed_row(each) for each in found.rows),
        note=f"{counted(more, 'more line')}; table accesses has all {number(found.events)} events."
        if more
        else "",
    )


def _deed_row(each: Deed) -> tuple[Cell, ...]:
    who = name_of("", each.called, each.behind)
    acted = "" if each.principal in (None, each.behind) else f" as {each.principal}"
    employer = f", employer {each.employer}" if each.employer else ", employer not known"
    return (
        Cell(text=f"{who}{acted}{employer}"),
        Cell(text=_did(each)),
        Cell(text=_whence(each)),
        Cell(text=number(each.events) + (f", {number(each.errors)} refused" * (each.errors > 0))),
        Cell(text=each.first if each.first == each.last else f"{each.first} to {each.last}"),
        Cell(text=" ".join(each.samples)),
    )


def _did(each: Deed) -> str:
    if not each.store:
        return each.access if each.store == "" else f"{each.access}: what, is not known"
    more = each.stores - 1
    return f"{each.access} {each.store}" + (f" and {number(more)} more" if more > 0 else "")


def _whence(each: Deed) -> str:
    if each.country:
        place = country(each.country)
    elif each.countries:
        place = f"{listed(map(country, each.countries), 'or')}: databases disagree"
    else:
        place = "not known"
    shown = each.addresses[:_MOST_ADDRESSES]
    more = len(each.addresses) - len(shown)
    rest = [f"{number(more)} more"] if more else []
    network = [each.network] if each.network else []
    return ", ".join([place, _origin(each.origin), *network, *shown, *rest])


def _origin(origin: str) -> str:
    return _ORIGINS.get(origin, origin)
