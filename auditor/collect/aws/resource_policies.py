"""Policies of resources as rows: the text as it came, known to be none, or unknown.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from auditor.collect.aws.reading import entries, is_absent
from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import Key, Maybe, PolicyDocument, Processor, Store

NONE = ""
NOT_ASKED = Unknown("it may have a policy, which this version does not ask for")
_NO_TEXT = Unknown("the provider's answer has a policy that is no text")
_EMPTY = ("", "{}")


def policy_in(found: Found, path: str) -> Json:
    """Return a policy's text in the answer to a detail; '' where it said that there is none."""
    return NONE if is_absent(found, path.partition(".")[0]) else found.read(path)


def policy_of(
    row: Store | Processor | Key, policy: Json, name: str = "policy", kind: str = "resource"
) -> PolicyDocument:
    """Return the policy on a resource as a row.

    Args:
        policy: its JSON text, '' for none, or an Unknown.
        name: tells policies on one resource apart.
        kind: in the words of ``PolicyDocument``.
    """
    return PolicyDocument(
        id=f"{row.id}#{name}",
        evidence=row.evidence,
        provider="aws",
        account=row.account,
        kind=kind,
        resource_id=row.id,
        document=_text(policy),
    )


def _text(policy: Json) -> Maybe[str]:
    if isinstance(policy, str):
        return NONE if policy in _EMPTY else policy
    return policy if isinstance(policy, Unknown) else _NO_TEXT


def policies_of(
    row: Store | Processor | Key, policies: Json, text: str, name: str
) -> Iterator[PolicyDocument]:
    """Yield each policy on a resource as a row; one that says so if there is none.

    Args:
        policies: a list of objects, or an Unknown.
        text, name: members of an object that hold the policy's text and its name.
    """
    if isinstance(policies, Unknown):
        yield policy_of(row, policies)
        return
    several = entries(policies)
    if not several:
        yield policy_of(row, NONE)
    for number, each in enumerate(several, start=1):
        yield policy_of(row, each.get(text), str(each.get(name) or number))


def written(statements: Sequence[Mapping[str, Json]]) -> str:
    """Return the text of a policy that says what AWS keeps in another form; '' for nothing."""
    if not statements:
        return NONE
    return json.dumps({"Version": "2012-10-17", "Statement": [*statements]}, sort_keys=True)
