"""Identity providers whose word an account takes."""

import boto3
import pytest

from auditor.collect.aws.iam_federation import OPENID, SAML
from auditor.collect.aws.sts import IDENTITY
from auditor.model import Unknown
from auditor.spec import Collector
from auditor.tables import Principal
from tests.collect.aws.walking import ACCOUNT, HOME, gather

METADATA = (
    '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" '
    'entityID="https://login.parent.example/saml">' + " " * 1000 + "</EntityDescriptor>"
)

pytestmark = pytest.mark.usefixtures("cloud")


def provider(collector: Collector, *deny: str) -> Principal:
    collected = gather((IDENTITY, collector), deny=deny)
    (found,) = (row for row in collected.rows if isinstance(row, Principal))
    return found


def make_saml(metadata: str = METADATA) -> None:
    boto3.client("iam", HOME).create_saml_provider(SAMLMetadataDocument=metadata, Name="parent")


def test_says_who_issues_assertions() -> None:
    make_saml()

    found = provider(SAML)

    assert (found.id, found.kind) == (
        f"arn:aws:iam::{ACCOUNT}:saml-provider/parent",
        "federation",
    )
    assert (found.name, found.tags) == ("parent", {})
    assert found.attributes == {"issuer": "https://login.parent.example/saml"}


def test_metadata_without_an_issuer_leave_it_unknown() -> None:
    make_saml("x" * 1000)

    assert isinstance(provider(SAML).attributes, Unknown)


def test_a_refusal_leaves_the_issuer_unknown() -> None:
    make_saml()

    found = provider(SAML, "GetSAMLProvider")

    assert isinstance(found.attributes, Unknown)
    assert isinstance(found.tags, Unknown)


def test_says_who_issues_tokens_and_to_whom() -> None:
    boto3.client("iam", HOME).create_open_id_connect_provider(
        Url="https://token.example",
        ThumbprintList=["0" * 40],
        ClientIDList=["sts.amazonaws.com"],
        Tags=[{"Key": "team", "Value": "trust"}],
    )

    found = provider(OPENID)

    assert (found.kind, found.name) == ("federation", "token.example")
    assert found.tags == {"team": "trust"}
    assert isinstance(found.attributes, dict)
    assert found.attributes["issuer"].endswith("token.example")
    assert found.attributes["clients"] == "sts.amazonaws.com"
