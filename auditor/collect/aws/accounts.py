"""What no API of AWS tells of any account."""

from auditor.model import Unknown

STAFF_NOT_SHOWN = Unknown(
    "AWS shows an account neither when Amazon's own staff reaches its systems "
    "nor from which country"
)
