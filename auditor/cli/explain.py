"""Say in words what a control found, or why a principal can reach a store.

A control's verdict, why it is what it is, and what to do; with a row also each of its clauses: what
was expected, and what was seen. Of a principal and a store, each by its id or by a name that no
other has: for every kind of access the answer, and the statements of policies in the order in which
they are weighed, with their places in the evidence.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import msgspec

from auditor.cli.flags import add_bundle, add_json
from auditor.cli.results import find_control
from auditor.cli.terminal import print_json, print_line, warn_of
from auditor.documents import suggest
from auditor.errors import AuditorError
from auditor.model import Json
from auditor.policy import read_results
from auditor.results import ControlResult, Finding, Results
from auditor.verify import opened_bundle

EXAMPLES = """\
examples:
  auditor explain audits/audit-ID A-02
  auditor explain audits/audit-ID A-02 arn:aws:s3:::user-data
  auditor explain audits/audit-ID arn:aws:iam::111111111111:user/ann arn:aws:s3:::user-data
"""
_MOST = 20  # findings and gaps that are shown without --all


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_bundle(parser, archive=True)
    parser.add_argument(
        "subject", metavar="CONTROL|PRINCIPAL", help="id of a control, such as A-02; or who"
    )
    parser.add_argument(
        "row", nargs="?", metavar="ROW|STORE", help="id of a row that did not pass; or what"
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help=f"show all rows and gaps, not the first {_MOST}; or statements that do not apply too",
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the explanation."""
    with opened_bundle(arguments.bundle) as (folder, faults):
        warn_of(faults)
        results = read_results(folder / "results.json")
        control = find_control(results, arguments.subject)
        if control is None and arguments.row is not None:
            return _explain_access(folder, arguments)
    if control is None:
        raise _no_control(results, arguments.subject)
    if arguments.row is not None:
        finding = _finding(control, arguments.row)
        if arguments.json:
            print_json(msgspec.to_builtins(finding))
            return 0
        lines = _about_finding(control, finding)
    elif arguments.json:
        print_json(msgspec.to_builtins(control))
        return 0
    else:
        lines = _about_control(control, None if arguments.all else _MOST)
    for line in lines:
        print_line(line)
    return 0


def _explain_access(folder: Path, arguments: argparse.Namespace) -> int:
    from auditor.cli.explain_access import about_access, explained  # noqa: PLC0415  # DuckDB

    explanation = explained(folder, arguments.subject, arguments.row)
    if arguments.json:
        print_json(msgspec.to_builtins(explanation))
        return 0
    for line in about_access(explanation, everything=arguments.all):
        print_line(line)
    return 0


def _no_control(results: Results, name: str) -> AuditorError:
    known = [each.id for each in results.controls]
    problem = AuditorError(f"the results hold no control '{name}'")
    listed = f"controls are {', '.join(known)}; a principal's access is asked for with a store"
    problem.advice = suggest(name, known) or listed
    return problem


def _finding(control: ControlResult, row: str) -> Finding:
    for finding in control.findings:
        if finding.row_id == row:
            return finding
    problem = AuditorError(f"{control.id} has no finding on the row '{row}'")
    known = [finding.row_id for finding in control.findings]
    problem.advice = suggest(row, known) or f"'auditor explain BUNDLE {control.id}' lists them"
    raise problem


def _about_control(control: ControlResult, most: int | None) -> Iterator[str]:
    counts = control.population
    yield f"{control.id}  {control.title}"
    yield f"{str(control.verdict).upper()}: {control.reason}"
    yield ""
    yield (
        f"Of {counts.total:,} {counts.table}: {counts.passed:,} passed, {counts.failed:,} failed, "
        f"{counts.indeterminate:,} could not be told, {counts.waived:,} waived, "
        f"{counts.out_of_scope:,} out of scope."
    )
    yield from _clauses(control)
    if control.parameters:
        yield "Parameters used:"
        yield from (f"  {name} = {_spoken(v)}" for name, v in sorted(control.parameters.items()))
    yield from _findings(control, most)
    yield from _gaps(control, most)
    yield ""
    yield f"Why it matters: {control.why}"
    yield f"What to do: {control.remedy}"
    yield f"Rests on: {'; '.join(control.cites)}"
    yield f"Written in: {control.place} of pack {control.pack}"


def _clauses(control: ControlResult) -> Iterator[str]:
    yield "Each row must hold, counted over rows in scope before waivers:"
    for clause in control.clauses:
        yield f"  - {clause.says}"
        yield (
            f"      passed {clause.passed:,}, failed {clause.failed:,}, "
            f"unknown {clause.indeterminate:,}   ({clause.check})"
        )


def _findings(control: ControlResult, most: int | None) -> Iterator[str]:
    if control.findings:
        yield f"Rows that did not pass ({len(control.findings):,}):"
    for finding in control.findings[:most]:
        said = ", ".join(_clause(control, broken.clause) for broken in finding.broken)
        covered = f" (waiver {finding.waiver})" if finding.waiver else ""
        yield f"  {finding.verdict}{covered}  {finding.row_id}: {said}"
    yield from _rest(len(control.findings), most)


def _gaps(control: ControlResult, most: int | None) -> Iterator[str]:
    if control.gaps:
        yield f"What was not seen, and keeps this control from passing ({len(control.gaps):,}):"
    for gap in control.gaps[:most]:
        grant = f"; grant {gap.permission}" if gap.permission else ""
        yield f"  {gap.coverage_id}: {gap.reason}{grant}"
    yield from _rest(len(control.gaps), most)


def _rest(number: int, most: int | None) -> Iterator[str]:
    if most is not None and number > most:
        yield f"  … and {number - most:,} more; --all shows them"


def _about_finding(control: ControlResult, finding: Finding) -> Iterator[str]:
    yield f"{control.id}  {control.title}"
    yield f"{str(finding.verdict).upper()}: {finding.row_id}"
    if finding.waiver:
        yield f"Waived by {finding.waiver}; without the waiver: {finding.was}."
    yield ""
    yield from (f"  {name}: {_spoken(value)}" for name, value in finding.subject.items())
    for broken in finding.broken:
        yield f"Expected: {_clause(control, broken.clause)}"
        for column, value in broken.seen.items():
            yield f"  seen: {column} = {_spoken(value)}"
        for reason in broken.reasons:
            yield f"  because {reason}"
    names = ", ".join(f"E-{index:06d}" for index in finding.evidence)
    yield f"Evidence records: {names or 'none'}"
    yield f"What to do: {control.remedy}"


def _clause(control: ControlResult, index: int) -> str:
    return "whether it is in scope" if index < 0 else control.clauses[index].says


def _spoken(value: Json) -> str:
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ", ".join(map(_spoken, value)) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{key}={_spoken(inner)}" for key, inner in value.items()) or "none"
    return str(value) if value != "" else "none"
