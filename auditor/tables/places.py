"""Tables of where data can be: accounts and regions."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from auditor.tables.base import UNJOINED, Maybe, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Row):
    """One cloud account or tenancy that was found."""

    table: ClassVar[str] = "accounts"

    provider: Annotated[str, "'aws' or 'oci'."]
    operator: Annotated[str, "Company that runs the cloud: 'Amazon Web Services' or 'Oracle'."]
    name: Annotated[Maybe[str], "Name that its owner gave it."]
    active: Annotated[Maybe[bool], "Open and usable, not suspended or closed."]
    management: Annotated[
        Maybe[bool], "Manages the organisation, so that no guardrail of the organisation binds it."
    ] = UNJOINED
    logged: Annotated[
        Maybe[bool], "Derived: a trail records every management event in every region."
    ] = UNJOINED
    provider_access_recorded: Annotated[
        Maybe[bool], "Every access of the provider's own people to it is shown to its owner."
    ] = UNJOINED
    provider_access_stated: Annotated[
        Maybe[bool],
        "Derived: a signed statement of the company that runs the cloud, on its own people's "
        "access, holds on the audit's day.",
    ] = UNJOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class HierarchyNode(Row):
    """One place in a hierarchy, to which guardrails attach: what is below inherits them."""

    table: ClassVar[str] = "hierarchy"

    provider: Annotated[str, "'aws' or 'oci'."]
    kind: Annotated[
        str,
        "organisation root, organizational unit or account; in OCI organisation, tenancy or "
        "compartment.",
    ]
    name: Annotated[Maybe[str], "Name that its owner gave it."]
    parent_id: Annotated[Maybe[str], "Node above it; '' for a root."]
    switched_on: Annotated[
        Maybe[tuple[str, ...]], "Kinds of guardrail that act in this hierarchy; of roots only."
    ] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Region(Row):
    """One region in which one account can hold data."""

    table: ClassVar[str] = "regions"

    provider: Annotated[str, "'aws' or 'oci'."]
    operator: Annotated[str, "Company that runs the cloud."]
    account: Annotated[str, "Account or tenancy."]
    region: Annotated[str, "The provider's name of the region."]
    country: Annotated[Maybe[str], "Country of the region's data centres."]
    enabled: Annotated[Maybe[bool], "The account can create resources there."]
    home: Annotated[Maybe[bool], "Identity data of the account is mastered there."]
    creation_denied: Annotated[
        Maybe[bool],
        "Derived where guardrails are collected: one stops everybody from creating data there.",
    ]
    inventoried: Annotated[
        Maybe[bool],
        "Derived: an inventory of the provider is set up to name everything of the account there.",
    ] = UNJOINED
