"""What no API of AWS tells of any account."""

from auditor.model import Unknown

STAFF_NOT_SHOWN = Unknown(
    "nothing that this version reads of AWS shows when Amazon's own staff reaches an account's "
    "systems, nor from which country"
)
