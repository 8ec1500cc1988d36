"""What the code of an Android package is made of, where it reaches, and what else it can load."""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from auditor.apps import loading
from auditor.apps.archive import Archive
from auditor.apps.catalogue import Known, load_catalogue
from auditor.apps.contents import File, add_destinations, read_through
from auditor.apps.dex import read_dex
from auditor.apps.facts import Facts
from auditor.apps.hosts import Hosts
from auditor.apps.strings import StringPool
from auditor.errors import PackageError
from auditor.model import Json

_DEX = re.compile(r"(?:[^/]+/dex/)?classes\d*\.dex")
_NATIVE = re.compile(r"(?:[^/]+/)?lib/[^/]+/[^/]+\.so")
_MAVEN = re.compile(r"(?:[^/]+/root/)?META-INF/([^/_]+)_([^/]+)\.version")
_PLAY = re.compile(r"(?:[^/]+/root/)?([a-z][a-z0-9-]+)\.properties")
_MOST_VERSION = 4096
# How files start whose strings stand in a pool, glued to their lengths, and where it is.
_POOLS = {b"\x03\x00\x08\x00": 8, b"\x02\x00\x0c\x00": 12}
_ENDINGS = frozenset(
    [
        "com",
        "org",
        "net",
        "io",
        "cn",
        "ru",
        "de",
        "fr",
        "uk",
        "jp",
        "kr",
        "in",
        "co",
        "me",
        "app",
        "dev",
        "im",
        "tv",
        "us",
        "eu",
    ]
)
_OBFUSCATED = 2  # longest part of a name that a shrinker gives


@dataclass(slots=True)
class _Classes:
    """Libraries by the classes that a package defines."""

    known: dict[str, Known] = field(default_factory=dict)
    prefixes: dict[str, set[str]] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    renamed: int = 0
    missing: set[str] = field(default_factory=set)

    def take(self, names: Iterable[str], own: str) -> None:
        """Take the classes of one file.

        Args:
            own: prefix of the application's own classes.
        """
        catalogue = load_catalogue()
        for name in names:
            self.missing.discard(name)
            found = catalogue.of_class(name)
            if found:
                self.known[found[1].name] = found[1]
                self.prefixes.setdefault(found[1].name, set()).add(found[0])
                continue
            parts = name.split(".")
            if f"{name}.".startswith(own):
                continue
            if len(parts) > 2 and parts[0] in _ENDINGS and len(parts[1]) > _OBFUSCATED:  # noqa: PLR2004
                self.others.add(".".join(parts[:2]))
            elif len(parts[0]) <= _OBFUSCATED:
                self.renamed += 1


def add_code(
    archive: Archive, facts: Facts, package: str, components: Set[str], split: bool
) -> None:
    """Add libraries, destinations and ways to load code; say whether the code could be read.

    Args:
        package: the application id.
        components: classes that the package must define if its code can be read.
        split: it is one part of an app, whose code may be in another.

    Raises:
        PackageError: its code, or a file in it, is malformed.
    """
    hosts, classes = Hosts(), _Classes(missing=set(components))
    own = ".".join(package.split(".")[:2]) + "."
    codes = [name for name in archive.entries if _DEX.fullmatch(name)]
    for name in codes:
        code = read_dex(archive.read(name), name)
        hosts.search(code.strings, name)
        classes.take(code.classes, own)
        _add_loaders(facts, loading.from_calls(code.calls), name)
    packers = []
    for name in archive.entries:
        if name in codes:
            continue
        file = read_through(archive, name, hosts)
        if file.start[:4] in _POOLS:
            _search_pool(archive, name, hosts, _POOLS[file.start[:4]])
        packer = load_catalogue().packers.get(PurePosixPath(name).name)
        packers += [f"{packer.name} ({name})"] if packer else []
        _add_file(archive, facts, file)
    _add_libraries(facts, classes)
    hidden = bool(components) and classes.missing >= set(components) and not split
    facts.say("readable", not (packers or hidden))
    facts.notes += [f"packed by {each}" for each in packers]
    facts.notes += [f"{each} is declared, and defined nowhere" for each in sorted(classes.missing)]
    add_destinations(hosts, facts)


