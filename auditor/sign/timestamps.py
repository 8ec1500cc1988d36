"""Asks a timestamp authority when a signature existed (RFC 3161 over HTTP)."""

import asyncio
import urllib.error
import urllib.request
from dataclasses import dataclass
from hashlib import sha256

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder, decode_timestamp_response
from rfc3161_client.tsp import PKIStatus

from auditor.errors import SignatureError

_LARGEST_ANSWER = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class TimestampAuthority:
    """A timestamp authority by its address; proxies are taken from the environment."""

    url: str
    timeout: float = 30.0  # seconds

    def ask(self, request: bytes) -> bytes:
        """Send one RFC 3161 request in DER and return the answer in DER.

        Raises:
            SignatureError: the authority cannot be reached or does not answer as it should.
        """
        if not self.url.startswith(("https://", "http://")):
            raise SignatureError(f"the timestamp authority {self.url} is not an http(s) address")
        headers = {"Content-Type": "application/timestamp-query"}
        query = urllib.request.Request(self.url, data=request, headers=headers)  # noqa: S310
        try:
            with urllib.request.urlopen(query, timeout=self.timeout) as answer:  # noqa: S310
                body: bytes = answer.read(_LARGEST_ANSWER + 1)
        except (OSError, ValueError) as error:
            raise SignatureError(f"the timestamp authority {self.url} failed: {error}") from error
        if len(body) > _LARGEST_ANSWER:
            raise SignatureError(f"the timestamp authority {self.url} answered at excessive length")
        return body

    def stamp(self, data: bytes) -> bytes:
        """The authority's answer about ``data``, as ``openssl ts -verify`` reads it.

        Raises:
            SignatureError: no answer, a refusal, or an answer to another question.
        """
        request = (
            TimestampRequestBuilder()
            .data(data)
            .hash_algorithm(HashAlgorithm.SHA256)
            .nonce(nonce=True)
            .cert_request(cert_request=True)
            .build()
        )
        answer = self.ask(request.as_bytes())
        try:
            response = decode_timestamp_response(answer)
            granted = PKIStatus(response.status) is PKIStatus.GRANTED
            info = response.tst_info if granted else None
        except ValueError as error:
            raise SignatureError(
                f"the timestamp authority {self.url} sent what is no timestamp: {error}"
            ) from error
        if info is None:
            raise SignatureError(f"the timestamp authority {self.url} refused the request")
        if info.nonce != request.nonce or info.message_imprint.message != sha256(data).digest():
            raise SignatureError(f"the timestamp authority {self.url} answered another request")
        return answer


class PdfTimeStamper(TimeStamper):
    """Lets pyHanko ask our authority, so that all requests leave by one door."""

    def __init__(self, authority: TimestampAuthority) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._authority = authority

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Send pyHanko's request; its own code checks the answer."""
        answer = await asyncio.to_thread(self._authority.ask, req.dump())
        return tsp.TimeStampResp.load(answer)
