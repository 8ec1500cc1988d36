"""App bundles that tests make."""

from functools import cache

from auditor.apps.element import Element, Reference
from auditor.demo.apps.android import tag
from auditor.demo.apps.archives import archive_of
from auditor.demo.apps.dex import dex_file
from tests.apps.packages import jar_signed, signer
from tests.apps.protos import proto_xml

CONFIGURATION = Reference(0x7F010000, "xml/net")


def manifest(**application: object) -> Element:
    """Return the manifest of a bundle."""
    return tag(
        "manifest",
        (
            tag("uses-sdk", minSdkVersion=28, targetSdkVersion=35),
            tag("uses-permission", name="android.permission.INTERNET"),
            tag(
                "application",
                (tag("activity", name=".Main", exported=True),),
                networkSecurityConfig=CONFIGURATION,
                **application,  # type: ignore[arg-type]
            ),
        ),
        package="com.example.bundle",
        versionName="1.0",
        versionCode=7,
    )


def network() -> Element:
    """Return a configuration that allows one domain."""
    domain = Element(tag="domain", text="old.example.org")
    return tag(
        "network-security-config",
        (tag("domain-config", (domain,), cleartextTrafficPermitted=True),),
    )


@cache
def bundle() -> bytes:
    """Return a signed bundle."""
    files = {
        "base/manifest/AndroidManifest.xml": proto_xml(manifest()),
        "base/res/xml/net.xml": proto_xml(network()),
        "base/dex/classes.dex": dex_file(
            classes=["com.example.bundle.Main"], strings=["https://api.example.com/x"]
        ),
        "base/lib/arm64-v8a/libone.so": b"\x7fELF",
        "base/root/META-INF/androidx.core_core.version": b"1.13.0\n",
        "feature/manifest/AndroidManifest.xml": proto_xml(
            tag(
                "manifest",
                (tag("uses-permission", name="android.permission.CAMERA"),),
                package="com.example.bundle",
            )
        ),
        "BundleConfig.pb": b"",
    }
    return archive_of(jar_signed(files, signer()))
