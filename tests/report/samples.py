"""Made-up audits for the renderers: mixed, nothing wrong, nothing readable, large, hostile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import msgspec

from auditor.model import Audit, ClassificationRule, Json, Party, Target
from auditor.report.model import EvidenceSummary
from auditor.results import (
    Broken,
    Clause,
    CommitmentResult,
    ControlResult,
    Finding,
    Gap,
    PackResult,
    Population,
    Results,
    Verdict,
    WaiverResult,
)
from auditor.tables import TABLES, columns

AS_OF = "2026-11-21T14:02:00Z"

COMMITMENTS = {
    "A": "US user data is stored with the trusted provider",
    "B": "No foreign government has access",
    "C": "The code is open to review, and what was reviewed is what runs",
    "D": "The user's device and app are protected",
    "E": "The provider uses the data for its purpose only",
    "F": "Content and algorithm keep their integrity",
    "G": "Governance, monitoring and logs hold",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One made-up audit, with its fact tables written to a folder."""

    results: Results
    audit: Audit
    facts: Path
    evidence: EvidenceSummary


def audit(**changes: Json) -> Audit:
    """Return an audit as ``audit.json`` would hold it."""
    base = Audit(
        id="audit-2026-11-21-7f3a",
        agreement="National Security Agreement, 19 September 2020",
        company="Example Media LLC",
        as_of=AS_OF,
        period_start="2025-11-21",
        period_end="2026-11-21",
        tool_version="0.1.0",
        targets=(
            Target(name="production", provider="aws", options={"profile": "audit-reader"}),
            Target(name="oracle", provider="oci", options={"profile": "AUDIT"}),
        ),
        parties=(
            Party(
                name="Oracle America, Inc.",
                roles=("trusted provider",),
                operators=("Oracle",),
                country="US",
            ),
            Party(name="Example Media LLC", roles=("company",), country="US"),
            Party(name="Example Holding Ltd.", roles=("excluded",), country="CN"),
        ),
        boundary_accounts=("111122223333", "ocid1.tenancy.oc1..aaaademo"),
        classification=(
            ClassificationRule(
                name="tagged", data_classes=("us_user_data",), tags={"data": "us-user"}
            ),
            ClassificationRule(name="build output", data_classes=(), names=("build-*",)),
        ),
    )
    return replace(base, **changes)


def control(
    name: str,
    verdict: Verdict,
    findings: Sequence[Finding] = (),
    *,
    tested: int = 412,
    table: str = "stores",
    title: str = "US user data at rest is in approved countries, run by the trusted provider",
    severity: str = "critical",
    gaps: tuple[Gap, ...] = (),
    cites: tuple[str, ...] = ("28 CFR 202.1001(b)(1)", "NIST SA-9(5)"),
    clauses: Sequence[tuple[str, str]] = (
        ("is in an approved country", "store.country in $approved_countries"),
        ("is run by a trusted provider", "store.operator in $trusted_providers"),
    ),
) -> ControlResult:
    """Return a control whose counts fit its findings."""
    counts = {kind: sum(f.verdict is kind for f in findings) for kind in Verdict}
    failed, unknown = counts[Verdict.FAIL], counts[Verdict.INDETERMINATE]
    waived = counts[Verdict.WAIVED]
    return ControlResult(
        id=name,
        pack="ttp-2020",
        title=title,
        commitment=name[0],
        severity=severity,
        verdict=verdict,
        reason=f"{failed} rows broke a clause, {unknown} could not be told, {len(gaps)} gaps are open",
        population=Population(
            table=table,
            total=tested + 88,
            passed=tested - failed - unknown - waived,
            failed=failed,
            indeterminate=unknown,
            waived=waived,
            out_of_scope=88,
        ),
        clauses=tuple(
            Clause(
                says=says,
                check=check,
                passed=tested - failed - unknown,
                failed=failed,
                indeterminate=unknown,
            )
            for says, check in clauses
        ),
        findings=tuple(findings),
        gaps=gaps,
        reads=(table, "coverage"),
        parameters={"approved_countries": ["US"], "trusted_providers": ["Oracle"]},
        cites=cites,
        why="The arrangement promises where the data is and who runs the machines",
        remedy="Move the data to an approved region of the trusted provider, then delete the "
        "original",
        place=f"controls/{name}.yaml:3",
    )


