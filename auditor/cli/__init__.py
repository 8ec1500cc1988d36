"""The command line: the only part that prints, and the only one that decides exit codes.

One file per command, each with ``declare`` (its arguments) and ``run`` (its work, returning the
exit code). A command is imported when it is called, so that ``auditor --help`` is instant.
"""
