"""Reads audit logs where they lie, and keeps what they say as summaries.

files of a log --kernel--> one partial summary per file --merge--> days that are sealed
"""
