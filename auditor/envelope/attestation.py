"""A person's signed statement: what it says, and how its signature is checked.

The file is a DSSE envelope whose payload holds the words, the days on which they may be relied
on, and the signer's certificate. Whether that signer is accepted is for the reader to decide.
"""

from dataclasses import asdict, dataclass
from datetime import date

import msgspec
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

from auditor.envelope.dsse import key_id, pre_authentication_encoding, unwrap
from auditor.envelope.encoding import canonical
from auditor.errors import SignatureError


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """What a signed statement says.

    Attributes:
        subject: what it attests, such as 'purpose-limitation'.
        valid_from, valid_until: first and last day of reliance, ISO 8601 dates.
        certificate: the signer's, PEM.
    """

    subject: str
    text: str
    valid_from: str
    valid_until: str
    certificate: str


def encode_attestation(attestation: Attestation) -> bytes:
    """The payload that is signed."""
    return canonical(asdict(attestation))


def open_attestation(envelope: bytes) -> tuple[Attestation, str]:
    """Return a statement whose signature holds, and the SHA-256 of its signer's certificate.

    Raises:
        SignatureError: it cannot be read, or its signature does not hold.
    """
    payload, keyid, signature = unwrap(envelope)
    try:
        attestation = msgspec.json.decode(payload, type=Attestation)
        certificate = x509.load_pem_x509_certificate(attestation.certificate.encode())
        days = (attestation.valid_from, attestation.valid_until)
        public = certificate.public_key()
        written = tuple(date.fromisoformat(day).isoformat() for day in days)
    except (msgspec.MsgspecError, UnsupportedAlgorithm, ValueError) as error:
        raise SignatureError(f"the statement cannot be read: {error}") from error
    if written != days:
        raise SignatureError("the statement's days are not written as YYYY-MM-DD")
    signed = pre_authentication_encoding(payload)
    try:
        if isinstance(public, EllipticCurvePublicKey):
            public.verify(signature, signed, ECDSA(SHA256()))
        elif isinstance(public, RSAPublicKey):
            public.verify(signature, signed, PKCS1v15(), SHA256())
        else:
            raise SignatureError("the statement is signed with a kind of key that is not accepted")
    except InvalidSignature as error:
        raise SignatureError("the statement's signature does not hold") from error
    if key_id(public) != keyid:
        raise SignatureError("the statement names another key than its certificate's")
    return attestation, certificate.fingerprint(SHA256()).hex()
