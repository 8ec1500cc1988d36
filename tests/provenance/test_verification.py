"""Whether a signature holds, by keys and by Sigstore instances."""

import copy
import json
import sys
from datetime import timedelta
from typing import Any

import pytest

from auditor.demo.provenance.instance import ISSUER
from auditor.provenance import KEY, SIGSTORE, Root, Verdict, verify
from tests.provenance.instance import IDENTITY, WHEN, Instance, instance
from tests.provenance.signing import COMMIT, dsse, encode, envelope, provenance, root_of


@pytest.mark.parametrize("kind", ["p256", "p384", "ed25519", "rsa", "pss"])
def test_a_signature_of_each_scheme_holds_by_its_key_only(kind: str) -> None:
    """The key's own name is the signer, and nobody is the issuer."""
    text = dsse(provenance(), kind)
    assert verify(text, [root_of("other p256"), root_of(kind)]) == Verdict(
        holds=True, signer="release key"
    )
    assert verify(text, [root_of("other p256")]).holds is False


def test_one_signature_of_several_is_enough() -> None:
    """As DSSE has it: others may be by keys that we do not know."""
    assert verify(dsse(provenance(), "other p256", "p256"), [root_of()]).holds is True


@pytest.mark.parametrize("change", ["payload", "payloadType", "signatures"])
def test_a_signature_is_over_payload_and_type(change: str) -> None:
    """Whatever is exchanged, it holds no more."""
    signed = envelope(provenance(), "p256")
    other = {
        "payload": encode(json.dumps(provenance(buildType="other")).encode()),
        "payloadType": "text/plain",
        "signatures": envelope(provenance(buildType="other"), "p256")["signatures"],
    }
    assert verify(json.dumps(signed), [root_of()]).holds is True
    assert verify(json.dumps(signed | {change: other[change]}), [root_of()]).holds is False


def test_without_a_signature_nothing_holds() -> None:
    """An empty list of signatures is by nobody."""
    assert verify(json.dumps(envelope(provenance())), [root_of()]).holds is False


@pytest.mark.parametrize(
    "root",
    [
        pytest.param(None, id="no root"),
        pytest.param(root_of("k256"), id="unknown curve"),
        pytest.param(Root(kind=KEY, name="x", content="x"), id="no key"),
        pytest.param(Root(kind=KEY, name="x", content=None), id="unread key"),
        pytest.param(Root(kind="other", name="x", content="x"), id="unknown kind"),
        pytest.param(Root(kind=SIGSTORE, name="x", content="{}"), id="empty trusted root"),
        pytest.param(Root(kind=SIGSTORE, name="x", content="x"), id="no trusted root"),
    ],
)
def test_what_cannot_be_checked_is_unknown(root: Root | None) -> None:
    """A root that says nothing leaves open what no other root vouches for."""
    verdict = verify(dsse(provenance()), [root] if root else [])
    assert (verdict.holds, verdict.signer) == (None, "")
    assert verdict.why


def test_a_root_that_cannot_be_read_does_not_hide_one_that_vouches() -> None:
    """One is enough."""
    assert verify(dsse(provenance()), [root_of("k256"), root_of()]).holds is True


@pytest.mark.parametrize("version", ["0.1", "0.2", "0.3"])
def test_a_bundle_of_each_version_holds_by_its_instance(version: str) -> None:
    """The certificate's identity is the signer, and who vouched for it the issuer."""
    text = json.dumps(instance().bundle(provenance(), version=version))
    assert verify(text, [root_of("other p256"), instance().root()]) == Verdict(
        holds=True, signer=IDENTITY, issuer=ISSUER
    )
    assert verify(text, [instance("another").root()]).holds is False


def test_an_identity_for_which_nobody_vouched_is_none() -> None:
    """It would read like the name of a key."""
    nobody = Instance(issuer="")
    text = json.dumps(nobody.bundle(provenance()))
    assert verify(text, [nobody.root()]).holds is False


