"""Step 8: the PDF report is signed as a whole, by the same signer, and was not updated since."""

import asyncio
import io
from collections.abc import Iterator

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    async_validate_pdf_signature,
    read_certification_data,
)

from auditor.envelope import files
from auditor.envelope.statement import Predicate, UnsignedReport
from auditor.errors import SignatureError
from auditor.verify.contents import Contents
from auditor.verify.hostile import UNREADABLE
from auditor.verify.revision import revision_faults
from auditor.verify.steps import Step, fails, holds, undecided
from auditor.verify.trust import indifferent

NAME = files.REPORT
_LARGEST_REPORT = 512 * 2**20


def check_report(contents: Contents, predicate: Predicate, signer: x509.Certificate) -> Step:
    """Step 8 of a verification."""
    path = contents.present.get(NAME)
    if predicate.report is None:
        if path is not None:
            return fails(8, (f"{NAME}: the statement says that there is no report",))
        return undecided(8, "the bundle has no PDF report")
    if path is None:
        return fails(8, (f"{NAME}: missing",))
    if path.stat().st_size > _LARGEST_REPORT:
        return fails(8, (f"{NAME}: longer than {_LARGEST_REPORT} bytes",))
    pdf = path.read_bytes()
    faults = [*_prefix_faults(pdf, predicate.report), *_signature_faults(pdf, predicate, signer)]
    if faults:
        return fails(8, faults)
    return holds(8, f"{NAME}: one certifying signature over the entire file, no later update")


def unsigned_prefix(pdf: bytes, length: int) -> bytes:
    """The report as it was rendered: what a replay compares with.

    Raises:
        SignatureError: the PDF is shorter than that.
    """
    if not 0 <= length <= len(pdf):
        raise SignatureError(f"{NAME}: is shorter than the {length} bytes that were signed")
    return pdf[:length]


def _prefix_faults(pdf: bytes, report: UnsignedReport) -> Iterator[str]:
    try:
        prefix = unsigned_prefix(pdf, report.length)
    except SignatureError as error:
        yield str(error)
        return
    if files.digest(prefix) != report.sha256:
        yield f"{NAME}: does not begin with the report that was signed"


def _signature_faults(pdf: bytes, predicate: Predicate, signer: x509.Certificate) -> Iterator[str]:
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=True)
        signatures = list(reader.embedded_signatures)
        if not signatures:
            yield f"{NAME}: carries no signature"
            return
        if len(signatures) > 1:
            yield f"{NAME}: carries {len(signatures)} signatures, not one"
            return
        status = asyncio.run(_validate(signatures[0]))
        yield from _status_faults(status, predicate)
        yield from _certification_faults(reader, signatures[0])
        for fault in revision_faults(reader, signatures[0].sig_field):
            yield f"{NAME}: {fault}"
        if signatures[0].signer_cert.dump() != signer.public_bytes(Encoding.DER):
            yield f"{NAME}: was signed by another signer than {files.SIGNER} names"
    except UNREADABLE as error:
        yield f"{NAME}: its signature cannot be read: {error or type(error).__name__}"


async def _validate(signature: EmbeddedPdfSignature) -> PdfSignatureStatus:
    return await async_validate_pdf_signature(
        signature, signer_validation_context=indifferent(signature.signer_cert)
    )


def _status_faults(status: PdfSignatureStatus, predicate: Predicate) -> Iterator[str]:
    if not status.intact:
        yield f"{NAME}: the signed bytes were changed"
    if not status.valid:
        yield f"{NAME}: the signature does not hold"
    # pyHanko is content with bytes appended after the signature; we are not.
    if status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        yield f"{NAME}: the signature does not cover the entire file"
    if status.modification_level not in (None, ModificationLevel.NONE) or not status.docmdp_ok:
        yield f"{NAME}: was updated after it was signed"
    stamp = status.timestamp_validity
    if predicate.timestamped and not (stamp and stamp.intact and stamp.valid):
        yield f"{NAME}: lacks the timestamp that the statement speaks of"


def _certification_faults(reader: PdfFileReader, signature: EmbeddedPdfSignature) -> Iterator[str]:
    certification = read_certification_data(reader)
    if certification is None or certification.permission is not MDPPerm.NO_CHANGES:
        yield f"{NAME}: is not certified against every later change"
    elif certification.author_sig != signature.sig_object:
        yield f"{NAME}: is certified by another signature"
