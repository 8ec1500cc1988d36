"""Tokens that are not in order open nothing."""

import base64

import pytest

from auditor.collect.oci.clusters import cluster_token
from auditor.demo.kubernetes.tokens import opens_eks, opens_oke
from auditor.demo.oci import credentials

CLUSTER = "ocid1.cluster.oc1.iad.one"
SIGNED = (
    "https://sts.us-east-1.amazonaws.com/?Action=GetCallerIdentity&X-Amz-Expires=60"
    "&X-Amz-Credential=AK%2F20261122%2Fus-east-1%2Fsts%2Faws4_request&X-Amz-Signature=00"
    "&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id"
)


def written(address: str) -> str:
    return "k8s-aws-v1." + base64.urlsafe_b64encode(address.encode()).decode().rstrip("=")


def test_a_token_of_eks_opens() -> None:
    assert opens_eks(written(SIGNED))


@pytest.mark.parametrize(
    "bearer",
    [
        "",
        written(SIGNED).removeprefix("k8s-aws-v1."),
        written(SIGNED.replace("https", "http")),
        written(SIGNED.replace("sts.", "stranger.")),
        written(SIGNED.replace("GetCallerIdentity", "AssumeRole")),
        written(SIGNED.replace("%3Bx-k8s-aws-id", "")),
        written(SIGNED.replace("Expires=60", "Expires=900")),
        "k8s-aws-v1.!",
    ],
)
def test_other_tokens_do_not(bearer: str) -> None:
    assert not opens_eks(bearer)


def test_a_token_of_oke_is_of_one_cluster_and_one_key() -> None:
    token = cluster_token(credentials.signer(), CLUSTER, "us-ashburn-1")
    keys = credentials.public_keys()

    assert opens_oke(token, CLUSTER, keys)
    assert not opens_oke(token, "ocid1.cluster.oc1.iad.two", keys)
    assert not opens_oke(token, CLUSTER, {})
    assert not opens_oke(token[:-8], CLUSTER, keys)
