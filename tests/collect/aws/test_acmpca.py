"""What we claim to know about private certificate authorities, given what AWS answered."""

import pytest

from auditor.collect.aws.acmpca import AUTHORITIES
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, AUTHORITIES)
POLICY = '{"Statement": {"Effect": "Allow", "Principal": {"AWS": "999999999999"}, "Action": "*"}}'
AUTHORITY: Json = {
    "Arn": f"arn:aws:acm-pca:{HOME}:{ACCOUNT}:certificate-authority/1",
    "CertificateAuthorityConfiguration": {
        "KeyAlgorithm": "RSA_2048",
        "SigningAlgorithm": "SHA256WITHRSA",
        "Subject": {"CommonName": "northstar"},
    },
    "RevocationConfiguration": {"CrlConfiguration": {"Enabled": True, "S3BucketName": "crl"}},
}
LISTED = Rule(
    operation="acm-pca.ListCertificateAuthorities", answer={"CertificateAuthorities": [AUTHORITY]}
)

pytestmark = pytest.mark.usefixtures("cloud")


def test_shares_and_published_revocations_are_ways_out() -> None:
    rules = [LISTED, Rule(operation="acm-pca.GetPolicy", answer={"Policy": POLICY})]

    collected = gather(COLLECTORS, rules=rules)

    assert collected.processors["northstar"].country == "US"
    assert {
        (flow.mechanism, flow.target_id or flow.target_account) for flow in collected.flows
    } == {
        ("share", "999999999999"),
        ("export", "arn:aws:s3:::crl"),
    }


def test_a_refused_policy_is_a_possible_share() -> None:
    flows = gather(COLLECTORS, rules=[LISTED], deny=["GetPolicy"]).flows

    assert {flow.mechanism for flow in flows if isinstance(flow.active, Unknown)} == {
        "share",
        "public",
    }
