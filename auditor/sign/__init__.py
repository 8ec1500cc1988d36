"""Signs bundles and their reports with a key that the user names, or with one made for a run."""

from auditor.sign.ephemeral import EPHEMERAL, ephemeral_key
from auditor.sign.keys import KeySource, SigningKey, load_signing_key
from auditor.sign.pdf import sign_pdf
from auditor.sign.seal import Origin, seal_bundle
from auditor.sign.timestamps import TimestampAuthority
from auditor.sign.unseal import unseal_bundle

__all__ = [
    "EPHEMERAL",
    "KeySource",
    "Origin",
    "SigningKey",
    "TimestampAuthority",
    "ephemeral_key",
    "load_signing_key",
    "seal_bundle",
    "sign_pdf",
    "unseal_bundle",
]
