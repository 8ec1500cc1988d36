"""Rows of ``guardrails``: what those of Oracle Cloud have in common, and those that quotas make."""

from collections.abc import Iterator
from typing import Any

from auditor.collect.oci.quotas import bans
from auditor.model import Json
from auditor.spec import Found
from auditor.tables import Guardrail, Maybe


def guardrail(found: Found, **columns: Any) -> Guardrail:
    """Return a guardrail of the tenancy that is asked, in all regions unless one is named."""
    settled = {"evidence": found.evidence, "provider": "oci", "account": found.place["account"]}
    return Guardrail(**{**settled, **columns})


def quota_rows(
    found: Found, id_: str, name: str, tenancy: str, statements: Json, enforced: Maybe[bool]
) -> Iterator[Guardrail]:
    """Yield a row for each compartment and set of regions in which quotas let nothing be made.

    Quotas that only limit how much yield one row, which limits no region.

    Args:
        id_: of the policy or rule that holds the statements.
        tenancy: on which they act.
    """
    common = {"name": name, "kind": "quota", "enforced": enforced}
    found_bans = bans(statements)
    for number, ban in enumerate(found_bans, 1):
        place = f"{tenancy}/compartment/{ban.compartment}" if ban.compartment else tenancy
        yield guardrail(
            found,
            id=f"{id_}/{number}",
            target_id=place,
            limits=("regions",),
            allowed_regions=ban.allowed_regions,
            denied_regions=ban.denied_regions,
            escapes=ban.escapes,
            **common,
        )
    if not found_bans:
        yield guardrail(found, id=id_, target_id=tenancy, limits=("amounts",), **common)
