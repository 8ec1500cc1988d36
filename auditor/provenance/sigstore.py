"""Holds Sigstore bundles against trusted roots, with the maintained library and no network.

Whether a certificate was valid is judged at the moments that its bundle proves (of a log entry, or
of a timestamp authority), never at the moment of the audit. Any identity is taken: which one may
sign is for policies to say.

Source: https://docs.sigstore.dev/cosign/verifying/verify/ and RFC 6962 for what a log proves.
"""

import logging
import struct
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

from auditor.errors import ProvenanceError
from auditor.model import Json
from auditor.provenance.envelopes import Envelope, split_lines
from auditor.provenance.strict_json import read_json
from auditor.provenance.trust import Checker, Root, Unusable, Verdict, best
from auditor.provenance.windows import Windows, read_windows
from auditor.spec import dig

if TYPE_CHECKING:
    from sigstore.verify import Verifier

logging.getLogger("sigstore").addHandler(logging.NullHandler())

_ISSUER = x509.ObjectIdentifier("1.3.6.1.4.1.57264.1.8")
_ISSUER_BEFORE_2023 = x509.ObjectIdentifier("1.3.6.1.4.1.57264.1.1")
_ENTRIES = {"dsse", "hashedrekord"}  # Rekor had others for statements until 2024
_UTF8 = 0x0C  # tag of DER
_SHORT = 0x80  # lengths below have no length of their own
_BROKEN = (  # what hostile certificates, proofs and timestamps make the libraries raise
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    struct.error,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.ExtensionNotFound,
    x509.UnsupportedGeneralNameType,
)


def sigstore_checker(root: Root) -> Checker:
    """Return what holds bundles against one Sigstore instance, or says why it cannot.

    The root's content may be JSON Lines of several roots, as GitHub's command line writes them.
    """
    try:
        lines = split_lines(root.content or "")
    except ProvenanceError:
        return Unusable(f"the trusted root {root.name!r} could not be read")
    return _Several(tuple(_one_checker(root.name, line) for line in lines))


def _one_checker(name: str, content: str) -> Checker:
    try:
        from sigstore.errors import Error  # noqa: PLC0415  an extra that need not be installed
        from sigstore.models import TrustedRoot  # noqa: PLC0415
        from sigstore.verify import Verifier  # noqa: PLC0415
    except ModuleNotFoundError:
        return Unusable("sigstore is not installed: pip install 'auditor[provenance]'")
    try:
        windows = read_windows(read_json(content))
        with tempfile.TemporaryDirectory(prefix="auditor-root-") as folder:
            path = Path(folder, "trusted_root.json")
            path.write_text(content, encoding="utf-8")
            verifier = Verifier(trusted_root=TrustedRoot.from_file(str(path)))
    except (ProvenanceError, Error, *_BROKEN):
        return Unusable(f"the trusted root {name!r} could not be read")
    return _SigstoreChecker(name, verifier, windows)


@dataclass(frozen=True, slots=True)
class _Several:
    checkers: tuple[Checker, ...]

    def check(self, envelope: Envelope) -> Verdict:
        return best(checker.check(envelope) for checker in self.checkers)


class _AnyIdentity:
    """The library's policy that leaves identities to the audit's policies."""

    def verify(self, cert: x509.Certificate) -> None:
        """Take every certificate that the trusted root vouches for."""


@dataclass(frozen=True, slots=True)
class _SigstoreChecker:
    name: str
    verifier: "Verifier"
    windows: Windows

    def check(self, envelope: Envelope) -> Verdict:
        if not envelope.is_bundle:
            return Verdict(holds=False, why="it has no certificate of a Sigstore instance")
        kinds = _log_entries(envelope)
        if not kinds:
            why = "its bundle has no entry of a transparency log, and others are not checked"
            return Verdict(holds=None, why=why)
        if kinds - _ENTRIES:
            return Verdict(holds=None, why="its log entry is of a kind that is not known here")
        return self._check_logged(envelope)

    def _check_logged(self, envelope: Envelope) -> Verdict:
        from sigstore.errors import Error  # noqa: PLC0415
        from sigstore.models import Bundle, IncompatibleEntry  # noqa: PLC0415

        refused = Verdict(holds=False, why=f"the trusted root {self.name!r} does not vouch for it")
        try:
            bundle = Bundle.from_json(envelope.text)
            certificate = bundle.signing_certificate
            key = certificate.public_key()
            if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
                why = "its certificate's key is of an algorithm that is not known here"
                return Verdict(holds=None, why=why)
            said = self.verifier.verify_dsse(bundle, _AnyIdentity())
            if said != (envelope.payload_type, envelope.payload):
                return refused
            if not self.windows.were_open(certificate, _logs(envelope)):
                why = f"it was not signed while the trusted root {self.name!r} was in force"
                return Verdict(holds=False, why=why)
            signer, issuer = _identity(certificate), _issuer(certificate)
        except IncompatibleEntry:
            return Verdict(holds=None, why="its log entry is of a version that is not known here")
        except (Error, *_BROKEN):
            return refused
        return Verdict(holds=True, signer=signer, issuer=issuer)


def _log_entries(envelope: Envelope) -> set[str]:
    """Return the kinds of the log entries that a bundle has."""
    return {str(dig(each, "kindVersion.kind")) for each in _entries(envelope)}


def _logs(envelope: Envelope) -> set[str]:
    """Return the ids of the logs that its entries are of, in Base64."""
    return {str(dig(each, "logId.keyId")) for each in _entries(envelope)}


def _entries(envelope: Envelope) -> list[Json]:
    entries = dig(read_json(envelope.text), "verificationMaterial.tlogEntries")
    return entries if isinstance(entries, list) else []


def _identity(certificate: x509.Certificate) -> str:
    """Return the one name that a certificate is for.

    Raises:
        ValueError: it is for several, or for none that Sigstore issues.
    """
    extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    (name,) = extension.value
    if isinstance(name, x509.OtherName):
        return _utf8(name.value)
    if not isinstance(name, x509.UniformResourceIdentifier | x509.RFC822Name):
        raise ValueError("the certificate is for something else than an identity")  # noqa: TRY004
    return name.value


def _issuer(certificate: x509.Certificate) -> str:
    """Return who vouched for the identity: the address of an OpenID provider.

    Raises:
        ValueError: nobody is named. A key of the audit's file has no issuer, either.

    Source: https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md
    """
    found = {each.oid: each.value for each in certificate.extensions}
    issuer, before = found.get(_ISSUER), found.get(_ISSUER_BEFORE_2023)
    named = ""
    if isinstance(issuer, x509.UnrecognizedExtension):
        named = _utf8(issuer.value)
    elif isinstance(before, x509.UnrecognizedExtension):
        named = before.value.decode()
    if not named:
        raise ValueError("the certificate does not say who vouched for its identity")
    return named


def _utf8(encoded: bytes) -> str:
    """Decode a UTF8String of DER.

    Raises:
        ValueError: it is something else.
    """
    head = 2 if encoded[1] < _SHORT else 2 + encoded[1] - _SHORT
    length = encoded[1] if head == 2 else int.from_bytes(encoded[2:head])  # noqa: PLR2004
    if encoded[0] != _UTF8 or len(encoded) != head + length:
        raise ValueError("it is no UTF8String")
    return encoded[head:].decode()
