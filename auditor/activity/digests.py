"""CloudTrail's digest files: which log files each hour had, signed by AWS.

What is signed is four lines: the end of the digest's hour, its place, the hash of its content, and
the signature of the digest before it. A signature is kept as metadata of the object; on a disk it
is lost, but the next digest of the chain repeats it, so only the newest stays without.

Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
"""

import base64
import binascii
import hashlib
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

ALGORITHM = "SHA256withRSA"
SIGNATURE, SIGNATURE_ALGORITHM = "signature", "signature-algorithm"
_LONGEST = 2**28  # bytes, inflated
_GZIP = 31  # window bits of zlib that ask for a gzip header


class LogFile(msgspec.Struct, frozen=True, rename="camel"):
    """A log file as a digest names it; ``hash_value`` is of its inflated content."""

    s3_object: str
    hash_value: str
    hash_algorithm: str = "SHA-256"


class Digest(msgspec.Struct, frozen=True, rename="camel"):
    """What one digest file says."""

    aws_account_id: str
    digest_start_time: str
    digest_end_time: str
    digest_s3_bucket: str
    digest_s3_object: str
    digest_public_key_fingerprint: str
    log_files: tuple[LogFile, ...]
    digest_signature_algorithm: str = ALGORITHM
    previous_digest_s3_object: str | None = None
    previous_digest_hash_value: str | None = None
    previous_digest_signature: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One digest file, read.

    Attributes:
        sha256: of its inflated content, lower-case hex.
        signature: as its metadata have it, hex; '' if they have none.
    """

    key: str
    digest: Digest
    sha256: str
    signature: str = ""

    @property
    def name(self) -> str:
        """The last part of its own name: no two digests of CloudTrail share one."""
        return last_part(self.digest.digest_s3_object)

    @property
    def late(self) -> bool:
        """Whether CloudTrail delivered it afterwards, apart from the chain."""
        return "_backfill" in self.name

    def signed(self) -> bytes:
        """Return the text that AWS signs."""
        about = self.digest
        return "\n".join(
            (
                about.digest_end_time,
                f"{about.digest_s3_bucket}/{about.digest_s3_object}",
                self.sha256,
                about.previous_digest_signature or "null",
            )
        ).encode()


_DECODER = msgspec.json.Decoder(Digest)


def read_digest(key: str, data: bytes, metadata: Mapping[str, str]) -> Read | str:
    """Return a digest file as read, or say in a sentence why it is none."""
    try:
        plain = _inflated(data)
        digest = _DECODER.decode(plain)
    except (zlib.error, EOFError, ValueError, RecursionError) as error:
        return f"it is no digest file: {error}"
    if last_part(digest.digest_s3_object) != last_part(key):
        return "it was given the name of another digest file"
    if not digest.digest_start_time <= digest.digest_end_time:
        return "it ends before it starts"
    algorithm = metadata.get(SIGNATURE_ALGORITHM, ALGORITHM)
    if ALGORITHM not in (algorithm, digest.digest_signature_algorithm) or (
        algorithm != digest.digest_signature_algorithm
    ):
        return f"it is signed by an algorithm that we do not know: {algorithm!a}"
    return Read(
        key=key,
        digest=digest,
        sha256=hashlib.sha256(plain).hexdigest(),
        signature=metadata.get(SIGNATURE, "").lower(),
    )


def last_part(key: str) -> str:
    """Return what follows the last slash."""
    return key.rpartition("/")[2]


class PublicKeys:
    """AWS's public keys, by fingerprint and region."""

    def __init__(self, listed: Iterable[tuple[str, str, str]]) -> None:
        """Take fingerprint, region ('' for any) and DER in base64, as ``ListPublicKeys`` answers.

        Values that are no RSA key are left out.
        """
        self._keys: dict[tuple[str, str], rsa.RSAPublicKey] = {}
        for fingerprint, region, value in listed:
            key = _key(value)
            if key is not None:
                self._keys[fingerprint, region] = key

    def check(self, read: Read, region: str, signature: str) -> str:
        """Say why a digest's signature does not hold; '' if it does."""
        fingerprint = read.digest.digest_public_key_fingerprint
        key = self._keys.get((fingerprint, region)) or self._keys.get((fingerprint, ""))
        if key is None:
            return NO_KEY
        try:
            key.verify(
                binascii.unhexlify(signature), read.signed(), padding.PKCS1v15(), hashes.SHA256()
            )
        except (InvalidSignature, ValueError):
            return "the signature of a digest does not hold"
        return ""


NO_KEY = "AWS's public key for a digest was not collected"


def _key(value: str) -> rsa.RSAPublicKey | None:
    try:
        key = load_der_public_key(base64.b64decode(value, validate=True))
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, rsa.RSAPublicKey) else None


def _inflated(data: bytes) -> bytes:
    """Return the content of a gzip file, or of one that was inflated before.

    Raises:
        ValueError, zlib.error: it is broken or longer than a digest can be.
    """
    if data[:2] != b"\x1f\x8b":
        return data
    inflater = zlib.decompressobj(_GZIP)
    plain = inflater.decompress(data, _LONGEST)
    if not inflater.eof:
        raise ValueError("it is cut short or too long")
    return plain
