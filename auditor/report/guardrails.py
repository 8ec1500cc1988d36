"""What prevents: how far it covers, what escapes it, and whom it spares."""

from auditor.report.model import Cell, Column, Grid, Section, Text
from auditor.report.places import Approved, approval, gravity
from auditor.report.prevention import Names, Policy, Prevention
from auditor.report.words import counted, country, listed, number

_MOST_ROWS = 40
_MOST_NAMES = 6
_EVERYWHERE = ("*",)
_YES_NO = {True: "yes", False: "no", None: "unknown"}


def guardrail_section(prevention: Prevention, approved: Approved) -> Section:
    """Return where data could be created, and each guardrail with its holes.

    Args:
        approved: codes of the countries that may hold the data; None if no pack says.
    """
    return Section(
        anchor="guardrails",
        title="What prevents",
        paragraphs=(
            Text(text=_summary(prevention, approved)),
            Text(
                text="A guardrail stops what would be done; nothing else in this report does. "
                "Here is what each covers, what can be done in spite of it, and whom it spares."
            ),
        ),
        grids=(_creation(prevention, approved), _policies(prevention), _locks(prevention)),
    )


def _summary(prevention: Prevention, approved: Approved) -> str:
    places = prevention.creation
    if not places:
        return "No region was seen, so nothing is known of where data could be created."
    if approved is not None:
        places = tuple(place for place in places if place.country not in approved)
    stopped = sum(place.disabled + place.denied for place in places)
    possible = sum(place.possible for place in places)
    unknown = sum(place.unknown for place in places)
    where = "outside the approved countries" if approved is not None else "found"
    total = counted(stopped + possible + unknown, "region by account", "regions by account")
    return (
        f"Of {total} {where}, data cannot be created in {number(stopped)}, can be in "
        f"{number(possible)}, and of {number(unknown)} nobody could tell. Whom a guardrail spares "
        "by name is not in these numbers, but in the list."
    )


def _creation(prevention: Prevention, approved: Approved) -> Grid:
    places = sorted(
        prevention.creation,
        key=lambda place: (
            gravity(place.country, approved),
            -place.possible,
            -place.unknown,
            place.country or "",
        ),
    )
    shown = places[:_MOST_ROWS]
    left = len(places) - len(shown)
    return Grid(
        caption="Regions by account, by whether data can be created there",
        columns=(
            Column(title="Country", share=4),
            Column(title="Approved", share=0),
            Column(title="Can be", kind="number", share=0),
            Column(title="Not known", kind="number", share=0),
            Column(title="Denied by a guardrail", kind="number", share=0),
            Column(title="Not enabled", kind="number", share=0),
        ),
        rows=tuple(
            (
                Cell(text=country(place.country)),
                Cell(text=approval(place.country, approved)),
                Cell(text=number(place.possible)),
                Cell(text=number(place.unknown)),
                Cell(text=number(place.denied)),
                Cell(text=number(place.disabled)),
            )
            for place in shown
        ),
        note=f"{number(left)} more countries are in the regions table." if left else "",
    )


def _policies(prevention: Prevention) -> Grid:
    shown = prevention.policies[:_MOST_ROWS]
    left = len(prevention.policies) - len(shown)
    return Grid(
        caption="Guardrails that somebody wrote, one by one",
        columns=(
            Column(title="Guardrail", share=4),
            Column(title="In force", share=0),
            Column(title="Attached to", share=4),
            Column(title="Stops", share=4),
            Column(title="In spite of it", kind="code", share=4),
            Column(title="Spares", kind="code", share=5),
        ),
        rows=tuple(
            (
                Cell(text=f"{policy.name} ({policy.provider} {policy.kind})"),
                Cell(text=_YES_NO[policy.enforced]),
                Cell(text=_attached(policy)),
                Cell(text=_stops(policy)),
                Cell(text=_some(policy.escapes, "nothing found")),
                Cell(text=_some(policy.exempt, "nobody")),
            )
            for policy in shown
        ),
        note=_note(prevention, left),
    )


def _attached(policy: Policy) -> str:
    """Return the places that it is attached to, and what they are or how much is below them."""
    if not policy.places:
        return _some(policy.targets)
    below = counted(policy.accounts, "account") if policy.accounts else listed(policy.places)
    return f"{_some(policy.targets)}: {below}"


def _note(prevention: Prevention, left: int) -> str:
    policies, attachments = prevention.idle
    said = [] if prevention.policies else ["None was found that limits something."]
    if left:
        said.append(f"{number(left)} more are in the guardrails table.")
    if policies:
        limits = counted(policies, "policy limits", "policies limit")
        said.append(f"{limits} nothing, in {counted(attachments, 'attachment')}.")
    return " ".join(said)


def _stops(policy: Policy) -> str:
    """Return what it limits, regions with their patterns."""
    if policy.limits is None:
        return "unknown"
    said = [limit for limit in policy.limits if limit != "regions"]
    if "regions" in policy.limits:
        if policy.allowed_regions is None or policy.denied_regions is None:
            said.insert(0, "creating data, in regions not known")
        if policy.allowed_regions is not None and policy.allowed_regions != _EVERYWHERE:
            said.insert(0, f"creating data outside {_some(policy.allowed_regions, 'no region')}")
        if policy.denied_regions:
            said.insert(0, f"creating data in {_some(policy.denied_regions)}")
    return listed(said) or "regions"


def _locks(prevention: Prevention) -> Grid:
    return Grid(
        caption="All other guardrails, by kind",
        columns=(
            Column(title="Kind", share=4),
            Column(title="Limits", share=4),
            Column(title="In force", kind="number", share=0),
            Column(title="Not in force", kind="number", share=0),
            Column(title="Not known", kind="number", share=0),
        ),
        rows=tuple(
            (
                Cell(text=f"{lock.provider} {lock.kind}"),
                Cell(text=_some(lock.limits, "nothing")),
                Cell(text=number(lock.enforced)),
                Cell(text=number(lock.not_enforced)),
                Cell(text=number(lock.unknown)),
            )
            for lock in prevention.locks[:_MOST_ROWS]
        ),
        note="" if prevention.locks else "None was found.",
    )


def _some(names: Names, none: str = "none") -> str:
    if names is None:
        return "unknown"
    left = len(names) - _MOST_NAMES
    shown = [*names[:_MOST_NAMES], f"{number(left)} more"] if left > 0 else list(names)
    return listed(shown) if names else none
