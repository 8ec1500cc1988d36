"""What AWS's error codes mean for an audit.

A code says which it is better than the HTTP status: S3 and EC2 use 400 and 403 for the same thing.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html and the "Errors"
section of each API.
"""

import re

from auditor.model import Outcome

_FORBIDDEN = 403
_NOT_IMPLEMENTED = 501
# The credentials are at fault, or our clock: no permission would help.
_CREDENTIALS = re.compile(
    r"^(ExpiredToken(Exception)?|InvalidClientTokenId|InvalidAccessKeyId|InvalidToken"
    r"|SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature(Exception)?"
    r"|RequestTimeTooSkewed|RequestExpired|UnrecognizedClientException)$"
)
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
