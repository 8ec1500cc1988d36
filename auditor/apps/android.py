"""Examines Android packages (APK) and app bundles (AAB)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from auditor.apps.android_code import add_code
from auditor.apps.apk_signing import check_block, find_block
from auditor.apps.archive import Archive
from auditor.apps.binary_xml import parse_binary_xml
from auditor.apps.element import Element, Reference, Value
from auditor.apps.facts import Facts
from auditor.apps.jar_signing import check_jar
from auditor.apps.manifest import (
    Manifest,
    add_components,
    add_permissions,
    component_classes,
    describe,
)
from auditor.apps.network_security import (
    NetworkRules,
    with_configurations,
    without_configuration,
)
from auditor.apps.proto_xml import parse_proto_xml
from auditor.apps.resources import Resources
from auditor.apps.signing import Signature, joined
from auditor.errors import PackageError

_MANIFEST = "AndroidManifest.xml"
_BASE = "base/manifest/AndroidManifest.xml"
_MODULE = re.compile(r"[^/]+/manifest/AndroidManifest\.xml")
_RESOURCES = "resources.arsc"
_MOST_XML = 16 * 2**20
_MOST_RESOURCES = 256 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sources:
    """What a package is read from.

    Attributes:
        manifests: that of the application first, then those of its further modules.
        configurations: files of network security configuration that a reference names.
    """

    manifests: Sequence[Manifest]
    configurations: Callable[[Value | None], list[Element] | None]


def examine_apk(archive: Archive, facts: Facts) -> None:
    """Add everything about a package as phones install it.

    Raises:
        PackageError: it is malformed.
    """
    block = find_block(archive)
    newer = check_block(archive, block) if block else []
    older = check_jar(archive, newer=bool(newer))
    _add_signature(facts, newer + older)
    resources = None
    if _RESOURCES in archive.entries:
        resources = Resources(archive.read(_RESOURCES, _MOST_RESOURCES))

    def resolve(reference: Reference) -> tuple[Value, ...]:
        return resources.values(reference) if resources else ()

    def configurations(value: Value | None) -> list[Element] | None:
        paths = resolve(value) if isinstance(value, Reference) else ()
        if not paths or any(str(path) not in archive.entries for path in paths):
            return None
        return [parse_binary_xml(archive.read(str(path), _MOST_XML)) for path in paths]

    if _MANIFEST not in archive.entries:
        raise PackageError(f"it has no {_MANIFEST}")
    root = parse_binary_xml(archive.read(_MANIFEST, _MOST_XML))
    manifest = Manifest(root=root, resolve=resolve)
    _describe(archive, facts, _Sources(manifests=[manifest], configurations=configurations))


def examine_aab(archive: Archive, facts: Facts) -> None:
    """Add everything about a bundle that a store makes packages of.

    Raises:
        PackageError: it is malformed.
    """
    _add_signature(facts, check_jar(archive, newer=False))
    if _BASE not in archive.entries:
        raise PackageError(f"it has no {_BASE}")
    others = [name for name in archive.entries if _MODULE.fullmatch(name) and name != _BASE]
    manifests = [
        Manifest(root=parse_proto_xml(archive.read(name, _MOST_XML)), resolve=lambda _: ())
        for name in (_BASE, *sorted(others))
    ]

    def configurations(value: Value | None) -> list[Element] | None:
        name = value.name if isinstance(value, Reference) else str(value or "").lstrip("@")
        path = re.compile(rf"base/res/xml[^/]*/{re.escape(name.partition('/')[2])}\.xml")
        found = [each for each in archive.entries if path.fullmatch(each)]
        return [parse_proto_xml(archive.read(each, _MOST_XML)) for each in found] or None

    _describe(archive, facts, _Sources(manifests=manifests, configurations=configurations))


def _describe(archive: Archive, facts: Facts, sources: _Sources) -> None:
    main = sources.manifests[0]
    describe(main, facts)
    _add_network(main, facts, sources)
    for each in sources.manifests:
        add_permissions(each, facts)
        add_components(each, facts)
    facts.say("privacy_manifest", True)  # Android has none; the table says so
    facts.say("declared_data", [])
    facts.say("tracking_domains", [])
    classes = {name for each in sources.manifests for name in component_classes(each)}
    add_code(archive, facts, main.package, classes, "split" in main.root.attributes)


def _add_network(manifest: Manifest, facts: Facts, sources: _Sources) -> None:
    value = manifest.application.attributes.get("networkSecurityConfig")
    roots = [] if value is None else sources.configurations(value)
    if value is None:
        rules = without_configuration(manifest)
    elif roots:
        rules = with_configurations(manifest, roots)
    else:
        rules = NetworkRules(clear_text=None, user_roots=None)
    why = "its network security configuration, or the API level it is made for, cannot be read"
    clear = rules.clear_text
    facts.say("clear_text", None if clear is None else list(clear), why)
    facts.say("user_roots", rules.user_roots, why)


def _add_signature(facts: Facts, several: Sequence[Signature]) -> None:
    signature = joined(several)
    facts.say("certificates", list(signature.certificates))
    why = "; ".join(dict.fromkeys(signature.why))
    facts.say("signature_holds", signature.holds, why)
    if why:
        facts.notes.append(f"signature: {why}")
