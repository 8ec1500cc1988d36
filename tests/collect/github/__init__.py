"""Tests of collect/github."""
