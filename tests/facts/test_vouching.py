"""Who signed statements on builds: held against what the audit trusts, once per envelope."""

from typing import Any

import pytest

from auditor.model import Unknown
from auditor.provenance import statements_of
from auditor.tables import UNJOINED, Row, TrustRoot
from tests.facts.coding import attestation, covered
from tests.facts.deriving import Facts
from tests.provenance.signing import dsse, provenance, root_of

SIGNED = dsse(provenance())
WAITING: dict[str, Any] = dict.fromkeys(("signature_holds", "signer", "issuer"), UNJOINED)


def trusted(kind: str = "p256", content: Any = None) -> TrustRoot:
    """Return the row of a key."""
    root = root_of(kind)
    held = content or str(root.content)
    return TrustRoot(id=f"records/{kind}", kind=root.kind, name=root.name, content=held)


def vouched(*rows: Row, envelope: Any = SIGNED) -> Facts:
    """Return what is derived of one statement."""
    return Facts((attestation(envelope=envelope, **WAITING), covered("trust_roots"), *rows))


def test_a_trusted_key_is_the_signer() -> None:
    """By the name that the audit gives it."""
    row = vouched(trusted()).one("attestations", "signature_holds, signer, issuer")
    assert row == (True, "release key", "")


def test_a_stranger_signed_for_nobody() -> None:
    """No signature holds, so there is no signer."""
    row = vouched(trusted("other p256")).one("attestations", "signature_holds, signer, issuer")
    assert row == (False, "", "")


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((), id="no root"),
        pytest.param((trusted(content=Unknown("x")),), id="root unread"),
        pytest.param((trusted("k256"),), id="unknown algorithm"),
        pytest.param((trusted("other p256"), covered("trust_roots", open_=True)), id="gap"),
    ],
)
def test_without_every_root_it_is_unknown(rows: tuple[Row, ...]) -> None:
    """A root that was not read may vouch for it."""
    made = [row for row in rows if row.table != "coverage"]
    gaps = [row for row in rows if row.table == "coverage"] or [covered("trust_roots")]
    facts = Facts((attestation(envelope=SIGNED, **WAITING), *made, *gaps))
    assert facts.one("attestations", "signature_holds, signer, issuer") == (None, None, None)
    assert (
        "could not be told"
        in facts.why("attestations", "signature_holds")["attestation/provenance"]
    )


def test_a_gap_in_roots_hides_no_key_that_vouches() -> None:
    """One that was read is enough."""
    facts = Facts(
        (
            attestation(envelope=SIGNED, **WAITING),
            trusted(),
            covered("trust_roots", open_=True),
        )
    )
    assert facts.one("attestations", "signature_holds") == (True,)


def test_an_envelope_that_is_not_known_is_not_judged() -> None:
    """It may be signed by anybody."""
    facts = vouched(trusted(), envelope=Unknown("x"))
    assert facts.one("attestations", "signature_holds") == (None,)


def test_all_subjects_of_an_envelope_are_judged_alike() -> None:
    """It is one signature."""
    (statement,) = statements_of(SIGNED)
    rows = [
        attestation(**{**WAITING, **statement.columns, "id": f"attestation/{number}"})
        for number in range(3)
    ]
    facts = Facts((*rows, trusted()))
    assert facts.rows("attestations", "signature_holds, commit") == [(True, "a" * 40)] * 3
