"""Long findings are counted: by place or by principal, and no row is lost."""

from dataclasses import replace

from auditor.model import Json
from auditor.report.findings import control_views
from auditor.report.grouping import group
from auditor.report.model import ControlView, FindingView
from auditor.report.summary import MOST_SINGLE, summary
from auditor.results import Finding, Verdict
from tests.report.parts import control, finding, results
from tests.report.reading import lines


def right(number: int, principal: str | None, access: str = "read") -> Finding:
    """Return a right over one store that breaks a clause."""
    subject: dict[str, Json] = {
        "id": f"{principal}/{access}/{number}",
        "account": "111122223333",
        "principal_id": principal,
        "access": access,
        "store_id": f"arn:aws:s3:::store-{number}",
    }
    one = finding(f"{principal}/{access}/{number}", seen={"principal.country": "SG"})
    return Finding(
        row_id=one.row_id,
        verdict=Verdict.FAIL,
        subject=subject,
        broken=one.broken,
        evidence=one.evidence,
    )


def shown(findings: list[Finding], table: str = "stores") -> tuple[ControlView, FindingView]:
    """Return a control as the report shows it, and its only finding."""
    (view,) = control_views(results([control("A-02", Verdict.FAIL, findings, table=table)]))
    (only,) = view.findings
    return view, only


def test_few_rows_need_no_summary() -> None:
    """What can be read at once is shown one by one."""
    _, few = shown([finding(f"b-{n}") for n in range(MOST_SINGLE)])
    assert few.summary is None


def test_rows_are_counted_by_place() -> None:
    """Account and region, what there is, how many, and the first few; every row is counted."""
    rows = [finding(f"arn:aws:s3:::berlin-{n:02d}") for n in range(9)]
    rows += [finding(f"arn:aws:s3:::lima-{n}", region="us-east-1") for n in range(3)]
    _, many = shown(rows)
    assert many.summary is not None
    first, second = lines(many.summary)
    assert first.startswith("111122223333 eu-central-1 | bucket | 9 | arn:aws:s3:::berlin-00, ")
    assert second.startswith("111122223333 us-east-1 | bucket | 3 | arn:aws:s3:::lima-0, ")


def test_rights_are_counted_by_principal() -> None:
    """A reader asks who, then what to how many; nobody known has a line as well."""
    rows = [right(n, "999999999999") for n in range(5)]
    rows += [right(5, "999999999999", "write"), right(6, None), right(7, None)]
    _, many = shown(rows, "grants")
    assert many.summary is not None
    first, second = lines(many.summary)
    assert first.startswith("999999999999 | read (5) and write (1) | 6 | arn:aws:s3:::store-0, ")
    assert second.startswith("somebody not known | read | 2 | arn:aws:s3:::store-6, ")


def test_many_places_stand_together_and_the_counts_add_up() -> None:
    """The last line has all places that got none of their own."""
    rows = [finding(f"b-{n}-{m}", region=f"region-{n}") for n in range(30) for m in range(n + 1)]
    (made,) = group(control("A-02", Verdict.FAIL, rows))
    table = summary(made)
    assert table is not None
    counts = [int(row[2].text) for row in table.rows]
    assert sum(counts) == len(rows)
    assert table.rows[-1][0].text == "20 other places"


def test_what_is_missing_makes_one_finding() -> None:
    """Rows that lack the same fact are one finding, whatever else was seen on them."""
    rows = [
        finding(
            f"f-{n}",
            Verdict.INDETERMINATE,
            seen={"flow.target_country": None, "flow.mechanism": f"way {n}"},
            reasons=("flow.target_country is not known: the answer does not say",),
        )
        for n in range(4)
    ]
    _, one = shown(rows)
    assert one.total == 4
    assert one.varying == ("flow.mechanism",)
    assert one.reasons == ("flow.target_country is not known: the answer does not say.",)


def test_one_cause_is_said_once() -> None:
    """Columns that are unknown for the same reason stand in one sentence."""
    why = ": no line of the roster names it"
    rows = [
        finding(
            f"p-{n}",
            Verdict.INDETERMINATE,
            seen={"principal.left": None},
            reasons=tuple(f"principal.{name} is not known{why}" for name in ("left", "human")),
        )
        for n in range(2)
    ]
    _, one = shown([*rows, finding("p-3", Verdict.INDETERMINATE, seen={"principal.left": None})])
    assert one.reasons == (
        "principal.left and principal.human are not known: no line of the roster names it. "
        "(2 of them)",
    )


def test_rows_of_code_are_counted_by_repository() -> None:
    """An organisation is too large a place to look in."""
    rows = [finding(f"change-{n}") for n in range(8)]
    named = {"repository_id": "github/host/acme/app", "account": "acme"}
    changed = [replace(row, subject={**row.subject, **named}) for row in rows]
    _, many = shown(changed)
    assert many.summary is not None
    assert many.summary.rows[0][0].text == "github/host/acme/app"
