"""Rows of made-up fact tables, and the files that they are stored in."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import msgspec

from auditor.columns import columns
from auditor.model import Json
from auditor.tables import TABLES


def write_facts(folder: Path, tables: Mapping[str, Sequence[Mapping[str, Json]]]) -> Path:
    """Write ``<table>.parquet`` for every table; tables not given are empty."""
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        for table in TABLES:
            rows = tables.get(table.table, ())
            path = folder / f"{table.table}.ndjson"
            text = b"\n".join(_line(row) for row in rows)
            path.write_bytes(text + b"\n" if text else b"")
            shape = {column.name: column.type for column in columns(table)}
            target = folder / f"{table.table}.parquet"
            connection.execute(
                f"COPY (FROM read_json('{path}', format='newline_delimited', "
                f"columns={shape})) TO '{target}' (FORMAT parquet)"
            )
            path.unlink()
    return folder


def _line(row: Mapping[str, Json]) -> bytes:
    """Return a row as JSON; a lone surrogate, which Parquet cannot hold, is replaced."""
    return msgspec.json.encode(_cleaned(row))


def _cleaned(thing: Json) -> Json:
    if isinstance(thing, str):
        return thing.encode("utf-8", "replace").decode("utf-8")
    if isinstance(thing, Mapping):
        return {_cleaned(key): _cleaned(part) for key, part in thing.items()}
    return [_cleaned(part) for part in thing] if isinstance(thing, list | tuple) else thing


def store(
    number: int, region: str, country: str, classes: list[str] | None, provider: str = "aws"
) -> dict[str, Json]:
    return {
        "id": f"store-{number}",
        "name": f"store {number}",
        "provider": provider,
        "operator": "Oracle" if provider == "oci" else "Amazon Web Services",
        "account": "111122223333",
        "region": region,
        "country": country,
        "service": "s3",
        "kind": "bucket",
        "backup": False,
        "data_classes": classes,
    }


def unit(number: int, outcome: str = "complete", *, refused: bool = False) -> dict[str, Json]:
    return {
        "id": f"unit-{number}",
        "provider": "aws" if number % 2 else "oci",
        "collector": "bucket",
        "service": ("s3", "kms", "rds", "objectstorage")[number % 4],
        "account": "111122223333",
        "region": ("us-east-1", "us-west-2", "us-ashburn-1")[number % 3],
        "compartment": "",
        "outcome": outcome,
        "closed_by": "",
        "open": refused,
        "reason": "the call was denied" if refused else "",
        "permission": "s3:ListAllMyBuckets" if refused else "",
        "items": 0 if refused else 10,
        "answers": 40,
        "refusals": 1 if refused else 0,
        "tables": ["stores"],
    }


def mixed_stores() -> list[dict[str, Json]]:
    places = (
        ("us-ashburn-1", "US", 240, "oci"),
        ("us-phoenix-1", "US", 96, "oci"),
        ("us-east-1", "US", 41, "aws"),
        ("us-west-2", "US", 20, "aws"),
        ("eu-central-1", "DE", 3, "aws"),
        ("sa-east-1", "BR", 2, "aws"),
        ("uk-london-1", "GB", 1, "oci"),
    )
    stores: list[dict[str, Json]] = []
    for region, country, count, provider in places:
        for _ in range(count):
            classes = None if len(stores) % 11 == 0 else ["us_user_data"]
            stores.append(store(len(stores), region, country, classes, provider))
    for _ in range(88):
        stores.append(store(len(stores), "us-east-1", "US", []))
    return stores


def mixed_reach() -> list[dict[str, Json]]:
    """Return paths over one and two of the mixed flows."""
    ends = (
        (["flow-30"], "eu-central-1", "DE", "111122223333"),
        (["flow-0", "flow-31"], "eu-central-1", "DE", "111122223333"),
        (["flow-72"], "", "", "*"),
        (["flow-75"], None, None, None),
        (["flow-1"], "us-phoenix-1", "US", "111122223333"),
    )
    return [
        {
            "id": f"reach-{number}",
            "store_id": "store-340",
            "end_id": "",
            "end_account": account,
            "end_region": region,
            "end_country": country,
            "end_operator": "Amazon Web Services",
            "hops": len(path),
            "path": path,
        }
        for number, (path, region, country, account) in enumerate(ends)
    ]


def mixed_flows() -> list[dict[str, Json]]:
    flows: list[dict[str, Json]] = []
    ways = (
        (0, "replication", "us-phoenix-1", "US", "111122223333", 30),
        (340, "replication", "eu-central-1", "DE", "111122223333", 40),
        (360, "share", "us-east-1", "US", "999900001111", 2),
        (20, "link", "", "", "*", 3),
        (30, "copy", None, None, None, 4),
        (345, "backup", "us-west-2", "US", "111122223333", 12),
    )
    for start, mechanism, region, country, account, count in ways:
        for n in range(count):
            flows.append(
                {
                    "id": f"flow-{len(flows)}",
                    "store_id": f"store-{start + n % 15}",
                    "provider": "aws",
                    "account": "111122223333",
                    "region": "us-east-1",
                    "mechanism": mechanism,
                    "active": True,
                    "target_id": "",
                    "target_account": account,
                    "target_region": region,
                    "target_country": country,
                    "target_operator": "Amazon Web Services",
                }
            )
    return flows


def common() -> dict[str, list[dict[str, Json]]]:
    accounts = [
        ("111122223333", "aws", "production"),
        ("444455556666", "aws", None),
        ("ocid1.tenancy.oc1..aaaademo", "oci", "example-media"),
    ]
    regions = [
        ("us-east-1", "aws", "US"),
        ("us-west-2", "aws", "US"),
        ("eu-central-1", "aws", "DE"),
        ("us-ashburn-1", "oci", "US"),
        ("us-phoenix-1", "oci", "US"),
    ]
    units = [unit(n) for n in range(301)]
    units += [unit(301 + n, "denied", refused=True) for n in range(9)]
    closed = {
        **unit(401, "denied"),
        "reason": "the call was denied",
        "closed_by": "the bill and Resource Explorer",
    }
    return {
        "accounts": [
            {"id": i, "provider": p, "operator": p, "name": n, "active": True}
            for i, p, n in accounts
        ],
        "regions": [
            {
                "id": r,
                "provider": p,
                "operator": p,
                "account": "111122223333" if p == "aws" else "ocid1.tenancy.oc1..aaaademo",
                "region": r,
                "country": c,
                "enabled": True,
                "creation_denied": None if p == "oci" else c == "DE",
                "inventoried": r == "us-east-1",
            }
            for r, p, c in regions
        ],
        "statements": [
            {
                "id": "st-1",
                "subject": "foreign-authority-requests",
                "text": "Between 21 November 2025 and 21 November 2026 the company received no "
                "request for user data from an authority outside the United States.",
                "signer": "D. Alvarez",
                "role": "General Counsel",
                "employer": "Example Media LLC",
                "valid_from": "2026-11-01",
                "valid_until": "2027-01-31",
                "signature_holds": True,
            }
        ],
        "coverage": [*units, closed],
        "unknowns": [
            {
                "id": f"stores/locked-{n}/country",
                "of_table": "stores",
                "row_id": f"locked-{n}",
                "column": "country",
                "reason": "GetBucketLocation was denied",
                "permission": "s3:GetBucketLocation",
            }
            for n in range(9)
        ],
    }
