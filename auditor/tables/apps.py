"""Tables of phone apps: one package each, and what it holds, asks for and talks to."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from auditor.tables.base import UNJOINED, Maybe, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class App(Row):
    """One app package. Its id is 'app/PLATFORM/APPLICATION/VERSION/sha256:DIGEST'."""

    table: ClassVar[str] = "apps"

    provider: Annotated[str, "'app'."]
    account: Annotated[str, "Target of the audit that it was read from."]
    platform: Annotated[str, "android or ios."]
    form: Annotated[str, "apk, aab or ipa."]
    file: Annotated[str, "Its path in the target's folder."]
    application: Annotated[Maybe[str], "Application or bundle id, such as 'com.example.app'."]
    version: Annotated[Maybe[str], "Version shown to users."]
    build: Annotated[Maybe[str], "Version code or build number."]
    digest: Annotated[str, "'sha256:' and lower-case hex of the file."]
    size_bytes: Annotated[int, "Size of the file."]
    certificates: Annotated[
        Maybe[tuple[str, ...]],
        "SHA-256 of each signing certificate, lower-case hex; [] for an unsigned package.",
    ]
    signature_holds: Annotated[
        Maybe[bool], "The signature by them is over exactly this package; false if unsigned."
    ]
    minimum_os: Annotated[Maybe[str], "Lowest API level or iOS version that it runs on."]
    target_os: Annotated[Maybe[str], "API level or SDK version that it was made for."]
    minimum_level: Annotated[Maybe[int], "The same as a number: API level, or iOS major version."]
    target_level: Annotated[Maybe[int], "The same as a number."]
    debuggable: Annotated[Maybe[bool], "A debugger may attach to the release."]
    backs_up: Annotated[Maybe[bool], "The system may copy its data away."]
    clear_text: Annotated[
        Maybe[tuple[str, ...]], "Domains that it may talk to without TLS; ['*'] for any, [] none."
    ]
    user_roots: Annotated[Maybe[bool], "It trusts certificate authorities that users add."]
    privacy_manifest: Annotated[Maybe[bool], "It holds a privacy manifest (iOS); true elsewhere."]
    declared_data: Annotated[
        Maybe[tuple[str, ...]], "Kinds of data that its privacy manifest says it collects, sorted."
    ]
    tracking_domains: Annotated[
        Maybe[tuple[str, ...]], "Domains that its privacy manifest names for tracking, sorted."
    ]
    readable: Annotated[
        Maybe[bool], "Its code could be read; false if encrypted by the store, or packed."
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppPermission(Row):
    """One permission, entitlement or usage description that one package asks for."""

    table: ClassVar[str] = "app_permissions"

    provider: Annotated[str, "'app'."]
    account: Annotated[str, "Target of the audit that it was read from."]
    app_id: Annotated[str, "The package."]
    application: Annotated[Maybe[str], "Its application id."]
    kind: Annotated[str, "permission, entitlement, usage description or accessed API."]
    name: Annotated[str, "Its full name."]
    value: Annotated[Maybe[str], "What it is given for: text, or JSON; '' for none."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppComponent(Row):
    """One entry point of one package: activity, service, receiver, provider or URL scheme."""

    table: ClassVar[str] = "app_components"

    provider: Annotated[str, "'app'."]
    account: Annotated[str, "Target of the audit that it was read from."]
    app_id: Annotated[str, "The package."]
    application: Annotated[Maybe[str], "Its application id."]
    kind: Annotated[str, "activity, service, receiver, provider, scheme or extension."]
    name: Annotated[str, "Its full name."]
    exported: Annotated[Maybe[bool], "Other apps can reach it."]
    permission: Annotated[Maybe[str], "Permission that they need for it; '' for none."]
    guarded: Annotated[
        Maybe[bool],
        "Not every app gets that permission: it is the platform's, or the package defines it for "
        "its own signer or the system only.",
    ]
    launcher: Annotated[Maybe[bool], "The phone's home screen starts the app by it."] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AppLibrary(Row):
    """One library that one package embeds, as it was found in the package."""

    table: ClassVar[str] = "app_libraries"

    provider: Annotated[str, "'app'."]
    account: Annotated[str, "Target of the audit that it was read from."]
    app_id: Annotated[str, "The package."]
    application: Annotated[Maybe[str], "Its application id."]
    name: Annotated[str, "Name of the library, or path in the package if nobody knows it."]
    version: Annotated[Maybe[str], "Version."]
    owner: Annotated[Maybe[str], "Company that makes it; unknown where the catalogue has none."]
    owner_country: Annotated[Maybe[str], "Its country, by the catalogue."]
    purpose: Annotated[Maybe[str], "advertising, analytics, network, platform and so on."]
    native: Annotated[bool, "It is machine code."]
    digest: Annotated[Maybe[str], "'sha256:' and hex of its file; '' if it is no file."] = ""
    privacy_manifest: Annotated[Maybe[bool], "It brings a privacy manifest; true on Android."] = (
        True
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AppDestination(Row):
    """One host that one package names, or that was seen in recorded traffic of the app."""

    table: ClassVar[str] = "app_destinations"

    provider: Annotated[str, "'app'."]
    account: Annotated[str, "Target of the audit that it was read from."]
    app_id: Annotated[Maybe[str], "The package; '' for traffic that names none."]
    application: Annotated[Maybe[str], "Its application id."]
    host: Annotated[str, "Host name or address, lower case."]
    seen: Annotated[str, "package or traffic."]
    where: Annotated[str, "File in the package, or file of the recording."]
    address: Annotated[Maybe[str], "Address that it had in the recording; '' for none."] = ""
    clear: Annotated[Maybe[bool], "It was named or reached without TLS."] = False
    sent_fields: Annotated[
        Maybe[tuple[str, ...]], "Names of fields that were sent there, sorted; [] if not traffic."
    ] = ()
    sent_bytes: Annotated[Maybe[int], "Bytes that were sent there; 0 if not traffic."] = 0
    country: Annotated[
        Maybe[str], "Derived: country of the address, or of the name's ending; else unknown."
    ] = UNJOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class AppLoader(Row):
    """One place in one package that can load code, or let a page call into the app."""

    table: ClassVar[str] = "app_loaders"

    provider: Annotated[str, "'app'."]
    account: Annotated[str, "Target of the audit that it was read from."]
    app_id: Annotated[str, "The package."]
    application: Annotated[Maybe[str], "Its application id."]
    mechanism: Annotated[str, "Such as DexClassLoader, System.load, dlopen or JavascriptInterface."]
    kind: Annotated[str, "dex, native, script, bridge or plug-in."]
    where: Annotated[str, "File in the package, and class if known."]
