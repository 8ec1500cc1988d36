"""Android packages: what the manifest, the resources and the code of one say."""

from typing import Any

import pytest

from auditor.apps.element import Element, Reference, Value
from auditor.apps.examination import examine_content
from auditor.demo.apps.android import PACKAGE, tag
from auditor.demo.apps.archives import archive_of, sign_apk
from auditor.demo.apps.binary_xml import binary_xml, resource_table
from auditor.demo.apps.dex import dex_file
from auditor.errors import PackageError
from tests.apps.bundles import bundle
from tests.apps.packages import apk, breached, signer, sound, with_files


def of(facts: dict[str, Any], part: str, member: str) -> list[Any]:
    """Return one member of each row of a part, sorted."""
    return sorted(row[member] for row in facts.get(part, []))


def made(root: Element, **files: bytes) -> dict[str, Any]:
    """Examine a package with a manifest, and files whose names have '_' for '/' and '.'."""
    entries = {"AndroidManifest.xml": binary_xml(root), **files}
    return apk(sign_apk(archive_of(entries), signer()))


def test_a_sound_package() -> None:
    """Nothing is wrong, and nothing is unknown."""
    facts = apk(sound())

    assert facts["unknown"] == {}
    assert facts["app"]["application"] == PACKAGE
    assert facts["app"]["signature_holds"] is True
    assert facts["app"]["certificates"] == [signer().fingerprint]
    assert facts["app"]["clear_text"] == []
    assert facts["app"]["user_roots"] is False
    assert facts["app"]["readable"] is True
    assert of(facts, "destinations", "host") == ["api.northstar.example.com"]
    assert of(facts, "aside", "host") == ["schemas.android.com"]
    assert of(facts, "loaders", "mechanism") == []


def test_a_package_with_everything_wrong() -> None:
    """Each breach of the demo shows."""
    facts = apk(breached())
    app = facts["app"]

    assert (app["debuggable"], app["backs_up"], app["user_roots"]) == (True, True, True)
    assert app["clear_text"] == ["*.farshore.cn"]
    assert "log.farshore.example.cn" in of(facts, "destinations", "host")
    assert "rt.farshore.cn" in of(facts, "destinations", "host")
    assert {"Pangle", "com.farshore"} <= set(of(facts, "libraries", "name"))
    assert of(facts, "loaders", "mechanism") == [
        "DexClassLoader",
        "addJavascriptInterface",
        "byte code outside of the app's own",
    ]


@pytest.mark.parametrize(
    ("minimum", "target", "clear", "roots"),
    [(28, 35, [], False), (28, 27, ["*"], False), (24, 35, ["*"], False), (23, 35, ["*"], True),
     (21, 23, ["*"], True)],
)  # fmt: skip
def test_clear_text_is_off_or_on_by_default(
    minimum: int, target: int, clear: list[str], roots: bool
) -> None:
    """Where nothing is said, the level that it is made for decides, and that of the phone."""
    levels = tag("uses-sdk", minSdkVersion=minimum, targetSdkVersion=target)
    facts = made(tag("manifest", (levels,), package="a.b"))

    assert (facts["app"]["clear_text"], facts["app"]["user_roots"]) == (clear, roots)


def test_only_an_activity_is_started_by_the_home_screen() -> None:
    """A filter that says so opens a service to everybody."""
    home = tag(
        "intent-filter",
        (
            tag("action", name="android.intent.action.MAIN"),
            tag("category", name="android.intent.category.LAUNCHER"),
        ),
    )
    several = (tag("activity", (home,), name=".A"), tag("service", (home,), name=".S"))
    facts = made(tag("manifest", (tag("application", several),), package="a.b"))

    assert [(row["name"], row["exported"], row["launcher"]) for row in facts["entry_points"]] == [
        ("a.b.A", True, True),
        ("a.b.S", True, False),
    ]


def test_without_a_target_the_minimum_counts() -> None:
    """So it was in the platform from the start."""
    facts = made(tag("manifest", (tag("uses-sdk", minSdkVersion=21),), package="a.b"))

    assert facts["app"]["target_level"] == 21


@pytest.mark.parametrize(
    ("several", "expected"),
    [((True,), True), ((False,), False), ((True, False), None), ((), None)],
    ids=["yes", "no", "either", "missing"],
)
def test_values_in_resources(several: tuple[Value, ...], expected: bool | None) -> None:
    """A value that differs from phone to phone is unknown."""
    root = tag(
        "manifest",
        (tag("application", debuggable=Reference(0x7F010000)),),
        package="a.b",
    )
    table = resource_table({"bool/debug": several}) if several else resource_table({"bool/x": (1,)})
    if not several:
        root.children[0].attributes["debuggable"] = Reference(0x7F010009)
    facts = made(root, **{"resources.arsc": table})

    assert facts["app"]["debuggable"] is expected
    assert ("debuggable" in facts["unknown"]) == (expected is None)


def test_a_configuration_that_is_missing_leaves_it_unknown() -> None:
    """A reference that leads nowhere never passes."""
    application = tag("application", networkSecurityConfig=Reference(0x7F010000))
    facts = made(tag("manifest", (application,), package="a.b"))

    assert facts["app"]["clear_text"] is None
    assert facts["app"]["user_roots"] is None


