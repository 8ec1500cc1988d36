"""Whatever a host answers, rows are made or nothing is: a replay must never break on an answer."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from auditor.collect.github.client import GithubDoor
from auditor.collect.period import within_period
from auditor.collect.registry import load_collectors
from auditor.demo.github.estate import LOGIN, found_organization
from auditor.demo.github.server import TOKEN, serving
from auditor.demo.github.simulator import Simulator
from auditor.model import Json, Target
from auditor.spec import Collector, Found
from auditor.tables import Row
from auditor.walk import Walk
from tests.fakes import audit

ODD: tuple[Json, ...] = (None, 7, True, "", "odd\x00", [], [None], ["x"], {}, {"nodes": [None, 3]})
TODAY = date(2026, 11, 20)
Seen = dict[str, list[tuple[Collector, Found]]]


@pytest.fixture(scope="module")
def seen() -> Seen:
    """Return what each collector finds in the demo's organisation, two of a kind."""
    with pytest.MonkeyPatch.context() as patch, serving(Simulator(found_organization(TODAY))) as on:
        patch.setenv("GITHUB_TOKEN", TOKEN)
        patch.setenv("NO_PROXY", "127.0.0.1")
        options = {"organization": LOGIN, "host": on.url}
        axes = {"host": ("github.com",), "release_branches": ("HEAD release/*",)}
        target = Target(name="code", provider="github", options=options, axes=axes)
        return _walk(target)


def _walk(target: Target) -> Seen:
    dated = audit(period_start="2025-11-20", period_end="2026-11-20", as_of="2026-11-20T12:00:00Z")
    several = [c for c in within_period(load_collectors(), dated) if c.provider == "github"]
    walk, door = Walk([target], several), GithubDoor(target)
    found: Seen = {}
    walk.start()
    waiting = walk.begin(1)
    while waiting:
        request = waiting.pop()
        revealed = walk.answer(request, door.ask(request), 0)
        waiting += revealed.requests or walk.begin(1)
        for unit, each in revealed.found:
            found.setdefault(unit.collector.kind, []).append((unit.collector, each))
    door.close()
    return {kind: each[:2] for kind, each in found.items()}


KINDS = sorted(c.kind for c in load_collectors() if c.provider == "github")


@pytest.mark.parametrize("kind", KINDS)
def test_no_answer_breaks_a_collector(seen: Seen, kind: str) -> None:
    """Each value of each answer is replaced by each odd one."""
    for collector, found in seen.get(kind, []):
        for item in _mutated(found.item):
            _use(collector, replace(found, item=item))
        for parent in _mutated(found.parent):
            _use(collector, replace(found, parent=parent))
        for name, pages in found.answers.items():
            for body in _mutated(pages[0].body):
                answers = {**found.answers, name: (replace(pages[0], body=body), *pages[1:])}
                _use(collector, replace(found, answers=answers))


def _use(collector: Collector, found: Found) -> None:
    try:
        assert all(isinstance(row, Row) for row in collector.rows(found))
    except ValueError as refusal:  # opens a gap for everything that hangs on the item
        assert str(refusal).startswith("GitHub does not show")  # noqa: PT017
    if collector.axis is not None:
        assert all(isinstance(each, str) for each in collector.axis.values_of(found))
    for call in collector.details:
        for compose in call.compose.values():
            compose(found)
        assert call.applies is None or isinstance(call.applies(found), bool)


def _mutated(value: Json) -> Iterator[Json]:
    yield from ODD
    if isinstance(value, dict):
        for name, inner in value.items():
            for odd in _mutated(inner):
                yield {**value, name: odd}
    if isinstance(value, list) and value:
        for odd in _mutated(value[0]):
            yield [odd, *value[1:]]


def test_the_demo_shows_every_kind(seen: Seen) -> None:
    """Else a collector would be tested on nothing."""
    assert set(KINDS) - set(seen) <= {"github.releases.attestation"}
