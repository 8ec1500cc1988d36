"""Bundles for tests of the commands: unsealed, with a handful of facts, without any cloud."""

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from auditor.config.audit_file import write_audit
from auditor.evidence import EvidenceStore
from auditor.facts.derive import fill
from auditor.facts.rows import RowWriter
from auditor.facts.storage import store_tables
from auditor.model import Answer, Audit, Outcome, Record, Request, Target
from auditor.policy import evaluate, load_pack, write_results
from auditor.resources import data_folder
from auditor.results import Results
from auditor.tables import Row
from tests.fakes import COLLECTORS
from tests.policy.estate import make_audit, make_store, write_facts

HOSTILE = "users\u202egpj\x1b[31m"


def small_audit() -> Audit:
    """Return an audit that expects an ephemeral key."""
    target = Target(name="production", provider="aws")
    return replace(make_audit(), targets=(target,), ephemeral_key=True)


def write_begun(folder: Path) -> Path:
    """Write a bundle whose collection got one answer: a refusal."""
    folder.mkdir(parents=True)
    audit = small_audit()
    write_audit(audit, folder / "audit.json")
    pack = data_folder("policies") / "ttp-2020"
    shutil.copytree(pack, folder / "policies" / "ttp-2020")
    store = EvidenceStore(folder)
    store.add(
        Record(
            request=Request(
                collector="aws.sts.identity",
                place={"target": "production"},
                step="l",
                service="sts",
                operation="GetCallerIdentity",
                parameters={},
            ),
            answer=Answer(outcome=Outcome.DENIED, code="ExpiredToken", at="2020-09-20T00:00:00Z"),
        )
    )
    store.close()
    return folder


def write_evaluated(folder: Path) -> tuple[Path, Results]:
    """Write a bundle with facts and results: one good store, one abroad, one unknown."""
    write_begun(folder)
    write_facts(
        folder / "facts",
        {
            "stores": [
                make_store(),
                make_store(id="store-2", name=HOSTILE, country="DE", evidence=[3]),
                {**make_store(id="store-3"), "country": None},
            ],
            "unknowns": [
                {
                    "id": "stores/store-3/country",
                    "evidence": [],
                    "of_table": "stores",
                    "row_id": "store-3",
                    "column": "country",
                    "reason": "GetBucketLocation was denied",
                    "permission": "s3:GetBucketLocation",
                }
            ],
        },
    )
    packs = [load_pack(folder / "policies" / "ttp-2020")]
    results = evaluate(folder / "facts", packs, small_audit())
    write_results(results, folder / "results.json")
    return folder, results


def write_reasoned(folder: Path, rows: Iterable[Row]) -> Path:
    """Write a bundle whose facts are derived from rows, with results of other facts."""
    write_evaluated(folder)
    with tempfile.TemporaryDirectory() as name:
        with RowWriter(Path(name)) as writer:
            for row in rows:
                writer.write(row)
        about = replace(small_audit(), classification=())
        store_tables(
            Path(name), folder / "facts", lambda database: fill(database, about, COLLECTORS)
        )
    return folder
