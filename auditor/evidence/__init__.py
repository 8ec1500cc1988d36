"""Keeps records on disk while they are collected, and reads them back."""

from auditor.evidence.store import EvidenceStore, count_outcomes, read_evidence

__all__ = ["EvidenceStore", "count_outcomes", "read_evidence"]
