"""``audit.json``: the audit in a bundle, as canonical JSON."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from auditor.envelope.encoding import canonical
from auditor.errors import BundleError
from auditor.model import Audit

_LATER = ("register", "logs", "code")
_LATER_OF_PEOPLE: Mapping[str, object] = {
    "kind": "person",
    "residence": "",
    "vetted_until": "",
    "left": "",
    "owner": "",
    "principals": (),
}
LONGEST = 1 << 28  # bytes; a roster of a million people is half of it


def write_audit(audit: Audit, path: Path) -> None:
    """Write an audit; the same audit gives the same bytes."""
    path.write_bytes(encode_audit(audit))


def read_audit(path: Path) -> Audit:
    """Read an audit that ``write_audit`` wrote.

    Raises:
        BundleError: it cannot be read, is not an audit, or is not written as we write it.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LONGEST + 1)
        if len(content) > LONGEST:
            raise BundleError(f"{path} is longer than {LONGEST} bytes")
        audit = msgspec.json.decode(content, type=Audit)
    except OSError as error:
        raise BundleError(f"{path} cannot be read: {error.strerror}") from error
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise BundleError(f"{path} is not an audit: {error}") from error
    if encode_audit(audit) != content:
        raise BundleError(f"{path} holds more than an audit, or is not written canonically")
    return audit


def encode_audit(audit: Audit) -> bytes:
    """Return the bytes of ``audit.json``."""
    members = msgspec.to_builtins(audit)
    for name in ("shards", *_LATER):
        if not members[name]:
            del members[name]  # audits of earlier versions have no such member
    for person, written in zip(audit.roster, members["roster"], strict=True):
        for name, default in _LATER_OF_PEOPLE.items():
            if getattr(person, name) == default:
                del written[name]
    return canonical(members) + b"\n"
