"""Tests of collect/provenance."""
