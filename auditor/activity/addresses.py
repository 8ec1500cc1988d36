"""Says what source addresses are: of a provider, private, an endpoint, or in some country.

Country databases disagree on some addresses in twenty. All that they say is kept; what decides is
left to whoever reads it.

Sources: RFC 1918, RFC 4193, RFC 3927, RFC 6598;
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
"""

import hashlib
import ipaddress
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import maxminddb
import zstandard

from auditor.errors import AuditorError
from auditor.model import Json
from auditor.resources import data_folder

_LARGEST = 2**28
_PRIVATE = tuple(
    ipaddress.ip_network(network)
    for network in (
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16",
        "127.0.0.0/8", "fc00::/7", "fe80::/10", "::1/128",
    )
)  # fmt: skip
# What CloudTrail writes for AWS itself, and OCI for its own services. Machines and gateways of its
# customers have names below the provider's domain too.
_PROVIDER = re.compile(
    r"(?i)aws[ -]internal|"
    r"(?!ec2-|ip-|.*\.(?:compute|compute-1|elb|execute-api|lambda-url|rds|vpce|on)\.)"
    r"[a-z0-9.-]+\.(amazonaws\.com(\.cn)?|amazon\.com|aws\.internal|oraclecloud\.com)"
)
_COUNTRY = re.compile("[A-Z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One address, as logs have it, and what is known of it.

    Attributes:
        origin: internet, private, provider, endpoint or unknown.
        said: database -> country; a database that does not know an address is absent.
    """

    address: str
    origin: str
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """One country database: its reader, and what is recorded of it.

    Attributes:
        built: day on which its maker built it, ISO 8601 date.
        sha256: of the database's own bytes, lower-case hex.
    """

    name: str
    kind: str
    built: str
    sha256: str
    reader: maxminddb.Reader

    def country(self, address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
        """Return the country that it gives for an address; '' for none."""
        try:
            found = self.reader.get(address)
        except ValueError:  # it holds IPv4 only, or is damaged there
            return ""
        return _code(found)


def open_databases(paths: Sequence[Path]) -> tuple[Database, ...]:
    """Open the databases that the user named, and the one that comes with the tool.

    Raises:
        AuditorError: one is missing, or is no MaxMind database.
    """
    own = data_folder("geography") / "country.mmdb.zst"
    try:
        content = zstandard.ZstdDecompressor().decompress(own.read_bytes(), _LARGEST)
        return (*map(_open, paths), _read("shipped", content))
    except (OSError, zstandard.ZstdError) as error:
        raise AuditorError(f"{own} cannot be read: {error}. Install again.") from error


def describe(databases: Sequence[Database]) -> Json:
    """Return what is recorded of databases, as JSON."""
    return [
        {"name": each.name, "type": each.kind, "built": each.built, "sha256": each.sha256}
        for each in databases
    ]


def place(address: str, endpoint: str, databases: Sequence[Database]) -> Address:
    """Say what an address is, and where."""
    if endpoint:
        return Address(address=address, origin="endpoint")
    if _PROVIDER.fullmatch(address):
        return Address(address=address, origin="provider")
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return Address(address=address, origin="unknown")
    mapped = getattr(parsed, "ipv4_mapped", None)
    parsed = mapped or parsed
    if any(parsed in network for network in _PRIVATE if network.version == parsed.version):
        return Address(address=address, origin="private")
    said = {each.name: each.country(parsed) for each in databases}
    known = {name: country for name, country in said.items() if country}
    return Address(address=address, origin="internet", said=known)


def _open(path: Path) -> Database:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise AuditorError(f"{path} cannot be read: {error.strerror}") from error
    return _read(path.name, content)


def _read(name: str, content: bytes) -> Database:
    import io  # noqa: PLC0415
    from datetime import UTC, datetime  # noqa: PLC0415

    try:
        reader = maxminddb.Reader(io.BytesIO(content), maxminddb.MODE_FD)
        about = reader.metadata()
    except (maxminddb.InvalidDatabaseError, ValueError) as error:
        raise AuditorError(f"{name} is no MaxMind database: {error}") from error
    return Database(
        name=name,
        kind=about.database_type,
        built=datetime.fromtimestamp(about.build_epoch, UTC).date().isoformat(),
        sha256=hashlib.sha256(content).hexdigest(),
        reader=reader,
    )


def _code(found: Json) -> str:
    """Return the country of an entry: databases of MaxMind, DB-IP, IPinfo and others differ."""
    if not isinstance(found, dict):
        return ""
    candidates = (
        found.get("country_code"),
        found.get("country"),
        found.get("registered_country"),
    )
    for candidate in candidates:
        code = candidate.get("iso_code") if isinstance(candidate, dict) else candidate
        if isinstance(code, str) and _COUNTRY.fullmatch(code.upper()):
            return code.upper()
    return ""
