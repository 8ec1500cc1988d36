"""Tables of who may do what: statements of policies, and what they come to for each store."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from auditor.tables.base import UNJOINED, Maybe, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyStatement(Row):
    """One statement of an access policy, and one of its principals."""

    table: ClassVar[str] = "policy_statements"

    provider: Annotated[str, "'oci'."]
    account: Annotated[str, "Account or tenancy that the policy belongs to."]
    policy_id: Annotated[str, "The policy."]
    place: Annotated[str, "Compartment that the policy is attached to."]
    text: Annotated[str, "The statement as it was written."]
    parsed: Annotated[bool, "This version can read it; if not, everything else is unknown."]
    effect: Annotated[Maybe[str], "allow, endorse, admit or define."]
    denies: Annotated[Maybe[bool], "It takes away instead of giving."]
    principal_kind: Annotated[
        Maybe[str], "any-user, any-group, group, dynamic-group, service or resource; '' for none."
    ]
    principal: Annotated[Maybe[str], "Name as written, or OCID; '' for none."]
    principal_account: Annotated[
        Maybe[str],
        "Account or tenancy of the principal; '*' for any, '' for a service of the provider's.",
    ]
    resource: Annotated[Maybe[str], "Type or family of resources as written; '' for none."]
    access: Annotated[
        Maybe[str], "The most that it gives: inspect, read, use, manage or associate; '' for none."
    ]
    holdings: Annotated[
        Maybe[tuple[str, ...]],
        "What holds data that it reaches, as 'service/kind' in our words; '*' for everything.",
    ]
    path: Annotated[
        Maybe[tuple[str, ...]], "Names of the compartments down to where it applies, as written."
    ]
    compartment: Annotated[
        Maybe[str],
        "Compartment where it applies, with all below; '' for none. Derived where it is named.",
    ]
    target_account: Annotated[
        Maybe[str], "Other account or tenancy where it applies; '*' for any, '' for none."
    ]
    conditional: Annotated[Maybe[bool], "It has a condition."]
    depends_on: Annotated[Maybe[tuple[str, ...]], "Variables of its condition, in lower case."]
    regions: Annotated[
        Maybe[tuple[str, ...]],
        "Regions in which a request can meet its condition, '*' for all. Copies may go elsewhere.",
    ]
    ends: Annotated[Maybe[str], "Moment from which its condition never holds; '' for none."]
    effective: Annotated[
        Maybe[bool],
        "Derived: it gives something now. False for one that denies or defines, and once its "
        "condition can never be met again.",
    ] = UNJOINED
    agreed: Annotated[
        Maybe[bool],
        "Derived: where it reaches across tenancies, a statement of the other one agrees; true "
        "where it does not, unknown while the other one is not audited.",
    ] = UNJOINED
    data_classes: Annotated[
        Maybe[tuple[str, ...]], "Derived: known classes of data in the stores that it is about."
    ] = UNJOINED
    more_classes: Annotated[
        Maybe[bool],
        "Derived: false if those are all, unknown while one of those stores is not classified.",
    ] = UNJOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant(Row):
    """The most that one principal may do to one store, by the strongest statement. Derived.

    Statements that deny are not subtracted. Where a statement's stores are not known, one row
    stands for all of them.
    """

    table: ClassVar[str] = "grants"

    store_id: Annotated[Maybe[str], "The store."]
    statement_id: Annotated[str, "The statement that gives the most."]
    provider: Annotated[str, "'oci'."]
    account: Annotated[str, "Account or tenancy of the store."]
    principal_kind: Annotated[
        Maybe[str], "any-user, any-group, group, dynamic-group, service or resource."
    ]
    principal: Annotated[Maybe[str], "Name as the statement has it, or OCID."]
    principal_account: Annotated[
        Maybe[str],
        "Account or tenancy of the principal; '*' for any, '' for a service of the provider's.",
    ]
    access: Annotated[Maybe[str], "read, use or manage."]
    conditional: Annotated[Maybe[bool], "Only under a condition."]
    agreed: Annotated[Maybe[bool], "The tenancy at the other side, if there is one, agrees."]
    data_classes: Annotated[Maybe[tuple[str, ...]], "Classes of data of the store."]
