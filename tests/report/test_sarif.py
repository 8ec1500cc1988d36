"""SARIF: what code scanning asks for, nothing hidden, never too much."""

import json
from collections import Counter
from pathlib import Path

import pytest

from auditor.model import Json
from auditor.report import render_sarif
from auditor.report.sarif import MOST_RESULTS
from tests.report import hostile, samples


def read(made: bytes) -> Json:
    """Return the one run of the file."""
    document = json.loads(made)
    assert document["version"] == "2.1.0"
    (run,) = document["runs"]
    return run


def test_every_finding_is_a_result_of_its_rule(tmp_path: Path) -> None:
    """Level by verdict, gravest first; a waived one is suppressed and says by what."""
    run = read(render_sarif(samples.mixed(tmp_path).results))
    assert Counter(r["level"] for r in run["results"]) == {"error": 45, "warning": 9, "note": 1}
    assert run["results"][0]["level"] == "error"
    assert {r["ruleId"] for r in run["results"]} <= {
        r["id"] for r in run["tool"]["driver"]["rules"]
    }
    assert run["results"][-1]["suppressions"][0]["justification"] == "W-2026-04"


def test_each_result_has_a_place_and_a_fingerprint_of_its_own(tmp_path: Path) -> None:
    """The policy file, with its line; the same row is the same finding next time."""
    run = read(render_sarif(samples.mixed(tmp_path).results))
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "policies/controls/A-02.yaml"
    assert place["region"]["startLine"] == 3
    prints = [result["partialFingerprints"]["auditorRow/v1"] for result in run["results"]]
    assert len(prints) == len(set(prints))


def test_too_many_findings_are_cut_and_counted(tmp_path: Path) -> None:
    """The limit of the takers, and the whole number beside it."""
    run = read(render_sarif(samples.large(tmp_path).results))
    assert len(run["results"]) == MOST_RESULTS
    assert run["properties"]["findings"] == 50_000


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\x00", "\x1b"])
def test_nothing_hides_in_a_message(tmp_path: Path, sign: str) -> None:
    """Hostile names are spelt out here too, and a message has an end."""
    run = read(render_sarif(hostile.hostile(tmp_path).results))
    messages = [result["message"]["text"] for result in run["results"]]
    assert not any(sign in message for message in messages)
    assert max(map(len, messages)) <= 1_001
