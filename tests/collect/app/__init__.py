"""Tests of collect/app."""
