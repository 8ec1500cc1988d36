"""Tests of the reasoning about who can reach what."""
