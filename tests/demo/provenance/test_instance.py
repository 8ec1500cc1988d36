"""The demo's Sigstore instance is one that the maintained library believes, offline."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from auditor.demo.provenance.instance import CODE_HOST, ISSUER
from auditor.provenance import SIGSTORE, Root, Verdict, verify
from tests.provenance.signing import provenance

AT = datetime(2026, 1, 1, 13, tzinfo=UTC)
WORKFLOW = "https://github.com/northstar-video/feed/.github/workflows/release.yml@refs/heads/main"


def root() -> Root:
    """Return the demo's trusted root."""
    return Root(kind=SIGSTORE, name="code host", content=CODE_HOST.trusted_root())


@pytest.mark.parametrize("day", [date(2024, 3, 1), date(2026, 1, 1), date(2040, 1, 1)])
def test_a_bundle_holds_by_the_root_whenever_the_demo_runs(day: date) -> None:
    """And names the workflow that signed it."""
    at = datetime.combine(day, AT.timetz())
    signed = CODE_HOST.bundle(provenance(), workflow=WORKFLOW, at=at)
    assert verify(json.dumps(signed), [root()]) == Verdict(
        holds=True, signer=WORKFLOW, issuer=ISSUER
    )


def test_a_changed_bundle_does_not_hold() -> None:
    """A log entry of another moment, or of another statement."""
    signed, other = (
        CODE_HOST.bundle(
            provenance(buildType=name), workflow=WORKFLOW, at=AT + timedelta(hours=hours)
        )
        for name, hours in (("x", 0), ("y", 1))
    )
    signed["verificationMaterial"]["tlogEntries"] = other["verificationMaterial"]["tlogEntries"]
    assert verify(json.dumps(signed), [root()]).holds is False


def test_the_same_statement_gives_the_same_bytes() -> None:
    """In every run: no key or signature is drawn at random."""
    one, two = (CODE_HOST.bundle(provenance(), workflow=WORKFLOW, at=AT) for _ in range(2))
    assert one == two
