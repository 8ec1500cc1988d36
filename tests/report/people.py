"""Rows of made-up tables of who can reach data, and who did."""

from auditor.model import Json

OURS, FAR, VENDOR = "111122223333", "999988887777", "888877776666"
Rows = list[dict[str, Json]]


def user(name: str, **more: Json) -> dict[str, Json]:
    """Return a user who works for the company in the United States, and is no covered person."""
    return {
        "id": f"arn:aws:iam::{OURS}:user/{name}",
        "provider": "aws",
        "account": OURS,
        "kind": "user",
        "name": name,
        "person_id": name,
        "person_name": name.title(),
        "human": True,
        "collective": False,
        "employer": "Example Media LLC",
        "country": "US",
        "covered_person": False,
        **more,
    }


def unlisted(name: str, **more: Json) -> dict[str, Json]:
    """Return a role that no line of the roster names."""
    nobody = {"employer": None, "country": None, "covered_person": None, "person_id": None}
    return user(name, kind="role", id=f"arn:aws:iam::{OURS}:role/{name}", **nobody, **more)


def anybody() -> dict[str, Json]:
    """Return everybody, as a principal."""
    all_ = {"employer": "*", "country": "*", "covered_person": True}
    return user("anybody", id="anybody", kind="anybody", account="*", **all_)


def right(who: str, access: str, first: int = 0, last: int = 0, **more: Json) -> dict[str, Json]:
    """Return a certain right over stores of user data, from the first to the last of them."""
    return {
        "id": f"{who}/{access}/{first}-{last}/{more.get('path', '')}",
        "provider": "aws",
        "account": OURS,
        "principal_id": who,
        "access": access,
        "extent_id": f"extent-{first}-{last}",
        "stores": last - first + 1,
        "store_id": f"bucket-{first:03}",
        "given": True,
        "conditional": False,
        "depends_on": [],
        "path": [],
        "through": [],
        "statements": [f"{who}#inline#1"],
        "agreed": True,
        "data_classes": ["us_user_data"],
        "more_classes": False,
        "used": None,
        **more,
    }


def extents(*runs: tuple[int, int]) -> Rows:
    """Return an extent of one run for each pair of numbers of stores."""
    return [
        {
            "id": f"extent-{first}-{last}/run",
            "extent_id": f"extent-{first}-{last}",
            "first_store": f"bucket-{first:03}",
            "last_store": f"bucket-{last:03}",
            "stores": last - first + 1,
        }
        for first, last in runs
    ]


def bucket(number: int, classes: list[str] | None) -> dict[str, Json]:
    """Return a store of these classes."""
    return {
        "id": f"bucket-{number:03}",
        "provider": "aws",
        "account": OURS,
        "region": "us-east-1",
        "country": "US",
        "data_classes": classes,
    }


def access(who: str, **more: Json) -> dict[str, Json]:
    """Return two reads of user data from the United States, one of them refused."""
    return {
        "id": f"{who}/{'/'.join(map(str, more.values()))}",
        "provider": "aws",
        "account": OURS,
        "region": "us-east-1",
        "service": "s3",
        "access": "read",
        "operations": ["GetObject"],
        "principal_id": who,
        "root_id": who,
        "session": "",
        "principal_account": OURS,
        "store_id": "bucket-000",
        "address": "203.0.113.7",
        "origin": "internet",
        "country": "US",
        "countries": ["US"],
        "network": "",
        "second_factor": True,
        "first": "2026-11-20T10:00:00Z",
        "last": "2026-11-20T11:00:00Z",
        "events": 2,
        "errors": 1,
        "bytes_out": 0,
        "samples": ["event-1", "event-2"],
        "data_classes": ["us_user_data"],
        "permitted": True,
        "excepted": False,
        **more,
    }


def recording(start: str, end: str, **more: Json) -> dict[str, Json]:
    """Return hours of a trail that are whole and vouched for."""
    return {
        "id": f"trail/{start}/{'/'.join(map(str, more.values()))}",
        "provider": "aws",
        "account": OURS,
        "region": "us-east-1",
        "source": "trail",
        "kind": "cloudtrail",
        "start": start,
        "end": end,
        "files": 3,
        "events": 40,
        "doubled": 1,
        "malformed": 2,
        "integrity": True,
        "whole": True,
        "reason": "",
        **more,
    }
