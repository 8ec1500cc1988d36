"""iOS packages: declarations, entitlements, privacy, code and its signature."""

import plistlib
from typing import Any

import pytest

from auditor.apps.examination import examine_content
from auditor.apps.plists import plain, read_plist
from auditor.demo.apps.archives import archive_of
from auditor.demo.apps.ios import ipa
from auditor.demo.apps.machine_code import machine_code
from auditor.demo.apps.messages import detached_message
from auditor.errors import PackageError
from tests.apps.packages import files_of, iphone, signer
from tests.apps.test_android import of

APP = "Payload/Northstar.app/"
INFO = plistlib.loads(files_of(iphone())[APP + "Info.plist"])


def examined(package: bytes) -> dict[str, Any]:
    """Examine a package of iOS."""
    return examine_content(package, "ipa")


def changed(**files: bytes) -> dict[str, Any]:
    """Examine the demo's package with other files, '__' standing for '/'."""
    return examined(archive_of({**files_of(iphone()), **files}))


def with_info(**members: Any) -> dict[str, Any]:
    """Examine a package whose Info.plist says something else."""
    return examined(ipa(signer(), info={**INFO, **members}))


def test_the_package_of_the_demo() -> None:
    """Each declaration and each breach shows."""
    facts = examined(iphone())
    app = facts["app"]

    assert app["signature_holds"] is True
    assert app["certificates"] == [signer().fingerprint]
    assert (app["minimum_level"], app["target_level"], app["build"]) == (16, 26, "342001")
    assert app["clear_text"] == ["media.farshore.cn"]
    assert app["declared_data"] == ["NSPrivacyCollectedDataTypeUserID"]
    assert app["debuggable"] is False
    assert "media.farshore.cn" in of(facts, "destinations", "host")
    assert of(facts, "loaders", "mechanism") == ["WKScriptMessageHandler", "dlopen"]
    (library,) = facts["libraries"]
    assert (library["name"], library["version"]) == ("Pangle", "6.4.1.2")
    assert library["privacy_manifest"] is False
    assert of(facts, "permissions", "kind").count("entitlement") == 3
    assert "NSCameraUsageDescription" in of(facts, "permissions", "name")


@pytest.mark.parametrize(
    ("security", "expected"),
    [
        ({}, []),
        ({"NSAllowsArbitraryLoads": True}, ["*"]),
        ({"NSAllowsArbitraryLoads": True, "NSAllowsLocalNetworking": True}, ["*.local"]),
        ({"NSAllowsArbitraryLoadsInWebContent": True}, ["*"]),
        (
            {
                "NSExceptionDomains": {
                    "Old.example.org": {
                        "NSExceptionAllowsInsecureHTTPLoads": True,
                        "NSIncludesSubdomains": True,
                    },
                    "new.example.org": {"NSExceptionMinimumTLSVersion": "TLSv1.3"},
                }
            },
            ["*.old.example.org"],
        ),
    ],
    ids=["default", "any", "narrowed", "pages", "exceptions"],
)
def test_transport_security(security: dict[str, Any], expected: list[str]) -> None:
    """What may be reached without TLS."""
    facts = with_info(NSAppTransportSecurity=security)

    assert facts["app"]["clear_text"] == expected


def test_a_debugger_may_attach() -> None:
    """By the entitlement that was signed."""
    facts = examined(ipa(signer(), entitlements={"get-task-allow": True}))

    assert facts["app"]["debuggable"] is True


def test_a_package_that_the_store_encrypted() -> None:
    """Its code cannot be read, nor its signature be checked."""
    app = examined(ipa(signer(), encrypted=True))["app"]

    assert app["readable"] is False
    assert app["signature_holds"] is None
    assert app["certificates"] == [signer().fingerprint]


@pytest.mark.parametrize(
    "name",
    ["Info.plist", "PrivacyInfo.xcprivacy", "Frameworks/BUAdSDK.framework/Info.plist"],
)
def test_a_changed_file_breaks_the_signature(name: str) -> None:
    """The list of resources covers every file, and the code's directory that list."""
    content = files_of(iphone())[APP + name].replace(b"</dict>", b" </dict>")

    assert changed(**{APP + name: content})["app"]["signature_holds"] is False


