"""Checks a bundle without a network, without a cloud, and without trust in who sent it."""

from auditor.verify.archive import opened_bundle
from auditor.verify.bundle import verify_bundle
from auditor.verify.pdf import unsigned_prefix
from auditor.verify.signatures import sealed_predicate
from auditor.verify.steps import Step
from auditor.verify.trust import Standing, Trust, read_certificates

__all__ = [
    "Standing",
    "Step",
    "Trust",
    "opened_bundle",
    "read_certificates",
    "sealed_predicate",
    "unsigned_prefix",
    "verify_bundle",
]
