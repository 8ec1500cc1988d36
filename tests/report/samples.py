"""Made-up audits for the renderers: mixed, nothing wrong, nothing readable, large."""

from pathlib import Path

from auditor.report.model import EvidenceSummary
from auditor.results import Gap, Verdict, WaiverResult
from tests.report import independent
from tests.report.facts import (
    common,
    mixed_flows,
    mixed_reach,
    mixed_stores,
    store,
    unit,
    write_facts,
)
from tests.report.parts import Sample, audit, control, finding, results


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
            clauses=(
                ("ends in an approved country", "flow.target_country in $approved_countries"),
            ),
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
    shared, more = common(), independent.mixed()
    tables = {"stores": mixed_stores(), "flows": mixed_flows(), "reach": mixed_reach(), **shared}
    tables |= {**more, "unknowns": [*shared["unknowns"], *more["unknowns"]]}
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
        control(
            f"{letter}-01", Verdict.PASS, title=f"Everything about {letter} holds", tested=200 + n
        )
        for n, letter in enumerate("ABCDEFG")
    ]
    stores = [store(n, "us-ashburn-1", "US", ["us_user_data"], "oci") for n in range(180)]
    stores += [store(n + 500, "us-phoenix-1", "US", ["us_user_data"], "oci") for n in range(120)]
    tables = {**common(), "stores": stores, "coverage": [unit(n) for n in range(310)]}
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
    units = [unit(n, outcome="denied", refused=True) for n in range(64)]
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
    stores = [store(n, regions[n % 4], countries[n % 4], ["us_user_data"]) for n in range(4000)]
    return Sample(
        results=results(controls),
        audit=audit(),
        facts=write_facts(folder, {**common(), "stores": stores}),
        evidence=EvidenceSummary(records=1_200_000, root="9e" * 32, denied=3, failed=0),
    )
