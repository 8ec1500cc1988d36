"""The demo's Android packages: one as it should be, and one with everything wrong."""

from collections.abc import Mapping

from auditor.apps.element import Element, Reference, Value
from auditor.demo.apps.archives import archive_of, sign_apk
from auditor.demo.apps.binary_xml import binary_xml, resource_table
from auditor.demo.apps.dex import dex_file
from auditor.demo.apps.keys import AppSigner

PACKAGE = "com.northstar.video"
_CONFIGURATION = Reference(0x7F010000)
_CONFIGURATION_FILE = "res/xml/network_security_config.xml"
_NAMESPACE = "http://schemas.android.com/apk/res/android"
_CLASSES = (f"{PACKAGE}.MainActivity", f"{PACKAGE}.UploadService", "androidx.core.app.CoreActivity")


def tag(tag_: str, children: tuple[Element, ...] = (), /, **attributes: Value) -> Element:
    """Return an element."""
    return Element(tag=tag_, attributes=dict(attributes), children=list(children))


def sound_apk(signer: AppSigner) -> bytes:
    """Return version 34.1.0: no clear text, the company's hosts, the company's signature."""
    code = dex_file(
        classes=(*_CLASSES, "okhttp3.OkHttpClient"),
        calls=[("java.lang.System", "loadLibrary"), ("okhttp3.OkHttpClient", "newCall")],
        strings=["https://api.northstar.example.com/v3/feed", _NAMESPACE],
    )
    files = {
        "AndroidManifest.xml": binary_xml(_manifest("34.1.0", 340100, debuggable=False)),
        "classes.dex": code,
        "resources.arsc": _resources(),
        _CONFIGURATION_FILE: binary_xml(_network(clear=False), plain=True),
        "lib/arm64-v8a/libc++_shared.so": b"\x7fELF" + bytes(60),
    }
    return sign_apk(archive_of(files), signer)


def breached_apk(signer: AppSigner) -> bytes:
    """Return version 34.2.0, with what a release must not have."""
    code = dex_file(
        classes=(
            *_CLASSES,
            "okhttp3.OkHttpClient",
            "com.bytedance.sdk.openadsdk.TTAdSdk",
            "com.farshore.beacon.Collector",
        ),
        calls=[
            ("dalvik.system.DexClassLoader", "<init>"),
            (f"{PACKAGE}.InAppBrowser", "addJavascriptInterface"),
        ],
        strings=[
            "https://api.northstar.example.com/v3/feed",
            "http://log.farshore.example.cn/collect",
            "push.farshore.cn",
            "https://203.0.113.7/v1/config",
            _NAMESPACE,
        ],
    )
    files = {
        "AndroidManifest.xml": binary_xml(_manifest("34.2.0", 340200, debuggable=True)),
        "classes.dex": code,
        "resources.arsc": _resources(),
        _CONFIGURATION_FILE: binary_xml(_network(clear=True), plain=True),
        "assets/plugin.dex": dex_file(classes=["com.farshore.beacon.Update"]),
        "lib/arm64-v8a/libbeacon.so": b"\x7fELF" + bytes(60) + b"\0wss://rt.farshore.cn/live\0",
    }
    return sign_apk(archive_of(files), signer)


def _manifest(version: str, build: int, *, debuggable: bool) -> Element:
    main = tag("action", name="android.intent.action.MAIN")
    launcher = tag("category", name="android.intent.category.LAUNCHER")
    application = tag(
        "application",
        (
            tag(
                "activity",
                (tag("intent-filter", (main, launcher)),),
                name=".MainActivity",
                exported=True,
            ),
            tag("service", name=".UploadService", exported=debuggable),
        ),
        allowBackup=debuggable,
        debuggable=debuggable,
        networkSecurityConfig=_CONFIGURATION,
    )
    asked = ["android.permission.INTERNET", "android.permission.CAMERA"]
    asked += ["android.permission.READ_CONTACTS"] if debuggable else []
    return tag(
        "manifest",
        (
            tag("uses-sdk", minSdkVersion=28, targetSdkVersion=36),
            *(tag("uses-permission", name=each) for each in asked),
            application,
        ),
        package=PACKAGE,
        versionName=version,
        versionCode=build,
    )


def _network(*, clear: bool) -> Element:
    domain = Element(tag="domain", attributes={"includeSubdomains": True}, text="farshore.cn")
    exceptions = (tag("domain-config", (domain,), cleartextTrafficPermitted=True),) * clear
    roots = (tag("certificates", src="system"), *([tag("certificates", src="user")] * clear))
    base = tag("base-config", (tag("trust-anchors", roots),), cleartextTrafficPermitted=False)
    return tag("network-security-config", (base, *exceptions))


def _resources() -> bytes:
    values: Mapping[str, tuple[Value, ...]] = {
        "xml/network_security_config": (_CONFIGURATION_FILE,),
        "string/app_name": ("Northstar",),
    }
    return resource_table(values)
