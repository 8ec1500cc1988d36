"""App packages: what each one is, asks for, holds and talks to.

A package that is refused has no rows, and leaves a gap that names it and the reason.
"""

from collections.abc import Iterator
from dataclasses import replace

from auditor.collect.app.reading import app_id, maybe, shared, texts
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import (
    App,
    AppComponent,
    AppDestination,
    AppLibrary,
    AppLoader,
    AppPermission,
    Component,
    Deployment,
    Row,
)

_NO_VERSION = Unknown("the package does not say which version it embeds")
_UNKNOWN_LIBRARY = Unknown("nobody knows this library: it is not in the catalogue")
_NO_COUNTRY = Unknown("the catalogue names no company that decides over it")
_HIDDEN_FLAG = Unknown("the manifest leaves it open, or says it in resources that differ")
_UNTOLD_LEVEL = Unknown("who gets its permission is for another app to say, or cannot be read")
_NO_SCHEME = Unknown("it is named without a scheme, so that nothing says whether TLS is used")
_LOOSE = Unknown("it is a file of its own, without a folder that could hold a manifest")


def _rows(found: Found) -> Iterator[Row]:
    """Yield every row once; what a package states twice in different ways gets a number."""
    seen: dict[tuple[str, str], list[Row]] = {}
    for row in _every_row(found):
        same = seen.setdefault((row.table, row.id), [])
        if row in same:
            continue
        same.append(row)
        yield row if len(same) == 1 else replace(row, id=f"{row.id}/{len(same)}")


def _every_row(found: Found) -> Iterator[Row]:
    yield _app(found)
    yield _deployment(found)
    yield from _permissions(found)
    yield from _entry_points(found)
    for each in _parts(found, "libraries"):
        yield _library(found, each)
        if not each["apart"]:
            yield _component(found, each["name"], each["version"] or "", "", each["owner"] or "")
    for each in _parts(found, "parts"):
        yield _component(found, each["name"], each["version"], each["purl"], "")
    yield from _destinations(found)
    yield from _loaders(found)


def _app(found: Found) -> App:
    return App(
        **shared(found),
        id=app_id(found),
        platform=found.item["app"]["platform"],
        form=found.item["app"]["form"],
        file=found.parent["file"],
        digest=found.item["app"]["digest"],
        size_bytes=found.item["app"]["size_bytes"],
        application=maybe(found, "application"),
        version=maybe(found, "version"),
        build=maybe(found, "build"),
        certificates=texts(found, "certificates"),
        signature_holds=maybe(found, "signature_holds"),
        minimum_os=maybe(found, "minimum_os"),
        target_os=maybe(found, "target_os"),
        minimum_level=maybe(found, "minimum_level"),
        target_level=maybe(found, "target_level"),
        debuggable=maybe(found, "debuggable"),
        backs_up=maybe(found, "backs_up"),
        clear_text=texts(found, "clear_text"),
        user_roots=maybe(found, "user_roots"),
        privacy_manifest=maybe(found, "privacy_manifest"),
        declared_data=texts(found, "declared_data"),
        tracking_domains=texts(found, "tracking_domains"),
        readable=maybe(found, "readable"),
    )


def _deployment(found: Found) -> Deployment:
    """Return the package as what is in the store: a file names itself, so it cannot move."""
    return Deployment(
        **shared(found),
        id=app_id(found),
        kind="app",
        resource_id=app_id(found),
        name=maybe(found, "application"),
        image=found.parent["file"],
        digest=found.item["app"]["digest"],
        pinned=True,
        signed=True,  # neither Android nor iOS installs a package without a signature
    )


def _permissions(found: Found) -> Iterator[AppPermission]:
    for each in _parts(found, "permissions"):
        yield AppPermission(
            **_within(found),
            id=f"{app_id(found)}/{each['kind']}/{each['name']}/{each['value']}",
            kind=each["kind"],
            name=each["name"],
            value=each["value"],
        )


def _entry_points(found: Found) -> Iterator[AppComponent]:
    for each in _parts(found, "entry_points"):
        yield AppComponent(
            **_within(found),
            id=f"{app_id(found)}/{each['kind']}/{each['name']}",
            kind=each["kind"],
            name=each["name"],
            exported=_HIDDEN_FLAG if each["exported"] is None else each["exported"],
            permission=_HIDDEN_FLAG if each["permission"] is None else each["permission"],
            guarded=_UNTOLD_LEVEL if each.get("guarded") is None else each["guarded"],
            launcher=each["launcher"],
        )


def _library(found: Found, each: Json) -> AppLibrary:
    country = each["owner_country"] or (_NO_COUNTRY if each["owner"] else _UNKNOWN_LIBRARY)
    manifest = each["privacy_manifest"]
    return AppLibrary(
        **_within(found),
        id=f"{app_id(found)}/library/{each['name']}/{each['digest']}",
        name=each["name"],
        version=each["version"] or _NO_VERSION,
        owner=each["owner"] or _UNKNOWN_LIBRARY,
        owner_country=country,
        purpose=each["purpose"] or _UNKNOWN_LIBRARY,
        native=each["native"],
        digest=each["digest"],
        privacy_manifest=_LOOSE if manifest is None else manifest,
    )


def _component(found: Found, name: str, version: str, purl: str, supplier: str) -> Component:
    return Component(
        **shared(found),
        id=f"{app_id(found)}/component/{name}@{version}",
        digest=found.item["app"]["digest"],
        name=name,
        version=version,
        purl=purl,
        supplier=supplier,
        listed=False,
        present=True,
        binary=True,
    )


def _destinations(found: Found) -> Iterator[AppDestination]:
    for each in _parts(found, "destinations"):
        yield AppDestination(
            **_within(found),
            id=f"{app_id(found)}/package/{each['host']}/{each['where']}",
            host=each["host"],
            seen="package",
            where=each["where"],
            clear=_NO_SCHEME if each["clear"] is None else each["clear"],
        )


def _loaders(found: Found) -> Iterator[AppLoader]:
    for each in _parts(found, "loaders"):
        yield AppLoader(
            **_within(found),
            id=f"{app_id(found)}/loader/{each['mechanism']}/{each['where']}",
            mechanism=each["mechanism"],
            kind=each["kind"],
            where=each["where"],
        )


def _parts(found: Found, name: str) -> list[Json]:
    several = found.read(f"item.{name}", absent=[])
    return several if isinstance(several, list) else []


def _within(found: Found) -> dict[str, Json]:
    return {**shared(found), "app_id": app_id(found), "application": maybe(found, "application")}


PACKAGES = Collector(
    kind="app.packages.package",
    service="packages",
    title="packages of phone apps",
    per=(),
    parent=Listing(
        operation="list_files",
        permission="",
        parameters={"of": "packages"},
        items="files",
    ),
    listing=Listing(
        operation="examine_package",
        permission="",
        bind={"file": "parent.file", "digest": "parent.digest"},
    ),
    tables=(
        App,
        AppPermission,
        AppComponent,
        AppLibrary,
        AppDestination,
        AppLoader,
        Component,
        Deployment,
    ),
    rows=_rows,
    source="https://developer.android.com/guide/topics/manifest/manifest-intro",
)
