"""The manifest of an app as a tree, whichever form it was written in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Reference:
    """A value that stands in the package's resources.

    Attributes:
        id: number of the resource; 0 if only its name is known.
        name: such as 'xml/network_security_config'; '' if only its number is known.
    """

    id: int
    name: str = ""


Value: TypeAlias = str | int | bool | Reference


@dataclass(slots=True, kw_only=True)
class Element:
    """One element.

    Attributes:
        attributes: by local name. Those of the framework are known by the number of their
            resource, as Android reads them; their written names may lie.
        text: the text right below it.
    """

    tag: str
    attributes: dict[str, Value] = field(default_factory=dict)
    children: list["Element"] = field(default_factory=list)
    text: str = ""

    def all(self, *tags: str) -> Iterator["Element"]:
        """Yield the children with one of these tags."""
        return (child for child in self.children if child.tag in tags)

    def first(self, tag: str) -> "Element | None":
        """Return the first child with a tag."""
        return next(self.all(tag), None)


# https://developer.android.com/reference/android/R.attr
FRAMEWORK = {
    0x01010003: "name",
    0x01010006: "permission",
    0x01010007: "readPermission",
    0x01010008: "writePermission",
    0x0101000E: "enabled",
    0x0101000F: "debuggable",
    0x01010010: "exported",
    0x01010018: "authorities",
    0x01010024: "value",
    0x01010027: "scheme",
    0x01010028: "host",
    0x01010202: "targetActivity",
    0x0101020C: "minSdkVersion",
    0x0101021B: "versionCode",
    0x0101021C: "versionName",
    0x01010270: "targetSdkVersion",
    0x01010271: "maxSdkVersion",
    0x01010272: "testOnly",
    0x01010280: "allowBackup",
    0x010104EC: "usesCleartextTraffic",
    0x01010527: "networkSecurityConfig",
}
