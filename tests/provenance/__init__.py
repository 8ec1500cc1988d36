"""Tests of what vouches for builds."""