def test_changed_code_breaks_the_signature() -> None:
    """Every page has a digest."""
    code = bytearray(files_of(iphone())[APP + "Northstar"])
    at = code.index(b"v3/feed")
    code[at] ^= 1

    assert changed(**{APP + "Northstar": bytes(code)})["app"]["signature_holds"] is False


def test_an_added_file_breaks_the_signature() -> None:
    """What nobody listed, nobody signed."""
    facts = changed(**{APP + "extra.js": b"1"})

    assert facts["app"]["signature_holds"] is False
    assert "is not signed" in facts["notes"][0]


def test_code_without_a_signature() -> None:
    """It is not signed, and nothing says what it is entitled to."""
    facts = changed(**{APP + "Northstar": machine_code()})

    assert facts["app"]["certificates"] == []
    assert facts["app"]["signature_holds"] is False
    assert facts["app"]["debuggable"] is None


def test_a_profile_speaks_where_the_signature_does_not() -> None:
    """Packages that a developer exported carry one."""
    profile = plistlib.dumps({"Entitlements": {"get-task-allow": True}})
    from asn1crypto import cms  # noqa: PLC0415

    message = cms.ContentInfo.load(detached_message(profile, signer()))
    message["content"]["encap_content_info"]["content"] = profile
    facts = changed(
        **{
            APP + "Northstar": machine_code(),
            APP + "embedded.mobileprovision": message.dump(force=True),
        }
    )

    assert facts["app"]["debuggable"] is True


def test_extensions() -> None:
    """Some are called by other apps, some by the system only."""
    rows = {}
    for point in ("com.apple.share-services", "com.apple.widgetkit-extension", "com.other"):
        info = {
            "CFBundleIdentifier": f"x.{point}",
            "NSExtension": {"NSExtensionPointIdentifier": point},
        }
        facts = changed(**{f"{APP}PlugIns/One.appex/Info.plist": plistlib.dumps(info)})
        (row,) = [each for each in facts["entry_points"] if each["kind"] == "extension"]
        rows[point] = row["exported"]

    assert rows == {
        "com.apple.share-services": True,
        "com.apple.widgetkit-extension": False,
        "com.other": None,
    }


def test_code_where_none_belongs() -> None:
    """Machine code and scripts among the resources can be loaded later."""
    facts = changed(**{APP + "late.bin": machine_code(), APP + "main.jsbundle": b"var a"})

    assert {"machine code outside of Frameworks/", "script bundle"} <= set(
        of(facts, "loaders", "mechanism")
    )


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"a.txt": b""}, "0 apps"),
        ({"Payload/A.app/Info.plist": b"x", "Payload/B.app/Info.plist": b"x"}, "2 apps"),
        ({"Payload/A.app/Info.plist": b"x"}, "no property list"),
        ({"Payload/A.app/Info.plist": plistlib.dumps({"a": 1})}, "is missing"),
    ],
    ids=["none", "two", "no list", "no code"],
)
def test_what_is_no_app_is_refused(files: dict[str, bytes], message: str) -> None:
    """Each with its reason."""
    with pytest.raises(PackageError, match=message):
        examined(archive_of(files))


def test_a_property_list_that_explodes_is_refused() -> None:
    """Binary lists can hold one part in many places."""
    value: Any = ["x"] * 10
    for _ in range(8):
        value = [value] * 10
    encoded = plistlib.dumps({"a": value}, fmt=plistlib.FMT_BINARY)
    with pytest.raises(PackageError, match="too many parts"):
        plain(read_plist(encoded, "it"), "it")


def test_libraries_that_are_linked_in() -> None:
    """Objective-C keeps the names of classes; words that only start alike do not count."""
    code = machine_code(strings=["x", "FBSDKSettings", "GADBannerView", "FIRST", "a FBSDKLogin"])
    facts = changed(**{APP + "Northstar": code})
    linked = {row["name"]: row for row in facts["libraries"] if not row["digest"]}

    assert set(linked) == {"Facebook SDK", "Google Mobile Ads"}
    assert linked["Facebook SDK"]["privacy_manifest"] is None
