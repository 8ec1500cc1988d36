"""One listed thing, as a collector sees it."""

from collections.abc import Mapping

from auditor.model import Answer, Json, Outcome
from auditor.spec import Collector, Found
from auditor.tables import Row

HOST, ACCOUNT = "github.com", "acme"
BASE = f"github/{HOST}"
APP = f"{BASE}/acme/app"
DENIED = Answer(outcome=Outcome.DENIED, code="403")


def found(
    collector: Collector,
    item: Json,
    *,
    parent: Json = None,
    details: Mapping[str, Answer] | None = None,
    **place: str,
) -> Found:
    """Return a listed item with the answers to its details; those not given were not asked.

    The period begins with 2026.
    """
    answers = {name: (answer,) for name, answer in (details or {}).items()}
    return Found(
        place={"target": "here", "host": HOST, "account": ACCOUNT, **place},
        item=item,
        parent=parent,
        answers=answers,
        records={"item": (0,), **dict.fromkeys(answers, (1,))},
        details={detail.name: detail for detail in collector.details},
        since="2026-01-01T00:00:00.000Z" if collector.since else "",
    )


def rows(
    collector: Collector,
    item: Json,
    *,
    parent: Json = None,
    details: Mapping[str, Answer] | None = None,
    **place: str,
) -> list[Row]:
    """Return the rows of a listed item."""
    return list(collector.rows(found(collector, item, parent=parent, details=details, **place)))


def ok(body: Json) -> Answer:
    """Return an answer that was given."""
    return Answer(outcome=Outcome.OK, body=body)


def whole(*nodes: Json, members: str = "nodes") -> Json:
    """Return a nested list that is complete."""
    return {"pageInfo": {"hasNextPage": False, "endCursor": None}, members: list(nodes)}


def cut(*nodes: Json, members: str = "nodes") -> Json:
    """Return a nested list of which there is more."""
    return {"pageInfo": {"hasNextPage": True, "endCursor": "c1"}, members: list(nodes)}
