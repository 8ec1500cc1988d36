"""Examines one file of a folder of packages, whatever it is."""

import hashlib
import mmap
from pathlib import Path

from auditor.apps.android import examine_aab, examine_apk
from auditor.apps.archive import CHUNK, Archive, Buffer
from auditor.apps.facts import Facts
from auditor.apps.forms import PLATFORMS
from auditor.apps.ios import examine_ipa
from auditor.errors import PackageError
from auditor.model import Json

MOST_BYTES = 4 * 2**30  # of a package
_EXAMINERS = {"apk": examine_apk, "aab": examine_aab, "ipa": examine_ipa}


def examine(path: Path) -> dict[str, Json]:
    """Return the facts about a package as JSON.

    The member ``app`` holds columns of the table ``apps``, null where ``unknown`` says why not;
    ``permissions``, ``entry_points``, ``libraries``, ``destinations`` and ``loaders`` hold rows of
    the other tables, ``parts`` components of the package, ``aside`` names that are no
    destinations, ``notes`` sentences.

    Raises:
        PackageError: it is hostile or broken, or no package.
        OSError: it cannot be read.
    """
    form = path.suffix.lower().removeprefix(".")
    if form not in _EXAMINERS:
        raise PackageError(f"{path.name!a} is no package that is read: .apk, .aab or .ipa")
    size = path.stat().st_size
    if not 0 < size <= MOST_BYTES:
        raise PackageError(f"it has {size} bytes: it is empty, or larger than any package")
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return examine_content(data, form)


def examine_content(data: Buffer, form: str) -> dict[str, Json]:
    """Return the facts about a package of a form: apk, aab or ipa.

    Raises:
        PackageError: it is hostile or broken.
    """
    facts = Facts()
    facts.say("platform", PLATFORMS[form])
    facts.say("form", form)
    facts.say("size_bytes", len(data))
    facts.say("digest", digest_of(data))
    _EXAMINERS[form](Archive(data), facts)
    return facts.as_json()


def digest_of(data: Buffer) -> str:
    """Return 'sha256:' and the digest of a file, in lower-case hex."""
    digest = hashlib.sha256()
    for start in range(0, len(data), CHUNK):
        digest.update(data[start : start + CHUNK])
    return f"sha256:{digest.hexdigest()}"
