"""An archive gives a bundle and nothing else: no file elsewhere, no link, no bomb."""

import gzip
import io
import stat
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.errors import BundleError
from auditor.verify import opened_bundle, verify_bundle
from auditor.verify.archive import ArchiveLimits
from tests.fakes_bundle import write_bundle

SMALL = ArchiveLimits(files=50, total=2**20, ratio=20, free=2**16)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed bundle to pack."""
    return write_bundle(tmp_path_factory.mktemp("packed") / "audit-1")


def tar_of(bundle: Path, under: str = "audit-1") -> bytes:
    """A bundle as a tar, in a folder or, with an empty name, at the top."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.add(bundle, arcname=under or ".")
    return out.getvalue()


def zip_of(bundle: Path) -> bytes:
    """A bundle as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(bundle.rglob("*")):
            archive.write(path, path.relative_to(bundle.parent))
    return out.getvalue()


PACKERS: dict[str, Callable[[Path], bytes]] = {
    "tar": tar_of,
    "flat.tar": lambda bundle: tar_of(bundle, ""),
    "tar.gz": lambda bundle: gzip.compress(tar_of(bundle)),
    "tar.zst": lambda bundle: zstandard.compress(tar_of(bundle)),
    "zip": zip_of,
}


@pytest.mark.parametrize("kind", PACKERS)
def test_an_archive_verifies_like_its_folder(bundle: Path, tmp_path: Path, kind: str) -> None:
    """Whatever it is packed with, and whether or not its files are in a folder."""
    path = tmp_path / f"audit.{kind}"
    path.write_bytes(PACKERS[kind](bundle))

    assert [s.held for s in verify_bundle(path)] == [s.held for s in verify_bundle(bundle)]


def faults_of(path: Path, limits: ArchiveLimits = SMALL) -> str:
    """What is wrong with an archive; nothing of it may be left anywhere."""
    before = set(path.parent.parent.rglob("*"))
    with opened_bundle(path, limits) as (folder, faults):
        kinds = {stat.S_IFMT(item.lstat().st_mode) for item in folder.rglob("*")}
        assert kinds <= {stat.S_IFREG, stat.S_IFDIR}
    assert not folder.exists()
    assert set(path.parent.parent.rglob("*")) == before
    return "\n".join(faults)


def member(name: str, content: bytes = b"x", kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    """A tar entry."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.type, entry.linkname = len(content), kind, "/etc/passwd"
    return entry


def write_tar(path: Path, entries: list[tarfile.TarInfo], content: bytes = b"x") -> Path:
    """A tar with entries that no honest tool would write."""
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        for entry in entries:
            entry.size = len(content) if entry.isreg() else 0
            archive.addfile(entry, io.BytesIO(content) if entry.isreg() else None)
    return path


BAD_NAMES = (
    "../outside",
    "a/../../outside",
    "/tmp/auditor-absolute",
    "a/./b",
    "a//b",
    "..",
    "C:\\windows",
    "a\\..\\b",
    "a\u202eb",
    "nul",
    "a\nb",
    "x" * 5000,
)


@pytest.mark.parametrize("name", BAD_NAMES)
def test_names_that_lead_elsewhere_are_named_and_not_written(tmp_path: Path, name: str) -> None:
    """In a tar and in a zip."""
    (tmp_path / "in").mkdir()
    tar = write_tar(tmp_path / "in" / "bad.tar", [member(name)])
    packed = tmp_path / "in" / "bad.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"x")

    for path in (tar, packed):
        fault = faults_of(path)
        assert fault
        assert fault.replace("…", "").isascii()
        assert verify_bundle(path)[0].held is False
    assert not Path("/tmp/auditor-absolute").exists()


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE]
)
def test_links_and_devices_are_named_and_not_made(tmp_path: Path, kind: bytes) -> None:
    """Nor can a file be written through a link that came before it."""
    (tmp_path / "in").mkdir()
    entries = [member("report.html", kind=kind), member("report.html/x"), member("ok")]
    fault = faults_of(write_tar(tmp_path / "in" / "links.tar", entries))

    assert "'report.html': is a link or a device" in fault


def test_a_link_in_a_zip_is_named(tmp_path: Path) -> None:
    """It is an ordinary entry with a mode."""
    (tmp_path / "in").mkdir()
    entry = zipfile.ZipInfo("link")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "in" / "link.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, "/etc/passwd")

    assert "'link': is a link or a device" in faults_of(path)


@pytest.mark.parametrize("second", ["results.json", "RESULTS.json", "./results.json"])
def test_a_name_that_comes_twice_is_named(tmp_path: Path, second: str) -> None:
    """Two readers might take two different files."""
    (tmp_path / "in").mkdir()
    entries = [member("results.json"), member(second)]

    assert "is in the archive twice" in faults_of(write_tar(tmp_path / "in" / "twice.tar", entries))


def test_a_file_that_is_also_a_folder_is_named(tmp_path: Path) -> None:
    """Such an archive is broken, whatever was meant."""
    (tmp_path / "in").mkdir()
    path = write_tar(tmp_path / "in" / "both.tar", [member("a"), member("a/b")])

    assert "the archive is damaged" in faults_of(path)


