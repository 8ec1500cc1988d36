"""The chapters on access: who can reach the data, and who did as far as logs show."""

from auditor.report import ability, activity, gravest
from auditor.report.accesses import Accesses
from auditor.report.crossings import clauses_grid, visits_grid
from auditor.report.model import Section, Text
from auditor.report.permissions import Permissions
from auditor.report.places import Approved
from auditor.report.reachers import Question, Reachers
from auditor.report.words import counted, number

_PEOPLE = (
    "The country that a provider's people work from: Amazon Web Services states neither their "
    "access nor where they were. Oracle Cloud states requests to reach dedicated infrastructure "
    "and Fusion Applications, and the country for Fusion Applications alone. That no request is "
    "listed does not show that nobody had access."
)


def access_section(
    found: Reachers,
    seen: Accesses,
    asked: Question,
    permissions: Permissions,
    approved: Approved,
) -> Section:
    """Return who can reach protected data, in one sentence, by side, and one by one.

    Args:
        approved: codes of the countries that may hold the data; None if no pack says.
        permissions: statements of Oracle Cloud that reach across tenancies, and requests of the
            providers' own people.
    """
    sentences = (
        *ability.ability_sentences(found),
        ability.idle_sentence(found),
        _statements(permissions),
    )
    did = activity.activity_sentences(seen, asked)[0]
    grids = (
        ability.sides_grid(found, asked),
        ability.employed_grid(found),
        gravest.gravest_grid(found),
        gravest.idle_grid(found),
        clauses_grid(permissions, frozenset(asked.boundary)),
        visits_grid(permissions, approved),
    )
    first, *rest = (Text(text=said) for said in sentences if said)
    return Section(
        anchor="access",
        title="Who can reach the data, and who did",
        paragraphs=(first, Text(text=did, anchor="activity"), *rest, Text(text=_PEOPLE)),
        grids=tuple(grid for grid in grids if grid.rows),
    )


def activity_section(seen: Accesses, asked: Question) -> Section:
    """Return what logs show of access, and for what they show nothing."""
    grids = (
        activity.logs_grid(seen),
        activity.missing_grid(seen),
        activity.origins_grid(seen),
        *activity.deeds_grids(seen),
    )
    return Section(
        anchor="activity",
        title="What logs show of access",
        paragraphs=tuple(Text(text=said) for said in activity.activity_sentences(seen, asked)),
        grids=tuple(grid for grid in grids if grid.rows),
    )


def _statements(permissions: Permissions) -> str:
    read, illegible = permissions.statements
    if not read:
        return "No statement of a policy of Oracle Cloud was read."
    statements = counted(read, "statement")
    unread = f"; {number(illegible)} of them could not be understood" if illegible else ""
    return f"{statements} of policies of Oracle Cloud {_was(read)} read{unread}."


def _was(count: int) -> str:
    return "was" if count == 1 else "were"
