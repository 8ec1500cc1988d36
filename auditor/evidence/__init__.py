"""Keeps records on disk while they are collected, and reads them back."""

from auditor.evidence.store import EvidenceStore, read_evidence

__all__ = ["EvidenceStore", "read_evidence"]
