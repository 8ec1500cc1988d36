"""Reads JSON by unknown makers: it has one meaning for every reader, or it is refused.

Source: RFC 8259, section 4, leaves open what an object with two members of one name means; two
readers of one signed text could then see two different things.
"""

import json
from collections.abc import Sequence

import msgspec

from auditor.errors import ProvenanceError
from auditor.model import Json

# Of one file; SBOMs of whole operating systems stay below. A record of evidence, in which quotes
# are escaped, may have 64 MiB.
MOST_BYTES = 24 * 2**20
_DEEPEST = 100
_MOST_CONTAINERS = 2_000_000  # each takes far more memory than it takes text


def read_json(text: str | bytes) -> Json:
    """Return what a text says.

    Raises:
        ProvenanceError: it is no JSON, too large or too deep, has a member twice, or holds text
            that no encoding of Unicode can write.
    """
    try:
        encoded = text.encode() if isinstance(text, str) else text
        if len(encoded) > MOST_BYTES:
            raise ProvenanceError(f"it is larger than {MOST_BYTES} bytes")
        if encoded.count(b"{") + encoded.count(b"[") > _MOST_CONTAINERS:
            raise ProvenanceError(f"it has more than {_MOST_CONTAINERS} objects and lists")
        msgspec.json.decode(encoded)  # refuses NaN and half of a pair of surrogates
        value = json.loads(encoded, object_pairs_hook=_without_doubles)
    except RecursionError:
        raise ProvenanceError(f"its JSON is deeper than {_DEEPEST} levels") from None
    except (msgspec.MsgspecError, ValueError) as error:
        raise ProvenanceError(f"it is no JSON: {error}") from error
    _limit_depth(value)
    return value


def _without_doubles(pairs: Sequence[tuple[str, Json]]) -> dict[str, Json]:
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ProvenanceError(f"an object of it has the member {twice[:80]!a} twice")
    return members


def _limit_depth(value: Json) -> None:
    level = [value]
    for _ in range(_DEEPEST + 1):
        level = [each for container in level for each in _inside(container)]
        if not level:
            return
    raise ProvenanceError(f"its JSON is deeper than {_DEEPEST} levels")


def _inside(value: Json) -> list[Json]:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [each for each in parts if isinstance(each, dict | list)]
