"""The demo's iOS package: mostly sound, with an SDK and a host that it should not have."""

import hashlib
import plistlib
from collections.abc import Mapping
from typing import Any

from auditor.apps.code_signature import INFO, RESOURCES
from auditor.demo.apps.archives import archive_of
from auditor.demo.apps.keys import AppSigner
from auditor.demo.apps.machine_code import machine_code, sign_code

BUNDLE = "com.northstar.video"
_FOLDER = "Payload/Northstar.app/"
_EXECUTABLE = "Northstar"
_INFO: Mapping[str, Any] = {
    "CFBundleIdentifier": BUNDLE,
    "CFBundleExecutable": _EXECUTABLE,
    "CFBundleShortVersionString": "34.2.0",
    "CFBundleVersion": "342001",
    "MinimumOSVersion": "16.0",
    "DTSDKName": "iphoneos26.0",
    "NSCameraUsageDescription": "Northstar records the videos that you make.",
    "NSAppTransportSecurity": {
        "NSExceptionDomains": {
            "media.farshore.cn": {"NSExceptionAllowsInsecureHTTPLoads": True},
        }
    },
    "CFBundleURLTypes": [{"CFBundleURLSchemes": ["northstar"]}],
}
_ENTITLEMENTS = {
    "application-identifier": f"NRTHSTR001.{BUNDLE}",
    "com.apple.developer.associated-domains": ["applinks:northstar.example.com"],
    "get-task-allow": False,
}
_PRIVACY = {
    "NSPrivacyTracking": False,
    "NSPrivacyTrackingDomains": [],
    "NSPrivacyCollectedDataTypes": [
        {
            "NSPrivacyCollectedDataType": "NSPrivacyCollectedDataTypeUserID",
            "NSPrivacyCollectedDataTypeLinked": True,
            "NSPrivacyCollectedDataTypeTracking": False,
            "NSPrivacyCollectedDataTypePurposes": [
                "NSPrivacyCollectedDataTypePurposeAppFunctionality"
            ],
        }
    ],
    "NSPrivacyAccessedAPITypes": [
        {
            "NSPrivacyAccessedAPIType": "NSPrivacyAccessedAPICategoryUserDefaults",
            "NSPrivacyAccessedAPITypeReasons": ["CA92.1"],
        }
    ],
}


def ipa(
    signer: AppSigner,
    *,
    info: Mapping[str, Any] = _INFO,
    entitlements: Mapping[str, Any] = _ENTITLEMENTS,
    encrypted: bool = False,
) -> bytes:
    """Return version 34.2.0: clear text to one host abroad, an SDK that nobody may embed.

    Args:
        info, entitlements: what to declare instead.
        encrypted: as the store does; then nobody can read the code.
    """
    framework = {
        "BUAdSDK": machine_code(strings=["https://api-access.pangolin.example.com/union"]),
        "Info.plist": _plist({"CFBundleShortVersionString": "6.4.1.2"}),
    }
    files = {
        "Info.plist": _plist(info),
        "PrivacyInfo.xcprivacy": _plist(_PRIVACY),
        **{f"Frameworks/BUAdSDK.framework/{name}": each for name, each in framework.items()},
    }
    code = machine_code(
        symbols=["_dlopen", "_OBJC_CLASS_$_WKUserContentController"],
        strings=[
            "https://api.northstar.example.com/v3/feed",
            "http://media.farshore.cn/preview",
        ],
        libraries=["@rpath/BUAdSDK.framework/BUAdSDK", "/usr/lib/libSystem.B.dylib"],
        encrypted=encrypted,
    )
    listed = _plist(
        {
            "files2": {
                name: {"hash2": hashlib.sha256(content).digest()}
                for name, content in files.items()
                if name != "Info.plist"
            }
        }
    )
    signed = sign_code(
        code,
        signer,
        name=BUNDLE,
        entitlements=_plist(entitlements),
        outside={INFO: files["Info.plist"], RESOURCES: listed},
    )
    whole = {**files, _EXECUTABLE: signed, "_CodeSignature/CodeResources": listed}
    return archive_of({_FOLDER + name: content for name, content in whole.items()})


def _plist(value: Mapping[str, Any]) -> bytes:
    return plistlib.dumps(dict(value))
