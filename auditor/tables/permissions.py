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
    gives: Annotated[
        Maybe[tuple[str, ...]],
        "That, in the words of grants: read, write, administer and share, as far as it gives them "
        "over what holds data, and decrypt over keys. [] for none.",
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
    """One kind of access that one principal has to stores, in one way. Derived.

    Stores that it reaches alike are one *extent*: rows of ``extents`` name them.
    """

    table: ClassVar[str] = "grants"

    provider: Annotated[str, "'aws' or 'oci'."]
    account: Annotated[Maybe[str], "Account or tenancy of the stores; '*' if they are of several."]
    principal_id: Annotated[Maybe[str], "Who: a row of principals."]
    access: Annotated[Maybe[str], "read, write, administer, share or decrypt."]
    extent_id: Annotated[Maybe[str], "Extent that names the stores."]
    stores: Annotated[Maybe[int], "How many stores."]
    store_id: Annotated[Maybe[str], "The first of them, by id."]
    given: Annotated[
        Maybe[bool], "It is given; unknown where what decides could not be read. Never false."
    ]
    conditional: Annotated[
        Maybe[bool],
        "Only under conditions that the request decides, named in depends_on; false where callers "
        "set all of them as they like.",
    ]
    depends_on: Annotated[
        Maybe[tuple[str, ...]], "Keys and variables of those conditions, in lower case, sorted."
    ] = ()
    path: Annotated[
        tuple[str, ...], "Steps that it takes first, in words, the shortest way; () if direct."
    ] = ()
    through: Annotated[
        tuple[str, ...], "Principals and keys that it acts as or uses on that path, in order."
    ] = ()
    statements: Annotated[
        tuple[str, ...],
        "Statements that give it: policy document or statement, '#' and number; of many the first.",
    ]
    agreed: Annotated[
        Maybe[bool], "The tenancy at the other side, if there is one, agrees; true without one."
    ] = True
    data_classes: Annotated[Maybe[tuple[str, ...]], "Known classes of data in those stores."]
    more_classes: Annotated[
        Maybe[bool], "False if those are all, unknown while one of the stores is not classified."
    ]
    used: Annotated[
        Maybe[bool],
        "Derived: an access of that kind by that principal to one of those stores was recorded in "
        "the period; unknown where recordings have gaps.",
    ] = UNJOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class Power(Row):
    """One power of one principal over what records or prevents, in one account. Derived."""

    table: ClassVar[str] = "powers"

    provider: Annotated[str, "'aws' or 'oci'."]
    account: Annotated[str, "Account or tenancy whose trails, guardrails or keys they are."]
    principal_id: Annotated[str, "Who: a row of principals."]
    power: Annotated[
        str,
        "'change trails': stop, delete or redirect a log; 'change guardrails': lift a block, a "
        "denial or a policy of the organisation; 'change keys': disable, delete or move keys of "
        "Oracle Cloud's vaults.",
    ]
    given: Annotated[
        Maybe[bool], "It is given; unknown where what decides could not be read. Never false."
    ]
    conditional: Annotated[bool, "Only under conditions that the request decides."]
    depends_on: Annotated[tuple[str, ...], "Keys of those conditions, in lower case, sorted."] = ()
    path: Annotated[
        tuple[str, ...], "Steps that it takes first, in words, the shortest way; () if direct."
    ] = ()
    through: Annotated[tuple[str, ...], "Principals that it acts as on that path, in order."] = ()
    statements: Annotated[tuple[str, ...], "Statements that give it, the first twenty."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent(Row):
    """One run of stores within an extent: all from the first to the last, by id. Derived.

    Stores of an extent: ``stores JOIN extents ON stores.id BETWEEN first_store AND last_store``.
    """

    table: ClassVar[str] = "extents"

    extent_id: Annotated[str, "The extent."]
    first_store: Annotated[str, "First store of the run."]
    last_store: Annotated[str, "Last store of the run, included."]
    stores: Annotated[int, "How many stores the run has."]
