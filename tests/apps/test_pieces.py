"""The catalogue, ways to load code, network rules, the process with limits, and the demo."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.apps import loading
from auditor.apps.catalogue import load_catalogue
from auditor.apps.element import Element, Reference, Value
from auditor.apps.manifest import Manifest
from auditor.apps.network_security import NetworkRules, with_configurations
from auditor.apps.plists import read_plist
from auditor.demo.apps.android import tag
from auditor.demo.apps.archives import archive_of
from auditor.demo.apps.packages import build_packages
from auditor.errors import PackageError
from tests.apps.packages import sound


def test_the_catalogue() -> None:
    """Longest prefixes win, countries are codes, and everybody has an owner and a purpose."""
    catalogue = load_catalogue()
    found = catalogue.of_class("com.google.android.gms.ads.AdView")
    known = [*catalogue.prefixes.values(), *catalogue.frameworks.values()]

    assert found is not None
    assert (found[0], found[1].name) == ("com.google.android.gms.ads", "Google Mobile Ads")
    assert catalogue.of_class("com.nobody.Thing") is None
    assert catalogue.of_class("kotlin") is None
    assert all(each.owner and each.purpose for each in known)
    assert all(each.country == "" or each.country.isupper() for each in known)
    assert all(len(prefix.split(".")) <= 6 for prefix in catalogue.prefixes)


def test_names_in_the_catalogue_are_unique() -> None:
    """A library stands there once."""
    path = Path(load_catalogue.__wrapped__.__code__.co_filename).with_name("catalogue.json")
    names = [each["name"] for each in json.loads(path.read_text(encoding="utf-8"))["libraries"]]

    assert len(names) == len(set(names)) > 100


def test_ways_to_load_code() -> None:
    """By what is called, whoever owns the page that is called into."""
    calls = [
        ("dalvik.system.PathClassLoader", "<init>"),
        ("java.lang.System", "loadLibrary"),
        ("com.example.OwnWebView", "evaluateJavascript"),
        ("com.example.Loader", "load"),
    ]

    assert list(loading.from_calls(calls)) == [
        ("PathClassLoader", "dex"),
        ("evaluateJavascript", "script"),
    ]
    assert loading.from_file("assets/a.png", b"\x89PNG") is None
    assert loading.from_file("assets/a.png", b"dex\n035\0") is not None
    assert loading.from_file("assets/x", bytes.fromhex("c61fbc03c103191f")) is not None


def rules(
    *roots: Element, target: int = 35, minimum: int = 28, **application: Value
) -> NetworkRules:
    """Return what some configurations allow."""
    levels = tag("uses-sdk", minSdkVersion=minimum, targetSdkVersion=target)
    root = tag("manifest", (levels, tag("application", (), **application)))
    return with_configurations(Manifest(root=root, resolve=lambda _: ()), roots)


def configured(*children: Element) -> Element:
    """Return a configuration."""
    return tag("network-security-config", children)


def anchors(*sources: str) -> Element:
    """Return whom an element trusts."""
    return tag("trust-anchors", tuple(tag("certificates", src=each) for each in sources))


def test_network_rules() -> None:
    """Domains inherit, an inner rule decides, and debug rules count for debuggable apps only."""
    inner = tag(
        "domain-config",
        (Element(tag="domain", text=" In.example.org "),),
        cleartextTrafficPermitted=False,
    )
    outer = tag(
        "domain-config",
        (Element(tag="domain", text="out.example.org"), inner),
        cleartextTrafficPermitted=True,
    )
    debug = tag("debug-overrides", (anchors("user"),))
    trusting = tag("domain-config", (anchors("system", "user"),))

    assert rules(configured(outer)).clear_text == ("out.example.org",)
    assert rules(configured(outer), target=27).clear_text == ("*",)
    assert rules(configured(), configured(outer)).clear_text == ("out.example.org",)
    assert rules(configured(debug)).user_roots is False
    assert rules(configured(debug), debuggable=True).user_roots is True
    assert rules(configured(trusting)).user_roots is True
    stated = tag("base-config", (anchors("system"),))
    assert rules(configured(stated), target=23).user_roots is False
    assert rules(configured(), target=23).user_roots is True


def test_old_phones_keep_their_own_rules() -> None:
    """They know no configuration, and no default of later versions."""
    closed = configured(tag("base-config", (anchors("system"),), cleartextTrafficPermitted=False))
    assert rules(closed, minimum=24) == NetworkRules(clear_text=(), user_roots=False)
    assert rules(closed, minimum=23) == NetworkRules(clear_text=("*",), user_roots=True)
    refused = rules(closed, minimum=23, usesCleartextTraffic=False)
    assert refused == NetworkRules(clear_text=(), user_roots=True)
    assert rules(configured(), minimum=27).clear_text == ("*",)


def test_debug_rules_may_count_where_nobody_can_tell() -> None:
    """Whether the app can be debugged stands in resources."""
    debug = configured(tag("debug-overrides", (anchors("user"),)))
    assert rules(debug, debuggable=Reference(7)).user_roots is None


def test_odd_property_lists_are_refused() -> None:
    """With our own error, entities included."""
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a "aaaa">]>'
        b"<plist><dict><key>k</key><string>&a;</string></dict></plist>"
    )
    for data in (b"", b"bplist00", b"<plist><array/></plist>", bomb, b"bplist00" + b"\xff" * 40):
        with pytest.raises(PackageError):
            read_plist(data, "x")


def test_the_process_with_limits(tmp_path: Path) -> None:
    """Facts come with 0, refusals with 3; nothing can be written."""
    (tmp_path / "a.apk").write_bytes(sound())
    (tmp_path / "b.apk").write_bytes(archive_of({"x": b""}))
    (tmp_path / "c.txt").write_bytes(b"")
    said = {}
    for name in ("a.apk", "b.apk", "c.txt"):
        program = [sys.executable, "-m", "auditor.apps", str(tmp_path / name)]
        done = subprocess.run(program, capture_output=True, check=False)
        said[name] = (done.returncode, json.loads(done.stdout))

    assert said["a.apk"][0] == 0
    assert said["a.apk"][1]["app"]["signature_holds"] is True
    assert said["b.apk"] == (3, {"refused": "it has no AndroidManifest.xml"})
    assert said["c.txt"][0] == 3


def test_the_limits_hold(tmp_path: Path) -> None:
    """Under them no file takes a byte."""
    code = (
        "import signal, sys\n"
        "from auditor.apps import __main__ as limited\n"
        "limited.main(sys.argv[1])\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "try:\n"
        "    with open(sys.argv[2], 'wb', buffering=0) as file: file.write(b'x')\n"
        "except OSError as error: sys.stderr.write(f'errno {error.errno}')\n"
    )
    target = tmp_path / "written"
    program = [sys.executable, "-c", code, str(tmp_path / "none.apk"), str(target)]
    done = subprocess.run(program, capture_output=True, check=False)

    assert b"No such file" in done.stdout
    assert b"errno 27" in done.stderr
    assert target.read_bytes() == b""


def test_the_demo_builds_the_same_bytes_each_time(tmp_path: Path) -> None:
    """Digests in the sample report do not move."""
    first, second = build_packages(tmp_path / "one"), build_packages(tmp_path / "two")

    assert first == second
    assert len(first.digests) == 4
    assert first.foreign not in first.pinned
