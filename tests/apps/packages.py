"""Packages that tests take apart, change and put together again."""

import base64
import hashlib
import io
import zipfile
from collections.abc import Mapping
from functools import cache
from typing import Any

from auditor.apps.examination import examine_content
from auditor.demo.apps.android import breached_apk, sound_apk
from auditor.demo.apps.archives import archive_of, sign_apk
from auditor.demo.apps.ios import ipa
from auditor.demo.apps.keys import AppSigner, app_signer
from auditor.demo.apps.messages import detached_message


@cache
def signer(name: str = "Tester") -> AppSigner:
    """Return somebody who signs."""
    return app_signer(name)


@cache
def sound() -> bytes:
    """Return a package with nothing wrong."""
    return sound_apk(signer())


@cache
def breached() -> bytes:
    """Return a package with everything wrong."""
    return breached_apk(signer())


@cache
def iphone() -> bytes:
    """Return a package of iOS."""
    return ipa(signer())


def files_of(package: bytes) -> dict[str, bytes]:
    """Return the content of every entry."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_files(package: bytes, files: Mapping[str, bytes], *, signed: bool = True) -> bytes:
    """Return an Android package with some files in place of its own, signed anew."""
    whole = archive_of({**files_of(package), **files})
    return sign_apk(whole, signer()) if signed else whole


def apk(package: bytes) -> dict[str, Any]:
    """Examine a package of Android."""
    return examine_content(package, "apk")


def jar_signed(files: Mapping[str, bytes], who: AppSigner, **attributes: str) -> dict[str, bytes]:
    """Return files with the signature of a JAR.

    Args:
        attributes: further lines of the signature file's main section, '_' for '-'.
    """
    manifest = "Manifest-Version: 1.0\r\n\r\n" + "".join(
        f"{_folded(f'Name: {name}')}\r\nSHA-256-Digest: {_coded(content)}\r\n\r\n"
        for name, content in files.items()
    )
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in attributes.items())
    text = (
        f"Signature-Version: 1.0\r\nSHA-256-Digest-Manifest: {_coded(manifest.encode())}\r\n{more}"
        "\r\n"
    ).encode()
    return {
        **files,
        "META-INF/MANIFEST.MF": manifest.encode(),
        "META-INF/CERT.SF": text,
        "META-INF/CERT.EC": detached_message(text, who),
    }


def _coded(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def _folded(line: str) -> str:
    parts = [line[:70], *(line[at : at + 69] for at in range(70, len(line), 69))]
    return "\r\n ".join(parts)
