"""Table of what prevents, rather than records."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from auditor.tables.base import Maybe, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardrail(Row):
    """One preventive control, at one place to which it is attached."""

    table: ClassVar[str] = "guardrails"

    provider: Annotated[str, "'aws' or 'oci'."]
    account: Annotated[str, "Account or tenancy in which it is configured."]
    name: Annotated[str, "Name that its owner gave it."]
    kind: Annotated[
        str,
        "service control policy, resource control policy, another policy of the organisation, "
        "public access block, endpoint policy, vault lock or object lock; in OCI quota, governance "
        "rule, security zone, network source, network perimeter, sign-on policy, privileged API "
        "control, operator access control, lockbox, delegated access or IAM denial.",
    ]
    target_id: Annotated[
        str, "What it is attached to: a node of the hierarchy, an account, or a resource."
    ]
    region: Annotated[str, "Region in which it holds; '' for all."] = ""
    enforced: Annotated[Maybe[bool], "It stops calls now, rather than being a draft or a test."]
    limits: Annotated[
        Maybe[tuple[str, ...]],
        "What it limits: regions, outside principals, public access, deletion, destinations, "
        "amounts, networks, privileged calls, provider keys, tags, provider access.",
    ]
    allowed_regions: Annotated[
        Maybe[tuple[str, ...]],
        "Regions in which it lets data be created, '*' for any run of characters.",
    ] = ("*",)
    denied_regions: Annotated[
        Maybe[tuple[str, ...]], "Regions in which it lets no data be created, '*' likewise."
    ] = ()
    escapes: Annotated[
        Maybe[tuple[str, ...]],
        "Actions and conditions under which data can be created, or the provider's people come "
        "in, in spite of it.",
    ] = ()
    exempt_principals: Annotated[
        Maybe[tuple[str, ...]], "Principals and accounts that it does not bind, as it names them."
    ] = ()
