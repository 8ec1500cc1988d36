"""Signatures of JAR files, in bundles and in old packages."""

import struct

import pytest

from auditor.apps.archive import Archive
from auditor.apps.jar_signing import check_jar
from auditor.demo.apps.archives import archive_of
from auditor.errors import PackageError
from tests.apps.packages import jar_signed, signer

LONG = "a/" + "long-name-" * 12 + "ü.txt"
FILES = {"one.txt": b"one", LONG: b"two"}
SIGNED = jar_signed(FILES, signer())


def checked(files: dict[str, bytes]) -> tuple[bool | None, str]:
    """Return whether the signature of some files holds, and why not."""
    (signature,) = check_jar(Archive(archive_of(files)), newer=False)
    return signature.holds, "; ".join(signature.why)


def test_a_signed_archive() -> None:
    """Names longer than a line are folded."""
    (signature,) = check_jar(Archive(archive_of(SIGNED)), newer=False)

    assert signature.holds is True
    assert signature.certificates == (signer().fingerprint,)


def test_an_unsigned_archive() -> None:
    """There is nothing to say."""
    assert check_jar(Archive(archive_of(FILES)), newer=False) == []


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("one.txt", b"changed", "was changed after it was signed"),
        ("added.txt", b"x", "is not signed"),
        ("META-INF/MANIFEST.MF", SIGNED["META-INF/MANIFEST.MF"] + b"\r\n", "manifest was changed"),
        ("META-INF/CERT.SF", SIGNED["META-INF/CERT.SF"] + b"\r\n", "not by its key"),
        (
            "META-INF/MANIFEST.MF",
            SIGNED["META-INF/MANIFEST.MF"].replace(b"SHA-256-Digest", b"SHA1-Digest"),
            "too weak",
        ),
    ],
    ids=["changed", "added", "manifest", "signature file", "weak digest"],
)
def test_what_does_not_hold(name: str, content: bytes, why: str) -> None:
    """Each way to change a signed archive has its reason."""
    holds, said = checked({**SIGNED, name: content})

    assert holds is False
    assert why in said


def test_a_signature_file_without_a_signature() -> None:
    """Digests alone prove nothing."""
    files = {name: each for name, each in SIGNED.items() if not name.endswith(".EC")}

    assert checked(files) == (False, "a signature file is not signed")


def test_a_malformed_manifest_is_refused() -> None:
    """Two sections about one entry could say two things."""
    twice = SIGNED["META-INF/MANIFEST.MF"] * 2
    for content in (twice, b"Manifest-Version: 1.0\r\n\r\nno colon\r\n"):
        with pytest.raises(PackageError, match="malformed"):
            checked({**SIGNED, "META-INF/MANIFEST.MF": content})


def test_bytes_before_the_first_entry_are_not_signed() -> None:
    """A phone may run them as code: the flaw called Janus."""
    prefix = b"dex\n035\0" + bytes(56)
    package = bytearray(prefix + archive_of(SIGNED))
    end = package.rindex(b"PK\5\6")
    count, start = struct.unpack_from("<H4xI", package, end + 10)
    struct.pack_into("<I", package, end + 16, start + len(prefix))
    at = start + len(prefix)
    for _ in range(count):
        sizes = struct.unpack_from("<HHH", package, at + 28)
        (header,) = struct.unpack_from("<I", package, at + 42)
        struct.pack_into("<I", package, at + 42, header + len(prefix))
        at += 46 + sum(sizes)
    (signature,) = check_jar(Archive(bytes(package)), newer=False)

    assert (signature.holds, signature.why) == (
        False,
        ("bytes that nothing signs stand before its first entry",),
    )
