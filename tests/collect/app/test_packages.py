"""Rows about packages: each part in its table, each unknown with its reason."""

import plistlib
from pathlib import Path

import pytest

from auditor.demo.apps.android import tag
from auditor.demo.apps.archives import archive_of
from auditor.demo.apps.binary_xml import binary_xml
from auditor.demo.apps.machine_code import machine_code
from auditor.facts.coverage import cover
from auditor.model import Unknown
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
from auditor.walk import Walk
from tests.collect.app.folders import COLLECTORS, collected, demo_folder, target

BREACHED = "app/android/com.northstar.video/34.2.0/"


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """Rows of the demo's packages."""
    return collected(demo_folder(tmp_path_factory.mktemp("apps")))[0]


def test_ids_are_unique(rows: list[Row]) -> None:
    """Within each table."""
    ids = [(row.table, row.id) for row in rows]

    assert len(set(ids)) == len(ids)


def test_apps(rows: list[Row]) -> None:
    """One row for each package, with what it says of itself."""
    apps = {row.file: row for row in rows if isinstance(row, App)}
    breached = apps["northstar-34.2.0.apk"]

    assert sorted(apps) == ["northstar-34.1.0.apk", "northstar-34.2.0.apk", "northstar-34.2.0.ipa"]
    assert breached.id == BREACHED + breached.digest
    assert breached.account == "phone"
    assert breached.clear_text == ("*.farshore.cn",)
    assert breached.debuggable is True
    assert isinstance(apps["northstar-34.2.0.ipa"].backs_up, Unknown)
    assert breached.evidence


def test_deployments_carry_the_digest(rows: list[Row]) -> None:
    """Provenance names a package by it."""
    apps = {row.id: row.digest for row in rows if isinstance(row, App)}
    live = {row.id: row.digest for row in rows if isinstance(row, Deployment)}

    assert live == apps


def test_parts_of_the_breached_package(rows: list[Row]) -> None:
    """Permissions, entry points, libraries, hosts, loaders and components."""
    own = [row for row in rows if getattr(row, "app_id", "").startswith(BREACHED)]
    libraries = {row.name: row for row in own if isinstance(row, AppLibrary)}
    hosts = {row.host: row for row in own if isinstance(row, AppDestination)}

    assert "android.permission.READ_CONTACTS" in {
        row.name for row in own if isinstance(row, AppPermission)
    }
    assert any(isinstance(row, AppComponent) and row.launcher is True for row in own)
    assert libraries["Pangle"].owner_country == "CN"
    assert isinstance(libraries["com.farshore"].owner, Unknown)
    assert hosts["log.farshore.example.cn"].clear is True
    assert isinstance(hosts["push.farshore.cn"].clear, Unknown)
    assert "DexClassLoader" in {row.mechanism for row in own if isinstance(row, AppLoader)}
    assert "Pangle" in {row.name for row in rows if isinstance(row, Component)}


def test_a_refused_package_leaves_a_gap(tmp_path: Path) -> None:
    """It has no rows, and the coverage says which file, and why."""
    folder = demo_folder(tmp_path / "apps")
    (folder / "evil.apk").write_bytes(archive_of({"a\\b": b""}))
    (folder / "set.apks").write_bytes(b"")
    rows, units = collected(folder)
    (unit,) = [each for each in units if each.collector.kind == "app.packages.package"]
    row = cover(unit, Walk([target(folder)], COLLECTORS))

    assert len([each for each in rows if isinstance(each, App)]) == 3
    assert row.open is True
    assert "evil.apk" in row.reason
    assert "backslash" in row.reason
    assert "set.apks" in row.reason
    assert "apps" in row.tables


def test_what_is_stated_twice_stays_apart(tmp_path: Path) -> None:
    """Two frameworks of one maker are one component; one class declared twice is two entries."""
    twice = tag("activity", name=".Main", exported=False), tag("activity", name=".Main")
    manifest = tag("manifest", (tag("application", twice),), package="a.b")
    (tmp_path / "a.apk").write_bytes(archive_of({"AndroidManifest.xml": binary_xml(manifest)}))
    files = {
        f"Payload/A.app/Frameworks/{name}.framework/{name}": machine_code(strings=[name])
        for name in ("FirebaseCore", "FirebaseAuth")
    }
    info = {"CFBundleExecutable": "A", "CFBundleIdentifier": "a.b"}
    app = {"Payload/A.app/Info.plist": plistlib.dumps(info), "Payload/A.app/A": machine_code()}
    (tmp_path / "a.ipa").write_bytes(archive_of({**app, **files}))
    rows, _ = collected(tmp_path)

    assert len({(row.table, row.id) for row in rows}) == len(rows)
    assert [row.name for row in rows if isinstance(row, Component)] == ["Firebase"]
    assert len([row for row in rows if isinstance(row, AppLibrary)]) == 2
    assert len([row for row in rows if isinstance(row, AppComponent)]) == 1