@pytest.mark.parametrize("kind", ["tar", "tar.gz", "tar.zst", "zip"])
def test_bombs_are_refused_before_they_fill_the_disk(tmp_path: Path, kind: str) -> None:
    """By what they unpack to, whatever they say of themselves."""
    (tmp_path / "in").mkdir()
    zeros = bytes(5 * 2**20)
    plain = write_tar(tmp_path / "in" / "bomb", [member("zeros")], zeros).read_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", zeros)
    packed = {
        "tar": plain,
        "tar.gz": gzip.compress(plain),
        "tar.zst": zstandard.compress(plain),
        "zip": out.getvalue(),
    }
    path = tmp_path / "in" / f"bomb.{kind}"
    path.write_bytes(packed[kind])

    assert "refused as a bomb" in faults_of(path)


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    """Empty files cost nothing to pack."""
    (tmp_path / "in").mkdir()
    path = write_tar(tmp_path / "in" / "many.tar", [member(f"f{n}") for n in range(60)], b"")

    assert "too many entries" in faults_of(path)


def test_a_header_that_asks_for_much_memory_is_refused(tmp_path: Path) -> None:
    """An extended header is read at once, so its length is an attack."""
    (tmp_path / "in").mkdir()
    header = member("x", kind=tarfile.XHDTYPE)
    header.size = 2**33
    path = tmp_path / "in" / "header.tar.gz"
    path.write_bytes(gzip.compress(header.tobuf(tarfile.GNU_FORMAT) + bytes(2**20)))

    assert "header of excessive length" in faults_of(path)


@pytest.mark.parametrize("version", ["0.1", "1.0"])
def test_a_sparse_file_is_refused_before_its_map_fills_the_memory(
    tmp_path: Path, version: str
) -> None:
    """Every number of the map becomes an object in memory; zeros pack to next to nothing."""
    entry = tarfile.TarInfo("results.json")
    major, minor = version.split(".")
    entry.pax_headers = {"GNU.sparse.major": major, "GNU.sparse.minor": minor}
    for numbers, said in ((1, "not supported"), (2**20, "header of excessive length")):
        entry.pax_headers["GNU.sparse.map"] = ",".join(["0"] * 2 * numbers)
        content = b"%d\n" % numbers + b"0\n" * 2 * numbers
        if version == "1.0":
            del entry.pax_headers["GNU.sparse.map"]
        else:
            entry.pax_headers |= {"GNU.sparse.numblocks": "1", "GNU.sparse.size": "1"}
        entry.size = len(content)
        path = tmp_path / "a" / f"sparse-{numbers}.tar.zst"
        path.parent.mkdir(exist_ok=True)
        packed = entry.tobuf(tarfile.PAX_FORMAT) + content + b"\0" * (-len(content) % 512 + 1024)
        path.write_bytes(zstandard.compress(packed))
        limits = ArchiveLimits(files=50, total=2**30, free=2**30)
        assert said in faults_of(path, limits)


def test_headers_are_forgotten_with_their_entry(tmp_path: Path) -> None:
    """A global header would be copied into every later entry, however many there are."""
    path = tmp_path / "a" / "global.tar"
    path.parent.mkdir()
    with path.open("wb") as file:
        for number in range(40):
            keys = b"".join(b"12 %07x=\n" % (number * 20_000 + i) for i in range(20_000))
            entry = tarfile.TarInfo("global")
            entry.type, entry.size = tarfile.XGLTYPE, len(keys)
            file.write(entry.tobuf() + keys + b"\0" * (-len(keys) % 512))
            file.write(tarfile.TarInfo(f"file-{number}").tobuf())
        file.write(b"\0" * 1024)
    tracemalloc.start()
    faults_of(path, ArchiveLimits(files=50, total=2**30, free=2**30))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 64 * 2**20


def test_a_window_that_asks_for_much_memory_is_refused(tmp_path: Path) -> None:
    """zstd's long mode makes the reader allocate what the writer says."""
    (tmp_path / "in").mkdir()
    parameters = zstandard.ZstdCompressionParameters(window_log=27, enable_ldm=True)
    compressor = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    path = tmp_path / "in" / "window.tar.zst"
    path.write_bytes(compressor.compress(bytes(2**20)) + compressor.flush())

    assert "the archive is damaged" in faults_of(path)


@pytest.mark.parametrize("kind", PACKERS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(place=st.floats(0, 1, exclude_max=True), value=st.integers(0, 255), cut=st.booleans())
def test_a_damaged_archive_never_ends_in_a_traceback(
    bundle: Path, tmp_path: Path, kind: str, place: float, value: int, cut: bool
) -> None:
    """Either the bundle still is whole, or a step says what is wrong."""
    content = bytearray(PACKERS[kind](bundle))
    at = int(place * len(content))
    content = content[:at] if cut else content[:at] + bytes([value]) + content[at + 1 :]
    path = tmp_path / "damaged"
    path.write_bytes(content)

    assert len(verify_bundle(path)) == 8


def test_what_is_neither_folder_nor_archive(tmp_path: Path) -> None:
    """Nothing at all is a mistake of the user; any bytes are a bundle that does not hold."""
    with pytest.raises(BundleError, match="neither a folder nor an archive"):
        verify_bundle(tmp_path / "missing")

    (tmp_path / "junk").write_bytes(b"junk" * 1000)
    assert not any(step.held for step in verify_bundle(tmp_path / "junk"))
