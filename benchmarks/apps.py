"""How much time and memory the examination of a package of 200 MB takes."""

import os
import resource
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from auditor.apps.element import Element
from auditor.demo.apps.android import PACKAGE, tag
from auditor.demo.apps.archives import sign_apk
from auditor.demo.apps.binary_xml import binary_xml
from auditor.demo.apps.dex import dex_file
from auditor.demo.apps.keys import app_signer
from benchmarks.measure import Measure

_SIZE = 200 * 10**6
_DEX_FILES, _METHODS, _CLASSES, _STRINGS = 12, 60_000, 9_000, 50_000
_LIBRARIES, _LIBRARY = 8, 8 * 2**20
_TEXTS, _TEXT = 20, 2**20


def run() -> Iterable[Measure]:
    """Yield CPU time and memory of one examination in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "large.apk")
        _build(path)
        yield Measure(name="package, short of 200 MB", value=_missing(path), limit=0, unit="B")
        program = [sys.executable, "-m", "auditor.apps", str(path)]
        with Path(folder, "stdout").open("wb") as out:
            done = subprocess.Popen(program, stdout=subprocess.PIPE)
            assert done.stdout is not None
            out.write(done.stdout.read())
            _, status, usage = os.wait4(done.pid, 0)
        assert status == 0, "the package was refused"
        yield from _measures(usage)


def _measures(usage: resource.struct_rusage) -> Iterator[Measure]:
    seconds = usage.ru_utime + usage.ru_stime
    yield Measure(name="package of 200 MB examined", value=seconds, limit=60, unit=" CPU-s")
    memory = usage.ru_maxrss / 2**10
    yield Measure(name="memory for a package of 200 MB", value=memory, limit=1024, unit=" MiB")


def _missing(path: Path) -> int:
    return max(0, _SIZE - path.stat().st_size)


def _build(path: Path) -> None:
    """Write a package with code, machine code, texts and media, most of it packed."""
    random = Random(6)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in _files(random):
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=zipfile.ZIP_DEFLATED)
        left = _SIZE - path.stat().st_size
        number = 0
        while left > 0:  # media are packed already
            part = random.randbytes(min(left, 8 * 2**20))
            archive.writestr(zipfile.ZipInfo(f"assets/video{number}.mp4"), part)
            left -= len(part)
            number += 1
    path.write_bytes(sign_apk(path.read_bytes(), app_signer("benchmark")))


def _files(random: Random) -> Iterator[tuple[str, bytes]]:
    yield "AndroidManifest.xml", binary_xml(_manifest())
    for number in range(_DEX_FILES):
        yield f"classes{number + 1 if number else ''}.dex", _dex(number)
    for number in range(_LIBRARIES):
        noise = random.randbytes(_LIBRARY // 2)
        texts = b"".join(
            b"\0symbol_%d\0https://h%d.example.net/p" % (at, at % 50)
            for at in range(_LIBRARY // 90)
        )
        yield f"lib/arm64-v8a/lib{number}.so", b"\x7fELF" + noise + texts
    for number in range(_TEXTS):
        line = '{"url": "https://cdn%d.example.org/a", "text": "' + "some words " * 20 + '"}\n'
        text = "".join(line % at for at in range(_TEXT // len(line)))
        yield f"assets/data{number}.json", text.encode()


def _dex(number: int) -> bytes:
    return dex_file(
        classes=[f"com.part{number}.group{at % 90}.Class{at}" for at in range(_CLASSES)]
        + [f"{PACKAGE}.MainActivity"] * (number == 0),
        calls=[
            (f"com.part{number}.group{at % 90}.Class{at % _CLASSES}", f"method{at}")
            for at in range(_METHODS)
        ],
        strings=[f"text {number} {at} as long as texts in code are" for at in range(_STRINGS)]
        + [f"https://api{number}.example.com/v1"],
    )


def _manifest() -> Element:
    application = tag("application", (tag("activity", name=".MainActivity", exported=True),))
    return tag("manifest", (application,), package=PACKAGE, versionName="1", versionCode=1)
