"""AWS Private CA: certificate authorities, who may use them, and where revocations are published.

API: https://docs.aws.amazon.com/privateca/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import to_bucket
from auditor.collect.aws.flows import publication, shares
from auditor.collect.aws.principals import accounts_in_policy, lets_in_anybody
from auditor.collect.aws.reading import is_absent, maybe_text, text
from auditor.collect.aws.resource_policies import policy_of
from auditor.collect.aws.resources import processor_of
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, PolicyDocument, Processor


def _rows(found: Found) -> Iterator[Processor | Flow | PolicyDocument]:
    policy = "" if is_absent(found, "policy") else found.read("policy.Policy")
    accounts = accounts_in_policy(policy) if policy else ()
    row = processor_of(
        found,
        id=text(found, "item.Arn"),
        name=text(found, "item.CertificateAuthorityConfiguration.Subject.CommonName"),
        kind="certificate authority",
        public=False
        if is_absent(found, "policy")
        else lets_in_anybody(found.read("policy.Policy")),
        created=maybe_text(found, "item.CreatedAt", absent=""),
    )
    yield row
    yield policy_of(row, policy)
    yield from publication(row)
    yield from shares(row, accounts)
    bucket = text(found, "item.RevocationConfiguration.CrlConfiguration.S3BucketName")
    if bucket:
        yield to_bucket(row, "export", bucket)


AUTHORITIES = Collector(
    kind="aws.acm-pca.authority",
    service="acm-pca",
    title="private certificate authorities",
    per=("account", "region"),
    listing=Listing(
        operation="ListCertificateAuthorities",
        permission="acm-pca:ListCertificateAuthorities",
        parameters={"MaxResults": 1000, "ResourceOwner": "SELF"},
        items="CertificateAuthorities",
    ),
    details=(
        Detail(
            name="policy",
            operation="GetPolicy",
            permission="acm-pca:GetPolicy",
            bind={"ResourceArn": "item.Arn"},
            absent_on=("ResourceNotFoundException",),
        ),
    ),
    tables=(Processor, Flow, PolicyDocument),
    rows=_rows,
    types=("acm-pca:certificate-authority",),
    source=(
        "https://docs.aws.amazon.com/privateca/latest/APIReference/"
        "API_ListCertificateAuthorities.html"
    ),
)
