"""Rows of ``stores`` and ``processors``, built alike for every service of AWS.

Only what a service states is filled in; every column that it does not state has to be given by
name, as a value that its reference justifies or as an Unknown that says why.
"""

from typing import Any

from auditor.collect.aws.regions import country_of, operator_of
from auditor.model import Unknown
from auditor.spec import Found
from auditor.tables import Maybe, Processor, Store

NO_SIZE = Unknown("AWS states no size of it")
NO_LOCK = Unknown("whether it is write-once is not stated")
NO_TAGS = Unknown("its tags are not in the answers that were asked for")
NO_KEY_STATED = Unknown("the answer does not state which key encrypts it")


def store_of(
    found: Found,
    *,
    id: str,  # noqa: A002 - the column's name
    name: str,
    kind: str,
    encrypted: Maybe[bool],
    key_id: Maybe[str],
    public: Maybe[bool],
    **columns: Any,
) -> Store:
    """Return a store in the account and region that the listing was asked in.

    Args:
        columns: any other column of the table, in place of the default: the place's region and
            its country, no backup, an original, no moment of creation, and an unknown lock, size
            and tags.
    """
    settled = {
        **_settled(found, id),
        "backup": False,
        "locked": NO_LOCK,
        "size_bytes": NO_SIZE,
        **columns,
    }
    return Store(
        id=id,
        name=name or id,
        provider="aws",
        kind=kind,
        encrypted=encrypted,
        key_id=key_id,
        public=public,
        **settled,
    )


def processor_of(
    found: Found,
    *,
    id: str,  # noqa: A002 - the column's name
    name: str,
    kind: str,
    public: Maybe[bool],
    **columns: Any,
) -> Processor:
    """Return a processor in the account and region that the listing was asked in.

    Args:
        columns: any other column of the table, in place of the default: the place's region and its
            country, no moment of creation, unknown tags.
    """
    settled = {**_settled(found, id), **columns}
    return Processor(
        id=id,
        name=name or id,
        provider="aws",
        kind=kind,
        public=public,
        **settled,
    )


def _settled(found: Found, arn: str) -> dict[str, Any]:
    region = _region(found)
    return {
        "evidence": found.evidence,
        "operator": _operator(found),
        "account": found.place["account"],
        "region": region,
        "country": country_of(region),
        "service": _service(arn),
        "created": "",
        "tags": NO_TAGS,
    }


def _region(found: Found) -> Maybe[str]:
    return found.place.get("region") or Unknown("the answer names no region")


def _operator(found: Found) -> str:
    return operator_of(found.place.get("region", ""))


def _service(arn: str) -> str:
    return [*arn.split(":", 3), "", "", ""][2] if arn.startswith("arn:") else ""
