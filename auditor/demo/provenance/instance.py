"""Sigstore instances for the demo: one certificate authority and two logs each.

It issues certificates for whatever workflow it is told, as if that workflow had asked, and signs
the same bytes in every run. The keys are made of names, and worth nothing.

Sources: RFC 6962, sections 3.2 and 3.3; https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md;
https://github.com/sigstore/rekor, types/dsse; https://c2sp.org/tlog-checkpoint
"""

import base64
import hashlib
import json
import struct
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from auditor.demo.apps.keys import AppSigner, app_signer
from auditor.envelope.dsse import PAYLOAD_TYPE, pre_authentication_encoding
from auditor.model import Json

INSTANCE = "code host"
ISSUER = "https://token.actions.githubusercontent.com"
_ORIGIN = "log.northstar.example"
_WHO = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Northstar certificate authority")])
_LASTS_YEARS = 30
_LASTS = timedelta(minutes=10)
_TIMESTAMPS = x509.ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2")
_ISSUED_FOR = x509.ObjectIdentifier("1.3.6.1.4.1.57264.1.8")


class Instance:
    """A certificate authority and two logs, whose keys are made of a name."""

    def __init__(
        self, name: str, *, issuer: str = ISSUER, since: datetime = datetime(2024, 1, 1, tzinfo=UTC)
    ) -> None:
        """Make the keys.

        Args:
            issuer: who says that it knows the workflows, at most 127 characters.
            since: when its keys begin to count.
        """
        self._issuer, self._since = issuer, since
        self._authority, self._certificates, self._log, self._workflow = (
            app_signer(f"{name} {each}")
            for each in ("certificate authority", "certificate log", "statement log", "workflow")
        )

    def trusted_root(self) -> str:
        """Return the trusted root, as an instance publishes it."""
        authority = {
            "subject": {"organization": "northstar-video", "commonName": "certificate authority"},
            "certChain": {"certificates": [{"rawBytes": _encoded(_der(self._root()))}]},
            "validFor": self._valid(),
        }
        content = {
            "mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
            "tlogs": [self._published(self._log)],
            "ctlogs": [self._published(self._certificates)],
            "certificateAuthorities": [authority],
            "timestampAuthorities": [],
        }
        return json.dumps(content, indent=2) + "\n"

    def bundle(
        self,
        statement: Json,
        *,
        workflow: str,
        at: datetime,
        logged: datetime | None = None,
        version: str = "0.3",
    ) -> dict[str, Any]:
        """Return a Sigstore bundle with a statement that a workflow signed at a moment.

        Args:
            workflow: its identity: address of its file, '@' and the branch that it ran on.
            logged: moment of its entry in the log, if that is another.
            version: of the bundle: '0.3', or an earlier one.
        """
        payload = json.dumps(statement, separators=(",", ":")).encode()
        certificate = self._issued(workflow, at)
        signature = self._workflow.sign(pre_authentication_encoding(payload))
        entry = self._entry(_body(payload, signature, certificate), logged or at)
        media, held = _versioned(version, certificate)
        return {
            "mediaType": media,
            "verificationMaterial": {**held, "tlogEntries": [entry]},
            "dsseEnvelope": {
                "payload": _encoded(payload),
                "payloadType": PAYLOAD_TYPE,
                "signatures": [{"sig": _encoded(signature)}],
            },
        }

    def _root(self) -> x509.Certificate:
        key = self._authority.key
        identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        until = self._since.replace(year=self._since.year + _LASTS_YEARS)
        return (
            _builder(self._authority, _WHO, self._since, until)
            .add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
            .add_extension(_usage(signs=False), critical=True)
            .add_extension(identifier, critical=False)
            .sign(key, hashes.SHA256(), ecdsa_deterministic=True)
        )

    def _issued(self, workflow: str, at: datetime) -> x509.Certificate:
        """Return a certificate of ten minutes that names a workflow, as the log has seen it."""
        authority = self._authority.key
        identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key())
        names = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(workflow)])
        issuer = b"\x0c" + bytes([len(self._issuer)]) + self._issuer.encode()
        builder = (
            _builder(self._workflow, x509.Name([]), at - _LASTS / 2, at + _LASTS / 2)
            .add_extension(_usage(signs=True), critical=True)
            .add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), critical=False
            )
            .add_extension(identifier, critical=False)
            .add_extension(names, critical=True)
            .add_extension(x509.UnrecognizedExtension(_ISSUED_FOR, issuer), critical=False)
        )
        before = builder.sign(authority, hashes.SHA256(), ecdsa_deterministic=True)
        seen = self._timestamp(before.tbs_certificate_bytes, at)
        return builder.add_extension(
            x509.UnrecognizedExtension(_TIMESTAMPS, seen), critical=False
        ).sign(authority, hashes.SHA256(), ecdsa_deterministic=True)

    def _timestamp(self, certificate: bytes, at: datetime) -> bytes:
        """Return the log's signed timestamp of a certificate, in the form of the extension."""
        moment = int(at.timestamp() * 1000)
        issuer = hashlib.sha256(_public(self._authority)).digest()
        entry = issuer + len(certificate).to_bytes(3) + certificate
        signature = self._certificates.sign(
            struct.pack("!BBQH", 0, 0, moment, 1) + entry + bytes(2)
        )
        name = hashlib.sha256(_public(self._certificates)).digest()
        one = b"\0" + name + struct.pack("!QHBBH", moment, 0, 4, 3, len(signature)) + signature
        several = struct.pack("!HH", len(one) + 2, len(one)) + one
        return b"\x04" + bytes([len(several)]) + several

    def _entry(self, body: bytes, at: datetime) -> dict[str, Json]:
        """Return an entry of a log that holds nothing else, with its promise and its proof."""
        name = hashlib.sha256(_public(self._log)).digest()
        leaf = _encoded(hashlib.sha256(b"\0" + body).digest())
        note = f"{_ORIGIN}\n1\n{leaf}\n"
        signed = _encoded(name[:4] + self._log.sign(note.encode()))
        promised = {
            "body": _encoded(body),
            "integratedTime": int(at.timestamp()),
            "logID": name.hex(),
            "logIndex": 0,
        }
        return {
            "logIndex": "0",
            "logId": {"keyId": _encoded(name)},
            "kindVersion": {"kind": "dsse", "version": "0.0.1"},
            "integratedTime": str(promised["integratedTime"]),
            "inclusionPromise": {
                "signedEntryTimestamp": _encoded(self._log.sign(_canonical(promised)))
            },
            "inclusionProof": {
                "logIndex": "0",
                "rootHash": leaf,
                "treeSize": "1",
                "hashes": [],
                "checkpoint": {"envelope": f"{note}\n\u2014 {_ORIGIN} {signed}\n"},
            },
            "canonicalizedBody": _encoded(body),
        }

    def _published(self, log: AppSigner) -> dict[str, Any]:
        public = _public(log)
        return {
            "baseUrl": f"https://{_ORIGIN}",
            "hashAlgorithm": "SHA2_256",
            "publicKey": {
                "rawBytes": _encoded(public),
                "keyDetails": "PKIX_ECDSA_P256_SHA_256",
                "validFor": self._valid(),
            },
            "logId": {"keyId": _encoded(hashlib.sha256(public).digest())},
        }

    def _valid(self) -> dict[str, str]:
        return {"start": self._since.isoformat().replace("+00:00", "Z")}