def finding(
    row_id: str,
    verdict: Verdict = Verdict.FAIL,
    *,
    seen: Mapping[str, Json] | None = None,
    name: str = "",
    region: str | None = "eu-central-1",
    clause: int = 0,
    reasons: tuple[str, ...] = (),
    evidence: tuple[int, ...] = (123, 124),
    **more: Json,
) -> Finding:
    """Return a row that did not pass."""
    broken = Verdict.INDETERMINATE if verdict is Verdict.INDETERMINATE else Verdict.FAIL
    return Finding(
        row_id=row_id,
        verdict=verdict,
        subject={
            "id": row_id,
            "name": name or row_id.rpartition(":")[2],
            "account": "111122223333",
            "region": region,
            "kind": "bucket",
        },
        broken=(
            Broken(
                clause=clause,
                verdict=broken,
                seen=seen if seen is not None else {"store.country": "DE"},
                reasons=reasons,
            ),
        ),
        evidence=evidence,
        **more,
    )


def results(controls: Sequence[ControlResult], waivers: tuple[WaiverResult, ...] = ()) -> Results:
    """Return results whose commitments follow from the controls."""
    order = list(Verdict)
    answers = []
    for letter, title in COMMITMENTS.items():
        own = [one for one in controls if one.commitment == letter]
        verdict = min((one.verdict for one in own), key=order.index, default=Verdict.INDETERMINATE)
        answers.append(
            CommitmentResult(
                id=letter,
                title=title,
                verdict=verdict,
                reason=f"{len(own)} controls bear on it; the gravest answer is “{verdict}”"
                if own
                else "no control of the packs bears on it",
                controls=tuple(one.id for one in own),
            )
        )
    return Results(
        audit_id="audit-2026-11-21-7f3a",
        as_of=AS_OF,
        tool_version="0.1.0",
        packs=(
            PackResult(
                name="ttp-2020",
                version="1.0.0",
                title="Trusted technology provider, 2020",
                digest="5a" * 32,
                parameters={
                    "approved_countries": ["US"],
                    "trusted_providers": ["Oracle"],
                    "most_flows": 1000,
                },
                loosened=(),
            ),
        ),
        commitments=tuple(answers),
        controls=tuple(controls),
        waivers=waivers,
    )


def mixed(folder: Path) -> Sample:
    """Return an audit like the demo's: breaches, gaps, waivers and statements."""
    denied = "GetBucketLocation was denied in account 111122223333"
    findings = [
        finding(f"arn:aws:s3:::example-media-user-uploads-archive-{n:02d}-frankfurt")
        for n in range(3)
    ]
    findings += [
        finding(
            f"arn:aws:rds:sa-east-1:111122223333:snapshot:rds-profile-{n}-before-migration",
            seen={"store.country": "BR"},
            region="sa-east-1",
        )
        for n in range(2)
    ]
    findings += [
        finding(
            f"arn:aws:s3:::locked-{n}",
            Verdict.INDETERMINATE,
            seen={"store.country": None},
            region=None,
            reasons=(f"{denied}; grant s3:GetBucketLocation",),
        )
        for n in range(9)
    ]
    findings.append(
        finding(
            "ocid1.bucket.oc1.uk-london-1.aaaalegacyexports",
            Verdict.WAIVED,
            seen={"store.country": "GB"},
            region="uk-london-1",
            waiver="W-2026-04",
            was=Verdict.FAIL,
        )
    )
    flows = [
        finding(
            f"arn:aws:s3:::feeds-{n:03d}/replication/to-frankfurt",
            seen={"flow.target_country": "DE", "flow.mechanism": "replication"},
            region="us-east-1",
        )
        for n in range(40)
    ]
    gap = Gap(
        coverage_id="c-1",
        outcome="denied",
        reason="ListKeys was denied in us-phoenix-1",
        permission="inspect keys in tenancy",
    )
    controls = [
        control("A-01", Verdict.PASS, title="Protected data lives only in declared accounts"),
        control("A-02", Verdict.FAIL, findings),
        control(
            "A-04",
            Verdict.FAIL,
            flows,
            table="flows",
            tested=1204,
            title="No way out of a store leads abroad",
            clauses=(("ends in an approved country", "flow.target_country in $approved_countries"),),
        ),
        control(
            "A-06",
            Verdict.INDETERMINATE,
            gaps=(gap,),
            table="keys",
            tested=31,
            title="Keys are held in approved countries",
            severity="high",
        ),
        control(
            "B-11",
            Verdict.PASS_ATTESTED,
            table="statements",
            tested=1,
            title="No request by a foreign authority was received",
            cites=("28 CFR 202.1101(b)(2)",),
        ),
        control("C-01", Verdict.PASS, table="statements", tested=2, title="Code can be reviewed"),
        control("E-04", Verdict.NOT_APPLICABLE, tested=0, title="Purpose limitation is signed"),
        control("G-02", Verdict.PASS, table="trails", tested=14, title="Every account is logged"),
    ]
    waiver = WaiverResult(
        id="W-2026-04",
        control="A-02",
        reason="Exports of 2019, deleted by the date agreed with the monitor",
        approvers=("R. Meyer", "T. Okafor"),
        expires="2026-12-31",
        state="used",
        rows=1,
    )
    tables = {"stores": _mixed_stores(), "flows": _mixed_flows(), **_common()}
    return Sample(
        results=results(controls, (waiver,)),
        audit=audit(
            transport=(
                "AWS_ENDPOINT_URL sends calls to http://127.0.0.1:5000",
                "OCI calls were answered by a simulator",
            ),
            ephemeral_key=True,
        ),
        facts=write_facts(folder, tables),
        evidence=EvidenceSummary(records=12310, root="c4" * 32, denied=187, failed=12),
    )


