"""What the manifest of an Android package declares, with the defaults of the platform.

Sources: https://developer.android.com/guide/topics/manifest/manifest-intro and the pages below it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from auditor.apps.element import Element, Reference, Value
from auditor.apps.facts import Facts
from auditor.apps.permission_levels import is_guarded
from auditor.errors import PackageError
from auditor.model import Json

Resolve = Callable[[Reference], tuple[Value, ...]]
_COMPONENTS = {
    "activity": "activity",
    "activity-alias": "activity",
    "service": "service",
    "receiver": "receiver",
    "provider": "provider",
}
_PERMISSIONS = ("uses-permission", "uses-permission-sdk-23", "uses-permission-sdk-m")
_MAIN, _LAUNCHER = "android.intent.action.MAIN", "android.intent.category.LAUNCHER"
_BROWSABLE = "android.intent.category.BROWSABLE"
_PRIVATE_PROVIDERS = 17  # API level from which providers are private by default
CLEAR_TEXT_OFF = 28  # API level from which clear text is off by default
_LARGEST_LEVEL = 10_000
_UNRESOLVED = "its value stands in resources, and differs or cannot be read there"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A manifest, and the way to look its references up."""

    root: Element
    resolve: Resolve

    @property
    def package(self) -> str:
        """The application id; '' if there is none."""
        return self.text(self.root, "package") or ""

    @property
    def application(self) -> Element:
        """The element of the application; an empty one if there is none."""
        several = list(self.root.all("application"))
        if len(several) > 1:
            raise PackageError("its manifest holds two applications")
        return several[0] if several else Element(tag="application")

    @property
    def target(self) -> int | None:
        """API level that it is made for, None if that cannot be read."""
        return self._level("targetSdkVersion", self.minimum)

    @property
    def minimum(self) -> int | None:
        """Lowest API level that it runs on, None if that cannot be read."""
        return self._level("minSdkVersion", 1)

    @property
    def clear_text(self) -> bool | None:
        """Whether clear text is allowed where no network security configuration says so."""
        return self.flag(self.application, "usesCleartextTraffic", self.below(CLEAR_TEXT_OFF))

    def below(self, level: int) -> bool | None:
        """Whether a default of an older level holds: for what it is made for, or on some phone.

        A phone keeps the defaults of its own version, whatever an app is made for.
        """
        known = [each < level for each in (self.target, self.minimum) if each is not None]
        return True if True in known else False if len(known) == 2 else None  # noqa: PLR2004  both

    def one(self, element: Element, name: str) -> Value | None:
        """Return the value of an attribute, None if it is missing or cannot be told."""
        value = element.attributes.get(name)
        if isinstance(value, Reference):
            several = self.resolve(value)
            return several[0] if len(several) == 1 else None
        return value

    def flag(self, element: Element, name: str, default: bool | None) -> bool | None:
        """Return a truth value, None if it cannot be told."""
        if name not in element.attributes:
            return default
        value = self.one(element, name)
        if isinstance(value, str):
            return {"true": True, "false": False}.get(value.lower())
        return bool(value) if isinstance(value, bool | int) else None

    def text(self, element: Element, name: str) -> str | None:
        """Return an attribute as text, '' if it is missing, None if it cannot be told."""
        if name not in element.attributes:
            return ""
        value = self.one(element, name)
        return str(value) if isinstance(value, str | int) else None

    def named(self, element: Element) -> str:
        """Return the full name of the class that an element names."""
        name = self.text(element, "name") or ""
        if name.startswith(".") or (name and "." not in name):
            return f"{self.package}.{name.removeprefix('.')}"
        return name

    def _level(self, name: str, default: int | None) -> int | None:
        several = list(self.root.all("uses-sdk"))
        given = [each for each in several if name in each.attributes]
        if not given:
            return default
        text = self.text(given[-1], name) or ""  # the platform lets the last one decide
        level = int(text) if text.isdecimal() and len(text) < 6 else None  # noqa: PLR2004
        return level if level is not None and level <= _LARGEST_LEVEL else None


