"""Tests of what is read from folders of provenance."""
