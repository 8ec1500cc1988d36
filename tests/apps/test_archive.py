"""Archives that could be read in two ways, or that grow, are refused; nothing is written."""

import io
import struct
import warnings
import zipfile
import zlib
from typing import Any

import pytest

from auditor.apps.archive import CHUNK, Archive
from auditor.errors import PackageError


def zipped(*files: tuple[str, bytes], packed: bool = True) -> bytes:
    """Return an archive of files, which may have the same names."""
    written = io.BytesIO()
    kind = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with warnings.catch_warnings(), zipfile.ZipFile(written, "w", kind) as archive:
        warnings.simplefilter("ignore")
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=kind)
    return written.getvalue()


def patched(data: bytes, magic: bytes, offset: int, kind: str, value: int) -> bytes:
    """Return an archive with one number of its first header of a kind changed."""
    changed = bytearray(data)
    struct.pack_into(kind, changed, data.index(magic) + offset, value)
    return bytes(changed)


LOCAL, CENTRAL, END = b"PK\3\4", b"PK\1\2", b"PK\5\6"
ONE = zipped(("a.txt", b"hello" * 100))
TWO = zipped(("a.txt", b"hello" * 100), ("b.txt", b"world"))


def test_content_comes_back() -> None:
    """What was packed is read, packed or not, in parts."""
    content = bytes(range(256)) * 8192
    for packed in (True, False):
        archive = Archive(zipped(("a/b.bin", content), ("a/", b""), packed=packed))

        assert list(archive.entries) == ["a/b.bin"]
        assert archive.read("a/b.bin") == content
        assert max(map(len, archive.chunks("a/b.bin"))) <= CHUNK


def test_sizes_that_follow_the_data_are_read() -> None:
    """Packers that write to a pipe put the sizes behind the data."""
    written = io.BytesIO()

    class Pipe(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            return written.write(data)

    with zipfile.ZipFile(Pipe(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"hello" * 100)

    assert Archive(written.getvalue()).read("a.txt") == b"hello" * 100


HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "no ZIP archive"),
    "no archive": (b"PK is not enough" * 10, "no ZIP archive"),
    "cut short": (ONE[:-30], "no ZIP archive"),
    "data behind": (ONE + b"x", "no ZIP archive"),
    "data before": (b"xxxx" + ONE, "not where its end says"),
    "two ends": (
        patched(ONE, END, 20, "<H", 22) + END + bytes(18),
        "two ends",
    ),
    "zip64": (patched(ONE, END, 16, "<I", 0xFFFFFFFF), "Zip64"),
    "split": (patched(ONE, END, 4, "<H", 1), "split"),
    "encrypted": (patched(ONE, CENTRAL, 8, "<H", 1), "encrypted"),
    "hidden directory": (patched(ONE, CENTRAL, 8, "<H", 1 << 13), "encrypted"),
    "another method": (patched(ONE, CENTRAL, 10, "<H", 12), "no installer"),
    "stored with two sizes": (patched(ONE, CENTRAL, 10, "<H", 0), "no installer"),
    "symbolic link": (
        patched(patched(ONE, CENTRAL, 4, "<H", 0x0314), CENTRAL, 38, "<I", 0o120777 << 16),
        "symbolic link",
    ),
    "other name in the header": (ONE.replace(b"a.txt", b"b.txt", 1), "differs from the directory"),
    "other size in the header": (patched(ONE, LOCAL, 22, "<I", 1), "differs from the directory"),
    "other method in the header": (patched(ONE, LOCAL, 8, "<H", 0), "differs from the directory"),
    "no header": (patched(ONE, CENTRAL, 42, "<I", 5), "differs from the directory"),
    "header outside": (patched(ONE, CENTRAL, 42, "<I", 1 << 30), "outside of the file"),
    "two of one name": (zipped(("m.xml", b"one"), ("m.xml", b"two")), "two entries of the name"),
    "file and folder": (zipped(("m", b"one"), ("m/", b"")), "two entries of the name"),
    "overlapping": (
        patched(TWO, CENTRAL, 20, "<I", 60).replace(
            struct.pack("<I", len(zlib.compress(b"hello" * 100)) - 6), struct.pack("<I", 60), 1
        ),
        "overlap",
    ),
    "wrong checksum": (
        patched(patched(ONE, CENTRAL, 16, "<I", 7), LOCAL, 14, "<I", 7),
        "not what the directory says",
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_doubtful_archives_are_refused(case: str) -> None:
    """Each trick has a message of its own."""
    data, message = HOSTILE[case]

    with pytest.raises(PackageError, match=message):
        Archive(data).read("a.txt")


@pytest.mark.parametrize(
    "name",
    ["../a", "/a", "a/../b", "a\\b", "C:/a", "a//b", "./a", "a\nb", "x" * 2000],
    ids=lambda name: repr(name[:10]),
)
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    """Whoever unpacked it would write where its author wants."""
    with pytest.raises(PackageError, match="name"):
        Archive(zipped((name, b"x")))


def test_a_nul_in_a_name_is_refused() -> None:
    """Readers written in C would see another name."""
    with pytest.raises(PackageError, match="control character"):
        Archive(ONE.replace(b"a.txt", b"a\0txt"))


def test_a_bomb_is_refused_by_what_it_declares() -> None:
    """A hundred megabytes of zeros are never unpacked."""
    with pytest.raises(PackageError, match="bomb"):
        Archive(zipped(("a", bytes(100 * 2**20))))


def test_a_bomb_is_refused_by_what_it_holds() -> None:
    """No more is unpacked than was declared, however much there is."""
    honest = zipped(("a", bytes(50 * 2**20)))
    lying = patched(patched(honest, CENTRAL, 24, "<I", 1000), LOCAL, 22, "<I", 1000)
    archive = Archive(lying)

    with pytest.raises(PackageError, match="not what the directory says"):
        list(archive.chunks("a"))


def test_many_small_bombs_are_refused_together() -> None:
    """The ratio of the whole counts, too."""
    several = zipped(*((str(number), bytes(60 * 2**20)) for number in range(2)))

    with pytest.raises(PackageError, match="unpacks to"):
        Archive(several)


def test_packed_data_that_end_early_are_refused() -> None:
    """Half a stream is not half a file."""
    entry = zipped(("a", b"hello" * 1000))
    start = 30 + 1
    changed = bytearray(entry)
    changed[start + 4 : start + 12] = b"\xff" * 8

    with pytest.raises(PackageError):
        Archive(bytes(changed)).read("a")


def test_large_files_are_not_read_whole() -> None:
    """Whoever reads a file whole says how large it may be."""
    with pytest.raises(PackageError, match="larger than 10 bytes"):
        Archive(ONE).read("a.txt", 10)
