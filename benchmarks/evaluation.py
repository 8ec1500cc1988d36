"""Evaluating all controls over a million stores and a million flows: CPU time and memory.

DuckDB's ``range()`` makes the facts. The evaluation runs in a process of its own, so that its
memory is its own.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from auditor.columns import columns
from auditor.policy.vocabulary import TABLES_BY_NAME
from benchmarks.measure import Measure

ROWS = 1_000_000
_MOST_CPU_SECONDS = 5
_MOST_MEBIBYTES = 2048
_PACK = Path(__file__).parents[1] / "policies" / "ttp-2020"

# How a long id looks: an OCID has about a hundred characters.
_ID = "'ocid1.bucket.oc1.iad.aaaaaaaa' || md5(i::VARCHAR) || '/' || i"
_STORES = f"""
    SELECT {_ID} AS id, [i] AS evidence, 'bucket-' || i AS name, 'oci' AS provider,
        'Oracle' AS operator, 'ours' AS account, 'c' || i % 100 AS compartment,
        'us-ashburn-1' AS region, if(i < $failing, 'DE', 'US') AS country,
        'objectstorage' AS service, 'bucket' AS kind, i % 4 = 0 AS backup, '' AS source_id,
        CASE WHEN i % 10 < 9 THEN ['us_user_data'] ELSE [] END AS data_classes,
        'rule' AS classified_by, true AS encrypted, 'key-' || i % 1000 AS key_id,
        'US' AS key_country, false AS public, false AS locked, i AS size_bytes,
        '2020-01-01T00:00:00Z' AS created, NULL::MAP(VARCHAR, VARCHAR) AS tags
    FROM range($rows) AS made(i)"""
_FLOWS = f"""
    SELECT 'flow-' || i AS id, [i] AS evidence, {_ID} AS store_id, 'oci' AS provider,
        'ours' AS account, 'us-ashburn-1' AS region,
        ['replication', 'copy', 'backup', 'share'][1 + i % 4] AS mechanism, true AS active,
        '' AS target_id, 'ours' AS target_account, 'us-phoenix-1' AS target_region,
        if(i < $failing, 'DE', 'US') AS target_country, 'Oracle' AS target_operator
    FROM range($rows) AS made(i)"""
_KEYS = """
    SELECT 'key-' || i AS id, [i] AS evidence, 'oci' AS provider, 'ours' AS account,
        'us-ashburn-1' AS region, 'US' AS country, []::VARCHAR[] AS replica_countries,
        ['ours'] AS principal_accounts
    FROM range(1000) AS made(i)"""
_COVERAGE = """
    SELECT 'unit-' || i AS id, 'complete' AS outcome, false AS open,
        ['stores', 'flows', 'keys', 'accounts'] AS tables
    FROM range(1000) AS made(i)"""
_UNKNOWNS = f"""
    SELECT 'stores/' || i || '/tags' AS id, 'stores' AS of_table, {_ID} AS row_id, 'tags' AS column,
        'access was denied' AS reason, '' AS permission
    FROM range($rows) AS made(i)"""

_MEASURED = """
import json, resource, sys, time
from pathlib import Path
from auditor.model import Audit, Party
from auditor.policy import evaluate, load_pack
started = time.process_time()
party = Party(name="Oracle", roles=("trusted provider",), operators=("Oracle",))
other = Party(name="Parent", roles=("excluded",), accounts=("parent",))
audit = Audit(id="a", agreement="", company="", as_of="2020-09-20T00:00:00Z", period_start="",
    period_end="", tool_version="", targets=(), parties=(party, other), boundary_accounts=("ours",))
pack = load_pack(Path(sys.argv[2]))
results = evaluate(Path(sys.argv[1]), [pack], audit)
print(json.dumps({
    "controls": len(results.controls),
    "findings": sum(len(control.findings) for control in results.controls),
    "tested": sum(control.population.tested for control in results.controls),
    "cpu_seconds": round(time.process_time() - started, 2),
    "mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
}))
"""


def make_facts(folder: Path, rows: int, failing: int) -> None:
    """Write fact tables of that many stores and flows, of which some are abroad."""
    made = {
        "stores": _STORES,
        "flows": _FLOWS,
        "keys": _KEYS,
        "coverage": _COVERAGE,
        "unknowns": _UNKNOWNS,
    }
    with duckdb.connect(":memory:") as connection:
        for name, table in TABLES_BY_NAME.items():
            row: Any = table
            shape = ", ".join(f'"{column.name}" {column.type}' for column in columns(row))
            connection.execute(f'CREATE TABLE "{name}" ({shape})')
            if query := made.get(name):
                values = {"rows": rows, "failing": failing}
                used = {key: value for key, value in values.items() if f"${key}" in query}
                connection.execute(f'INSERT INTO "{name}" BY NAME {query}', used)
            connection.execute(f"COPY \"{name}\" TO '{folder / name}.parquet' (FORMAT parquet)")
            connection.execute(f'DROP TABLE "{name}"')


def run() -> Iterator[Measure]:
    """Cost of evaluating every control, with nothing failing and with much failing."""
    quiet = _evaluate(failing=0)
    yield Measure(
        name="evaluation-cpu", value=quiet["cpu_seconds"], limit=_MOST_CPU_SECONDS, unit="s"
    )
    yield Measure(
        name="evaluation-memory", value=quiet["mebibytes"], limit=_MOST_MEBIBYTES, unit="MiB"
    )
    loud = _evaluate(failing=50_000)
    yield Measure(
        name="evaluation-memory-many-findings",
        value=loud["mebibytes"],
        limit=_MOST_MEBIBYTES,
        unit="MiB",
    )


def _evaluate(failing: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        make_facts(Path(folder), ROWS, failing)
        finished = subprocess.run(
            [sys.executable, "-c", _MEASURED, folder, str(_PACK)],
            capture_output=True,
            text=True,
            check=True,
            cwd=_PACK.parents[1],
        )
    print(f"# {ROWS} stores and flows, {failing} of each abroad: {finished.stdout.strip()}")
    measured: dict[str, float] = json.loads(finished.stdout)
    return measured
