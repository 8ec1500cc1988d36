"""Policy documents of AWS as text: one grammar for what is attached to people, things and accounts.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

import json
from collections.abc import Mapping

from auditor.model import Json, Unknown
from auditor.tables import Maybe


def document_of(policy: Json) -> Maybe[Mapping[str, Json]]:
    """Return the object that a policy's JSON text holds, or why there is none.

    Args:
        policy: the text, or an Unknown.
    """
    if isinstance(policy, Unknown):
        return policy
    try:
        document = json.loads(policy)
    except (TypeError, ValueError, RecursionError):
        return Unknown("the policy is no JSON text")
    return document if isinstance(document, Mapping) else Unknown("the policy is no object")


def statements_of(policy: Json) -> Maybe[list[Json]]:
    """Return the statements of a policy's JSON text, or why there are none."""
    document = document_of(policy)
    if isinstance(document, Unknown):
        return document
    if "Statement" not in document:
        return Unknown("the policy has no statements")
    return several(document["Statement"])


def several(value: Json) -> list[Json]:
    """Return what may be a list or, as the grammar allows, its only element."""
    return value if isinstance(value, list) else [value]