def _versioned(version: str, certificate: x509.Certificate) -> tuple[str, dict[str, Any]]:
    """Return the type of a bundle and what holds its certificate, as that version writes them."""
    media = "application/vnd.dev.sigstore.bundle"
    one = {"rawBytes": _encoded(_der(certificate))}
    if version == "0.3":
        return f"{media}.v0.3+json", {"certificate": one}
    chain = {"x509CertificateChain": {"certificates": [one]}}
    return f"{media}+json;version={version}", chain


def _body(payload: bytes, signature: bytes, certificate: x509.Certificate) -> bytes:
    """Return what the statement log writes down of an envelope."""
    digest = {"algorithm": "sha256", "value": hashlib.sha256(payload).hexdigest()}
    verifier = _encoded(certificate.public_bytes(Encoding.PEM))
    return _canonical(
        {
            "apiVersion": "0.0.1",
            "kind": "dsse",
            "spec": {
                "envelopeHash": digest,
                "payloadHash": digest,
                "signatures": [{"signature": _encoded(signature), "verifier": verifier}],
            },
        }
    )


def _builder(
    of: AppSigner, who: x509.Name, since: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(_WHO)
        .public_key(of.key.public_key())
        .serial_number(7)
        .not_valid_before(since)
        .not_valid_after(until)
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


def _public(of: AppSigner) -> bytes:
    return of.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _canonical(value: Mapping[str, Json]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


CODE_HOST = Instance("sigstore")
"""The instance that the demo's code host and its workflows use."""
