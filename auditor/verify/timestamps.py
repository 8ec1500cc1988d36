"""Step 6: when the statement's signature existed."""

import hashlib
from datetime import datetime

from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response
from rfc3161_client.tsp import PKIStatus, TimeStampResponse

from auditor.envelope import files
from auditor.envelope.statement import Predicate
from auditor.errors import SignatureError
from auditor.verify.contents import Contents
from auditor.verify.steps import Step, fails, holds, undecided
from auditor.verify.trust import Trust


def check_timestamp(
    contents: Contents, predicate: Predicate, trust: Trust
) -> tuple[Step, datetime | None]:
    """Step 6, and the time if an authority that is trusted gave it."""
    name = files.STATEMENT_TIMESTAMP
    if not predicate.timestamped:
        if name in contents.present:
            return fails(6, (f"{name}: the statement says that there is no timestamp",)), None
        return undecided(6, "no timestamp: when it was signed is the signer's word only"), None
    try:
        stamped = contents.read(files.STATEMENT)
        response = _read(contents.read(name))
        _require_same(response, stamped)
        time = response.tst_info.gen_time
        if not trust.timestamp_roots:
            return undecided(
                6, f"says {time:%Y-%m-%d %H:%M:%SZ}; its authority was not checked"
            ), None
        _require_trusted(response, stamped, trust)
    except SignatureError as error:
        return fails(6, (str(error),)), None
    return holds(6, f"the statement was signed by {time:%Y-%m-%d %H:%M:%SZ}"), time


def _read(content: bytes) -> TimeStampResponse:
    name = files.STATEMENT_TIMESTAMP
    try:
        response = decode_timestamp_response(content)
        granted = PKIStatus(response.status) is PKIStatus.GRANTED
    except (ValueError, TypeError) as error:
        raise SignatureError(f"{name}: cannot be read: {error}") from error
    if not granted:
        raise SignatureError(f"{name}: the authority did not grant it")
    return response


def _require_same(response: TimeStampResponse, stamped: bytes) -> None:
    # The signer asks for SHA-256 and nothing else, so nothing else is taken.
    if response.tst_info.message_imprint.message != hashlib.sha256(stamped).digest():
        raise SignatureError(f"{files.STATEMENT_TIMESTAMP}: was given for other bytes")


def _require_trusted(response: TimeStampResponse, stamped: bytes, trust: Trust) -> None:
    # Certificates inside the answer are never added here: this library trusts all it is given.
    builder = VerifierBuilder()
    for root in trust.timestamp_roots:
        builder = builder.add_root_certificate(root)
    try:
        builder.build().verify_message(response, stamped)
    except (VerificationError, ValueError, TypeError) as error:
        raise SignatureError(
            f"{files.STATEMENT_TIMESTAMP}: does not hold, or its authority is not trusted: {error}"
        ) from error
