"""AWS Identity and Access Management: providers of identities whose word an account takes.

Who signs in with them, the provider knows, and AWS does not.

API: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSAMLProvider.html
"""

import re
from collections.abc import Iterator, Mapping

from auditor.collect.aws.reading import maybe_text, optional, tags_of, text, texts
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Maybe, Principal

_ISSUER = re.compile(r"""\bentityID\s*=\s*["']([^"'<]{1,1024})["']""")
_NO_ISSUER = Unknown("the metadata of the provider name no entity")


def _saml(found: Found) -> Iterator[Principal]:
    yield _provider(found, maybe_text(found, "item.CreateDate"), _issuer(found))


def _issuer(found: Found) -> Maybe[Mapping[str, str]]:
    metadata = maybe_text(found, "provider.SAMLMetadataDocument")
    if isinstance(metadata, Unknown):
        return metadata
    match = _ISSUER.search(metadata)
    return {"issuer": match[1]} if match else _NO_ISSUER


def _openid(found: Found) -> Iterator[Principal]:
    yield _provider(found, maybe_text(found, "provider.CreateDate"), _clients(found))


def _clients(found: Found) -> Maybe[Mapping[str, str]]:
    url = maybe_text(found, "provider.Url")
    clients = found.read("provider.ClientIDList")
    for value in (url, clients):
        if isinstance(value, Unknown):
            return value
    return {"issuer": str(url), "clients": " ".join(texts(clients))}


def _provider(found: Found, created: Maybe[str], attributes: Maybe[Mapping[str, str]]) -> Principal:
    arn = text(found, "item.Arn")
    return Principal(
        id=arn,
        evidence=found.evidence,
        provider="aws",
        account=found.place["account"],
        kind="federation",
        name=arn.partition("/")[2] or arn,
        created=created,
        last_used="",
        attributes=attributes,
        tags=tags_of(optional(found, "provider.Tags", "provider.CreateDate", [])),
    )


SAML = Collector(
    kind="aws.iam.saml-provider",
    service="iam",
    title="SAML identity providers",
    per=("account",),
    listing=Listing(
        operation="ListSAMLProviders",
        permission="iam:ListSAMLProviders",
        items="SAMLProviderList",
    ),
    details=(
        Detail(
            name="provider",
            operation="GetSAMLProvider",
            permission="iam:GetSAMLProvider",
            bind={"SAMLProviderArn": "item.Arn"},
        ),
    ),
    tables=(Principal,),
    rows=_saml,
    source="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSAMLProvider.html",
)
OPENID = Collector(
    kind="aws.iam.oidc-provider",
    service="iam",
    title="OpenID Connect identity providers",
    per=("account",),
    listing=Listing(
        operation="ListOpenIDConnectProviders",
        permission="iam:ListOpenIDConnectProviders",
        items="OpenIDConnectProviderList",
    ),
    details=(
        Detail(
            name="provider",
            operation="GetOpenIDConnectProvider",
            permission="iam:GetOpenIDConnectProvider",
            bind={"OpenIDConnectProviderArn": "item.Arn"},
        ),
    ),
    tables=(Principal,),
    rows=_openid,
    source="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html",
)