def describe(manifest: Manifest, facts: Facts) -> None:
    """Add what a manifest says about the application as a whole."""
    application, root = manifest.application, manifest.root
    facts.say("application", manifest.package or None)
    facts.say("version", manifest.text(root, "versionName"), _UNRESOLVED)
    facts.say("build", manifest.text(root, "versionCode"), _UNRESOLVED)
    for column, level in (("minimum", manifest.minimum), ("target", manifest.target)):
        facts.say(f"{column}_os", None if level is None else str(level), "no API level is stated")
        facts.say(f"{column}_level", level, "no API level is stated")
    facts.say("debuggable", manifest.flag(application, "debuggable", False), _UNRESOLVED)
    facts.say("backs_up", manifest.flag(application, "allowBackup", True), _UNRESOLVED)


def add_permissions(manifest: Manifest, facts: Facts) -> None:
    """Add the permissions that a manifest asks for."""
    for each in manifest.root.all(*_PERMISSIONS):
        name = manifest.text(each, "name")
        if name:
            most = manifest.text(each, "maxSdkVersion")
            value = f"up to API level {most}" if most else ""
            facts.add("permissions", {"kind": "permission", "name": name, "value": value})


def add_components(manifest: Manifest, facts: Facts) -> None:
    """Add the entry points that a manifest declares, and the schemes that pages can call."""
    application = manifest.application
    shared = manifest.text(application, "permission")
    for each in application.all(*_COMPONENTS):
        if manifest.flag(each, "enabled", True) is False:
            facts.notes.append(f"{manifest.named(each)} is declared, and switched off")
        facts.add("entry_points", _component(manifest, each, shared))
        for scheme in _schemes(manifest, each):
            row = {"kind": "scheme", "name": scheme, "exported": True, "guarded": False}
            facts.add("entry_points", {**row, "permission": "", "launcher": False})


def component_classes(manifest: Manifest) -> set[str]:
    """Return the classes that the package must define for its components to work."""
    application = manifest.application
    real = [name for name in _COMPONENTS if name != "activity-alias"]
    named = {manifest.named(each) for each in (application, *application.all(*real))}
    return named - {""}


def _component(manifest: Manifest, element: Element, shared: str | None) -> dict[str, Json]:
    launcher = _COMPONENTS[element.tag] == "activity" and any(
        {_MAIN} <= _names(manifest, each, "action")
        and {_LAUNCHER} <= _names(manifest, each, "category")
        for each in element.all("intent-filter")
    )
    permission = _permission(manifest, element, shared)
    return {
        "kind": _COMPONENTS[element.tag],
        "name": manifest.named(element),
        "exported": manifest.flag(element, "exported", _exported(manifest, element)),
        "permission": permission,
        "guarded": None if permission is None else is_guarded(manifest, permission),
        "launcher": launcher,
    }


def _exported(manifest: Manifest, element: Element) -> bool | None:
    """Whether other apps reach a component that does not say: those with filters, mostly.

    https://developer.android.com/guide/topics/manifest/activity-element#exported
    """
    if element.tag == "provider":
        return None if manifest.target is None else manifest.target < _PRIVATE_PROVIDERS
    return element.first("intent-filter") is not None


def _permission(manifest: Manifest, element: Element, shared: str | None) -> str | None:
    if element.tag != "provider":
        return (
            manifest.text(element, "permission") if "permission" in element.attributes else shared
        )
    both = manifest.text(element, "permission") if "permission" in element.attributes else shared
    sides = [
        manifest.text(element, name) if name in element.attributes else both
        for name in ("readPermission", "writePermission")
    ]
    if None in sides:
        return None
    if "" in sides:
        return ""  # one side is open to everybody
    return " ".join(sorted({str(each) for each in sides}))


def _names(manifest: Manifest, element: Element, tag: str) -> set[str]:
    return {manifest.text(each, "name") or "" for each in element.all(tag)}


def _schemes(manifest: Manifest, element: Element) -> Iterator[str]:
    for each in element.all("intent-filter"):
        if _BROWSABLE in _names(manifest, each, "category"):
            for data in each.all("data"):
                if scheme := manifest.text(data, "scheme"):
                    yield scheme
