"""Which apps get a permission that an Android package asks of others.

Source: https://developer.android.com/guide/topics/manifest/permission-element#plevel
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.apps.element import Element
    from auditor.apps.manifest import Manifest

_PLATFORM = "android.permission."
_BASE = 0xF  # the bits below the flags
_LEVELS = {"normal": 0, "dangerous": 1, "signature": 2, "signatureOrSystem": 3, "internal": 4}
_FEW = frozenset({2, 3, 4})  # the signer's own apps, and the system's


def is_guarded(manifest: "Manifest", permissions: str) -> bool | None:
    """Return whether not every app gets permissions, None if the manifest cannot tell.

    Args:
        permissions: names with blanks between, each enough for a part of the component.
    """
    levels = [_is_kept(manifest, name) for name in permissions.split()]
    if not levels or False in levels:
        return False
    return None if None in levels else True


def _is_kept(manifest: "Manifest", name: str) -> bool | None:
    named = [(manifest.text(each, "name"), each) for each in manifest.root.all("permission")]
    verdicts = [_is_for_few(manifest, each) for own, each in named if own == name]
    if False in verdicts:
        return False
    if verdicts:
        return None if None in verdicts else True
    if any(own is None for own, _ in named):
        return None
    return True if name.startswith(_PLATFORM) else None


def _is_for_few(manifest: "Manifest", element: "Element") -> bool | None:
    if "protectionLevel" not in element.attributes:
        return False  # normal, by default
    value = manifest.one(element, "protectionLevel")
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    if isinstance(value, int):
        return value & _BASE in _FEW
    words = {each.strip() for each in value.split("|")} & set(_LEVELS)
    if words:
        return all(_LEVELS[each] in _FEW for each in words)
    try:
        return int(value, 0) & _BASE in _FEW
    except ValueError:
        return None
