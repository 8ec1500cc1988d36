"""What the parsers of others may raise on bytes that an enemy wrote."""

import logging
import zlib

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import CMSExtractionError, SigningError
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator.errors import (
    CRLValidationError,
    OCSPValidationError,
    PathError,
    ValidationError,
)

# pyHanko logs a traceback for each signer that it does not know; our steps say it in a line.
logging.getLogger("pyhanko").propagate = False
logging.getLogger("pyhanko").addHandler(logging.NullHandler())

UNREADABLE: tuple[type[Exception], ...] = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    CMSExtractionError,
    CRLValidationError,
    EOFError,
    InvalidSignature,
    LookupError,
    MemoryError,
    OCSPValidationError,
    OSError,
    PathError,
    PdfError,
    RuntimeError,  # with RecursionError and NotImplementedError
    SignatureValidationError,
    SigningError,
    TypeError,
    UnsupportedAlgorithm,
    ValidationError,
    ValueError,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
    zlib.error,
)
"""Caught around ASN.1, CMS and PDF parsing only, where each of them means: not acceptable."""
