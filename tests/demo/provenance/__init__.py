"""Tests of the demo's folder of statements on builds."""