def test_entry_points() -> None:
    """What is not said follows the platform's defaults."""
    view = tag("intent-filter", (tag("action", name="x"),))
    browsable = tag(
        "intent-filter",
        (
            tag("category", name="android.intent.category.BROWSABLE"),
            tag("data", scheme="northstar", host="open"),
        ),
    )
    application = tag(
        "application",
        (
            tag("activity", name=".Plain"),
            tag("activity", (view,), name=".Filtered"),
            tag("activity", (browsable,), name="Linked", exported=True),
            tag("service", name="c.d.Guarded", exported=True, permission="p"),
            tag("provider", name=".Half", exported=True, readPermission="r"),
            tag("provider", name=".Whole", exported=True, readPermission="r", writePermission="w"),
        ),
    )
    root = tag("manifest", (tag("uses-sdk", targetSdkVersion=35), application), package="a.b")
    rows = {row["name"]: row for row in made(root)["entry_points"]}

    assert {name: row["exported"] for name, row in rows.items()} == {
        "a.b.Plain": False,
        "a.b.Filtered": True,
        "a.b.Linked": True,
        "northstar": True,
        "c.d.Guarded": True,
        "a.b.Half": True,
        "a.b.Whole": True,
    }
    assert rows["c.d.Guarded"]["permission"] == "p"
    assert rows["a.b.Half"]["permission"] == ""
    assert rows["a.b.Whole"]["permission"] == "r w"
    assert rows["northstar"]["kind"] == "scheme"


@pytest.mark.parametrize(
    ("permission", "defined", "expected"),
    [
        pytest.param("p", {"protectionLevel": 2}, True, id="signature"),
        pytest.param("p", {"protectionLevel": 0x12}, True, id="signature or privileged"),
        pytest.param("p", {"protectionLevel": "signature|privileged"}, True, id="in words"),
        pytest.param("p", {"protectionLevel": "0x2"}, True, id="a number as text"),
        pytest.param("p", {"protectionLevel": 0}, False, id="normal"),
        pytest.param("p", {"protectionLevel": 1}, False, id="dangerous"),
        pytest.param("p", {"protectionLevel": "dangerous"}, False, id="dangerous in words"),
        pytest.param("p", {}, False, id="normal by default"),
        pytest.param("p", {"protectionLevel": Reference(1)}, None, id="unread"),
        pytest.param("p", {"protectionLevel": "x"}, None, id="odd"),
        pytest.param("other", {"protectionLevel": 2}, None, id="of another app"),
        pytest.param("android.permission.DUMP", {}, True, id="of the platform"),
        pytest.param("", {}, False, id="none"),
    ],
)
def test_a_permission_guards_if_not_every_app_gets_it(
    permission: str, defined: Any, expected: bool | None
) -> None:
    """Any app may ask for one that is normal, and people grant what is dangerous."""
    service = tag("service", name="a.b.C", exported=True, permission=permission)
    own = tag("permission", name="p", **defined)
    root = tag("manifest", (own, tag("application", (service,))), package="a.b")
    (row,) = made(root)["entry_points"]
    assert row["guarded"] is expected


def test_code_that_is_not_there_is_not_readable() -> None:
    """A packer leaves a loader, and keeps the declared classes elsewhere."""
    loader = dex_file(classes=["com.stub.Loader"])
    hidden = apk(with_files(breached(), {"classes.dex": loader}))
    packed = apk(with_files(breached(), {"lib/arm64-v8a/libjiagu.so": b"\x7fELF"}))

    assert hidden["app"]["readable"] is False
    assert f"{PACKAGE}.MainActivity is declared, and defined nowhere" in hidden["notes"]
    assert packed["app"]["readable"] is False
    assert packed["notes"] == ["packed by 360 Jiagu (lib/arm64-v8a/libjiagu.so)"]


def test_libraries_and_their_versions() -> None:
    """Makers leave version files, and machine code has a digest."""
    facts = apk(
        with_files(
            sound(),
            {
                "META-INF/androidx.core_core-ktx.version": b"1.13.0\n",
                "play-services-base.properties": b"version=18.5.0\nclient=play-services-base\n",
                "odd.properties": b"colour=red\n",
            },
        )
    )

    assert of(facts, "parts", "purl") == [
        "pkg:maven/androidx.core/core-ktx@1.13.0",
        "pkg:maven/com.google.android.gms/play-services-base@18.5.0",
    ]
    apart = {row["name"]: row["apart"] for row in facts["libraries"] if not row["native"]}
    assert apart == {"AndroidX": True, "OkHttp": False}
    native = [row for row in facts["libraries"] if row["native"]]
    assert [row["digest"][:7] for row in native] == ["sha256:"]


def test_renamed_classes_are_counted() -> None:
    """Nobody can say whose code a shrinker has renamed."""
    code = dex_file(classes=[f"{PACKAGE}.MainActivity", "a.a.b", "a.a.c"])

    assert apk(with_files(sound(), {"classes.dex": code}))["notes"][0].startswith("2 classes")


def test_a_bundle() -> None:
    """Bundles have other forms of manifest and signature, and modules."""
    facts = examine_content(bundle(), "aab")

    assert facts["app"]["application"] == "com.example.bundle"
    assert facts["app"]["clear_text"] == ["old.example.org"]
    assert facts["app"]["signature_holds"] is True
    assert facts["app"]["certificates"] == [signer().fingerprint]
    assert of(facts, "permissions", "name") == [
        "android.permission.CAMERA",
        "android.permission.INTERNET",
    ]
    assert of(facts, "destinations", "host") == ["api.example.com"]
    assert of(facts, "parts", "version") == ["1.13.0"]
    assert of(facts, "libraries", "name") == ["base/lib/arm64-v8a/libone.so"]


def test_a_package_without_a_manifest_is_refused() -> None:
    """It is no app."""
    for form in ("apk", "aab"):
        with pytest.raises(PackageError, match=r"AndroidManifest\.xml"):
            examine_content(archive_of({"a": b""}), form)


def test_two_applications_in_one_manifest_are_refused() -> None:
    """Installers read one, and reviewers perhaps the other."""
    root = tag("manifest", (tag("application"), tag("application")), package="a.b")
    with pytest.raises(PackageError, match="two applications"):
        made(root)