def test_a_file_of_several_roots_vouches_by_any_of_them() -> None:
    """GitHub's command line writes one per line."""
    both = "\n".join(str(each.root().content) for each in (instance("another"), instance()))
    text = json.dumps(instance().bundle(provenance()))
    assert verify(text, [Root(kind=SIGSTORE, name="both", content=both)]).holds is True


def test_a_bundle_is_judged_at_the_moment_that_its_log_proves() -> None:
    """Its certificate lasted ten minutes, years ago."""
    late = instance().bundle(provenance(), logged=WHEN + timedelta(hours=1))
    assert verify(json.dumps(late), [instance().root()]).holds is False


_ENTRY = ("verificationMaterial", "tlogEntries", 0)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(("dsseEnvelope", "payload"), id="payload"),
        pytest.param(("dsseEnvelope", "signatures", 0, "sig"), id="signature"),
        pytest.param((*_ENTRY, "canonicalizedBody"), id="log body"),
        pytest.param((*_ENTRY, "inclusionProof", "rootHash"), id="log root"),
        pytest.param((*_ENTRY, "inclusionPromise", "signedEntryTimestamp"), id="promise"),
        pytest.param(("verificationMaterial", "certificate", "rawBytes"), id="certificate"),
    ],
)
def test_no_part_of_a_bundle_can_be_exchanged(path: tuple[str | int, ...]) -> None:
    """Each is held by another."""
    changed: Any = copy.deepcopy(instance().bundle(provenance()))
    issued = WHEN + timedelta(seconds=1)  # the same moment would give the same certificate
    other: Any = instance().bundle(provenance(buildType="other"), issued=issued)
    holder = changed
    for name in path[:-1]:
        holder, other = holder[name], other[name]
    holder[path[-1]] = other[path[-1]]
    assert verify(json.dumps(changed), [instance().root()]).holds is False


def test_a_bundle_without_a_log_entry_is_unknown() -> None:
    """Instances with timestamps alone exist; this edition cannot check them."""
    bundle = instance().bundle(provenance())
    bundle["verificationMaterial"]["tlogEntries"] = []
    assert verify(json.dumps(bundle), [instance().root()]).holds is None


@pytest.mark.parametrize("kind", ["intoto", "", 3])
def test_a_log_entry_of_another_kind_is_unknown(kind: Any) -> None:
    """The library checks none of them; statements of before 2024 have such."""
    bundle = instance().bundle(provenance())
    bundle["verificationMaterial"]["tlogEntries"][0]["kindVersion"]["kind"] = kind
    assert verify(json.dumps(bundle), [instance().root()]).holds is None


def test_a_bundle_of_a_later_version_is_unknown() -> None:
    """Nobody here can read it."""
    bundle = instance().bundle(provenance())
    later = json.dumps(bundle | {"mediaType": "application/vnd.dev.sigstore.bundle.v0.9+json"})
    assert verify(later, [instance().root()]).holds is None


def test_a_plain_envelope_is_by_no_instance() -> None:
    """Without a certificate nobody is named."""
    assert verify(dsse(provenance()), [instance().root()]).holds is False


def test_the_key_of_a_bundle_may_be_trusted_itself() -> None:
    """An envelope in a bundle is an envelope."""
    bundle = instance().bundle(provenance()) | {"dsseEnvelope": envelope(provenance(), "p256")}
    assert verify(json.dumps(bundle), [root_of()]) == Verdict(holds=True, signer="release key")


def test_without_the_library_a_bundle_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never false, and it says what to install."""
    bundle = json.dumps(instance().bundle(provenance()))
    for name in ("sigstore", "sigstore.errors"):
        monkeypatch.setitem(sys.modules, name, None)
    verdict = verify(bundle, [instance().root()])
    assert verdict.holds is None
    assert "auditor[provenance]" in verdict.why


def test_what_is_no_envelope_is_signed_by_nobody() -> None:
    """Whatever it is."""
    assert verify("{}", [root_of()]).holds is False
    assert verify(COMMIT, [root_of()]).holds is False
