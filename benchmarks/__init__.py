"""Figures to reach, each measured against something else in the same run."""
