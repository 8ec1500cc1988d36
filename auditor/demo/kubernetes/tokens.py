"""Whether a token opens a cluster, as the clouds themselves would decide.

Sources: https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
and https://docs.oracle.com/en-us/iaas/Content/ContEng/Tasks/contengdownloadkubeconfigfile.htm
"""

import base64
import binascii
import time
from collections.abc import Mapping
from urllib.parse import parse_qs, parse_qsl, urlsplit

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from auditor.demo.oci.signatures import authenticate
from auditor.demo.oci.wire import HttpRequest, ServiceError

_PREFIX = "k8s-aws-v1."
_SIGNED = {"host", "x-k8s-aws-id"}


def opens_eks(bearer: str) -> bool:
    """Whether a token of Amazon EKS is in order; its signature is not computed again."""
    address = urlsplit(_decoded(bearer.removeprefix(_PREFIX)))
    asked = {name: values[0] for name, values in parse_qs(address.query).items()}
    return (
        bearer.startswith(_PREFIX)
        and "=" not in bearer
        and address.scheme == "https"
        and address.netloc.startswith("sts.")
        and asked.get("Action") == "GetCallerIdentity"
        and set(asked.get("X-Amz-SignedHeaders", "").split(";")) == _SIGNED
        and "/sts/aws4_request" in asked.get("X-Amz-Credential", "")
        and int(asked.get("X-Amz-Expires", "900")) <= 60  # noqa: PLR2004 - seconds
        and bool(asked.get("X-Amz-Signature"))
    )


def opens_oke(bearer: str, cluster: str, keys: Mapping[str, RSAPublicKey]) -> bool:
    """Whether a token of Oracle's Kubernetes Engine is a signed request for a cluster.

    Args:
        cluster: OCID.
        keys: 'tenancy/user/fingerprint' -> public key.
    """
    address = urlsplit(_decoded(bearer))
    signed = dict(parse_qsl(address.query))
    request = HttpRequest(
        method="GET",
        host=address.netloc,
        target=address.path,
        headers={**signed, "host": address.netloc},
    )
    try:
        authenticate(request, keys, time.time())
    except ServiceError:
        return False
    return address.path == f"/cluster_request/{cluster}"


def _decoded(text: str) -> str:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except (binascii.Error, UnicodeError):
        return ""
