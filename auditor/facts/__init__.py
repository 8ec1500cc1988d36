"""Turns evidence into fact tables. Pure: no network, no clock, no randomness."""

from auditor.facts.derive import derive

__all__ = ["derive"]
