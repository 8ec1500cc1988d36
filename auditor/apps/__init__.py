"""Examines packages of phone apps: what each is, holds, asks for and talks to.

Pure: a file in, facts as JSON out. Packages come from strangers, so nothing of them is run,
extracted or written, every size is checked before it is believed, and whatever does not fit raises
``PackageError``. ``python -m auditor.apps FILE`` does the same in a process with hard limits on
memory and time, which is how a collection calls it.
"""
