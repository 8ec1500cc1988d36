"""Signs a person's statement."""

from datetime import date

from cryptography.hazmat.primitives.serialization import Encoding

from auditor.envelope.attestation import Attestation, encode_attestation
from auditor.envelope.dsse import key_id, pre_authentication_encoding, wrap
from auditor.sign.keys import SigningKey
from auditor.sign.seal import sign_bytes


def sign_statement(
    key: SigningKey, *, subject: str, text: str, valid_from: date, valid_until: date
) -> bytes:
    """Return the signed statement, a DSSE envelope."""
    payload = encode_attestation(
        Attestation(
            subject=subject,
            text=text,
            valid_from=valid_from.isoformat(),
            valid_until=valid_until.isoformat(),
            certificate=key.certificate.public_bytes(Encoding.PEM).decode(),
        )
    )
    signature = sign_bytes(pre_authentication_encoding(payload), key)
    return wrap(payload, keyid=key_id(key.certificate.public_key()), signature=signature)
