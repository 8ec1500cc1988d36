"""The register of exceptions: what each entry becomes, and every line that does not fit."""

from pathlib import Path

import pytest

from auditor.config.audit_file import read_audit, write_audit
from auditor.config.configuration import new_audit
from auditor.config.loader import load_config
from auditor.model import Person, RegisterEntry
from tests.config.examples import SMALL, refused, write_config

HEAD = "register:\n"
FLOW = """\
  - id: R-1
    kind: flow
    purpose: public profiles
    approvers: [Jane]
    valid_from: 2026-01-01
    valid_until: 2026-06-30
    recipients: ['444455556666', DE]
    data_classes: [public]
    bytes_limit: 1000
"""
ACCESS = """\
  - id: R-2
    kind: access
    purpose: repair
    approvers: [Jane, John]
    valid_from: 2026-02-01
    valid_until: 2026-02-01
    principals: ['*:role/break-glass']
"""


def write_register(folder: Path, text: str) -> Path:
    """Write a small audit with a register, and return its path."""
    (folder / "register.yaml").write_text(text)
    return write_config(folder, SMALL + "register: register.yaml\n")


def test_entries_arrive(tmp_path: Path) -> None:
    """In the order of the file; without a limit any number of bytes may leave."""
    found = load_config(write_register(tmp_path, HEAD + FLOW + ACCESS))
    assert found.register == (
        RegisterEntry(
            id="R-1",
            kind="flow",
            purpose="public profiles",
            approvers=("Jane",),
            valid_from="2026-01-01",
            valid_until="2026-06-30",
            recipients=("444455556666", "DE"),
            data_classes=("public",),
            bytes_limit=1000,
        ),
        RegisterEntry(
            id="R-2",
            kind="access",
            purpose="repair",
            approvers=("Jane", "John"),
            valid_from="2026-02-01",
            valid_until="2026-02-01",
            principals=("*:role/break-glass",),
        ),
    )


def test_a_register_and_a_roster_survive_the_audit(tmp_path: Path) -> None:
    """audit.json gives both back as they were; what is empty adds nothing to it."""
    path = write_register(tmp_path, HEAD + FLOW + ACCESS)
    (tmp_path / "roster.csv").write_text(
        "id,name,employer,country,covered_person,kind,owner,principals,vetted_until,left\n"
        "a,A,E,US,no,,,x*;y z,2026-01-01,2026-02-02\nb,B,E,US,no,Service,a,,,\nc,C,,,,,,,,\n"
    )
    path.write_text(path.read_text() + "roster: roster.csv\n")
    audit = new_audit(load_config(path), as_of="2026-01-01T00:00:00Z", tool_version="1", id="i")
    assert audit.roster[0].principals == ("x*", "y", "z")
    assert audit.roster[1] == Person(
        id="b",
        name="B",
        employer="E",
        country="US",
        covered_person=False,
        kind="service",
        owner="a",
    )
    write_audit(audit, tmp_path / "audit.json")
    assert read_audit(tmp_path / "audit.json") == audit
    assert '"id":"c","name":"C"}' in (tmp_path / "audit.json").read_text()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (FLOW.replace("kind: flow", "kind: leak"), 3, "'leak'"),
        (FLOW.replace("2026-06-30", "2025-06-30"), 2, "ends before it starts"),
        (FLOW.replace("    recipients: ['444455556666', DE]\n", ""), 2, "names its recipients"),
        (FLOW.replace("approvers: [Jane]", "approvers: []"), 5, "at least 1"),
        (FLOW.replace("1000", "-1"), 10, "greater"),
        (FLOW.replace("purpose", "porpoise"), 4, "'porpoise'"),
        (ACCESS.replace("    principals: ['*:role/break-glass']\n", ""), 2, "its principals"),
        (ACCESS + "    bytes_limit: 1\n", 2, "no limit of bytes"),
        (FLOW + FLOW, 11, "used twice"),
        ("  - nothing\n", 2, "must be"),
    ],
)
def test_an_entry_that_does_not_fit_is_refused(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    """At its line."""
    found = refused(write_register(tmp_path, HEAD + text))
    assert any(fault.line == line and words in fault.message for fault in found), found


def test_a_register_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """Where audit.yaml names it."""
    (found,) = refused(write_config(tmp_path, SMALL + "register: none.yaml\n"))
    assert (found.line, found.message) == (SMALL.count("\n") + 1, "there is no file 'none.yaml'")