def clean(folder: Path) -> Sample:
    """Return an audit with nothing wrong."""
    controls = [
        control(f"{letter}-01", Verdict.PASS, title=f"Everything about {letter} holds", tested=200 + n)
        for n, letter in enumerate("ABCDEFG")
    ]
    stores = [_store(n, "us-ashburn-1", "US", ["us_user_data"], "oci") for n in range(180)]
    stores += [_store(n + 500, "us-phoenix-1", "US", ["us_user_data"], "oci") for n in range(120)]
    tables = {**_common(), "stores": stores, "coverage": [_unit(n) for n in range(310)]}
    return Sample(
        results=results(controls),
        audit=audit(),
        facts=write_facts(folder, tables),
        evidence=EvidenceSummary(records=4020, root="1b" * 32, denied=0, failed=0),
    )


def unreadable(folder: Path) -> Sample:
    """Return an audit in which every call was refused."""
    gaps = tuple(
        Gap(
            coverage_id=f"c-{n}",
            outcome="denied",
            reason=f"{operation} was denied",
            permission=f"{operation.lower()}:read",
        )
        for n, operation in enumerate(["ListBuckets", "DescribeVolumes", "ListKeys"])
    )
    controls = [
        control(f"{letter}-01", Verdict.INDETERMINATE, gaps=gaps, tested=0, title=f"About {letter}")
        for letter in "ABCDEFG"
    ]
    units = [_unit(n, outcome="denied", refused=True) for n in range(64)]
    return Sample(
        results=results(controls),
        audit=audit(),
        facts=write_facts(folder, {"coverage": units}),
        evidence=EvidenceSummary(records=64, root="00" * 32, denied=64, failed=0),
    )


def large(folder: Path, rows: int = 50_000) -> Sample:
    """Return an audit with that many findings, of several sorts."""
    countries = ("DE", "BR", "SG", "IE")
    regions = ("eu-central-1", "sa-east-1", "ap-southeast-1", "eu-west-1")
    findings = [
        finding(
            f"arn:aws:s3:::tenant-{n:06d}-uploads-and-thumbnails-of-users",
            seen={"store.country": countries[n % 4]},
            region=regions[n % 4],
            evidence=(n, n + 1),
        )
        for n in range(rows * 4 // 5)
    ]
    sized = [
        finding(
            f"arn:aws:ec2:us-east-1:111122223333:snapshot/snap-{n:017x}",
            seen={"store.size_bytes": n, "store.public": True},
            region="us-east-1",
            evidence=(n,),
        )
        for n in range(rows - len(findings))
    ]
    controls = [
        control("A-02", Verdict.FAIL, findings, tested=100_000),
        control("A-05", Verdict.FAIL, sized, tested=100_000, title="No snapshot is public"),
    ]
    stores = [_store(n, regions[n % 4], countries[n % 4], ["us_user_data"]) for n in range(4000)]
    return Sample(
        results=results(controls),
        audit=audit(),
        facts=write_facts(folder, {**_common(), "stores": stores}),
        evidence=EvidenceSummary(records=1_200_000, root="9e" * 32, denied=3, failed=0),
    )


HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "<style>*{display:none}</style>",
    '"><a href="javascript:alert(1)">click</a>',
    '#panic("typst") #read("/etc/passwd") $x$ *bold* _em_ `raw` <label> @ref',
    '") #import "@preview/x:1.0.0"',
    "\\u{202e} {{ 7*7 }} {% raw %} ${7*7} %s",
    "safe\u202egpj.exe",
    "zero\u200bwidth\u200d\ufeffjoin\u00ad",
    "nul\x00bell\x07esc\x1b[31mred\r\nline\ttab\x7f\x85",
    "emoji 🇺🇸 👩\u200d💻 ✅ MET ●",
    "private \ue000 \U000f0000 unassigned \u0378",
    "中文 العربية עברית हिन्दी ไทย",
    "e\u0301\u0301\u0301\u0301 combining, İ ı ſ K",
    "lone \ud800 surrogate",
    "&lt;b&gt; &amp; &#60;script&#62; &quot;",
    "] ) } > --> ]]> */ ?>",
)


