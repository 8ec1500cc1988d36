"""Writes findings as SARIF, for code scanning and for tools that read it.

Source: OASIS SARIF 2.1.0. GitHub takes at most 25,000 results in a run, and wants each to have an
artifact location: that is the policy file that the finding comes from.
"""

from collections.abc import Iterator, Mapping
from itertools import islice

from auditor.envelope import canonical
from auditor.model import Json
from auditor.report.anchors import row_anchor
from auditor.report.text import visible
from auditor.report.words import sentence, value
from auditor.results import ControlResult, Finding, Results, Verdict

MOST_RESULTS = 25_000
_LEVELS: Mapping[Verdict, str] = {
    Verdict.FAIL: "error",
    Verdict.INDETERMINATE: "warning",
    Verdict.WAIVED: "note",
}
_ORDER = tuple(_LEVELS)
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LONGEST = 1_000  # characters of a message


def render_sarif(results: Results) -> bytes:
    """Return the findings as SARIF 2.1.0 JSON, gravest first; the same results, the same bytes.

    ``properties`` of the run say how many findings there are, also when not all of them fit.
    """
    total = sum(len(control.findings) for control in results.controls)
    written = [_result(control, found) for control, found in islice(_all(results), MOST_RESULTS)]
    run = {
        "tool": {
            "driver": {
                "name": "auditor",
                "version": results.tool_version,
                "rules": [_rule(control) for control in results.controls],
            }
        },
        "automationDetails": {"id": f"auditor/{results.audit_id}"},
        "columnKind": "unicodeCodePoints",
        "properties": {"asOf": results.as_of, "findings": total, "written": len(written)},
        "results": written,
    }
    return canonical({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}) + b"\n"


def _all(results: Results) -> Iterator[tuple[ControlResult, Finding]]:
    for verdict in _ORDER:
        for control in results.controls:
            for found in control.findings:
                if found.verdict is verdict:
                    yield control, found


def _rule(control: ControlResult) -> Json:
    return {
        "id": control.id,
        "shortDescription": {"text": visible(control.title)},
        "fullDescription": {"text": visible(sentence(control.why)) or visible(control.title)},
        "help": {"text": visible(sentence(control.remedy)) or visible(control.title)},
        "properties": {
            "tags": [f"commitment {control.commitment}", control.severity],
            "verdict": str(control.verdict),
        },
    }


def _result(control: ControlResult, found: Finding) -> Json:
    path, _, line = control.place.rpartition(":")
    written: dict[str, Json] = {
        "ruleId": control.id,
        "level": _LEVELS[found.verdict],
        "message": {"text": _message(control, found)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": f"policies/{path or line}"},
                    "region": {"startLine": int(line) if path and line.isdecimal() else 1},
                },
                "logicalLocations": [
                    {"fullyQualifiedName": visible(found.row_id), "kind": "resource"}
                ],
            }
        ],
        "partialFingerprints": {"auditorRow/v1": row_anchor(control.id, found.row_id)},
        "properties": {"evidence": list(found.evidence), "verdict": str(found.verdict)},
    }
    if found.waiver:
        written["suppressions"] = [{"kind": "external", "justification": visible(found.waiver)}]
    return written


def _message(control: ControlResult, found: Finding) -> str:
    parts = []
    for broken in found.broken:
        known = 0 <= broken.clause < len(control.clauses)
        says = control.clauses[broken.clause].says if known else "whether the control applies"
        word = "not met" if broken.verdict is Verdict.FAIL else "could not be told"
        seen = "; ".join(f"{column} is {value(column, v)}" for column, v in broken.seen.items())
        parts.append(sentence(f"{word}: {says}{f' ({seen})' if seen else ''}"))
        parts.extend(sentence(reason) for reason in broken.reasons)
    text = visible(f"{found.row_id}: {' '.join(parts)}")
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
