"""Rows of ``provider_accesses``: what the services that let Oracle's people in have in common."""

from collections.abc import Collection, Mapping
from typing import Any

from auditor.collect.oci.reading import maybe_text, moment, text
from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import Maybe

LIMITS = ("provider access",)  # what their controls limit
_ENDED = ("COMPLETED", "EXPIRED", "REVOKED", "UNDEPLOYED")
_HOURS = Unknown("the answer states for how many hours access was asked, not from when")


def asked_by(
    found: Found,
    kind: str,
    control: Maybe[str],
    resource: Maybe[str],
    *,
    created: str = "item.timeCreated",
) -> dict[str, Any]:
    """Return the columns that say what was asked for, where and when.

    Args:
        created: path of the moment of the request.
    """
    return {
        "id": text(found, "item.id"),
        "evidence": found.evidence,
        "provider": "oci",
        "account": found.place["account"],
        "region": found.place["region"],
        "kind": kind,
        "control_id": control,
        "resource_id": resource,
        "opened": moment(found.read(created)),
    }


def in_states(state: Maybe[str], granted: Collection[str], refused: Collection[str]) -> Maybe[bool]:
    """Return whether a request's state says that access was given.

    Args:
        granted: states that only a request reaches to which somebody said yes.
        refused: states before and instead of that.
    """
    if isinstance(state, Unknown):
        return state
    if state in granted or state in refused:
        return state in granted
    return Unknown(f"the state {state} does not tell whether access was given")


def ended(found: Found, state: Maybe[str], changed: str) -> Maybe[str]:
    """Return when access ended: when a request that is over was last changed.

    Args:
        changed: path of the moment of the last change.
    """
    return moment(found.read(changed)) if state in _ENDED else _HOURS


def is_logged(found: Found, state: Maybe[str]) -> Maybe[bool]:
    """Return whether there is a report of what was done, from the detail 'report'."""
    report = maybe_text(found, "report.auditReportStatus")
    if isinstance(report, Unknown):
        return report
    if report == "AVAILABLE":
        return True
    if report == "FAILED" or (report == "NOTAVAILABLE" and state in _ENDED):
        return False
    return Unknown(f"the report of what was done is {report}")


def without_asking(actions: Json, conditions: Mapping[str, Maybe[bool]]) -> Maybe[tuple[str, ...]]:
    """Return what a control approves beforehand: its list of actions, and more on conditions."""
    for value in (actions, *conditions.values()):
        if isinstance(value, Unknown):
            return value
    if not isinstance(actions, list):
        return Unknown("the provider's answer has something that is no list of actions")
    met = [each for each, holds in conditions.items() if holds]
    return tuple(f"approved without asking: {each}" for each in (*sorted(map(str, actions)), *met))
