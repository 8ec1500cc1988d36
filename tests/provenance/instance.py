"""A Sigstore instance of one certificate authority and two logs, each with a key of a session.

Sources: RFC 6962, sections 3.2 and 3.3; github.com/sigstore/rekor, types/dsse;
C2SP.org/tlog-checkpoint
"""

import hashlib
import json
import struct
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from auditor.model import Json
from auditor.provenance import SIGSTORE, Root
from tests.provenance.signing import PAYLOAD_TYPE, encode, pae

IDENTITY = "https://github.com/acme/app/.github/workflows/build.yml@refs/heads/main"
ISSUER = "https://token.actions.githubusercontent.com"
WHEN = datetime(2024, 1, 1, tzinfo=UTC)
_SCTS = x509.ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2")
_V2_ISSUER = x509.ObjectIdentifier("1.3.6.1.4.1.57264.1.8")
_SHA256 = ec.ECDSA(hashes.SHA256())
_WHO = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "authority")])


class Instance:
    """Issues certificates and log entries for whatever a test wants signed."""

    def __init__(self, issuer: str = ISSUER) -> None:
        self._issuer = issuer
        self._authority, self._certificates, self._log, self._signer = (
            ec.generate_private_key(ec.SECP256R1()) for _ in range(4)
        )
        self._root = self._make_root()

    def root(self, name: str = "instance") -> Root:
        """Return the trusted root, as the instance publishes it."""
        start = {"start": "2023-01-01T00:00:00Z"}
        authority: dict[str, Any] = {
            "subject": {"organization": "acme", "commonName": "authority"},
            "certChain": {"certificates": [{"rawBytes": encode(_der(self._root))}]},
            "validFor": start,
        }
        content: dict[str, Any] = {
            "mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
            "tlogs": [_published(self._log)],
            "ctlogs": [_published(self._certificates)],
            "certificateAuthorities": [authority],
            "timestampAuthorities": [],
        }
        return Root(kind=SIGSTORE, name=name, content=json.dumps(content))

    def bundle(
        self, statement: Json, *, logged: datetime = WHEN, version: str = "0.3"
    ) -> dict[str, Any]:
        """Return a bundle with a statement, entered into the log at a moment."""
        payload = json.dumps(statement).encode()
        certificate = self._issue()
        signature = self._signer.sign(pae(payload), _SHA256)
        one = {"rawBytes": encode(_der(certificate))}
        if version == "0.3":
            media = "application/vnd.dev.sigstore.bundle.v0.3+json"
            held: dict[str, Any] = {"certificate": one}
        else:
            media = f"application/vnd.dev.sigstore.bundle+json;version={version}"
            held = {"x509CertificateChain": {"certificates": [one]}}
        entry = self._entry(payload, signature, certificate, logged)
        return {
            "mediaType": media,
            "verificationMaterial": {**held, "tlogEntries": [entry]},
            "dsseEnvelope": {
                "payload": encode(payload),
                "payloadType": PAYLOAD_TYPE,
                "signatures": [{"sig": encode(signature)}],
            },
        }

    def _make_root(self) -> x509.Certificate:
        key = self._authority
        return (
            _builder(key.public_key(), _WHO, timedelta(days=3650))
            .add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
            .add_extension(_usage(signs=False), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
            .sign(key, hashes.SHA256())
        )

    def _issue(self) -> x509.Certificate:
        identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(
            self._authority.public_key()
        )
        names = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(IDENTITY)])
        issuer = b"\x0c" + bytes([len(self._issuer)]) + self._issuer.encode()
        builder = (
            _builder(self._signer.public_key(), x509.Name([]), timedelta(minutes=10))
            .add_extension(_usage(signs=True), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), False)
            .add_extension(identifier, critical=False)
            .add_extension(names, critical=True)
            .add_extension(x509.UnrecognizedExtension(_V2_ISSUER, issuer), critical=False)
        )
        before = builder.sign(self._authority, hashes.SHA256()).tbs_certificate_bytes
        seen = x509.UnrecognizedExtension(_SCTS, self._timestamp(before))
        return builder.add_extension(seen, critical=False).sign(self._authority, hashes.SHA256())

    def _timestamp(self, certificate: bytes) -> bytes:
        """Return the log's signed timestamp of a certificate, in the extension's form."""
        moment = int(WHEN.timestamp() * 1000)
        issuer = hashlib.sha256(_public(self._authority)).digest()
        entry = issuer + len(certificate).to_bytes(3) + certificate
        signed = struct.pack("!BBQH", 0, 0, moment, 1) + entry + bytes(2)
        signature = self._certificates.sign(signed, _SHA256)
        name = hashlib.sha256(_public(self._certificates)).digest()
        one = b"\0" + name + struct.pack("!QHBBH", moment, 0, 4, 3, len(signature)) + signature
        several = struct.pack("!HH", len(one) + 2, len(one)) + one
        return b"\x04" + bytes([len(several)]) + several

    def _entry(
        self, payload: bytes, signature: bytes, certificate: x509.Certificate, logged: datetime
    ) -> dict[str, Any]:
        pem = certificate.public_bytes(Encoding.PEM)
        digest = {"algorithm": "sha256", "value": hashlib.sha256(payload).hexdigest()}
        body = {
            "apiVersion": "0.0.1",
            "kind": "dsse",
            "spec": {
                "envelopeHash": digest,
                "payloadHash": digest,
                "signatures": [{"signature": encode(signature), "verifier": encode(pem)}],
            },
        }
        encoded = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
        name = hashlib.sha256(_public(self._log)).digest()
        leaf = hashlib.sha256(b"\0" + encoded).digest()
        note = f"log.example\n1\n{encode(leaf)}\n"
        signed = encode(name[:4] + self._log.sign(note.encode(), _SHA256))
        promised = {
            "body": encode(encoded),
            "integratedTime": int(logged.timestamp()),
            "logID": name.hex(),
            "logIndex": 0,
        }
        canonical = json.dumps(promised, sort_keys=True, separators=(",", ":")).encode()
        return {
            "logIndex": "0",
            "logId": {"keyId": encode(name)},
            "kindVersion": {"kind": "dsse", "version": "0.0.1"},
            "integratedTime": str(promised["integratedTime"]),
            "inclusionPromise": {
                "signedEntryTimestamp": encode(self._log.sign(canonical, _SHA256))
            },
            "inclusionProof": {
                "logIndex": "0",
                "rootHash": encode(leaf),
                "treeSize": "1",
                "hashes": [],
                "checkpoint": {"envelope": f"{note}\n— log.example {signed}\n"},
            },
            "canonicalizedBody": encode(encoded),
        }


@cache
def instance(name: str = "acme") -> Instance:
    """Return the instance of a name, the same in a whole session."""
    return Instance()


def _builder(key: Any, who: x509.Name, lasts: timedelta) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(_WHO)
        .public_key(key)
        .serial_number(7)
        .not_valid_before(WHEN - timedelta(minutes=5))
        .not_valid_after(WHEN + lasts)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs,
        key_cert_sign=not signs,
        crl_sign=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _public(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def _published(key: ec.EllipticCurvePrivateKey) -> dict[str, Any]:
    return {
        "baseUrl": "https://log.example",
        "hashAlgorithm": "SHA2_256",
        "publicKey": {
            "rawBytes": encode(_public(key)),
            "keyDetails": "PKIX_ECDSA_P256_SHA_256",
            "validFor": {"start": "2023-01-01T00:00:00Z"},
        },
        "logId": {"keyId": encode(hashlib.sha256(_public(key)).digest())},
    }
