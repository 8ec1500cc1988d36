"""Judges names of entries: those that could lead out of a folder are refused."""

_LONGEST = 1024


def name_fault(name: str) -> str:
    """Return what is wrong with the name of an entry, to stand after it; '' for nothing."""
    if not name or len(name) > _LONGEST:
        return "has no name, or one that is too long"
    if any(ord(each) < 0x20 or ord(each) == 0x7F for each in name):  # noqa: PLR2004  control characters
        return "has a control character in its name"
    if "\\" in name or name.startswith("/") or name[1:2] == ":":
        return "has a name that starts at a root, or holds a backslash"
    parts = name.removesuffix("/").split("/")
    if any(part in ("", ".", "..") for part in parts):
        return "has a name that leads elsewhere"
    return ""