def _add_libraries(facts: Facts, classes: _Classes) -> None:
    named = {str(part["name"]) for part in facts.parts.get("parts", ())}
    for name, known in classes.known.items():
        # Parts with names of their own stand in lists of parts by these, not by the maker's.
        apart = any(part.startswith(tuple(classes.prefixes[name])) for part in named)
        facts.add("libraries", library(name, known, apart=apart))
    for name in classes.others:
        facts.add("libraries", library(name, None))
    if classes.renamed:
        facts.notes.append(
            f"{classes.renamed} classes have names that a shrinker gave: nobody can say whose"
        )


def library(
    name: str, known: Known | None, *, native: bool = False, digest: str = "", apart: bool = False
) -> Mapping[str, Json]:
    """Return the row of one library; None stands for what nobody knows.

    Args:
        apart: the package names parts of it, too.
    """
    return {
        "name": name,
        "version": None,
        "owner": known.owner if known else None,
        "owner_country": (known.country or None) if known else None,
        "purpose": known.purpose if known else None,
        "native": native,
        "digest": digest,
        "privacy_manifest": True,
        "apart": apart,
    }


def _add_file(archive: Archive, facts: Facts, file: File) -> None:
    """Add what one file, other than byte code of the app itself, is."""
    if _NATIVE.fullmatch(file.name):
        known = load_catalogue().files.get(PurePosixPath(file.name).name)
        row = library(file.name, known, native=True, digest=file.digest)
        facts.add("libraries", row)
        return
    if match := _MAVEN.fullmatch(file.name):
        version = _line(archive, file.name)
        _add_component(facts, match[1], match[2], version)
    elif match := _PLAY.fullmatch(file.name):
        _add_play_component(archive, facts, file.name)
    found = loading.from_file(file.name, file.start)
    if found:
        _add_loaders(facts, [found], file.name)


def _line(archive: Archive, name: str) -> str:
    if archive.entries[name].size > _MOST_VERSION:
        return ""
    return archive.read(name).decode("utf-8", "replace").strip().partition("\n")[0].strip()


def _add_play_component(archive: Archive, facts: Facts, name: str) -> None:
    """Take what Google's libraries say in files such as ``play-services-base.properties``."""
    if archive.entries[name].size > _MOST_VERSION:
        return
    text = archive.read(name).decode("utf-8", "replace")
    said = dict(line.partition("=")[::2] for line in text.splitlines() if "=" in line)
    if "client" in said and "version" in said:
        group = "firebase" if said["client"].startswith("firebase") else "android.gms"
        _add_component(facts, f"com.google.{group}", said["client"], said["version"])


def _add_component(facts: Facts, group: str, artifact: str, version: str) -> None:
    purl = f"pkg:maven/{group}/{artifact}" + (f"@{version}" if version else "")
    facts.add("parts", {"name": f"{group}:{artifact}", "version": version, "purl": purl})


def _search_pool(archive: Archive, name: str, hosts: Hosts, start: int) -> None:
    """Search the strings of binary XML or of a resource table."""
    data = archive.read(name)
    end = start + int.from_bytes(data[start + 4 : start + 8], "little")
    pool = StringPool(data, start, end)
    lines: list[bytes] = []
    total = 0
    for index in range(pool.count):
        lines.append(pool[index].encode("utf-8", "replace"))
        total += len(lines[-1])
        if total > 4 * len(data):
            raise PackageError(f"the strings of {name!a} overlap")
    hosts.search(b"\0".join(lines) + b"\0", name)


def _add_loaders(facts: Facts, several: Iterable[tuple[str, str]], where: str) -> None:
    for mechanism, kind in several:
        facts.add("loaders", {"mechanism": mechanism, "kind": kind, "where": where})
