"""Apps within an app, and code for several kinds of processors."""

import plistlib
import struct
from typing import Any

from auditor.demo.apps.archives import archive_of
from auditor.demo.apps.ios import ipa
from auditor.demo.apps.machine_code import machine_code, sign_code
from tests.apps.packages import files_of, iphone, signer
from tests.apps.test_android import of
from tests.apps.test_ios import APP, changed, examined

WATCH = f"{APP}PlugIns/Watch.appex/"


def entitled(**entitlements: Any) -> bytes:
    """Return code that is signed with entitlements."""
    return sign_code(
        machine_code(),
        signer(),
        name="x",
        entitlements=plistlib.dumps(entitlements),
        outside={},
    )


def test_what_an_extension_may_the_package_may() -> None:
    """Its reasons to ask, its entitlements and its exceptions are its own."""
    info = {
        "CFBundleExecutable": "Watch",
        "NSContactsUsageDescription": "To read them.",
        "NSAppTransportSecurity": {"NSAllowsArbitraryLoads": True},
    }
    code = entitled(**{"com.apple.developer.healthkit": True, "get-task-allow": True})
    facts = changed(**{f"{WATCH}Info.plist": plistlib.dumps(info), f"{WATCH}Watch": code})

    names = of(facts, "permissions", "name")
    assert {"NSContactsUsageDescription", "com.apple.developer.healthkit"} <= set(names)
    assert facts["app"]["clear_text"] == ["*", "media.farshore.cn"]
    assert facts["app"]["debuggable"] is True


def test_every_slice_has_its_entitlements() -> None:
    """A phone runs one of them, and not the first."""
    slices = [files_of(iphone())[f"{APP}Northstar"], entitled(**{"get-task-allow": True})]
    facts = changed(**{f"{APP}Northstar": fat(*slices)})

    assert facts["app"]["debuggable"] is True


def test_an_encrypted_framework_cannot_be_read() -> None:
    """Though the app's own code can."""
    name = f"{APP}Frameworks/BUAdSDK.framework/BUAdSDK"
    facts = examined(archive_of({**files_of(ipa(signer())), name: machine_code(encrypted=True)}))

    assert facts["app"]["readable"] is False


def fat(*slices: bytes) -> bytes:
    """Return code for several kinds of processors in one file."""
    aligned = 1 << 14
    head = struct.pack(">II", 0xCAFEBABE, len(slices))
    places, body, at = b"", b"", aligned
    for number, each in enumerate(slices):
        places += struct.pack(">IIIII", 0x0100000C, number, at, len(each), 14)
        body += each.ljust(-(-len(each) // aligned) * aligned, b"\0")
        at = aligned + len(body)
    return (head + places).ljust(aligned, b"\0") + body
