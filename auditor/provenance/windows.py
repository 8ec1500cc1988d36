"""When the parts of a Sigstore instance were trusted: an instance retires keys, and says when.

The library holds signatures against retired keys as well, because old bundles need them. A
certificate that began outside its authority's time, or its log's, was not issued by the instance.

Source: https://github.com/sigstore/protobuf-specs, ``sigstore_trustroot.proto``, ``valid_for``
"""

import base64
import binascii
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from auditor.errors import ProvenanceError
from auditor.model import Json
from auditor.provenance.members import member, moment, objects, text

_WRITTEN = "%Y-%m-%dT%H:%M:%SZ"
_PLAIN = str.maketrans("-_", "+/", "=")


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when something was trusted; '' for no end."""

    start: str
    end: str

    def holds(self, at: str) -> bool:
        """Whether a moment is within; all moments are UTC, to the second."""
        return self.start <= at and (not self.end or at <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """When the authorities and the logs of one instance were trusted."""

    authorities: tuple[tuple[x509.Certificate, Window], ...]
    logs: tuple[tuple[str, Window], ...]

    def were_open(self, certificate: x509.Certificate, logs: Iterable[str]) -> bool:
        """Whether a certificate began while its issuer and every one of these logs was trusted.

        Args:
            logs: ids of the logs whose entries a bundle has, in Base64.
        """
        at = certificate.not_valid_before_utc.strftime(_WRITTEN)
        issued = any(
            window.holds(at) and _issued(certificate, authority)
            for authority, window in self.authorities
        )
        open_then = {name for name, window in self.logs if window.holds(at)}
        return issued and all(name.translate(_PLAIN) in open_then for name in logs)


def read_windows(root: Json) -> Windows:
    """Return the windows of a trusted root.

    Raises:
        ProvenanceError: a member has a type that it cannot have.
        ValueError: a certificate of it cannot be read.
    """
    logs = objects(member(root, "tlogs"), "tlogs")
    return Windows(
        authorities=tuple(_authorities(root)),
        logs=tuple(
            (
                text(member(each, "logId", "keyId"), "keyId").translate(_PLAIN),
                _window(member(each, "publicKey", "validFor")),
            )
            for each in logs
        ),
    )


def _authorities(root: Json) -> Iterator[tuple[x509.Certificate, Window]]:
    for each in objects(member(root, "certificateAuthorities"), "certificateAuthorities"):
        window = _window(each.get("validFor"))
        chain = objects(member(each, "certChain", "certificates"), "certificates")
        for one in chain:
            yield x509.load_der_x509_certificate(_decoded(one.get("rawBytes"))), window


def _window(value: Json) -> Window:
    start, end = member(value, "start"), member(value, "end")
    return Window(moment(start, "validFor.start"), moment(end, "validFor.end"))


def _decoded(value: Json) -> bytes:
    stated = text(value, "rawBytes").translate(_PLAIN)
    try:
        return base64.b64decode(stated + "=" * (-len(stated) % 4), validate=True)
    except binascii.Error as error:
        raise ProvenanceError(f"its rawBytes are no Base64: {error}") from error


def _issued(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(authority)
    except (InvalidSignature, TypeError, ValueError):
        return False
    return True
