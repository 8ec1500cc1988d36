"""What the page on large organisations shows runs as it stands."""

import re
import shlex
from typing import Any

from pydantic import TypeAdapter

from auditor.cli.running import build_parser
from auditor.config.schema import AuditFile
from auditor.documents.reader import parse_document
from auditor.plan.prediction import EMPTY_BYTES, LONGEST_JOB, MOST_SHARDS
from auditor.walk import Shard
from tests.docs.pages import ROOT, blocks
from tests.docs.test_guide import BASE

PAGE = ROOT / "docs/large-organisations.md"


def _examples() -> list[Any]:
    return [parse_document(text, "example").value for text in blocks(PAGE, "yaml")]


def _scripts(job: dict[str, Any], shard: int) -> list[str]:
    scripts = [step["run"].strip() for step in job["steps"] if "run" in step]
    return [each.replace("${{ matrix.shard }}", str(shard)) for each in scripts]


def _commands(scripts: list[str]) -> list[list[str]]:
    lines = [line for script in scripts for line in script.splitlines()]
    typed = [line.partition(" || ")[0] for line in lines if line.startswith("auditor")]
    return [shlex.split(line)[1:] for line in typed]


def test_the_target_is_valid() -> None:
    """It can be pasted into audit.yaml."""
    target, _ = _examples()
    text = TypeAdapter(dict[str, Any]).dump_json(BASE | target)
    audit = TypeAdapter(AuditFile).validate_json(text)
    assert audit.aws[0].organization is not None


def test_every_command_of_the_matrix_can_be_typed() -> None:
    """Each job collects its shard, and the last one joins all of them."""
    _, workflow = _examples()
    collect, evaluate = workflow["jobs"]["collect"], workflow["jobs"]["evaluate"]
    shards = collect["strategy"]["matrix"]["shard"]
    folders = []
    for number in shards:
        ((name, *words),) = _commands(_scripts(collect, number))
        arguments = build_parser(name).parse_args(words)
        assert arguments.shard == Shard(number, len(shards))
        folders.append(arguments.bundle)
    first, *others = _commands(_scripts(evaluate, 0))
    joined = build_parser(first[0]).parse_args(first[1:])
    assert joined.bundles == folders
    for name, *words in others:
        assert build_parser(name).parse_args(words).bundle == joined.output


def test_actions_are_pinned() -> None:
    """A tag can be moved by whoever owns the action, a commit cannot."""
    _, workflow = _examples()
    used = [
        step["uses"] for job in workflow["jobs"].values() for step in job["steps"] if "uses" in step
    ]
    assert used
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", each) for each in used)


def test_the_figures_are_those_of_the_plan() -> None:
    """Runners and bytes are what the plan reckons with, and the rows of the table agree."""
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert f"takes {EMPTY_BYTES} bytes of evidence" in text
    assert f"{MOST_SHARDS} jobs in a matrix" in text
    assert f"a job of {'six' if LONGEST_JOB == 6 * 3600 else LONGEST_JOB} hours" in text
    rows = re.findall(r"\| ([\d,]+) \| ([\d,]+) \| [^|]+ \| ([\d.]+) GB \|", text)
    assert [row[0] for row in rows] == ["50", "500", "5,000"]
    for _, calls, size in rows:
        predicted = int(calls.replace(",", "")) * EMPTY_BYTES / 1e9
        assert f"{predicted:.2f}" == size
