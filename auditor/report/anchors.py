"""Names that links lead to. The same finding has the same name in every report of its audit."""

import hashlib
import re

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


def control_anchor(control: str) -> str:
    """Return the anchor of a control: readable, made of letters, digits and dashes."""
    return f"control-{_UNSAFE.sub('-', control)}"


def commitment_anchor(commitment: str) -> str:
    """Return the anchor of a commitment's answer."""
    return f"commitment-{_UNSAFE.sub('-', commitment)}"


def finding_anchor(control: str, row_id: str, verdict: str) -> str:
    """Return the anchor of a group of rows, named by its control, verdict and first row."""
    return f"finding-{_short(control, verdict, row_id)}"


def row_anchor(control: str, row_id: str) -> str:
    """Return the anchor of one row of one control."""
    return f"row-{_short(control, row_id)}"


def _short(*parts: str) -> str:
    joined = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:12]
