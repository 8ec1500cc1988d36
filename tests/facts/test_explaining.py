"""How the ways to one kind of access come together to one answer."""

import pytest

from auditor.facts.explanation import Link, Manner, Told, answered


def manner(verdict: str, *reasons: str, steps: int = 1) -> Manner:
    told = Told(verdict=verdict, reasons=reasons)
    return Manner(told=told, links=(Link(by="ann", says="asks", told=told),) * steps)


@pytest.mark.parametrize(
    ("verdicts", "doubts", "expected"),
    [
        ([], [], "no"),
        ([], ["not read"], "unknown"),
        (["no", "conditional"], [], "conditional"),
        (["conditional", "unknown"], [], "unknown"),
        (["conditional"], ["not read"], "unknown"),
        (["unknown", "yes", "no"], ["not read"], "yes"),
    ],
)
def test_any_way_is_enough_and_doubt_is_no_denial(
    verdicts: list[str], doubts: list[str], expected: str
) -> None:
    """Yes before unknown, unknown before conditional, and 'no' only where all was read."""
    answer = answered("read", map(manner, verdicts), doubts)
    assert answer.told.verdict == expected
    assert len(answer.manners) == len(verdicts)
    if expected == "unknown":
        assert answer.told.reasons == tuple(doubts)


def test_the_shortest_way_tells() -> None:
    """A path explains only what nobody has directly."""
    direct, path = manner("unknown", "of the bucket"), manner("unknown", "of a role", steps=2)
    answer = answered("read", [path, direct])
    assert answer.manners == (direct, path)
    assert answer.told.reasons == ("of the bucket",)
