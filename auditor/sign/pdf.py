"""Signs the PDF report: PAdES, certified, in one revision, without a visible field."""

import asyncio
import io
import logging

from asn1crypto import crl as asn1_crl
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from auditor.errors import SignatureError
from auditor.sign.keys import SigningKey
from auditor.sign.timestamps import PdfTimeStamper, TimestampAuthority

FIELD = "ReportSignature"

# pyHanko warns that it will not fetch revocation lists; that is on purpose, and not ours to print.
logging.getLogger("pyhanko").propagate = False
logging.getLogger("pyhanko").addHandler(logging.NullHandler())


def sign_pdf(pdf: bytes, key: SigningKey, tsa: TimestampAuthority | None = None) -> bytes:
    """The PDF with a certifying signature that allows no later change.

    The result begins with the exact bytes of ``pdf``. The level is PAdES B-B; with a timestamp
    authority B-T; with revocation lists in the key as well, B-LT. Nothing is fetched from the
    network but the timestamp.

    Raises:
        SignatureError: the PDF or the key does not let itself be used.
    """
    try:
        signed = asyncio.run(_sign(pdf, key, tsa))
    except (PdfError, SigningError, TimestampRequestError, PathError, ValidationError) as error:
        raise SignatureError(f"the report could not be signed: {error}") from error
    if not signed.startswith(pdf):
        raise SignatureError("the report could not be signed without changing its bytes")
    return signed


async def _sign(pdf: bytes, key: SigningKey, tsa: TimestampAuthority | None) -> bytes:
    # Without the line feed the update starts on the line of %%EOF, which PDF/A forbids.
    source = io.BytesIO(pdf if pdf.endswith(b"\n") else pdf + b"\n")
    signer = PdfSigner(
        _metadata(key),
        signer=pdf_signer(key),
        timestamper=PdfTimeStamper(tsa) if tsa else None,
        new_field_spec=SigFieldSpec(FIELD, readable_field_name="Report signature"),
    )
    # To memory, never to the file: a key that fails half-way must not leave half a report.
    signed = io.BytesIO()
    await signer.async_sign_pdf(IncrementalPdfFileWriter(source), output=signed)
    return signed.getvalue()


def _metadata(key: SigningKey) -> PdfSignatureMetadata:
    settings = DSSContentSettings(
        include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
    )
    return PdfSignatureMetadata(
        field_name=FIELD,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        embed_validation_info=bool(key.revocation_lists),
        validation_context=_validation_context(key) if key.revocation_lists else None,
        dss_settings=settings,
    )


def pdf_signer(key: SigningKey) -> SimpleSigner:
    """The key as pyHanko takes it, with its chain but the root."""
    private = key.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    certificates = _asn1_certificates(key)
    registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    registry.register_multiple(certificates)
    return SimpleSigner(
        signing_cert=certificates[0],
        signing_key=asn1_keys.PrivateKeyInfo.load(private),
        cert_registry=registry,
        embed_roots=False,
    )


def _validation_context(key: SigningKey) -> ValidationContext:
    certificates = _asn1_certificates(key)
    return ValidationContext(
        trust_roots=certificates[-1:],
        other_certs=certificates[:-1],
        crls=[
            asn1_crl.CertificateList.load(item.public_bytes(Encoding.DER))
            for item in key.revocation_lists
        ],
        allow_fetching=False,
        revocation_mode="soft-fail",
    )


def _asn1_certificates(key: SigningKey) -> list[asn1_x509.Certificate]:
    return [
        asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
        for certificate in (key.certificate, *key.chain)
    ]
