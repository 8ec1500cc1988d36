"""Rows of made-up tables besides stores and flows: processors, guardrails, witnesses, the bill."""

from collections.abc import Mapping

from auditor.model import Json

ACCOUNT = "111122223333"
Rows = list[dict[str, Json]]


def processor(number: int, country: str | None, **more: Json) -> dict[str, Json]:
    """Return a function that works on user data, unless said otherwise."""
    return {
        "id": f"processor-{number}",
        "name": f"function {number}",
        "provider": "aws",
        "account": ACCOUNT,
        "region": {"US": "us-east-1", "DE": "eu-central-1", "*": "global"}.get(country or ""),
        "country": country,
        "service": "lambda",
        "kind": "function",
        "data_classes": ["us_user_data"],
        **more,
    }


def guardrail(number: int, **more: Json) -> dict[str, Json]:
    """Return a policy of service control that keeps data in the United States."""
    return {
        "id": f"guardrail-{number}",
        "provider": "aws",
        "account": "",
        "name": "stay-home",
        "kind": "service control policy",
        "target_id": "ou-data",
        "region": "",
        "enforced": True,
        "limits": ["regions"],
        "allowed_regions": ["us-*"],
        "denied_regions": [],
        "escapes": [],
        "exempt_principals": [],
        **more,
    }


def witness(number: int, speaker: str, region: str = "", **more: Json) -> dict[str, Json]:
    """Return a witness that is set up for everything."""
    return {
        "id": f"witness-{number}",
        "provider": "aws",
        "witness": speaker,
        "account": ACCOUNT,
        "region": region,
        "name": "",
        "covers": [],
        "complete": True,
        "period_start": "",
        "period_end": "",
        **more,
    }


def sighting(number: int, **more: Json) -> dict[str, Json]:
    """Return a farm that an inventory names and nothing explains."""
    return {
        "id": f"sighting-{number}",
        "provider": "aws",
        "witness": "resource explorer",
        "account": ACCOUNT,
        "region": "us-east-1",
        "service": "deadline",
        "type": "deadline:farm",
        "resource_id": f"arn:aws:deadline:us-east-1:{ACCOUNT}:farm/farm-{number}",
        "explained": None,
        **more,
    }


def charge(number: int, **more: Json) -> dict[str, Json]:
    """Return a line of the bill that nothing explains."""
    return {
        "id": f"charge-{number}",
        "provider": "aws",
        "account": ACCOUNT,
        "region": "us-east-1",
        "billed_service": "Amazon Oddity",
        "services": None,
        "amount": "12.50",
        "currency": "USD",
        "period_start": "2025-11-21",
        "period_end": "2026-11-22",
        "explained": None,
        **more,
    }


def call(number: int, **more: Json) -> dict[str, Json]:
    """Return a recorded call that only read, and that the evidence has."""
    return {
        "id": f"call-{number}",
        "provider": "aws",
        "account": ACCOUNT,
        "region": "us-east-1",
        "service": "s3",
        "operation": "ListBuckets",
        "caller": "audit-reader",
        "read_only": True,
        "kept": True,
        **more,
    }


def node(name: str, kind: str, parent: str) -> dict[str, Json]:
    """Return a place in the hierarchy."""
    return {"id": name, "provider": "aws", "kind": kind, "name": "", "parent_id": parent}


def unknown(table: str, row: str, reason: str) -> dict[str, Json]:
    """Return why nobody could say what explains a row."""
    return {
        "id": f"{table}/{row}/explained",
        "of_table": table,
        "row_id": row,
        "column": "explained",
        "reason": reason,
        "permission": "",
    }


def mixed() -> Mapping[str, Rows]:
    """Return tables with something of everything, good and bad."""
    processors = [processor(n, "US") for n in range(20)]
    processors += [
        processor(20, "DE"),
        processor(21, "*", service="cloudfront", kind="distribution"),
        processor(22, None, data_classes=None),
        processor(23, "DE", data_classes=[]),
    ]
    spared = [f"arn:aws:iam::*:role/vendor-{n}" for n in range(9)]
    return {
        "processors": processors,
        "hierarchy": [
            node("r-1", "organisation root", ""),
            node("ou-data", "organizational unit", "r-1"),
            node(ACCOUNT, "account", "ou-data"),
            node("444455556666", "account", "ou-data"),
        ],
        "guardrails": [
            guardrail(0, escapes=["s3:*"], exempt_principals=spared),
            guardrail(1, name="full access", limits=[], allowed_regions=["*"], target_id="r-1"),
            guardrail(2, kind="vault lock", limits=["deletion"], target_id="vault", enforced=None),
        ],
        "witnesses": [
            witness(0, "bill", period_start="2025-11-21", period_end="2026-11-22"),
            witness(1, "resource explorer", "us-east-1"),
            witness(2, "service list", "us-east-1", name="s3", account=""),
        ],
        "sightings": [
            *(sighting(n) for n in range(5)),
            sighting(5, explained=True),
        ],
        "spend": [charge(0), charge(1), charge(2, explained=True)],
        "calls": [call(0), call(1, operation="PutObject", read_only=False, kept=None)],
        "unknowns": [
            *(unknown("sightings", f"sighting-{n}", "no collector knows it") for n in range(5)),
            *(unknown("spend", f"charge-{n}", "its service is not known") for n in range(2)),
        ],
    }
