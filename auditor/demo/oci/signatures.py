"""Verifies the signature of a request as OCI does.

Source: https://docs.oracle.com/en-us/iaas/Content/API/Concepts/signingrequests.htm, which
follows draft-cavage-http-signatures-08 with RSA-SHA256 and version "1".
"""

import base64
import binascii
import email.utils
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from auditor.demo.oci.wire import HttpRequest, ServiceError

LARGEST_SKEW = 300  # seconds
_PARAMETER = re.compile(r'(\w+)="([^"]*)"')
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


@dataclass(frozen=True, slots=True)
class Caller:
    """Who signed a request."""

    tenancy: str
    key_id: str


def authenticate(request: HttpRequest, keys: Mapping[str, RSAPublicKey], now: float) -> Caller:
    """Return who signed a request.

    Args:
        keys: 'tenancy/user/fingerprint' -> public key.
        now: seconds since 1970, UTC.

    Raises:
        ServiceError: 401 NotAuthenticated, whatever the reason; the message names it.
    """
    scheme, _, rest = request.headers.get("authorization", "").partition(" ")
    stated = dict(_PARAMETER.findall(rest))
    if scheme != "Signature":
        raise _refusal("the request is not signed")
    if stated.get("version") != "1" or stated.get("algorithm") != "rsa-sha256":
        raise _refusal("the signature is not of version 1 with rsa-sha256")
    signed = stated.get("headers", "").split()
    _check_coverage(request, signed)
    _check_date(request, now)
    key_id = stated.get("keyId", "")
    if key_id not in keys:
        raise _refusal("the key is unknown")
    _check_signature(request, signed, stated.get("signature", ""), keys[key_id])
    _check_body(request)
    return Caller(tenancy=key_id.split("/")[0], key_id=key_id)


def _check_coverage(request: HttpRequest, signed: list[str]) -> None:
    needed = {"(request-target)", "host"}
    if request.method in _WITH_BODY:
        needed |= {"content-length", "content-type", "x-content-sha256"}
    if not needed <= set(signed) or not {"date", "x-date"} & set(signed):
        raise _refusal("the signature does not cover all that it must")


def _check_date(request: HttpRequest, now: float) -> None:
    text = request.headers.get("x-date") or request.headers.get("date") or ""
    try:
        sent = email.utils.parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError):
        raise _refusal("the date cannot be read") from None
    if abs(now - sent) > LARGEST_SKEW:
        raise _refusal("the date is too far from the server's")


def _check_signature(
    request: HttpRequest, signed: list[str], signature: str, key: RSAPublicKey
) -> None:
    target = f"{request.method.lower()} {request.target}"
    lines = (
        f"{name}: {target if name == '(request-target)' else request.headers.get(name, '')}"
        for name in signed
    )
    text = "\n".join(lines).encode("utf-8", "surrogateescape")
    try:
        given = base64.b64decode(signature, validate=True)
        key.verify(given, text, padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        raise _refusal("the signature does not match") from None


def _check_body(request: HttpRequest) -> None:
    if request.method in _WITH_BODY:
        digest = base64.b64encode(hashlib.sha256(request.body).digest()).decode()
        stated = request.headers.get("x-content-sha256", "")
        if not hmac.compare_digest(digest.encode(), stated.encode("utf-8", "surrogateescape")):
            raise _refusal("x-content-sha256 is not the digest of the body")


def _refusal(reason: str) -> ServiceError:
    message = (
        "The required information to complete authentication was not provided or was "
        f"incorrect: {reason}."
    )
    return ServiceError(401, "NotAuthenticated", message)
