"""Requests that are not signed as they must be are refused."""

import base64
import email.utils
import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import oci
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st
from oci._vendor import requests

from auditor.demo.oci import credentials
from auditor.demo.oci.estate import Estate
from auditor.demo.oci.signatures import LARGEST_SKEW, authenticate
from auditor.demo.oci.simulator import Simulator
from auditor.demo.oci.transport import in_process
from auditor.demo.oci.wire import HttpRequest, ServiceError

SEARCH = "https://query.us-ashburn-1.oci.oraclecloud.com/20180409/resources"
KEYS = credentials.public_keys()
HOUR = 3600


def signed(method: str, url: str, body: str | None = None, **headers: str) -> HttpRequest:
    """Sign a request with the SDK's own signer."""
    prepared = requests.Request(
        method, url, data=body, headers=headers, auth=credentials.signer()
    ).prepare()
    return HttpRequest(
        method=method,
        host="query.us-ashburn-1.oci.oraclecloud.com",
        target=prepared.path_url,
        headers={name.lower(): str(value) for name, value in prepared.headers.items()},
        body=(body or "").encode(),
    )


def now_of(request: HttpRequest) -> float:
    """Return the moment at which a request says that it was sent."""
    return email.utils.parsedate_to_datetime(request.headers["date"]).timestamp()


POST = signed("POST", SEARCH, '{"query": "query all resources"}')
GET = signed("GET", SEARCH)


def refused(request: HttpRequest, now: float | None = None) -> str:
    """Return the message with which a request is refused."""
    with pytest.raises(ServiceError) as refusal:
        authenticate(request, KEYS, now_of(POST) if now is None else now)
    assert (refusal.value.status, refusal.value.code) == (401, "NotAuthenticated")
    return refusal.value.message


def with_headers(request: HttpRequest, **changes: str) -> HttpRequest:
    """Change headers; underscores stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in changes.items()}
    return replace(request, headers={**request.headers, **named})


def authorization(request: HttpRequest, old: str, new: str) -> HttpRequest:
    """Change a part of the Authorization header."""
    return with_headers(request, authorization=request.headers["authorization"].replace(old, new))


def test_a_rightly_signed_request_names_its_caller() -> None:
    """The key's name begins with the tenancy."""
    assert authenticate(POST, KEYS, now_of(POST)).tenancy == credentials.TENANCY
    assert authenticate(GET, KEYS, now_of(GET)).key_id == credentials.key_id()


OTHER_BODY = b'{"query": "query bucket resources"}'
TAMPERED = [
    (replace(POST, body=OTHER_BODY), "digest of the body"),
    (replace(POST, target="/20180409/other"), "does not match"),
    (replace(POST, method="PUT"), "does not match"),
    (with_headers(POST, host="evil.example"), "does not match"),
    (with_headers(POST, content_length="1"), "does not match"),
    (
        with_headers(
            replace(POST, body=OTHER_BODY),
            x_content_sha256=base64.b64encode(hashlib.sha256(OTHER_BODY).digest()).decode(),
        ),
        "does not match",
    ),
    (authorization(POST, 'version="1"', 'version="2"'), "version 1"),
    (authorization(POST, "rsa-sha256", "hmac-sha256"), "rsa-sha256"),
    (authorization(POST, " x-content-sha256", ""), "does not cover"),
    (authorization(GET, "(request-target) ", ""), "does not cover"),
    (authorization(GET, "date ", ""), "does not cover"),
    (authorization(GET, 'signature="', 'signature="AAAA'), "does not match"),
    (authorization(GET, 'signature="', 'signature="\u00e9'), "does not match"),
    (authorization(GET, "aaaaaaaauditor", "aaaaaaaasomeone"), "unknown"),
    (authorization(GET, "Signature ", "Bearer "), "not signed"),
    (with_headers(GET, authorization=""), "not signed"),
    (with_headers(GET, date="yesterday"), "cannot be read"),
    (with_headers(GET, date=""), "cannot be read"),
]


@pytest.mark.parametrize(("request_", "reason"), TAMPERED)
def test_tampering_is_refused(request_: HttpRequest, reason: str) -> None:
    """Whatever is changed after signing, the answer is 401 and says why."""
    assert reason in refused(request_)


@pytest.mark.parametrize("skew", [-HOUR, -LARGEST_SKEW - 2, LARGEST_SKEW + 2, HOUR])
def test_a_clock_that_differs_is_refused(skew: float) -> None:
    """More than five minutes either way are too many."""
    assert "too far" in refused(GET, now_of(GET) + skew)


def test_another_key_under_a_known_name_is_refused() -> None:
    """The name of the key does not suffice."""
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    with pytest.raises(ServiceError):
        authenticate(GET, {credentials.key_id(): stranger}, now_of(GET))


@given(st.text(), st.text(), st.text())
def test_hostile_headers_are_refused_not_crashed_on(scheme: str, date: str, digest: str) -> None:
    """Any text in the headers ends in 401."""
    refused(with_headers(GET, authorization=scheme, date=date))
    refused(with_headers(GET, date=date))
    refused(with_headers(POST, x_content_sha256=digest))


def test_the_sdk_sees_the_refusal(estate: Estate, connect: Callable[..., Any]) -> None:
    """A client whose key the cloud does not know gets OCI's own error."""
    with in_process(Simulator(estate, keys={})) as simulator:
        client = connect(oci.identity.IdentityClient)
        with pytest.raises(oci.exceptions.ServiceError) as refusal:
            client.get_tenancy(credentials.TENANCY)
    assert (refusal.value.status, refusal.value.code) == (401, "NotAuthenticated")
    assert refusal.value.request_id
    assert [entry.status for entry in simulator.log] == [401]
