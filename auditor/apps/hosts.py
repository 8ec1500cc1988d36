"""Finds hosts and addresses that bytes name.

A host counts where it stands in an address with a scheme of the network, or where a whole string is
a name or an address. Whole strings are judged narrowly, since names of packages, files and settings
look alike: 'com.example.net', 'libz.so', 'user.id', '4.12.0.1'. Names of XML vocabularies are
addresses that nobody asks: they are told apart, as are those of the phone itself.
"""

import ipaddress
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote

from auditor.apps import host_words as words

MOST_FINDS = 20_000
OVERLAP = 1024  # bytes that two parts share, so that nothing is cut in two
_URL = re.compile(
    rb"://(?:([^\s/?#\"<>\x00-\x20\x7f]{0,512})@)?"
    rb"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._%{}$()\x80-\xff-]{1,253})"
    rb"((?:/[A-Za-z0-9._-]{0,30}){0,2})"
)
_PLAIN = re.compile(rb"\[.+\]|[A-Za-z0-9._%{}$()-]+")
_EDGE = rb"\x00\s\"'=,;<>()\[\]{}`|"
_NAME = re.compile(
    rb"(?:^|(?<=["
    + _EDGE
    + rb"]))((?:[a-z0-9][a-z0-9-]{0,62}\.){1,8}[a-z]{2,6}|\d{1,3}(?:\.\d{1,3}){3})"
    rb"(?=$|[/:]|[" + _EDGE + rb"])"
)
_WIDE = re.compile(rb"(?:[\x20-\x7e]\x00){6,2000}")
_HOST = re.compile(
    r"(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+"
    r"(?:[a-z]{2,24}|xn--[a-z0-9-]{2,59})\.?"
)
_OLD_ADDRESS = re.compile(
    r"(?:0x[0-9a-f]{0,16}|\d{1,20})(?:\.(?:0x[0-9a-f]{0,16}|\d{1,20})){0,3}\.?"
)
_HOLES = re.compile(r"%\d*\$?[sdif@]|[$%]?\{[^}]*\}|\$\w+|\(\w*\)|%@|[%{}$()]")
_LONGEST_SCHEME = 6
_LEAST_VERSION_NEVER = 32  # four numbers below it are taken for a version
_LONG = 3


@dataclass(slots=True)
class Hosts:
    """What was found so far.

    Attributes:
        found: host and file -> whether it was named without TLS; None if no scheme says so.
        aside: addresses that are no destinations: names of vocabularies, and the phone itself.
        full: there were more than are kept.
    """

    found: dict[tuple[str, str], bool | None] = field(default_factory=dict)
    aside: set[str] = field(default_factory=set)
    full: bool = False

    def search(self, data: bytes, where: str, *, names: bool = True) -> None:
        """Take the hosts that bytes name.

        Args:
            where: the file that they are from.
            names: whether whole strings count; False for pictures and the like.
        """
        self._search(data, where, names)
        if b":\0/\0/\0" in data or (names and b".\0" in data):
            wide = b"\0".join(match[0][::2] for match in _WIDE.finditer(data))
            self._search(wide, where, names)

    def search_parts(self, parts: Iterable[bytes], where: str, *, names: bool = True) -> None:
        """Take the hosts that a file names, part by part."""
        tail = b""
        for part in parts:
            self.search(tail + part, where, names=names)
            tail = part[-OVERLAP:]

    def _search(self, data: bytes, where: str, names: bool) -> None:
        for match in _URL.finditer(data):
            scheme = data[max(0, match.start() - _LONGEST_SCHEME) : match.start()]
            clear = _clear(scheme)
            if clear is not None:
                for host in _hosts_of(match):
                    self._take(host, match[3].decode(), where, clear)
        if names and b"." in data:
            for match in _NAME.finditer(data):
                if _counts_alone(match[1]):
                    self._take(match[1].decode(), "", where, None)

    def _take(self, host: str, path: str, where: str, clear: bool | None) -> None:
        name = normal_host(host)
        if not name:
            return
        if _is_vocabulary(name, host, path) or is_local(name):
            self.aside.add(name)
            return
        key = (name, where)
        if key not in self.found and len(self.found) >= MOST_FINDS:
            self.full = True
            return
        known = self.found.get(key)
        self.found[key] = clear if known is None else known or bool(clear)


