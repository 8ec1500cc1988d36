"""Which version of the tool this is."""

from importlib.metadata import PackageNotFoundError, version


def tool_version() -> str:
    """Return the installed version, or '0+source' where it runs from a source tree."""
    try:
        return version("auditor")
    except PackageNotFoundError:
        return "0+source"
