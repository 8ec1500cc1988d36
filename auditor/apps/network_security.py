"""What an Android package allows on the network, by its network security configuration.

Source: https://developer.android.com/privacy-and-security/security-config
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from auditor.apps.element import Element
from auditor.apps.manifest import CLEAR_TEXT_OFF, Manifest

_USER_ROOTS_OFF = 24  # API level from which users' authorities are not trusted by default
_CONFIGURED = 24  # API level from which a configuration is heeded
ANY = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkRules:
    """What is allowed; None where it cannot be told."""

    clear_text: tuple[str, ...] | None
    user_roots: bool | None


def without_configuration(manifest: Manifest) -> NetworkRules:
    """Return what holds for a package that brings no configuration."""
    allowed = manifest.clear_text
    return NetworkRules(
        clear_text=None if allowed is None else (ANY,) if allowed else (),
        user_roots=manifest.below(_USER_ROOTS_OFF),
    )


def with_configurations(manifest: Manifest, roots: Sequence[Element]) -> NetworkRules:
    """Return what holds for a package with configurations: the widest of them.

    There is one for each configuration of devices that has a file of its own; a phone takes one.
    Phones that are too old for any heed the manifest alone.
    """
    several = [_rules(manifest, root) for root in roots]
    if manifest.minimum is None or manifest.minimum < _CONFIGURED:
        several.append(without_configuration(manifest))
    domains: set[str] = set()
    for each in several:
        if each.clear_text is None:
            return NetworkRules(clear_text=None, user_roots=_any(e.user_roots for e in several))
        domains |= set(each.clear_text)
    return NetworkRules(
        clear_text=(ANY,) if ANY in domains else tuple(sorted(domains)),
        user_roots=_any(each.user_roots for each in several),
    )


def _rules(manifest: Manifest, root: Element) -> NetworkRules:
    base = root.first("base-config") or Element(tag="base-config")
    default = manifest.below(CLEAR_TEXT_OFF)
    allowed = manifest.flag(base, "cleartextTrafficPermitted", default)
    trusted = _trusts_users(base)
    if trusted is None:
        trusted = manifest.below(_USER_ROOTS_OFF)
    found = list(_domains(manifest, root, allowed))
    unclear = allowed is None or any(each is None for _, each in found)
    clear = {ANY} if allowed else {name for name, each in found if each}
    overrides = root.first("debug-overrides")
    roots = [trusted, *(_trusts_users(each) or False for each in _every(root))]
    if overrides is not None and _trusts_users(overrides):
        roots.append(manifest.flag(manifest.application, "debuggable", False))
    return NetworkRules(
        clear_text=None if unclear else tuple(sorted(clear)), user_roots=_any(roots)
    )


def _domains(
    manifest: Manifest, element: Element, inherited: bool | None
) -> Iterator[tuple[str, bool | None]]:
    """Yield each domain with a rule of its own, and whether clear text is allowed there."""
    for each in element.all("domain-config"):
        allowed = manifest.flag(each, "cleartextTrafficPermitted", inherited)
        for domain in each.all("domain"):
            below = manifest.flag(domain, "includeSubdomains", False)
            yield ("*." if below else "") + domain.text.strip().lower(), allowed
        yield from _domains(manifest, each, allowed)


def _every(element: Element) -> Iterator[Element]:
    for each in element.all("domain-config"):
        yield each
        yield from _every(each)


def _trusts_users(element: Element) -> bool | None:
    """Whether an element trusts authorities that users add, None if it says nothing of roots."""
    anchors = element.first("trust-anchors")
    if anchors is None:
        return None
    return any(each.attributes.get("src") == "user" for each in anchors.all("certificates"))


def _any(several: Iterable[bool | None]) -> bool | None:
    known = list(several)
    return True if True in known else None if None in known else False
