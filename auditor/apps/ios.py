"""Examines packages of iOS apps (IPA)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditor.apps.archive import Archive
from auditor.apps.cms import content_of
from auditor.apps.code_signature import INFO, RESOURCES, check_code, read_code_signature
from auditor.apps.facts import Facts
from auditor.apps.ios_code import add_code
from auditor.apps.ios_declarations import add_declarations, add_entitlements, add_privacy
from auditor.apps.ios_nested import ALLOW_DEBUGGER, add_nested, signed_entitlements
from auditor.apps.macho import Slice, read_macho
from auditor.apps.plists import mapping, read_plist, text
from auditor.apps.sealed_resources import LIST, NESTED, resource_faults
from auditor.apps.signing import UNSIGNED, Signature, joined
from auditor.errors import PackageError

_INFO = re.compile(r"(Payload/[^/]+\.app/)Info\.plist")
_MOST_PLIST = 16 * 2**20
_PROFILE = "embedded.mobileprovision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The app in a package.

    Attributes:
        folder: in the archive, with a '/' at the end.
        info: its Info.plist.
        executable: name of the file with its code.
        slices: its code for each kind of processor.
    """

    folder: str
    info: Mapping[str, Any]
    executable: str
    slices: list[Slice]


def examine_ipa(archive: Archive, facts: Facts) -> None:
    """Add everything about a package.

    Raises:
        PackageError: it is malformed.
    """
    bundle = _find_bundle(archive)
    add_declarations(bundle.info, facts)
    _add_entitlements(archive, bundle, facts)
    add_nested(archive, facts, bundle.folder)
    signature = joined([_check(archive, bundle, each) for each in bundle.slices])
    why = "; ".join(dict.fromkeys(signature.why))
    facts.say("certificates", list(signature.certificates))
    facts.say("signature_holds", signature.holds, why)
    if why:
        facts.notes.append(f"signature: {why}")
    add_privacy(archive, bundle.folder, facts)
    encrypted = any(each.encrypted for each in bundle.slices)
    facts.say("readable", not encrypted)
    add_code(archive, facts, bundle.folder, (bundle.folder + bundle.executable, bundle.slices))


def _find_bundle(archive: Archive) -> Bundle:
    found = [match for name in archive.entries if (match := _INFO.fullmatch(name))]
    if len(found) != 1:
        raise PackageError(f"it holds {len(found)} apps below Payload/, not one")
    folder = found[0][1]
    info = read_plist(archive.read(found[0][0], _MOST_PLIST), found[0][0])
    executable = text(info, "CFBundleExecutable") or ""
    path = folder + executable
    if path not in archive.entries:
        raise PackageError("the file that its Info.plist names as its code is missing")
    slices = read_macho(archive.read(path), path)
    return Bundle(folder=folder, info=info, executable=executable, slices=slices)


def _check(archive: Archive, bundle: Bundle, code: Slice) -> Signature:
    signature = read_code_signature(code.signature)
    if not signature.blobs:
        return UNSIGNED
    resources = bundle.folder + LIST
    if resources not in archive.entries:
        why = ("nothing signs its resources",)
        return Signature(certificates=(), holds=False, why=why)
    listed = archive.read(resources, _MOST_PLIST)
    outside = {INFO: archive.read(f"{bundle.folder}Info.plist"), RESOURCES: listed}
    checked = check_code(code, signature, outside)
    plist = read_plist(listed, resources)
    faults = tuple(resource_faults(archive, bundle.folder, bundle.executable, plist))
    if not faults:
        return checked
    certain = [each for each in faults if each != NESTED]
    sealed = Signature(
        certificates=checked.certificates,
        holds=False if certain else None,
        why=tuple(certain[:3]) or (NESTED,),
    )
    return joined([checked, sealed])


def _add_entitlements(archive: Archive, bundle: Bundle, facts: Facts) -> None:
    """Add what the signature entitles the app to, and what the profile allows."""
    several = signed_entitlements(bundle.slices)
    if not several and bundle.folder + _PROFILE in archive.entries:
        held = content_of(archive.read(bundle.folder + _PROFILE, _MOST_PLIST))
        profile = mapping(read_plist(held, _PROFILE).get("Entitlements"))
        several = [profile] if profile else []
    for given in several:
        add_entitlements(given, facts)
    if several:
        facts.say("debuggable", any(given.get(ALLOW_DEBUGGER) is True for given in several))
    else:
        facts.say("debuggable", None, "it has no entitlements that could be read")