def hostile(folder: Path) -> Sample:
    """Return an audit in which every field that a stranger can choose is hostile."""
    long = "x" * 40 + "/" + "y" * 9_959
    findings = [
        finding(
            f"{n}:{text}",
            Verdict.FAIL if n % 2 else Verdict.INDETERMINATE,
            seen={"store.country": text, "store.tags": {text: text}, "store.name": text},
            name=text,
            region=text,
            reasons=(f"because {text}",),
        )
        for n, text in enumerate((*HOSTILE, long))
    ]
    text = " ".join(HOSTILE[:14])
    nasty = control("A-02", Verdict.FAIL, findings, title=HOSTILE[0], gaps=(_hostile_gap(text),))
    nasty = replace(nasty, parameters={"approved_countries": [text]}, why=text, remedy=text)
    statement = {
        "id": text,
        "subject": text,
        "text": text,
        "signer": text,
        "role": text,
        "employer": text,
        "valid_from": "2026-01-01",
        "valid_until": "2026-12-31",
        "signature_holds": True,
    }
    stores = [{**_store(1, text, text, None), "name": text, "tags": {text: text}}]
    tables = {
        "stores": stores,
        "accounts": [
            {"id": text, "provider": "aws", "operator": "x", "name": text, "active": True}
        ],
        "statements": [statement],
        "coverage": [{**_unit(1, outcome="denied", refused=True), "reason": text, "account": text}],
    }
    return Sample(
        results=results([nasty]),
        audit=audit(company=text, agreement=text, transport=(text,), ephemeral_key=True),
        facts=write_facts(folder, tables),
        evidence=EvidenceSummary(records=10, root="ab" * 32, denied=1, failed=0),
    )


def _hostile_gap(text: str) -> Gap:
    return Gap(coverage_id="c", outcome="denied", reason=text, permission=text)


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
    """Return a row as JSON; a lone surrogate, which Parquet cannot hold, becomes a question mark."""
    return msgspec.json.encode(_cleaned(row))


def _cleaned(thing: Json) -> Json:
    if isinstance(thing, str):
        return thing.encode("utf-8", "replace").decode("utf-8")
    if isinstance(thing, Mapping):
        return {_cleaned(key): _cleaned(part) for key, part in thing.items()}
    return [_cleaned(part) for part in thing] if isinstance(thing, list | tuple) else thing


def _store(
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


def _unit(number: int, outcome: str = "complete", *, refused: bool = False) -> dict[str, Json]:
    return {
        "id": f"unit-{number}",
        "provider": "aws" if number % 2 else "oci",
        "collector": "bucket",
        "service": ("s3", "kms", "rds", "objectstorage")[number % 4],
        "account": "111122223333",
        "region": ("us-east-1", "us-west-2", "us-ashburn-1")[number % 3],
        "compartment": "",
        "outcome": outcome,
        "open": refused,
        "reason": "the call was denied" if refused else "",
        "permission": "s3:ListAllMyBuckets" if refused else "",
        "items": 0 if refused else 10,
        "answers": 40,
        "refusals": 1 if refused else 0,
        "tables": ["stores"],
    }


def _mixed_stores() -> list[dict[str, Json]]:
    places = (
        ("us-ashburn-1", "US", 240, "oci"),
        ("us-phoenix-1", "US", 96, "oci"),
        ("us-east-1", "US", 41, "aws"),
        ("us-west-2", "US", 20, "aws"),
        ("eu-central-1", "DE", 3, "aws"),
        ("sa-east-1", "BR", 2, "aws"),
        ("uk-london-1", "GB", 1, "oci"),
    )
    stores = []
    for region, country, count, provider in places:
        for _ in range(count):
            classes = None if len(stores) % 11 == 0 else ["us_user_data"]
            stores.append(_store(len(stores), region, country, classes, provider))
    for _ in range(88):
        stores.append(_store(len(stores), "us-east-1", "US", []))
    return stores


def _mixed_flows() -> list[dict[str, Json]]:
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


def _common() -> dict[str, list[dict[str, Json]]]:
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
    units = [_unit(n) for n in range(301)]
    units += [_unit(301 + n, "denied", refused=True) for n in range(9)]
    closed = {**_unit(400, "denied"), "reason": "no spend, and the inventory names nothing there"}
    return {
        "accounts": [
            {"id": i, "provider": p, "operator": p, "name": n, "active": True}
            for i, p, n in accounts
        ],
        "regions": [
            {"id": r, "provider": p, "operator": p, "account": "a", "region": r, "country": c}
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
