"""Checks signatures with public keys, and prints certificates' fingerprints."""

import hashlib
import warnings

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509 import InvalidVersion, load_der_x509_certificate

from auditor.errors import PackageError

HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


def fingerprint(certificate: bytes) -> str:
    """Return the SHA-256 of a certificate in DER, lower-case hex."""
    return hashlib.sha256(certificate).hexdigest()


def key_of(certificate: bytes) -> PublicKeyTypes:
    """Return a certificate's public key.

    Raises:
        PackageError: it is no certificate, or of a kind that nobody signs apps with.
    """
    try:
        with warnings.catch_warnings():
            # Old certificates break rules that say nothing of whose key it is.
            warnings.simplefilter("ignore", CryptographyDeprecationWarning)
            return load_der_x509_certificate(certificate).public_key()
    except (InvalidVersion, ValueError, UnsupportedAlgorithm) as error:
        raise PackageError(f"a signing certificate cannot be read: {error}") from error


def key_from(encoded: bytes) -> PublicKeyTypes:
    """Return a public key from its SubjectPublicKeyInfo.

    Raises:
        PackageError: it is none.
    """
    try:
        return load_der_public_key(encoded)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise PackageError(f"a signing key cannot be read: {error}") from error


def encoded_key(key: PublicKeyTypes) -> bytes:
    """Return a public key as SubjectPublicKeyInfo."""
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def signature_holds(
    key: PublicKeyTypes, signature: bytes, signed: bytes, digest: str, *, pss: bool = False
) -> bool:
    """Whether a signature over some bytes is by a key; false for a kind of key that is not known.

    Args:
        digest: name of the digest, such as 'sha256'.
        pss: RSA with probabilistic padding, whose salt is as long as the digest.
    """
    algorithm = HASHES[digest]()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            salted = padding.PSS(padding.MGF1(algorithm), algorithm.digest_size)
            key.verify(signature, signed, salted if pss else padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, signed, ec.ECDSA(algorithm))
        elif isinstance(key, dsa.DSAPublicKey):
            key.verify(signature, signed, algorithm)
        else:
            return False
    except (InvalidSignature, ValueError, UnsupportedAlgorithm):
        return False
    return True
