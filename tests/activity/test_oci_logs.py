"""Oracle Cloud's Audit events and Object Storage logs, in every shape that they come in."""

import json
from typing import Any

import pytest

from auditor.activity.kernel import summarise
from auditor.activity.partial import ROW_COLUMNS, Origin, Partial

TENANCY, OTHER = "ocid1.tenancy.oc1..home", "ocid1.tenancy.oc1..other"
DATABASE = "ocid1.autonomousdatabase.oc1.iad.abc"
DATA: dict[str, Any] = {
    "eventName": "UpdateAutonomousDatabase",
    "resourceId": DATABASE,
    "identity": {
        "principalId": "ocid1.user.oc1..ann",
        "principalName": "ann",
        "authType": "natv",
        "tenantId": OTHER,
        "ipAddress": "192.0.2.9",
        "credentials": "secret",
    },
    "request": {"action": "PUT", "path": "/x"},
    "response": {"status": "404"},
}
TYPE = "com.oraclecloud.DatabaseService.UpdateAutonomousDatabase"
MOMENT = "2026-01-02T03:04:05.678Z"
RAW = {"id": "e1", "time": MOMENT, "type": TYPE, "data": DATA, "oracle": {"tenantid": TENANCY}}
LISTED = {"eventId": "e1", "eventTime": MOMENT, "eventType": TYPE, "data": DATA}


def kebab(value: Any) -> Any:
    """Write names as the command line does."""
    if not isinstance(value, dict):
        return value
    return {
        "".join(f"-{c.lower()}" if c.isupper() else c for c in name): kebab(inner)
        for name, inner in value.items()
    }


SHAPES = {
    "raw": json.dumps(RAW) + "\n",
    "an array": json.dumps([RAW]),
    "exported by search": json.dumps({"datetime": 1, "logContent": RAW}),
    "search": json.dumps({"results": [{"data": {"datetime": 1, "logContent": RAW}}]}),
    "listed": json.dumps([LISTED]),
    "command line": json.dumps({"data": [kebab(LISTED)]}),
    "snake case": json.dumps(kebab(LISTED)).replace("-", "_").replace("2026_01_02", "2026-01-02"),
}


def read(text: str, kind: str = "oci audit", region: str = "") -> Partial:
    """Summarise a file."""
    origin = Origin(kind=kind, source="oci", name="x.log.gz", account=TENANCY, region=region)
    return summarise(origin, text.encode())


def values(partial: Partial, *names: str) -> list[str | int]:
    """Return some columns of the only row."""
    (row,) = partial.rows
    return [row[ROW_COLUMNS.index(name)] for name in names]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_says_the_same(shape: str) -> None:
    """Who of which tenancy did what to which resource, in whose log."""
    partial = read(SHAPES[shape])
    assert (partial.events, partial.malformed) == (1, 0)
    assert values(partial, "account", "region", "service", "access", "principal", "session") == [
        TENANCY, "us-ashburn-1", "databaseservice", "administer", "ocid1.user.oc1..ann", "ann",
    ]  # fmt: skip
    names = ("principal_account", "store", "address", "errors", "first_id")
    assert values(partial, *names) == [OTHER, DATABASE, "192.0.2.9", 1, "e1"]
    assert "secret" not in str(partial)


def test_the_events_service_does_not_say_who() -> None:
    """Without identity, the principal is not known."""
    event = {
        "eventType": TYPE,
        "eventTime": MOMENT,
        "eventID": "e",
        "data": {"resourceId": DATABASE},
    }
    assert values(read(json.dumps(event)), "principal", "store", "first_id") == ["", DATABASE, "e"]


@pytest.mark.parametrize(
    ("operation", "action", "access"),
    [
        ("GetSecretBundle", "GET", "read"),
        ("Decrypt", "POST", "decrypt"),
        ("ListBuckets", "GET", "other"),
        ("CreatePreauthenticatedRequest", "POST", "share"),
        ("InteractiveLogin", "POST", "sign-in"),
        ("DeleteVault", "DELETE", "administer"),
    ],
)
def test_which_access_it_was(operation: str, action: str, access: str) -> None:
    """Metadata is no content; what is not listed and changes something administers."""
    data = DATA | {"eventName": operation, "request": {"action": action}}
    assert values(read(json.dumps(RAW | {"data": data})), "access") == [access]


def test_a_bucket_has_the_id_that_stores_have() -> None:
    """By namespace and name, from the path or from the details."""
    data = DATA | {"resourceId": "/n/ns/b/data"}
    found = read(json.dumps(RAW | {"data": data}), region="us-phoenix-1")
    assert values(found, "store") == ["oci:objectstorage:us-phoenix-1:ns/data"]
    details = {"additionalDetails": {"namespace": "ns", "bucketName": "b"}, "resourceId": ""}
    found = read(json.dumps(RAW | {"data": DATA | details}), region="us-phoenix-1")
    assert values(found, "store") == ["oci:objectstorage:us-phoenix-1:ns/b"]


OBJECT: dict[str, Any] = {
    "bucketName": "data",
    "namespaceName": "ns",
    "region": "us-phoenix-1",
    "principalId": "ocid1.user.oc1..ann",
    "tenantId": OTHER,
    "authenticationType": "user",
    "clientIpAddress": "192.0.2.9",
    "requestAction": "GET",
    "statusCode": 200,
    "isPar": False,
    "vcnId": "0",
}


def requested(operation: str = "getobject", **changed: Any) -> Partial:
    """Summarise one request."""
    event = RAW | {"type": f"com.oraclecloud.objectstorage.{operation}", "data": OBJECT | changed}
    return read(json.dumps(event), "oci objects")


def test_a_request_for_an_object_becomes_a_row() -> None:
    """A read of a bucket by somebody of another tenancy."""
    assert values(requested(), "store", "access", "principal_account", "errors", "endpoint") == [
        "oci:objectstorage:us-phoenix-1:ns/data", "read", OTHER, 0, "",
    ]  # fmt: skip
    assert values(requested("listobjects"), "access") == ["other"]
    refused = requested("putobject", statusCode="403", vcnId="ocid1.vcn.oc1.phx.a")
    assert values(refused, "access", "errors", "endpoint") == ["write", 1, "ocid1.vcn.oc1.phx.a"]


def test_a_pre_authenticated_request_is_anybody() -> None:
    """Whoever holds the address is let in, whoever made it."""
    assert values(requested(isPar=True), "principal", "principal_kind") == ["anybody", "par"]


def test_damaged_lines_cost_themselves_only() -> None:
    """Lines between which something else stands are read."""
    line = json.dumps(RAW)
    partial = read(f'{line}\n{{"id": \nnonsense\n5\n{{}}\n{line}\n')
    assert partial.events == 2
    assert partial.malformed >= 2
