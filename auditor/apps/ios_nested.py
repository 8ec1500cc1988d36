"""Apps within an iOS app: extensions, App Clips and apps of watches, each with settings of its own.

They run apart, with their own entitlements, reasons to ask and exceptions from TLS; what one of
them may, the package may.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from auditor.apps.archive import Archive
from auditor.apps.code_signature import read_code_signature
from auditor.apps.der_entitlements import read_der_entitlements
from auditor.apps.facts import Facts
from auditor.apps.ios_declarations import add_entitlements, add_usage, clear_text
from auditor.apps.macho import MAGICS, Slice, read_macho
from auditor.apps.plists import read_plist, text

_NESTED = re.compile(r"(.+\.(?:appex|app)/)Info\.plist")
_MOST_PLIST = 16 * 2**20
ALLOW_DEBUGGER = "get-task-allow"


def signed_entitlements(slices: Sequence[Slice]) -> list[Mapping[str, Any]]:
    """Return what the signature of each slice entitles its code to; each phone runs one of them.

    A signature may say it in two forms, and in two ways: which counts is for the phone's version.

    Raises:
        PackageError: a signature is malformed.
    """
    signatures = [read_code_signature(each.signature) for each in slices]
    old = [each.entitlements for each in signatures if each.entitlements]
    new = [each.der_entitlements for each in signatures if each.der_entitlements]
    return [
        *(read_plist(each, "its entitlements") for each in old),
        *(read_der_entitlements(each) for each in new),
    ]


def add_nested(archive: Archive, facts: Facts, folder: str) -> None:
    """Add what the apps within an app declare, and what they are entitled to.

    Args:
        folder: of the app in the archive.

    Raises:
        PackageError: one is malformed.
    """
    clear = set(facts.app["clear_text"])
    for name in archive.entries:
        match = _NESTED.fullmatch(name)
        if match is None or not name.startswith(folder) or match[1] == folder:
            continue
        info = read_plist(archive.read(name, _MOST_PLIST), name)
        add_usage(info, facts)
        clear |= set(clear_text(info))
        for given in signed_entitlements(_code(archive, match[1], info)):
            add_entitlements(given, facts)
            if given.get(ALLOW_DEBUGGER) is True:
                facts.say("debuggable", True)
    facts.say("clear_text", sorted(clear))


def _code(archive: Archive, folder: str, info: Mapping[str, Any]) -> list[Slice]:
    path = folder + (text(info, "CFBundleExecutable") or "")
    if path not in archive.entries:
        return []
    content = archive.read(path)
    return read_macho(content, path) if content[:4] in MAGICS else []
