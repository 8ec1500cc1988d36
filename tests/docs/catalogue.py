"""Writes the pages on what is read in each cloud, and what is not: python -m tests.docs.catalogue.

A page has a line for each way in which data rests in a cloud or leaves it.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from botocore import xform_name

from auditor.collect.registry import load_collectors
from tests.contract import oci_catalogue
from tests.contract.test_catalogue_aws import ALL, CATALOGUE, EXCUSED

DOCS = Path(__file__).parents[2] / "docs"
_MOST = 3  # kinds named per line; some calls serve a dozen
_HEAD = """\
# What is read in {cloud}

{intro} A test holds the
collectors to this list, and another fails when the SDK learns of a service, a place or a way out
that is not in it.

`auditor collectors` lists what each collector asks; [Was anything missed?](completeness.md) says
how an audit notices what no collector reads.

| where | what | collected as | not asked |
|---|---|---|---|
"""
_AWS = """\
{count} ways are known in which data rests in Amazon Web Services or leaves it. This page lists each
with the collectors that ask about it, and what is not asked, with the reason."""
_OCI = """\
{count} lines say how data rests in Oracle Cloud Infrastructure, how it leaves, who can let it out,
and what bounds that. Each names the collectors that ask about it, or why nothing asks."""
_UNREAD = """
## Services that are not read

Each may hold or move data of users, and no collector asks it. That one is in use shows in the bill
and in Resource Search, by name. Names are those of the modules of Oracle's SDK.

| service | what it may hold or move |
|---|---|
"""
_Line = tuple[str, str, str, str]


def aws() -> str:
    """The page on AWS, as Markdown."""
    intro = _AWS.format(count=len(CATALOGUE))
    return _HEAD.format(cloud="AWS", intro=intro) + _table(_aws_lines())


def oci() -> str:
    """The page on Oracle Cloud, as Markdown."""
    intro = _OCI.format(count=len(oci_catalogue.CATALOGUE))
    head = _HEAD.format(cloud="Oracle Cloud", intro=intro)
    unread = "".join(f"| `{name}` | {text} |\n" for name, text in oci_catalogue.UNREAD.items())
    return head + _table(_oci_lines()) + _UNREAD + unread


WRITERS: Mapping[str, Callable[[], str]] = {"aws.md": aws, "oci.md": oci}


def _table(lines: Iterator[_Line]) -> str:
    rows = sorted(lines, key=lambda line: (line[0].lower(), line[1]))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _aws_lines() -> Iterator[_Line]:
    callers = _aws_callers()
    for entry in CATALOGUE:
        kinds = {
            kind
            for operation in entry["operations"]
            for kind in callers.get((entry["client"], operation), ())
        }
        where = f"{entry['service']}: {entry['resource_type']}"
        yield where, str(entry["mechanism"]), _named(kinds), _aws_left(entry)


def _aws_callers() -> Mapping[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for collector in load_collectors():
        for call in collector.calls:
            service = call.service or collector.service
            found.setdefault((service, xform_name(call.operation)), []).append(collector.kind)
    return found


def _aws_left(entry: Mapping[str, Any]) -> str:
    excused = EXCUSED.get(entry["id"], {})
    if ALL in excused:
        return excused[ALL]
    return "; ".join(f"`{operation}`: {reason}" for operation, reason in excused.items())


def _oci_lines() -> Iterator[_Line]:
    callers = oci_catalogue.callers()
    for entry in oci_catalogue.CATALOGUE:
        operation = oci_catalogue.operation_of(entry)
        where = f"{entry['service']}: {entry['resource_type'].removesuffix('Summary')}"
        left = oci_catalogue.EXCUSED.get(operation, "")
        yield where, entry["mechanism"], _named(set(callers.get(operation, ()))), left


def _named(kinds: set[str]) -> str:
    shown = ", ".join(f"`{kind}`" for kind in sorted(kinds)[:_MOST]) or "nothing"
    return shown + (f" and {len(kinds) - _MOST} more" if len(kinds) > _MOST else "")


if __name__ == "__main__":
    for name, write in WRITERS.items():
        (DOCS / name).write_text(write(), encoding="utf-8")
