"""What the stores of Amazon RDS have in common.

Amazon Neptune and DocumentDB answer to the same API; their clusters are listed with Aurora's.

Source: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/Welcome.html
"""

from auditor.collect.aws.reading import (
    encryption_key,
    maybe_flag,
    maybe_text,
    size_in_bytes,
    tags_of,
    text,
)
from auditor.collect.aws.regions import arn, country_of, operator_of
from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import Maybe, Store

GIBIBYTE = 2**30
_OWNED_BY_AWS = "sse-rds"


def store_of(
    found: Found,
    *,
    name: str,
    id: str,  # noqa: A002 - the column's name
    kind: str,
    backup: bool,
    country: Maybe[str],
    encrypted: str,
    created: str,
    source_id: Maybe[str] = "",
    public: Maybe[bool] = False,  # a database asks for a password wherever it is reached from
) -> Store:
    """Return the row of one store; ``name``, ``encrypted`` and ``created`` are paths."""
    region, account = found.place["region"], found.place["account"]
    is_encrypted, key = _encryption(found, encrypted)
    return Store(
        id=id,
        evidence=found.evidence,
        name=text(found, name),
        provider="aws",
        operator=operator_of(region),
        account=account,
        region=region,
        country=country,
        service="rds",
        kind=kind,
        backup=backup,
        source_id=source_id,
        encrypted=is_encrypted,
        key_id=key,
        public=public,
        locked=False,
        size_bytes=size_in_bytes(found, "item.AllocatedStorage", GIBIBYTE),
        created=maybe_text(found, created),
        tags=tags_of(found.read("item.TagList", absent=[])),
    )


def _encryption(found: Found, path: str) -> tuple[Maybe[bool], Maybe[str]]:
    """Return whether it is encrypted, and with which key; the older member knows no AWS keys."""
    if found.read("item.StorageEncryptionType", absent="") == _OWNED_BY_AWS:
        return True, ""
    is_encrypted = maybe_flag(found, path)
    return is_encrypted, encryption_key(is_encrypted, found, "item.KmsKeyId")


def country_of_backup(found: Found, target: str) -> Maybe[str]:
    """Return the country of a backup: of its region, unless it is kept on an Outpost or zone.

    Args:
        target: path to what says so; the API leaves it out where there is no choice.
    """
    where = maybe_text(found, target, absent="region")
    if isinstance(where, Unknown) or where == "region":
        return where if isinstance(where, Unknown) else country_of(found.place["region"])
    return Unknown(f"it is kept in {where}, whose place AWS does not state")


def named(found: Found, kind: str, name: Json) -> str:
    """Return the ARN of another resource, which RDS names by ARN if it is in another region.

    Args:
        kind: the resource type in its ARN: 'db', 'cluster', 'snapshot' and so on.
    """
    if str(name).startswith("arn:"):
        return str(name)
    return arn("rds", found.place["region"], found.place["account"], f"{kind}:{name}")
