"""An audit in which strangers chose every text."""
# ruff: noqa: RUF001  the marks and quotes are meant

from dataclasses import replace
from pathlib import Path

from auditor.model import Json
from auditor.report.model import EvidenceSummary
from auditor.results import Gap, Verdict
from tests.report.facts import store, unit, write_facts
from tests.report.independent import (
    call,
    charge,
    guardrail,
    node,
    processor,
    sighting,
    unknown,
    witness,
)
from tests.report.news import novelty
from tests.report.oracle import extent, grant, illegible, principal, spared, statement, visit
from tests.report.parts import Sample, audit, control, finding, results
from tests.report.releases import chain, change, host

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
    stores = [{**store(1, text, text, None), "name": text, "tags": {text: text}}]
    tables = {
        "stores": stores,
        "accounts": [
            {"id": text, "provider": "aws", "operator": "x", "name": text, "active": True}
        ],
        "statements": [statement],
        "coverage": [
            {**unit(1, outcome="denied", refused=True), "reason": text, "account": text},
            {**unit(2, outcome="denied"), "reason": text, "closed_by": text},
            spared(3, text, text, reason=text, closed_by=text),
        ],
        **_hostile_witnesses(text),
        **_hostile_permissions(text),
        **_hostile_code(text),
    }
    return Sample(
        results=results([nasty]),
        audit=audit(company=text, agreement=text, transport=(text,), ephemeral_key=True),
        facts=write_facts(folder, tables),
        evidence=EvidenceSummary(records=10, root="ab" * 32, denied=1, failed=0),
    )


def _hostile_witnesses(text: str) -> dict[str, list[dict[str, Json]]]:
    """Return processors, guardrails, inventories, bill and calls in which all names are hostile."""
    return {
        "processors": [processor(1, text, region=text, service=text, kind=text)],
        "hierarchy": [{**node(text, "organizational unit", ""), "name": text}],
        "guardrails": [
            guardrail(1, name=text, target_id=text, escapes=[text], exempt_principals=[text]),
            guardrail(2, kind=text, limits=[text]),
        ],
        "witnesses": [witness(1, "bill", account=text, period_start=text, period_end=text)],
        "sightings": [sighting(1, type=text, resource_id=text, region=text, witness=text)],
        "spend": [charge(1, billed_service=text, currency=text, amount=text, region=text)],
        "novelties": [novelty("member", text), novelty("value", "state", text)],
        "calls": [call(1, operation=text, service=text, caller=text, kept=None)],
        "regions": [
            {"id": text, "provider": "aws", "account": text, "region": text, "country": text}
        ],
        "unknowns": [unknown("sightings", "sighting-1", text), unknown("spend", "charge-1", text)],
    }


def _hostile_permissions(text: str) -> dict[str, list[dict[str, Json]]]:
    """Return statements, grants and requests in which all names and texts are hostile."""
    named = {"principal_kind": text, "principal": text, "principal_account": text, "access": text}
    return {
        "policy_statements": [
            statement(0, **named, effect="admit", resource=text, path=[text], text=text),
            statement(1, effect="endorse", principal=text, target_account=text),
            illegible(2, text),
        ],
        "grants": [grant(0, 1, 1, principal_id=text, access=text, path=[text])],
        "principals": [principal(text, kind=text, name=text, account=text)],
        "extents": [extent(1, 1)],
        "provider_accesses": [
            visit(0, kind=text, employer=text, requester_country=text, opened=text)
        ],
    }


def _hostile_code(text: str) -> dict[str, list[dict[str, Json]]]:
    """Return a chain, a change and a host in which all names and texts are hostile."""
    broken = {"kind": text, "digest": text, "builder": text, "commit": text, "why": text}
    return {
        "chains": [chain(0, **broken, deployment_id=text, approvers=[text], broken=text)],
        "changes": [change(0, repository_id=text)],
        "app_destinations": [host(0, text, text, application=text)],
    }


def _hostile_gap(text: str) -> Gap:
    return Gap(coverage_id="c", outcome="denied", reason=text, permission=text)
