"""Tests of reading audit logs."""
