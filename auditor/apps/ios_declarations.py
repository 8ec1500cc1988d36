"""What an iOS app declares: transport security, usage descriptions, entitlements, privacy.

Sources: https://developer.apple.com/documentation/bundleresources
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from auditor.apps.archive import Archive
from auditor.apps.facts import Facts
from auditor.apps.plists import flag, mapping, objects, plain, read_plist, text, texts

PRIVACY = "PrivacyInfo.xcprivacy"
_MOST_PLIST = 16 * 2**20
_USAGE = "UsageDescription"
_NARROWED = (
    "NSAllowsArbitraryLoadsInWebContent",
    "NSAllowsArbitraryLoadsForMedia",
    "NSAllowsLocalNetworking",
)
_INSECURE = (
    "NSExceptionAllowsInsecureHTTPLoads",
    "NSTemporaryExceptionAllowsInsecureHTTPLoads",
    "NSThirdPartyExceptionAllowsInsecureHTTPLoads",
)


def add_declarations(info: Mapping[str, Any], facts: Facts) -> None:
    """Add what an Info.plist says."""
    facts.say("application", text(info, "CFBundleIdentifier"))
    facts.say("version", text(info, "CFBundleShortVersionString"))
    facts.say("build", text(info, "CFBundleVersion"))
    made_for = (text(info, "DTSDKName") or "").removeprefix("iphoneos") or None
    for name, version in (("minimum", text(info, "MinimumOSVersion")), ("target", made_for)):
        facts.say(f"{name}_os", version, "its Info.plist states no version of iOS")
        facts.say(f"{name}_level", _major(version), "its Info.plist states no version of iOS")
    facts.say("backs_up", None, "iOS decides file by file what is backed up")
    # A certificate that somebody trusts in the settings of iOS is trusted by the system; no app
    # can ask for more.
    facts.say("user_roots", False)
    facts.say("clear_text", clear_text(info))
    add_usage(info, facts)
    for scheme in _schemes(info):
        row = {"kind": "scheme", "name": scheme, "exported": True}
        facts.add("entry_points", {**row, "permission": "", "guarded": False, "launcher": False})


def clear_text(info: Mapping[str, Any]) -> list[str]:
    """Return the domains that an Info.plist lets be reached without TLS, sorted."""
    return sorted(set(_clear_text(mapping(info.get("NSAppTransportSecurity")))))


def add_usage(info: Mapping[str, Any], facts: Facts) -> None:
    """Add what an Info.plist tells the user when the app asks for something."""
    for name, value in info.items():
        if name.endswith(_USAGE):
            said = value if isinstance(value, str) else ""
            facts.add("permissions", {"kind": "usage description", "name": name, "value": said})


def add_entitlements(given: Mapping[str, Any], facts: Facts) -> None:
    """Add the entitlements of an app."""
    for name, value in given.items():
        said = "" if value is True else _written(plain(value, str(name)))
        facts.add("permissions", {"kind": "entitlement", "name": str(name), "value": said})


def add_privacy(archive: Archive, folder: str, facts: Facts) -> None:
    """Add what the privacy manifests of an app and of its parts say.

    Args:
        folder: of the app in the archive.

    Raises:
        PackageError: one is malformed.
    """
    own = folder + PRIVACY
    facts.say("privacy_manifest", own in archive.entries)
    data: set[str] = set()
    domains: set[str] = set()
    for name in archive.entries:
        if not name.startswith(folder) or not name.endswith(f"/{PRIVACY}"):
            continue
        said = read_plist(archive.read(name, _MOST_PLIST), name)
        collected = objects(said.get("NSPrivacyCollectedDataTypes"))
        data |= {kind for each in collected if (kind := text(each, "NSPrivacyCollectedDataType"))}
        domains |= {each.lower() for each in texts(said.get("NSPrivacyTrackingDomains"))}
        for each in objects(said.get("NSPrivacyAccessedAPITypes")):
            if kind := text(each, "NSPrivacyAccessedAPIType"):
                reasons = sorted(texts(each.get("NSPrivacyAccessedAPITypeReasons")))
                row = {"kind": "accessed API", "name": kind, "value": " ".join(reasons)}
                facts.add("permissions", row)
    facts.say("declared_data", sorted(data))
    facts.say("tracking_domains", sorted(domains))


def _major(version: str | None) -> int | None:
    head = (version or "").partition(".")[0]
    return int(head) if head.isdecimal() and len(head) < 4 else None  # noqa: PLR2004


def _clear_text(security: Mapping[str, Any]) -> Iterator[str]:
    """Yield the domains that may be reached without TLS.

    The narrower switches, where they are there, replace the widest one; either way some clear text
    to any host is allowed.
    """
    narrowed = [name for name in _NARROWED if name in security]
    if flag(security, "NSAllowsArbitraryLoads") and not narrowed:
        yield "*"
    for name in narrowed:
        if flag(security, name):
            yield "*.local" if name == "NSAllowsLocalNetworking" else "*"
    for domain, rules in mapping(security.get("NSExceptionDomains")).items():
        if any(flag(mapping(rules), name) for name in _INSECURE):
            below = flag(mapping(rules), "NSIncludesSubdomains")
            yield ("*." if below else "") + str(domain).lower()


def _schemes(info: Mapping[str, Any]) -> Iterator[str]:
    for each in objects(info.get("CFBundleURLTypes")):
        yield from texts(each.get("CFBundleURLSchemes"))


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
