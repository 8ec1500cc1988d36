"""What we claim to know about Kendra's indexes, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.kendra import INDEXES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, INDEXES)
INDEX = "12345678-1234-1234-1234-123456789012"
MOMENT = "2026-01-01T00:00:00Z"
LISTING = Rule(
    operation="kendra.ListIndices",
    answer={
        "IndexConfigurationSummaryItems": [
            {"Id": INDEX, "Name": "help", "CreatedAt": MOMENT, "UpdatedAt": MOMENT}
        ]
    },
)

pytestmark = pytest.mark.usefixtures("cloud")


def test_an_index_holds_documents() -> None:
    statistics = {
        "FaqStatistics": {"IndexedQuestionAnswersCount": 0},
        "TextDocumentStatistics": {"IndexedTextDocumentsCount": 1, "IndexedTextBytes": 4},
    }
    about = Rule(
        operation="kendra.DescribeIndex",
        answer={
            "Id": INDEX,
            "ServerSideEncryptionConfiguration": {"KmsKeyId": "abcd"},
            "IndexStatistics": statistics,
        },
    )

    store = gather(COLLECTORS, rules=[LISTING, about]).stores["help"]

    assert store.id == f"arn:aws:kendra:{HOME}:{ACCOUNT}:index/{INDEX}"
    assert store.key_id == f"arn:aws:kms:{HOME}:{ACCOUNT}:key/abcd"
    assert store.size_bytes == 4


def test_an_index_without_a_key_is_encrypted_by_aws() -> None:
    """A refusal says nothing about the key."""
    about = Rule(operation="kendra.DescribeIndex", answer={"Id": INDEX})
    refusal = Rule(operation="kendra.DescribeIndex")

    assert gather(COLLECTORS, rules=[LISTING, about]).stores["help"].key_id == ""
    refused = gather(COLLECTORS, rules=[LISTING, refusal]).stores["help"]
    assert isinstance(refused.key_id, Unknown)
