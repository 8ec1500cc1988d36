"""Accesses, recordings and grants over a few buckets of AWS, for tests of what joins them."""

from typing import Any

from auditor.model import Audit, Person, RegisterEntry
from auditor.tables import Access, Coverage, Extent, Grant, Recording, Row, Store
from tests.facts.deriving import Facts
from tests.facts.identifying import ACCOUNT, OURS, about, user

START, END = "2026-01-01T00:00:00Z", "2026-01-02T12:00:00Z"
JANE = user("jane")
CLASSES = ("us_user_data",)


def bucket(name: str, **changes: Any) -> Store:
    """Return a bucket that holds user data."""
    default: dict[str, Any] = {
        "id": f"arn:aws:s3:::{name}",
        "name": name,
        "provider": "aws",
        "operator": "Cloud Inc",
        "account": OURS,
        "region": "us-east-1",
        "country": "US",
        "service": "s3",
        "kind": "bucket",
        "backup": False,
        "data_classes": CLASSES,
        "classified_by": "a rule",
        "encrypted": True,
        "key_id": "",
        "public": False,
        "locked": False,
        "size_bytes": 0,
        "created": "",
        "tags": {},
    }
    return Store(**default | changes)


def access(**changes: Any) -> Access:
    """Return what one summary says: Jane read one bucket from home."""
    default: dict[str, Any] = {
        "id": "a",
        "provider": "aws",
        "account": OURS,
        "region": "us-east-1",
        "service": "s3",
        "access": "read",
        "operations": ("GetObject",),
        "principal_id": JANE.id,
        "root_id": JANE.id,
        "principal_account": OURS,
        "store_id": "arn:aws:s3:::b",
        "address": "198.51.100.1",
        "origin": "internet",
        "country": "US",
        "first": "2026-01-01T10:00:00Z",
        "last": "2026-01-01T11:00:00Z",
        "events": 2,
        "errors": 0,
        "bytes_out": 10,
        "samples": ("e1", "e2"),
    }
    return Access(**default | changes)


def grant(principal: str = JANE.id, **changes: Any) -> Grant:
    """Return a grant to read the stores of extent 'x'."""
    default: dict[str, Any] = {
        "id": "g",
        "provider": "aws",
        "account": OURS,
        "principal_id": principal,
        "access": "read",
        "extent_id": "x",
        "stores": 1,
        "store_id": "arn:aws:s3:::b",
        "given": True,
        "conditional": False,
        "statements": ("p#1",),
        "data_classes": CLASSES,
        "more_classes": False,
    }
    return Grant(**default | changes)


def run(first: str, last: str, stores: int, extent: str = "x") -> Extent:
    """Return a run of buckets, from one name to another."""
    return Extent(
        id=f"{extent}/{first}",
        extent_id=extent,
        first_store=f"arn:aws:s3:::{first}",
        last_store=f"arn:aws:s3:::{last}",
        stores=stores,
    )


def recording(**changes: Any) -> Recording:
    """Return the whole log of the period."""
    default: dict[str, Any] = {
        "id": "r",
        "provider": "aws",
        "account": OURS,
        "region": "us-east-1",
        "source": "logs",
        "kind": "cloudtrail",
        "start": START,
        "end": END,
        "files": 1,
        "events": 1,
        "doubled": 0,
        "malformed": 0,
        "integrity": True,
        "whole": True,
        "reason": "",
    }
    return Recording(**default | changes)


def unit(*tables: str, account: str = OURS, is_open: bool = False) -> Coverage:
    """Return one planned collection of some tables."""
    return Coverage(
        id=f"{account}/{'-'.join(tables)}",
        provider="aws",
        collector="",
        service="",
        account=account,
        region="",
        compartment="",
        outcome="denied" if is_open else "complete",
        open=is_open,
        complete=not is_open,
        reason="",
        permission="",
        items=0,
        answers=0,
        refusals=0,
        tables=tables,
    )


def derived(
    *rows: Row, roster: tuple[Person, ...] = (), register: tuple[RegisterEntry, ...] = ()
) -> Facts:
    """Return the facts of Jane, her account, and more."""
    audit: Audit = about(
        *roster,
        register=register,
        as_of="2026-01-02T14:00:00Z",
        period_start="2026-01-01",
        period_end="2026-01-02",
    )
    return Facts([ACCOUNT, JANE, *rows], audit)
