"""Holds DSSE envelopes against public keys.

Sources: github.com/secure-systems-lab/dsse, ``protocol.md``, and the signature schemes of
github.com/secure-systems-lab/securesystemslib.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from auditor.envelope.dsse import pre_authentication_encoding
from auditor.provenance.envelopes import Envelope
from auditor.provenance.trust import Checker, Root, Unusable, Verdict

_SHORTEST = 2048  # bits of RSA: NIST SP 800-131A allows no less
_RSA_HASHES = (hashes.SHA256(), hashes.SHA384(), hashes.SHA512())
_CURVES: dict[str, hashes.HashAlgorithm] = {
    "secp256r1": hashes.SHA256(),
    "secp384r1": hashes.SHA384(),
    "secp521r1": hashes.SHA512(),
}

Check = Callable[[bytes, bytes], None]  # signature, what was signed; raises InvalidSignature


def key_checker(root: Root) -> Checker:
    """Return what holds envelopes against one public key, or says why it cannot."""
    try:
        key = load_pem_public_key((root.content or "").encode())
    except (ValueError, UnsupportedAlgorithm):
        return Unusable(f"the key {root.name!r} could not be read")
    if isinstance(key, RSAPublicKey) and key.key_size < _SHORTEST:
        return Unusable(f"the key {root.name!r} is too short to be believed")
    checks = tuple(_checks(key))
    if not checks:
        return Unusable(f"the key {root.name!r} is of an algorithm that is not known here")
    return _KeyChecker(root.name, checks)


@dataclass(frozen=True, slots=True)
class _KeyChecker:
    name: str
    checks: tuple[Check, ...]

    def check(self, envelope: Envelope) -> Verdict:
        signed = pre_authentication_encoding(envelope.payload, envelope.payload_type)
        for signature in envelope.signatures:
            if any(_holds(check, signature, signed) for check in self.checks):
                return Verdict(holds=True, signer=self.name)
        if not envelope.signatures:
            return Verdict(holds=False, why="it has no signature")
        return Verdict(holds=False, why=f"no signature on it is by the key {self.name!r}")


def _holds(check: Check, signature: bytes, signed: bytes) -> bool:
    try:
        check(signature, signed)
    except InvalidSignature:
        return False
    return True


def _checks(key: PublicKeyTypes) -> Iterator[Check]:
    """Yield a check per scheme of a key: DSSE does not say which scheme was used."""
    if isinstance(key, Ed25519PublicKey):
        yield key.verify
    elif isinstance(key, EllipticCurvePublicKey) and key.curve.name in _CURVES:
        yield _by_curve(key, _CURVES[key.curve.name])
    elif isinstance(key, RSAPublicKey):
        for digest in _RSA_HASHES:
            pss = padding.PSS(mgf=padding.MGF1(digest), salt_length=padding.PSS.AUTO)
            yield _by_rsa(key, pss, digest)
            yield _by_rsa(key, padding.PKCS1v15(), digest)


def _by_curve(key: EllipticCurvePublicKey, digest: hashes.HashAlgorithm) -> Check:
    return lambda signature, signed: key.verify(signature, signed, ec.ECDSA(digest))


def _by_rsa(
    key: RSAPublicKey, pad: padding.AsymmetricPadding, digest: hashes.HashAlgorithm
) -> Check:
    return lambda signature, signed: key.verify(signature, signed, pad, digest)
