"""Where the hosts are that apps name or reach.

An address is placed by the country database that comes with the tool, so a version of the tool
always says the same. A name is placed by its ending where that is a country's: where such a host is
run is another matter, but whoever runs it is bound to that country's registry. Endings that are
sold to everybody place nothing.
"""

import io
import ipaddress
from collections.abc import Mapping
from typing import Any

import duckdb
import maxminddb
import zstandard

from auditor.resources import data_folder

_LARGEST = 2**28  # bytes of the database, unpacked
# fmt: off
_SOLD_TO_ALL = frozenset((
    "ac", "ad", "ag", "ai", "am", "as", "be", "bz", "cc", "cd", "co", "cx", "dj", "eu", "fm", "gg",
    "gl", "gs", "im", "in", "io", "is", "it", "la", "li", "ly", "me", "mn", "ms", "mu", "nu", "pw",
    "rs", "sc", "sh", "so", "st", "su", "tk", "tl", "tm", "to", "tv", "uk", "us", "vc", "vg", "vu",
    "ws",
))
# fmt: on

DESTINATION_REASONS = {
    ("app_destinations", "country"): "neither its address nor the ending of its name tells",
}


def place_hosts(database: duckdb.DuckDBPyConnection) -> None:
    """Fill ``app_destinations.country``."""
    rows = database.execute("SELECT DISTINCT host, address FROM app_destinations").fetchall()
    if not rows:
        return
    content = (data_folder("geography") / "country.mmdb.zst").read_bytes()
    with _reader(zstandard.ZstdDecompressor().decompress(content, _LARGEST)) as reader:
        placed = [(host, address, _country(reader, host, address)) for host, address in rows]
    database.execute(
        "UPDATE app_destinations SET country = placed.country FROM (SELECT "
        "unnest(?::VARCHAR[]) AS host, unnest(?::VARCHAR[]) AS address, "
        "unnest(?::VARCHAR[]) AS country) AS placed WHERE placed.host = app_destinations.host "
        "AND placed.address IS NOT DISTINCT FROM app_destinations.address",
        [[each[at] for each in placed] for at in range(3)],
    )


def _reader(content: bytes) -> maxminddb.Reader:
    return maxminddb.Reader(io.BytesIO(content), maxminddb.MODE_FD)


def _country(reader: maxminddb.Reader, host: str, address: str | None) -> str | None:
    """Return where an address is, or else where a name belongs; None where neither tells."""
    for text in (address or "", host.strip("[]")):
        try:
            found: Any = reader.get(ipaddress.ip_address(text))
        except ValueError:  # no address, or of a version that the database lacks
            continue
        return _code(found)
    ending = host.rpartition(".")[2]
    is_country = len(ending) == 2 and ending.isascii() and ending.isalpha()  # noqa: PLR2004
    return ending.upper() if is_country and ending not in _SOLD_TO_ALL else None


def _code(found: Any) -> str | None:
    code = found.get("country_code") if isinstance(found, Mapping) else None
    return code if isinstance(code, str) else None
