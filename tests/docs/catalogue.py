"""Writes the page on what is read in AWS, and what is not: python -m tests.docs.catalogue."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from botocore import xform_name

from auditor.collect.registry import load_collectors
from tests.contract.test_catalogue_aws import ALL, CATALOGUE, EXCUSED

PAGE = Path(__file__).parents[2] / "docs/aws.md"
_HEAD = """\
# What is read in AWS

{count} ways are known in which data rests in Amazon Web Services or leaves it. This page lists each
with the collectors that ask about it, and what is not asked, with the reason. A test holds the
collectors to this list, and another fails when the SDK learns of a service, a place or a way out
that is not in it.

`auditor collectors` lists what each collector asks; [Was anything missed?](completeness.md) says
how an audit notices what no collector reads.

| where | what | collected as | not asked |
|---|---|---|---|
"""


def page() -> str:
    """The whole page, as Markdown."""
    rows = sorted(_rows(), key=lambda row: (row[0].lower(), row[1]))
    lines = (f"| {where} | {what} | {kinds} | {left} |" for where, what, kinds, left in rows)
    return _HEAD.format(count=len(CATALOGUE)) + "\n".join(lines) + "\n"


def _rows() -> Iterator[tuple[str, str, str, str]]:
    callers = _callers()
    for entry in CATALOGUE:
        kinds = sorted(
            {
                kind
                for operation in entry["operations"]
                for kind in callers.get((entry["client"], operation), ())
            }
        )
        where = f"{entry['service']}: {entry['resource_type']}"
        shown = ", ".join(f"`{kind}`" for kind in kinds[:_MOST]) or "nothing"
        more = f" and {len(kinds) - _MOST} more" if len(kinds) > _MOST else ""
        yield where, str(entry["mechanism"]), shown + more, _left(entry)


_MOST = 3  # kinds named per line; some calls serve a dozen


def _callers() -> Mapping[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for collector in load_collectors():
        for call in collector.calls:
            service = call.service or collector.service
            found.setdefault((service, xform_name(call.operation)), []).append(collector.kind)
    return found


def _left(entry: Mapping[str, Any]) -> str:
    excused = EXCUSED.get(entry["id"], {})
    if ALL in excused:
        return excused[ALL]
    return "; ".join(f"`{operation}`: {reason}" for operation, reason in excused.items())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
