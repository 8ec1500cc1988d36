"""OCI policies: each statement, whom it speaks of, and what it lets them do where.

A policy's own ``define`` statements give names to the tenancies and groups of others. Where a
named compartment is, ``facts`` joins; what its stores are, too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from auditor.collect.oci.iam import Effect, Statement, parse
from auditor.collect.oci.iam.conditions import REGION, last_moment, variables
from auditor.collect.oci.iam.meaning import (
    access_of,
    gives_of,
    holdings_of,
    regions_denied,
    regions_of,
)
from auditor.collect.oci.iam.parsing import ANY_TENANCY
from auditor.collect.oci.iam.statement import Location, Principal
from auditor.collect.oci.reading import text
from auditor.collect.oci.states import state_of
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import UNJOINED, Guardrail, Maybe, PolicyStatement

ANYBODY = "*"
_EXEMPT = ("Administrators of the default domain",)  # no denial binds them, by Oracle's design
_ON, _OFF = frozenset({"ACTIVE"}), frozenset({"CREATING", "INACTIVE", "DELETED"})
_NOBODY = Principal(kind="")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Policy:
    """One policy, with the names that it defines: (kind, name in lower case) -> OCID."""

    found: Found
    id: str
    account: str
    place: str
    defined: Mapping[tuple[str, str], str]

    def ocid(self, kind: str, name: str) -> Maybe[str]:
        """Return the OCID that a name was defined to be."""
        defined = self.defined.get((kind, name.lower()))
        return defined or Unknown(f"the policy does not define the {kind} {name}")


def _rows(found: Found) -> Iterator[PolicyStatement | Guardrail]:
    if text(found, "item.lifecycleState") == "DELETED":
        return
    statements = found.read("item.statements")
    if not isinstance(statements, list):
        policy = _policy(found, ())
        yield _unread(policy, f"{policy.id}/?", "", Unknown("the policy states no statements"))
        return
    written = tuple(each if isinstance(each, str) else "" for each in statements)
    policy = _policy(found, written)
    for number, each in enumerate(written, start=1):
        yield from _statement_rows(policy, f"{policy.id}/{number}", each)


def _policy(found: Found, written: tuple[str, ...]) -> _Policy:
    read = [parse(each) for each in written]
    definitions = [each.definition for each in read if isinstance(each, Statement)]
    return _Policy(
        found=found,
        id=text(found, "item.id"),
        account=found.place["account"],
        place=text(found, "item.compartmentId") or found.place["compartment"],
        defined={(d.kind, d.name.lower()): d.ocid for d in definitions if d},
    )


def _statement_rows(
    policy: _Policy, row: str, written: str
) -> Iterator[PolicyStatement | Guardrail]:
    statement = parse(written)
    if isinstance(statement, Unknown):
        yield _unread(policy, row, written, statement)
        return
    principals = statement.principals or (_NOBODY,)
    for number, principal in enumerate(principals, start=1):
        name = row if len(principals) == 1 else f"{row}/{number}"
        yield _row(policy, name, written, statement, principal)
    if statement.denies:
        yield _guardrail(policy, row, statement)


def _row(
    policy: _Policy, row: str, written: str, statement: Statement, principal: Principal
) -> PolicyStatement:
    reach = statement.reach
    here, there = _places(statement)
    return PolicyStatement(
        **_common(policy, row, written),
        parsed=True,
        effect=str(statement.effect),
        denies=statement.denies,
        principal_kind=principal.kind,
        principal=_name(policy, statement, principal),
        principal_account=_principal_account(policy, statement, principal),
        resource=reach.resource if reach else "",
        access=access_of(statement),
        gives=gives_of(statement),
        holdings=holdings_of(statement),
        path=here.path if here else (),
        compartment=_compartment(policy, here),
        target_account=_tenancy(policy, there),
        conditional=statement.condition is not None,
        depends_on=variables(statement.condition),
        regions=regions_of(statement.condition),
        ends=last_moment(statement.condition),
    )


def _common(policy: _Policy, row: str, written: str) -> dict[str, Any]:
    return {
        "id": row,
        "evidence": policy.found.evidence,
        "provider": "oci",
        "account": policy.account,
        "policy_id": policy.id,
        "place": policy.place,
        "text": written,
    }


def _unread(policy: _Policy, row: str, written: str, why: Unknown) -> PolicyStatement:
    return PolicyStatement(
        **_common(policy, row, written),
        parsed=False,
        effect=why,
        denies=why,
        principal_kind=why,
        principal=why,
        principal_account=why,
        resource=why,
        access=why,
        gives=why,
        holdings=why,
        path=why,
        compartment=why,
        target_account=why,
        conditional=why,
        depends_on=why,
        regions=why,
        ends=why,
        effective=why,
        agreed=why,
        data_classes=why,
        more_classes=why,
    )


def _places(statement: Statement) -> tuple[Location | None, Location | None]:
    """Return where a statement applies within the own tenancy, and where in others."""
    here = there = None
    if statement.reach:
        for location in (statement.reach.location, statement.reach.other_location):
            if location and (location.tenancy or location.kind == ANY_TENANCY):
                there = location
            elif location:
                here = location
    return here, there


def _name(policy: _Policy, statement: Statement, principal: Principal) -> str:
    """Return who a principal is: by OCID, if the policy defines the name."""
    if statement.definition:
        return statement.definition.name
    defined = policy.ocid(principal.kind, principal.label)
    return principal.label if isinstance(defined, Unknown) else defined


def _principal_account(policy: _Policy, statement: Statement, principal: Principal) -> Maybe[str]:
    if statement.effect is Effect.ADMIT:
        if not statement.source:
            return Unknown("the statement does not say of which tenancy its principals are")
        if statement.source == ANY_TENANCY:
            return ANYBODY
        return policy.ocid("tenancy", statement.source)
    # Services and what they run as are Oracle's own.
    return "" if principal.kind in ("", "service", "resource") else policy.account


def _compartment(policy: _Policy, location: Location | None) -> Maybe[str]:
    if location is None:
        return ""
    if location.kind == "tenancy":
        return policy.account  # the root compartment has the tenancy's OCID
    return location.ocid or UNJOINED


def _tenancy(policy: _Policy, location: Location | None) -> Maybe[str]:
    if location is None:
        return ""
    return ANYBODY if location.kind == ANY_TENANCY else policy.ocid("tenancy", location.tenancy)


def _guardrail(policy: _Policy, row: str, statement: Statement) -> Guardrail:
    """Return what a denial prevents; Oracle exempts the tenancy's first administrators."""
    here, _ = _places(statement)
    target = _compartment(policy, here)
    if here and isinstance(target, Unknown):
        # The path, and not the place above it: a denial must not seem to bind more than it does.
        target = ":".join((policy.place, *here.path))
    limits = {
        "regions": REGION in variables(statement.condition),
        "outside principals": statement.effect is not Effect.ALLOW,
    }
    return Guardrail(
        id=f"{row}/denies",
        evidence=policy.found.evidence,
        provider="oci",
        account=policy.account,
        name=text(policy.found, "item.name"),
        kind="IAM denial",
        target_id=str(target or policy.place),
        enforced=state_of(policy.found, "item.lifecycleState", _ON, _OFF),
        limits=tuple(name for name, limited in limits.items() if limited),
        denied_regions=regions_denied(statement),
        exempt_principals=_EXEMPT,
    )


POLICIES = Collector(
    kind="oci.identity.policy",
    service="identity.IdentityClient",
    title="Policies, statement by statement",
    per=("account", "compartment"),
    listing=Listing(
        operation="list_policies",
        permission="inspect policies",
        parameters={"limit": 1000},
        bind={"compartment_id": "place.compartment"},
        items=".",
    ),
    tables=(PolicyStatement, Guardrail),
    rows=_rows,
    types=("Policy",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/identity/20160918/Policy/ListPolicies",
)
