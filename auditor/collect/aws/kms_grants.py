"""Grants on KMS keys, as a policy that says the same.

Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantListEntry.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.reading import entries, member, texts
from auditor.collect.aws.resource_policies import policy_of, written
from auditor.model import Json, Unknown
from auditor.spec import Found, dig
from auditor.tables import Key, PolicyDocument

_CONTEXT = "kms:EncryptionContext"
_SERVICE = ".amazonaws.com"


def grants_of(found: Found, key: Key) -> PolicyDocument:
    """Return all grants on a key as one row: a statement for whom each lets do what."""
    grants = found.read("grants")
    if isinstance(grants, Unknown):
        return policy_of(key, grants, "grants", "grant")
    statements = [made for each in entries(grants) for made in _statements(each, key)]
    return policy_of(key, written(statements), "grants", "grant")


def _statements(grant: Mapping[str, Json], key: Key) -> Iterator[Mapping[str, Json]]:
    grantee = _principal(grant, "Grantee")
    operations = [f"kms:{each}" for each in texts(grant.get("Operations"))]
    if operations and grantee:
        condition = _condition(grant.get("Constraints"))
        yield {
            "Effect": "Allow",
            "Principal": grantee,
            "Action": operations,
            "Resource": key.id,
            **({"Condition": condition} if condition else {}),
        }
    retiring = _principal(grant, "Retiring")
    if retiring:
        yield {
            "Effect": "Allow",
            "Principal": retiring,
            "Action": "kms:RetireGrant",
            "Resource": key.id,
        }


def _principal(grant: Mapping[str, Json], which: str) -> dict[str, str]:
    service = member(grant, f"{which}ServicePrincipal")
    name = member(grant, f"{which}Principal")
    if service or name.endswith(_SERVICE):
        return {"Service": service or name}
    return {"AWS": name} if name else {}


def _condition(constraints: Json) -> dict[str, Json]:
    """Return what a request has to hold: the pairs of a context, and for an exact one no others."""
    exact, part = dig(constraints, "EncryptionContextEquals"), None
    part = exact or dig(constraints, "EncryptionContextSubset")
    condition: dict[str, Json] = {}
    if isinstance(part, Mapping) and part:
        pairs = {f"{_CONTEXT}:{name}": str(value) for name, value in part.items()}
        condition["StringEquals"] = pairs
    if isinstance(exact, Mapping) and exact:
        condition["ForAllValues:StringEquals"] = {f"{_CONTEXT}Keys": sorted(map(str, exact))}
    source = member(constraints, "SourceArn")
    return {**condition, "ArnLike": {"aws:SourceArn": source}} if source else condition