@lru_cache(maxsize=65_536)
def normal_host(host: str) -> str:
    """Return a host or address as it is compared, '' for what is none.

    Holes to be filled while the app runs, as in 'https://%s.example.com', become '*'; one that
    ends the host is taken for the start of a path. Letters of all scripts become Punycode, and the
    old ways to write an address, such as 'http://3232235777', are read as browsers do.
    """
    text = host.strip().lower().removeprefix("[").removesuffix("]")
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        pass
    if not text.isascii():
        text = _punycode(text)
    if _OLD_ADDRESS.fullmatch(text):
        return _address(text.rstrip(".").split("."))
    if _HOST.fullmatch(plain := unquote(text)):
        return plain.rstrip(".")
    if not _HOLES.search(text):
        return ""
    first, *_, last = (piece.strip("-._") for piece in _HOLES.split(text))
    if not last and _HOST.fullmatch(first):
        return first
    return f"*.{last}" if _HOST.fullmatch(last) else ""


def _punycode(text: str) -> str:
    """Return a name of any letters as it is asked for; '' for other text that follows a scheme."""
    try:
        name = text.encode("idna").decode()
    except UnicodeError:
        return ""
    ending = name.rstrip(".").rpartition(".")[2]
    return name if ending.isalpha() or ending in words.ENDINGS else ""


def _address(parts: list[str]) -> str:
    """Return an address of one to four numbers, the last of which fills what is left."""
    try:
        *first, last = (_number(part) for part in parts)
    except ValueError:
        return ""
    left = 4 - len(first)
    if any(each > 255 for each in first) or last >= 256**left or (not first and last < 2**24):  # noqa: PLR2004
        return ""
    whole = sum(each << 8 * (3 - at) for at, each in enumerate(first)) + last
    return str(ipaddress.IPv4Address(whole))


def _number(part: str) -> int:
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8 if part.startswith("0") else 10)


def is_local(host: str) -> bool:
    """Whether a host is the phone itself, or the computer of whoever tests on an emulator."""
    if host in ("localhost", "10.0.2.2") or host.endswith((".localhost", ".invalid", ".local")):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified or address.is_multicast


def _hosts_of(match: re.Match[bytes]) -> Iterator[str]:
    """Yield the host of an address, and what readers who part it otherwise take for the host.

    What stands before an '@' may be a user or, to some readers, the host; letters beyond ASCII may
    be the host's or the text's around it.
    """
    user, host = match[1], match[2]
    for each in (user, host):
        if each is None:
            continue
        if plain := _PLAIN.match(each):
            yield plain[0].decode()
    if not host.isascii():
        yield host.decode("utf-8", "ignore")


def _clear(before: bytes) -> bool | None:
    """Return whether the scheme that ends there is without TLS, None if it is no network's."""
    text = before.decode("latin-1").lower()
    for length in range(_LONGEST_SCHEME, 1, -1):
        ending = text[-length:]
        if ending in words.CODED:
            return False
        if ending in words.CLEAR:
            return True
    return None


@lru_cache(maxsize=65_536)
def _counts_alone(found: bytes) -> bool:
    """Whether a whole string that looks like a host is taken for one."""
    parts = found.decode().split(".")
    if parts[-1].isdigit():
        return _is_address(found.decode(), parts)
    if parts[0] in words.PACKAGES or parts[-1] not in words.ALONE | words.LONGER:
        return False
    if parts[0] in words.ALONE | words.LONGER and parts[-1] not in words.ORDINARY:
        return False  # the name of a package: countries first
    return parts[-1] in words.ALONE or len(parts) >= _LONG


def _is_address(text: str, parts: list[str]) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    version = all(int(part) < _LEAST_VERSION_NEVER for part in parts)
    return address.is_global and not version and not address.is_multicast


def _is_vocabulary(name: str, host: str, path: str) -> bool:
    return name in words.VOCABULARIES or f"{host}{path}".startswith(words.VOCABULARY_PATHS)
