"""How pages are asked for where botocore's paginators say nothing."""

import pytest
from botocore.session import Session

from auditor.collect.aws.paging import Pager

LOADER = Session().get_component("data_loader")


def pager(service: str, operation: str) -> Pager | None:
    return Pager.from_model(LOADER.load_service_model(service, "service-2"), operation)


@pytest.mark.parametrize(
    ("service", "operation", "answer", "token"),
    [
        ("kendra", "ListIndices", {"NextToken": "t"}, {"NextToken": "t"}),
        ("lexv2-models", "ListBots", {"nextToken": "t"}, {"nextToken": "t"}),
        ("dms", "DescribeReplicationConfigs", {"Marker": "t"}, {"Marker": "t"}),
        (
            "s3",
            "ListBucketInventoryConfigurations",
            {"ContinuationToken": "old", "NextContinuationToken": "t"},
            {"ContinuationToken": "t"},
        ),
        ("pinpoint", "GetApps", {"ApplicationsResponse": {"NextToken": "t"}}, {"Token": "t"}),
    ],
)
def test_the_model_tells_how_an_operation_is_paged(
    service: str, operation: str, answer: dict[str, object], token: dict[str, str]
) -> None:
    """A second page that nobody asks for would read as nothing there."""
    found = pager(service, operation)

    assert found is not None
    assert found.next_token(answer) == token
    assert found.next_token({}) is None


@pytest.mark.parametrize(
    ("service", "operation"),
    [("bedrock", "GetGuardrail"), ("sts", "GetCallerIdentity"), ("s3", "GetBucketLocation")],
)
def test_what_has_no_pages_has_no_pager(service: str, operation: str) -> None:
    assert pager(service, operation) is None
