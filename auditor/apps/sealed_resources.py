"""Holds the files of an Apple bundle against the list of resources that its signature covers.

Source: https://developer.apple.com/library/archive/technotes/tn2206/_index.html
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from auditor.apps.archive import Archive
from auditor.apps.plists import flag, mapping

LIST = "_CodeSignature/CodeResources"
_UNLISTED = ("Info.plist", "PkgInfo", LIST)
_STORE = "SC_Info/"  # what the store adds when it encrypts
NESTED = "code within it has a signature of its own, which is not followed"


def resource_faults(
    archive: Archive, bundle: str, executable: str, listed: Mapping[str, Any]
) -> Iterator[str]:
    """Yield why files of a bundle are not what a list says; ``NESTED`` where that is not known.

    Args:
        bundle: its folder in the archive, with a '/' at the end.
        executable: name of the file that carries the signature.

    Raises:
        PackageError: a file is not what the archive's directory says.
    """
    entries = mapping(listed.get("files2"))
    names = {name.removeprefix(bundle) for name in archive.entries if name.startswith(bundle)}
    nested = tuple(f"{name}/" for name, each in entries.items() if "cdhash" in mapping(each))
    for name in sorted(names - {executable, *_UNLISTED}):
        if name.startswith(_STORE):
            continue
        if name not in entries:
            inside = name.startswith(nested) if nested else False
            yield NESTED if inside else f"{name!a} is not signed"
        elif not _same(archive, bundle + name, entries[name]):
            yield NESTED if "cdhash" in mapping(entries[name]) else f"{name!a} was changed"
    for name, each in entries.items():
        if name not in names and f"{name}/" not in nested and not flag(mapping(each), "optional"):
            yield f"{name!a} is missing"


def _same(archive: Archive, name: str, listed: Any) -> bool:
    wanted = listed.get("hash2") if isinstance(listed, Mapping) else None
    if not isinstance(wanted, bytes):
        return False
    digest = hashlib.sha256()
    for part in archive.chunks(name):
        digest.update(part)
    return digest.digest() == wanted
