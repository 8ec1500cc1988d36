"""What AWS's error codes mean for an audit.

A code says which it is better than the HTTP status: S3 and EC2 use 400 and 403 for the same thing.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html and the "Errors"
section of each API.
"""

import re
from collections.abc import Iterable, Mapping

from auditor.model import Answer, Json, Outcome

_FORBIDDEN = 403
_NOT_IMPLEMENTED = 501
# The credentials are at fault, or our clock: no permission would help.
_CREDENTIALS = re.compile(
    r"^(ExpiredToken(Exception)?|InvalidClientTokenId|InvalidAccessKeyId|InvalidToken"
    r"|SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature(Exception)?"
    r"|RequestTimeTooSkewed|RequestExpired|UnrecognizedClientException)$"
)
_EXPIRED = re.compile(r"^(ExpiredToken(Exception)?|RequestExpired)$")
_DENIED = re.compile(
    r"AccessDenied|AccessDeniedException|Unauthorized|NotAuthorized|AuthorizationError"
    r"|AuthFailure|OptInRequired|Forbidden|AllAccessDisabled"
)
_UNSUPPORTED = re.compile(
    r"^(UnknownOperation(Exception)?|InvalidAction|UnsupportedOperation(Exception)?"
    r"|NotImplemented|UnsupportedCommandException)$"
)
_THROTTLED = re.compile(
    r"Throttl|TooManyRequests|RequestLimitExceeded|BandwidthLimitExceeded|SlowDown"
    r"|LimitExceededException|PriorRequestNotComplete|TransactionInProgress"
    r"|ProvisionedThroughputExceeded"
)
_USER_INFORMATION = re.compile(r"//[^/@\s]+@")
_LONGEST_MESSAGE = 2_000


def answer_of(
    response: Mapping[str, Json], operation: str, secrets: Iterable[str | None] = ()
) -> Answer:
    """Turn what AWS said when it refused a call into an answer.

    Args:
        response: error and metadata, as botocore has parsed them.
        operation: what was refused; botocore assumes roles on its own account, so it is not
            always what was asked.
        secrets: credentials, which must not get into the message.
    """
    about, said = response.get("ResponseMetadata", {}), response.get("Error", {})
    code = str(said.get("Code") or "Unknown")
    prefix = "AssumeRole: " if operation == "AssumeRole" else ""
    return Answer(
        outcome=outcome_of(code, about.get("HTTPStatusCode", 0)),
        code=code,
        message=harmless(prefix + str(said.get("Message") or ""), secrets),
        request_id=about.get("RequestId", ""),
        throttled=about.get("RetryAttempts", 0) + 1 if is_throttle(code) else 0,
    )


def harmless(message: str, secrets: Iterable[str | None]) -> str:
    """Return a message without credentials; signature errors quote the session token."""
    for secret in filter(None, secrets):
        message = message.replace(secret, "…")
    return _USER_INFORMATION.sub("//…@", message)[:_LONGEST_MESSAGE]


def outcome_of(code: str, status: int) -> Outcome:
    """Return how a call ended that AWS refused with this code and HTTP status."""
    if _UNSUPPORTED.search(code) or status == _NOT_IMPLEMENTED:
        return Outcome.UNSUPPORTED
    if _CREDENTIALS.search(code) or is_throttle(code):
        return Outcome.FAILED
    if _DENIED.search(code) or status == _FORBIDDEN:
        return Outcome.DENIED
    return Outcome.FAILED


def is_throttle(code: str) -> bool:
    """Whether this code says that calls came too fast."""
    return bool(_THROTTLED.search(code))


def has_expired(code: str) -> bool:
    """Whether this code says that the credentials are too old, or a service's page token is."""
    return bool(_EXPIRED.search(code))


def no_way_in(account: str) -> Answer:
    """Return the answer to every call in an account that no role of ours leads into."""
    return Answer(
        outcome=Outcome.DENIED,
        code="NoRole",
        message=f"the target names no organization_role with which to enter account {account}",
    )
