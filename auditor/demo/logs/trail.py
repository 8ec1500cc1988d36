"""Writes the files of a CloudTrail trail: log files, and the signed digest of each hour.

Sources:
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
"""

import base64
import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from auditor.model import Json

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredObject:
    """The bytes of one object of a bucket, and its metadata."""

    data: bytes
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailKey:
    """A key that signs digests, as AWS has one for each region."""

    private: rsa.RSAPrivateKey

    @property
    def public(self) -> bytes:
        """The public key in DER, PKCS#1, as ``ListPublicKeys`` gives it."""
        return self.private.public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1)

    @property
    def fingerprint(self) -> str:
        """What digests call it."""
        return hashlib.md5(self.public, usedforsecurity=False).hexdigest()

    def listed(self) -> dict[str, Json]:
        """Return it as an item of the answer of ``ListPublicKeys``."""
        return {
            "Fingerprint": self.fingerprint,
            "Value": base64.b64encode(self.public).decode(),
            "ValidityStartTime": "2020-01-01T00:00:00Z",
            "ValidityEndTime": "2040-01-01T00:00:00Z",
        }


@cache
def trail_key() -> TrailKey:
    """Return the key of this process."""
    return TrailKey(private=rsa.generate_private_key(public_exponent=65_537, key_size=2048))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """A trail that delivers into one bucket.

    Attributes:
        prefix: before 'AWSLogs/': '' or a name with a slash; 'o-…/' after it for organisations.
        home: region that the trail is kept in; '' for the one whose log this is.
    """

    name: str
    account: str
    region: str
    bucket: str
    key: TrailKey
    prefix: str = "AWSLogs/"
    home: str = ""

    def write(
        self, events: Sequence[Mapping[str, Json]], start: datetime, end: datetime
    ) -> dict[str, StoredObject]:
        """Return every object by its key: a log file for each hour with events, and its digest.

        Args:
            events: records of CloudTrail; their account and region are filled in.
            start, end: whole hours between which there is a digest for each.
        """
        found: dict[str, StoredObject] = {}
        before: tuple[str, str, str] | None = None
        hour = start
        while hour < end:
            log_files = self._log_files(events, hour)
            key = self._key("CloudTrail-Digest", hour + HOUR)
            about = self._digest(key, hour, log_files, before)
            plain = json.dumps(about).encode()
            signature = self._sign(about, plain)
            found |= log_files
            found[key] = StoredObject(
                data=gzip.compress(plain, mtime=0),
                metadata={"signature": signature, "signature-algorithm": "SHA256withRSA"},
            )
            before = (key, hashlib.sha256(plain).hexdigest(), signature)
            hour += HOUR
        return found

    def _log_files(
        self, events: Sequence[Mapping[str, Json]], hour: datetime
    ) -> dict[str, StoredObject]:
        place = {"recipientAccountId": self.account, "awsRegion": self.region}
        of_hour = [
            {**event, **place, **event}  # the event's fields first, as CloudTrail writes them
            for event in events
            if hour <= datetime.fromisoformat(event["eventTime"]) < hour + HOUR
        ]
        if not of_hour:
            return {}
        content = json.dumps({"Records": of_hour}, separators=(",", ":")).encode()
        return {self._key("CloudTrail", hour): StoredObject(data=gzip.compress(content, mtime=0))}

    def _key(self, kind: str, moment: datetime) -> str:
        folder = f"{self.prefix}{self.account}/{kind}/{self.region}/{moment:%Y/%m/%d}"
        if kind == "CloudTrail":
            tail = hashlib.sha256(f"{self.name}{moment}".encode()).hexdigest()[:16]
            return (
                f"{folder}/{self.account}_{kind}_{self.region}_{moment:%Y%m%dT%H%MZ}_{tail}.json.gz"
            )
        named = f"{self.account}_{kind}_{self.region}_{self.name}_{self.home or self.region}"
        return f"{folder}/{named}_{moment:%Y%m%dT%H%M%SZ}.json.gz"

    def _digest(
        self,
        key: str,
        hour: datetime,
        log_files: Mapping[str, StoredObject],
        before: tuple[str, str, str] | None,
    ) -> dict[str, Json]:
        previous = before or (None, None, None)
        return {
            "awsAccountId": self.account,
            "digestStartTime": _text(hour),
            "digestEndTime": _text(hour + HOUR),
            "digestS3Bucket": self.bucket,
            "digestS3Object": key,
            "digestPublicKeyFingerprint": self.key.fingerprint,
            "digestSignatureAlgorithm": "SHA256withRSA",
            "newestEventTime": _text(hour) if log_files else None,
            "oldestEventTime": _text(hour) if log_files else None,
            "previousDigestS3Bucket": self.bucket if before else None,
            "previousDigestS3Object": previous[0],
            "previousDigestHashValue": previous[1],
            "previousDigestHashAlgorithm": "SHA-256" if before else None,
            "previousDigestSignature": previous[2],
            "logFiles": [
                {
                    "s3Bucket": self.bucket,
                    "s3Object": name,
                    "hashValue": hashlib.sha256(gzip.decompress(each.data)).hexdigest(),
                    "hashAlgorithm": "SHA-256",
                    "newestEventTime": _text(hour),
                    "oldestEventTime": _text(hour),
                }
                for name, each in log_files.items()
            ],
        }

    def _sign(self, about: Mapping[str, Json], plain: bytes) -> str:
        lines = (
            about["digestEndTime"],
            f"{about['digestS3Bucket']}/{about['digestS3Object']}",
            hashlib.sha256(plain).hexdigest(),
            about["previousDigestSignature"] or "null",
        )
        signed = "\n".join(lines).encode()
        return self.key.private.sign(signed, padding.PKCS1v15(), hashes.SHA256()).hex()


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
