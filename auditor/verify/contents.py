"""The files of a bundle as a verifier sees them, and steps 1 and 2: they are there, unchanged."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from auditor.envelope import files
from auditor.errors import SignatureError
from auditor.verify.steps import Step, fails, holds

REQUIRED = (files.SUMS, files.SUMS_SIGNATURE, files.STATEMENT, files.SIGNER)
_LARGEST_SEAL = 64 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The plain files of a bundle, what is listed, and what is wrong with either."""

    folder: Path
    present: Mapping[str, Path]
    listed: Mapping[str, str]  # digest by name, from SHA256SUMS; not trusted before step 3
    faults: tuple[str, ...]

    def read(self, name: str) -> bytes:
        """The bytes of one of the files that seal a bundle.

        Raises:
            SignatureError: it is missing, unreadable or larger than such a file can be.
        """
        try:
            with self.present[name].open("rb") as file:
                content = file.read(_LARGEST_SEAL + 1)
        except KeyError as error:
            raise SignatureError(f"{name}: missing") from error
        except OSError as error:
            raise SignatureError(f"{name}: cannot be read: {error.strerror}") from error
        if len(content) > _LARGEST_SEAL:
            raise SignatureError(f"{name}: longer than {_LARGEST_SEAL} bytes")
        return content


def open_contents(folder: Path, unpacking_faults: tuple[str, ...] = ()) -> Contents:
    """List a folder and read its SHA256SUMS; whatever is wrong becomes a fault."""
    listing = files.list_files(folder)
    contents = Contents(
        folder=folder,
        present=listing.files,
        listed={},
        faults=(*unpacking_faults, *listing.faults),
    )
    try:
        listed, faults = files.parse_sums(contents.read(files.SUMS))
    except SignatureError as error:
        # That SHA256SUMS is missing is named by step 1; any other trouble with it only here.
        listed, faults = {}, () if files.SUMS not in listing.files else (str(error),)
    return Contents(
        folder=folder,
        present=listing.files,
        listed=listed,
        faults=(*contents.faults, *faults),
    )


def check_files(contents: Contents) -> Step:
    """Step 1: each listed file is there, and nothing else is, by safe names and as plain files."""
    expected = {*contents.listed, *REQUIRED}
    faults = [
        *contents.faults,
        *(f"{files.shown(name)}: missing" for name in sorted(expected - {*contents.present})),
        *(
            f"{files.shown(name)}: in the bundle but not in {files.SUMS}"
            for name in sorted({*contents.present} - {*contents.listed} - files.NOT_SUMMED)
        ),
        *(
            f"{name}: must not be listed in {files.SUMS}"
            for name in sorted(files.NOT_SUMMED & {*contents.listed})
        ),
    ]
    if faults:
        return fails(1, faults)
    return holds(1, f"{len(contents.present)} files, all plain, all listed, none missing")


def check_digests(contents: Contents) -> Step:
    """Step 2: each listed file has the SHA-256 digest that SHA256SUMS gives."""
    faults = []
    for name, expected in sorted(contents.listed.items()):
        path = contents.present.get(name)
        if path is None:
            continue  # step 1 named it
        try:
            actual = files.digest_file(path)
        except OSError as error:
            faults.append(f"{name}: cannot be read: {error.strerror}")
            continue
        if actual != expected:
            faults.append(f"{name}: is not the file that was listed (digest {actual})")
    if faults:
        return fails(2, faults)
    if not contents.listed:
        return fails(2, (f"{files.SUMS} lists no files",))
    return holds(2, f"{len(contents.listed)} digests hold")
