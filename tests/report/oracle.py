"""Rows of made-up tables of Oracle Cloud: statements, grants, requests of its people, the rest."""

from collections.abc import Mapping

from auditor.model import Json
from tests.report.independent import charge, witness

TENANCY = "ocid1.tenancy.oc1..aaaademo"
FAR = "ocid1.tenancy.oc1..far"
Rows = list[dict[str, Json]]


def statement(number: int, **more: Json) -> dict[str, Json]:
    """Return a statement that lets any user read objects of user data."""
    return {
        "id": f"statement-{number}",
        "provider": "oci",
        "account": TENANCY,
        "policy_id": "ocid1.policy.oc1..p",
        "place": TENANCY,
        "text": "Allow any-user to read objects in compartment prod",
        "parsed": True,
        "effect": "allow",
        "denies": False,
        "principal_kind": "any-user",
        "principal": "any-user",
        "principal_account": TENANCY,
        "resource": "objects",
        "access": "read",
        "holdings": ["objectstorage/*"],
        "path": ["prod"],
        "compartment": "ocid1.compartment.oc1..prod",
        "target_account": "",
        "conditional": False,
        "depends_on": [],
        "regions": ["*"],
        "ends": "",
        "effective": True,
        "agreed": True,
        "data_classes": ["us_user_data"],
        "more_classes": False,
        **more,
    }


def illegible(number: int, text: str) -> dict[str, Json]:
    """Return a statement that nobody could read."""
    kept = ("id", "provider", "account", "policy_id", "place")
    return {
        **{name: value for name, value in statement(number).items() if name in kept},
        "text": text,
        "parsed": False,
    }


def grant(number: int, **more: Json) -> dict[str, Json]:
    """Return what lets any user read one store of user data."""
    return {
        "id": f"grant-{number}",
        "store_id": f"store-{number}",
        "statement_id": "statement-0",
        "provider": "oci",
        "account": TENANCY,
        "principal_kind": "any-user",
        "principal": "any-user",
        "principal_account": TENANCY,
        "access": "read",
        "conditional": False,
        "agreed": True,
        "data_classes": ["us_user_data"],
        **more,
    }


def visit(number: int, **more: Json) -> dict[str, Json]:
    """Return a request from India that somebody agreed to, and that is on record."""
    return {
        "id": f"visit-{number}",
        "provider": "oci",
        "account": TENANCY,
        "region": "us-ashburn-1",
        "kind": "lockbox",
        "requester": "ocid1.user.oc1..support",
        "requester_country": "IN",
        "employer": "Oracle",
        "reason": "service request 3-1",
        "state": "APPROVED",
        "opened": "2026-09-01T08:00:00.000Z",
        "granted": True,
        "approved": True,
        "automatic": False,
        "approver": "ocid1.user.oc1..ann",
        "logged": True,
        **more,
    }


def spared(number: int, region: str, service: str, **more: Json) -> dict[str, Json]:
    """Return a collection that the index closed."""
    return {
        "id": f"spared-{number}",
        "provider": "oci",
        "collector": f"oci.{service}.thing",
        "service": service,
        "account": TENANCY,
        "region": region,
        "compartment": "",
        "outcome": "unlisted",
        "open": False,
        "complete": True,
        "reason": "not listed in 4 of 7 compartments, in which the provider's index names none",
        "permission": "",
        "closed_by": "Resource Search and the bill",
        "items": 0,
        "answers": 1,
        "refusals": 0,
        "tables": ["stores"],
        **more,
    }


def refused(number: int, service: str, **more: Json) -> dict[str, Json]:
    """Return a collection that was denied in one compartment."""
    return spared(
        number,
        "us-ashburn-1",
        service,
        compartment="ocid1.compartment.oc1..legacy",
        outcome="denied",
        open=True,
        complete=None,
        reason=f"list_{service} was denied (NotAuthorizedOrNotFound)",
        permission=f"inspect {service}",
        closed_by="",
        refusals=1,
        **more,
    )


def tenancy() -> Mapping[str, Rows]:
    """Return one tenancy with something of everything, good and bad."""
    regions = ("us-ashburn-1", "us-phoenix-1")
    named = {"id": TENANCY, "name": "n", "provider": "oci", "operator": "Oracle", "active": True}
    unread = visit(3, kind="operator access control", requester_country=None, logged=None)
    return {
        "accounts": [named],
        "regions": [_region(name) for name in regions],
        "policy_statements": _statements(),
        "grants": _grants(),
        "provider_accesses": [
            visit(0),
            visit(1, granted=False, approved=False, logged=None),
            visit(2, kind="operator access control", requester_country=None, automatic=True),
            unread,
        ],
        "coverage": [
            *(spared(n, regions[n % 2], f"service{n:02d}") for n in range(90)),
            spared(90, "us-phoenix-1", "left", open=True, complete=None, closed_by=""),
            *(refused(100 + n, f"thing{n}") for n in range(30)),
            {**refused(200, "alone"), "region": "eu-frankfurt-1"},
            spared(300, "", "usage", collector="oci.usage.line", outcome="complete", reason=""),
        ],
        "spend": [charge(1, provider="oci", account=TENANCY, explained=True)],
        "witnesses": [
            witness(n, "resource search", name, provider="oci", account=TENANCY, name="Bucket")
            for n, name in enumerate(regions)
        ],
    }


def _region(name: str) -> dict[str, Json]:
    return {
        "id": f"{TENANCY}/{name}",
        "provider": "oci",
        "account": TENANCY,
        "region": name,
        "country": "US",
        "enabled": True,
        "creation_denied": False,
        "inventoried": True,
    }


_OWN = {"principal_kind": "group", "principal": "Admins"}
_THEIRS = {"principal_kind": "group", "principal": "Engineers", "principal_account": FAR}


def _statements() -> Rows:
    return [
        statement(0),
        statement(1, text="Allow ANY-USER to read objects in compartment prod"),
        statement(2, **_OWN, effect="endorse", target_account="*", agreed=None),
        statement(3, **_THEIRS, effect="admit", agreed=None, conditional=True),
        statement(4, **_THEIRS, effect="admit", effective=False),
        statement(5, **_OWN),
        illegible(6, "Allow group Helpers to approve things"),
    ]


def _grants() -> Rows:
    names = ("principal_kind", "principal", "principal_account", "access", "data_classes")
    nobody_knows = dict.fromkeys(names)
    return [
        *(grant(n) for n in range(3)),
        *(grant(10 + n, store_id=f"store-{n}", **_OWN, access="manage") for n in range(9)),
        grant(20, store_id="store-2", **_THEIRS, conditional=True, agreed=None),
        grant(21, store_id="store-20", data_classes=[]),
        grant(22, store_id=None, statement_id="statement-6", **nobody_knows),
    ]
