"""Small fact tables and audits for tests of policies."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from auditor.columns import columns
from auditor.model import Audit, Json, PackChoice, Party, Waiver
from auditor.policy.vocabulary import TABLES_BY_NAME

Rows = Mapping[str, Sequence[Mapping[str, Json]]]


def write_facts(folder: Path, rows: Rows) -> Path:
    """Write every fact table as Parquet; a column left out is unknown."""
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(":memory:") as connection:
        for name, table in TABLES_BY_NAME.items():
            row_type: Any = table
            shapes = [(column.name, column.type) for column in columns(row_type)]
            spelt = ", ".join(f'"{column}" {kind}' for column, kind in shapes)
            connection.execute(f'CREATE TABLE "{name}" ({spelt})')
            for row in rows.get(name, ()):
                given = list(row)
                connection.execute(
                    f'INSERT INTO "{name}" ({", ".join(map(quote, given))})'
                    f" VALUES ({', '.join('?' for _ in given)})",
                    [row[column] for column in given],
                )
            connection.execute(f"COPY \"{name}\" TO '{folder / name}.parquet' (FORMAT parquet)")
    return folder


def quote(name: str) -> str:
    """Quote a column name for SQL."""
    return f'"{name}"'


def make_audit(
    *, waivers: Sequence[Waiver] = (), parameters: Mapping[str, Json] | None = None, **changes: Any
) -> Audit:
    """Return an audit whose boundary is 'ours', whose provider is Oracle, on 2020-09-20."""
    audit = Audit(
        id="audit-1",
        agreement="Agreement",
        company="Company",
        as_of="2020-09-20T23:59:59Z",
        period_start="2020-07-01",
        period_end="2020-09-20",
        tool_version="0.1.0",
        targets=(),
        parties=(
            Party(name="Oracle", roles=("trusted provider",), operators=("Oracle",)),
            Party(name="Parent", roles=("excluded",), accounts=("parent",)),
        ),
        boundary_accounts=("ours",),
        waivers=tuple(waivers),
        packs=(PackChoice(name="ttp-2020", parameters=parameters or {}),),
    )
    return replace(audit, **changes)


def make_store(**changes: Json) -> dict[str, Json]:
    """Return a store of US user data that meets every control."""
    return {
        "id": "store-1",
        "name": "users",
        "provider": "oci",
        "operator": "Oracle",
        "account": "ours",
        "region": "us-ashburn-1",
        "country": "US",
        "service": "objectstorage",
        "kind": "bucket",
        "backup": False,
        "source_id": "",
        "data_classes": ["us_user_data"],
        "encrypted": True,
        "key_id": "",
        "key_country": "US",
        "public": False,
        "evidence": [7],
    } | changes
