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


def store(number: int, **more: Json) -> dict[str, Json]:
    """Return a bucket of user data."""
    return {
        "id": f"store-{number:03}",
        "provider": "oci",
        "account": TENANCY,
        "service": "objectstorage",
        "kind": "bucket",
        "region": "us-ashburn-1",
        "country": "US",
        "data_classes": ["us_user_data"],
        **more,
    }


def principal(id_: str, **more: Json) -> dict[str, Json]:
    """Return a group of the tenancy's own."""
    return {
        "id": id_,
        "provider": "oci",
        "account": TENANCY,
        "kind": "group",
        "name": id_.rpartition("/")[2],
        **more,
    }


def extent(first: int, last: int) -> dict[str, Json]:
    """Return a run of stores; its extent is named after it."""
    return {
        "id": f"extent-{first}-{last}/run",
        "extent_id": f"extent-{first}-{last}",
        "first_store": f"store-{first:03}",
        "last_store": f"store-{last:03}",
        "stores": last - first + 1,
    }


def grant(number: int, first: int = 0, last: int = 0, **more: Json) -> dict[str, Json]:
    """Return what lets any user read stores of user data."""
    return {
        "id": f"grant-{number}",
        "principal_id": f"{TENANCY}/any-user",
        "extent_id": f"extent-{first}-{last}",
        "store_id": f"store-{first:03}",
        "stores": last - first + 1,
        "statements": [f"statement-{number}"],
        "provider": "oci",
        "account": TENANCY,
        "access": "read",
        "given": True,
        "conditional": False,
        "depends_on": [],
        "path": [],
        "through": [],
        "agreed": True,
        "data_classes": ["us_user_data"],
        "more_classes": False,
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
        "extents": [extent(0, 2), extent(0, 8), extent(2, 2), extent(20, 20)],
        "principals": [
            principal("Admins"),
            principal("ann", kind="user"),
            principal("Engineers", account=FAR),
            principal(f"{TENANCY}/any-user"),
        ],
        "stores": [*(store(n) for n in range(9)), store(20, data_classes=[])],
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
    names = ("principal_id", "access", "data_classes", "extent_id", "stores", "store_id", "given")
    return [
        grant(0, 0, 2),
        grant(10, 0, 8, principal_id="Admins", access="administer"),
        grant(11, 0, 8, principal_id="Admins"),
        grant(12, 0, 8, principal_id="ann", through=["Admins"]),
        grant(20, 2, 2, principal_id="Engineers", conditional=True, agreed=None),
        grant(21, 20, 20, data_classes=[]),
        {**grant(22), **dict.fromkeys(names)},
    ]
