"""What AWS's error codes mean for an audit."""

import pytest

from auditor.collect.aws.outcomes import answer_of, harmless, outcome_of
from auditor.model import Outcome


@pytest.mark.parametrize(
    ("code", "status", "expected"),
    [
        ("AccessDenied", 403, Outcome.DENIED),
        ("AccessDeniedException", 400, Outcome.DENIED),
        ("UnauthorizedOperation", 403, Outcome.DENIED),
        ("AuthorizationError", 403, Outcome.DENIED),
        ("Client.UnauthorizedOperation", 403, Outcome.DENIED),
        ("403", 403, Outcome.DENIED),
        ("ExpiredToken", 403, Outcome.FAILED),
        ("SignatureDoesNotMatch", 403, Outcome.FAILED),
        ("UnknownOperationException", 400, Outcome.UNSUPPORTED),
        ("InvalidAction", 400, Outcome.UNSUPPORTED),
        ("NotImplemented", 501, Outcome.UNSUPPORTED),
        ("ThrottlingException", 400, Outcome.FAILED),
        ("RequestLimitExceeded", 503, Outcome.FAILED),
        ("InternalError", 500, Outcome.FAILED),
        ("NoSuchBucket", 404, Outcome.FAILED),
        ("", 0, Outcome.FAILED),
    ],
)
def test_sorts_refusals(code: str, status: int, expected: Outcome) -> None:
    """Only a lack of permission is a denial: granting more would not mend the others."""
    assert outcome_of(code, status) is expected


def test_counts_throttled_tries() -> None:
    """The last refusal counts as well."""
    said = {"Error": {"Code": "Throttling"}, "ResponseMetadata": {"RetryAttempts": 5}}

    assert answer_of(said, "ListKeys").throttled == 6


def test_says_when_a_role_was_refused() -> None:
    """Otherwise a reader would grant the wrong permission."""
    said = {"Error": {"Code": "AccessDenied", "Message": "no"}}

    assert answer_of(said, "AssumeRole").message == "AssumeRole: no"


def test_messages_hold_no_credentials() -> None:
    """Signature errors quote the session token, and proxies' addresses hold passwords."""
    message = "canonical: x-amz-security-token:TOKEN via http://me:secret@proxy:8080/ " + "x" * 9000

    said = harmless(message, ["TOKEN", None])

    assert "TOKEN" not in said
    assert "secret" not in said
    assert len(said) <= 2_000
