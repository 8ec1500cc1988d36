"""Damaged packages: whatever a stranger changes, the answer is facts or our own refusal."""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.apps.apk_signing import MAGIC, SCHEME_2
from auditor.apps.binary_xml import parse_binary_xml
from auditor.apps.cms import read_signers
from auditor.apps.dex import read_dex
from auditor.apps.element import Reference
from auditor.apps.examination import examine_content
from auditor.apps.macho import read_macho
from auditor.apps.plists import plain, read_plist
from auditor.apps.proto_xml import parse_proto_xml
from auditor.apps.public_keys import key_of
from auditor.apps.resources import Resources
from auditor.demo.apps.archives import archive_of
from auditor.demo.apps.messages import detached_message
from auditor.errors import PackageError
from tests.apps.bundles import bundle
from tests.apps.packages import breached, files_of, iphone, signer, with_files
from tests.apps.test_apk_signing import resealed, scheme_2

Change = tuple[float, int]
MANIFEST, NETWORK = "AndroidManifest.xml", "res/xml/network_security_config.xml"
CODE = "Payload/Northstar.app/Northstar"
changes = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.sampled_from([0, 1, 127, 128, 255, 16, 64])),
    min_size=1,
    max_size=8,
)
unhurried = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
hurried = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def damaged(content: bytes, several: Sequence[Change]) -> bytes:
    """Return some bytes, each change made where its fraction points."""
    changed = bytearray(content)
    for where, value in several:
        changed[int(where * len(changed))] = value
    return bytes(changed)


def holds(read: Callable[[], Any]) -> None:
    """Read; nothing but our own refusal may come, and facts must be JSON."""
    with suppress(PackageError):
        json.dumps(read(), default=str)


@hurried
@given(changes, st.floats(0.5, 1))
def test_damaged_packages(several: Sequence[Change], share: float) -> None:
    """Bytes anywhere in the file change, or its end is missing."""
    for package, form in ((breached(), "apk"), (iphone(), "ipa"), (bundle(), "aab")):
        holds(partial(examine_content, damaged(package, several), form))
        holds(partial(examine_content, package[: int(share * len(package))], form))


@hurried
@given(changes, st.sampled_from([MANIFEST, NETWORK, "resources.arsc", "classes.dex"]))
def test_damaged_files_in_sound_archives(several: Sequence[Change], name: str) -> None:
    """The archive is right, and one file in it is not."""
    changed = damaged(files_of(breached())[name], several)
    package = with_files(breached(), {name: changed})

    holds(lambda: examine_content(package, "apk"))


@hurried
@given(changes, st.sampled_from(sorted(files_of(iphone()))))
def test_damaged_files_of_an_iphone(several: Sequence[Change], name: str) -> None:
    """Code, its signature, property lists."""
    files = files_of(iphone())
    package = archive_of({**files, name: damaged(files[name], several)})

    holds(lambda: examine_content(package, "ipa"))


@unhurried
@given(changes)
def test_damaged_binary_xml(several: Sequence[Change]) -> None:
    """Manifests are what attackers change first."""
    holds(lambda: parse_binary_xml(damaged(files_of(breached())[MANIFEST], several)))


@unhurried
@given(st.binary(max_size=200))
def test_arbitrary_bytes(content: bytes) -> None:
    """Nothing that reads breaks on noise."""
    holds(lambda: parse_binary_xml(b"\3\0\x08\0" + content))
    holds(lambda: parse_proto_xml(content))
    holds(lambda: Resources(content).values(Reference(0x7F010000)))
    holds(lambda: read_dex(b"dex\n035\0" + content, "x"))
    holds(lambda: read_macho(bytes.fromhex("cffaedfe") + content, "x"))
    holds(lambda: read_signers(content, b""))
    holds(lambda: plain(read_plist(b"bplist00" + content, "x"), "x"))


@unhurried
@given(changes)
def test_damaged_resources(several: Sequence[Change]) -> None:
    """Tables that point anywhere."""
    changed = damaged(files_of(breached())["resources.arsc"], several)

    holds(lambda: Resources(changed).values(Reference(0x7F010000)))


@unhurried
@given(changes)
def test_damaged_code(several: Sequence[Change]) -> None:
    """Byte code of Android, and machine code of Apple."""
    holds(lambda: read_dex(damaged(files_of(breached())["classes.dex"], several), "x"))
    holds(lambda: read_macho(damaged(files_of(iphone())[CODE], several), "x"))


@unhurried
@given(changes)
def test_damaged_signatures(several: Sequence[Change]) -> None:
    """A changed message, certificate or signing block is refused, or does not hold."""
    message = detached_message(b"content", signer())
    block = damaged(scheme_2(breached()), several)

    holds(lambda: read_signers(damaged(message, several), b"content"))
    holds(lambda: key_of(damaged(signer().encoded, several)) and None)
    holds(lambda: examine_content(resealed(breached(), {SCHEME_2: block}), "apk"))


@unhurried
@given(st.floats(0, 1, exclude_max=True), st.integers(1, 255))
def test_no_changed_byte_keeps_the_signature(where: float, by: int) -> None:
    """Every byte of a package is signed, but for padding that nobody reads."""
    package = bytearray(breached())
    at = int(where * len(package))
    package[at] ^= by
    with suppress(PackageError):
        app = examine_content(bytes(package), "apk")["app"]

        assert app["signature_holds"] is not True or MAGIC not in package
