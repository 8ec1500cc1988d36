"""What the code of an iOS app is made of, where it reaches, and what else it can load."""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from auditor.apps import loading
from auditor.apps.archive import Archive
from auditor.apps.catalogue import Known, load_catalogue
from auditor.apps.contents import File, add_destinations, read_through
from auditor.apps.facts import Facts
from auditor.apps.hosts import Hosts
from auditor.apps.ios_declarations import PRIVACY
from auditor.apps.macho import MAGICS, Slice, read_macho
from auditor.apps.plists import mapping, read_plist, text
from auditor.model import Json

_FRAMEWORK = re.compile(r"(.*/Frameworks/([^/]+)\.framework/)([^/]+)")
_DYLIB = re.compile(r".*/Frameworks/([^/]+)\.dylib")
_EXTENSION = re.compile(r".*/(?:PlugIns|Extensions)/[^/]+\.appex/Info\.plist")
_MOST_PLIST = 16 * 2**20
# Extension points, by whether other apps reach them: the system alone calls those of the last.
_REACHED = ("share-services", "ui-services", "keyboard-service", "fileprovider", "intents-service")
_SYSTEM = ("widgetkit-extension", "usernotifications", "widget-extension", "spotlight")


def add_code(
    archive: Archive, facts: Facts, folder: str, main: tuple[str, Sequence[Slice]]
) -> None:
    """Add libraries, extensions, destinations and ways to load code.

    Args:
        folder: of the app in the archive.
        main: file with the code of the app itself, and its slices.

    Raises:
        PackageError: a file is malformed.
    """
    hosts = Hosts()
    for name in archive.entries:
        file = read_through(archive, name, hosts)
        if file.start[:4] in MAGICS:
            if name == main[0]:
                _add_loaders(facts, file, main[1], set())
                _add_linked(facts, main[1])
            else:
                _add_binary(archive, facts, file)
        elif found := loading.from_file(name, file.start):
            facts.add("loaders", {"mechanism": found[0], "kind": found[1], "where": name})
        if name.startswith(folder) and _EXTENSION.fullmatch(name):
            _add_extension(archive, facts, name)
    add_destinations(hosts, facts)


def _add_binary(archive: Archive, facts: Facts, file: File) -> None:
    slices = read_macho(archive.read(file.name), file.name)
    if any(each.encrypted for each in slices):
        facts.say("readable", False)
    found = set()
    if framework := _FRAMEWORK.fullmatch(file.name):
        if framework[2] == framework[3]:
            _add_library(archive, facts, file, framework[2], framework[1])
    elif dylib := _DYLIB.fullmatch(file.name):
        _add_library(archive, facts, file, dylib[1], "")
    elif ".appex/" not in file.name:
        found.add(("machine code outside of Frameworks/", loading.NATIVE))
    _add_loaders(facts, file, slices, found)


def _add_loaders(
    facts: Facts, file: File, slices: Sequence[Slice], found: set[tuple[str, str]]
) -> None:
    for each in slices:
        found |= set(loading.from_strings(each.content))
        found |= set(loading.from_symbols(each.symbols))
    for mechanism, kind in found:
        facts.add("loaders", {"mechanism": mechanism, "kind": kind, "where": file.name})


def _add_library(archive: Archive, facts: Facts, file: File, name: str, folder: str) -> None:
    known = load_catalogue().frameworks.get(name)
    info: Mapping[str, Any] = {}
    if f"{folder}Info.plist" in archive.entries:
        info = read_plist(archive.read(f"{folder}Info.plist", _MOST_PLIST), f"{folder}Info.plist")
    version = text(info, "CFBundleShortVersionString")
    manifest = f"{folder}{PRIVACY}" in archive.entries if folder else None
    row = _row(name, known, version, digest=file.digest, manifest=manifest)
    facts.add("libraries", row)


def _add_linked(facts: Facts, slices: Sequence[Slice]) -> None:
    """Add the libraries that are linked into the app's own code: they bring no file of theirs."""
    catalogue = load_catalogue()
    for known in {each for one in slices for each in catalogue.in_objective_c(one.content)}:
        facts.add("libraries", _row(known.name, known, None, digest="", manifest=None))


def _row(
    name: str, known: Known | None, version: str | None, *, digest: str, manifest: bool | None
) -> Mapping[str, Json]:
    return {
        "name": known.name if known else name,
        "version": version,
        "owner": known.owner if known else None,
        "owner_country": (known.country or None) if known else None,
        "purpose": known.purpose if known else None,
        "native": True,
        "digest": digest,
        "apart": False,
        "privacy_manifest": manifest,
    }


def _add_extension(archive: Archive, facts: Facts, name: str) -> None:
    info = read_plist(archive.read(name, _MOST_PLIST), name)
    point = text(mapping(info.get("NSExtension")), "NSExtensionPointIdentifier") or ""
    exported = None
    if any(each in point for each in _REACHED):
        exported = True
    elif any(each in point for each in _SYSTEM):
        exported = False
    row = {
        "kind": "extension",
        "name": text(info, "CFBundleIdentifier") or str(PurePosixPath(name).parent.name),
        "exported": exported,
        "permission": "",
        "guarded": False,
        "launcher": False,
    }
    facts.add("entry_points", row)
