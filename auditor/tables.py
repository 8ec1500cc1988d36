"""The fact tables: what one row is, and what each column means.

Collectors make rows, ``facts`` stores them, ``policy`` reads their columns. A column holds a value
or an :class:`~auditor.model.Unknown`; *known to be none* is ``''``, ``()``, ``False`` or
``'none'``, never Unknown. In the stored table an Unknown is NULL, and its reason is a row of
``unknowns``.
Countries are ISO 3166-1 alpha-2 codes. Moments are UTC, ISO 8601 with a Z.

The columns that only a join can fill (``derived`` in their description) are left at their
default by collectors and filled by ``facts``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, TypeAlias, TypeVar

from auditor.model import Unknown

T = TypeVar("T")
Maybe: TypeAlias = T | Unknown

UNJOINED = Unknown("not joined yet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What the rows of every table share."""

    table: ClassVar[str]

    id: Annotated[str, "Names the row; unique in its table."]
    evidence: Annotated[tuple[int, ...], "Indexes of the records that it was read from."] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Row):
    """One cloud account or tenancy that was found."""

    table: ClassVar[str] = "accounts"

    provider: Annotated[str, "'aws' or 'oci'."]
    operator: Annotated[str, "Company that runs the cloud: 'Amazon Web Services' or 'Oracle'."]
    name: Annotated[Maybe[str], "Name that its owner gave it."]
    active: Annotated[Maybe[bool], "Open and usable, not suspended or closed."]
    logged: Annotated[
        Maybe[bool], "Derived: a trail records every management event in every region."
    ] = UNJOINED


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
        Maybe[bool], "A preventive guardrail stops everybody from creating data there."
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Store(Row):
    """One resource that holds data."""

    table: ClassVar[str] = "stores"

    name: Annotated[str, "Name that its owner gave it."]
    provider: Annotated[str, "'aws' or 'oci'."]
    operator: Annotated[str, "Company that runs the cloud: 'Amazon Web Services' or 'Oracle'."]
    account: Annotated[str, "Account or tenancy that holds it."]
    compartment: Annotated[str, "OCI compartment; '' elsewhere."] = ""
    region: Annotated[Maybe[str], "The provider's name of the region that holds the data."]
    country: Annotated[Maybe[str], "Country of the place that holds the data."]
    service: Annotated[str, "The provider's short name of the service, such as 's3'."]
    kind: Annotated[str, "bucket, volume, snapshot, database, table, backup or replica."]
    backup: Annotated[bool, "It is a copy kept for recovery: a snapshot, backup or replica."]
    source_id: Annotated[Maybe[str], "Store that it was copied from; '' for an original."] = ""
    data_classes: Annotated[
        Maybe[tuple[str, ...]], "Derived: classes of data it holds, by the audit's rules."
    ] = UNJOINED
    classified_by: Annotated[str, "Derived: name of the rule that decided; '' if none did."] = ""
    encrypted: Annotated[Maybe[bool], "Data at rest is encrypted."]
    key_id: Annotated[Maybe[str], "Key of the customer's that encrypts it; '' for the provider's."]
    key_country: Annotated[
        Maybe[str], "Derived: country of that key; the store's own for the provider's key."
    ] = UNJOINED
    public: Annotated[Maybe[bool], "Anybody on the internet can read it."]
    locked: Annotated[
        Maybe[bool], "Write-once: nobody can alter or delete what it holds before a set time."
    ]
    size_bytes: Annotated[Maybe[int], "Size that the provider states, in bytes."]
    created: Annotated[Maybe[str], "Moment of creation; '' if the provider has none."]
    tags: Annotated[Maybe[Mapping[str, str]], "Tags; OCI defined tags as 'namespace.key'."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow(Row):
    """One way in which data does or can move out of a store on its own, or is handed out."""

    table: ClassVar[str] = "flows"

    store_id: Annotated[str, "Store that the data leaves."]
    provider: Annotated[str, "'aws' or 'oci'."]
    account: Annotated[str, "Account or tenancy of that store."]
    region: Annotated[Maybe[str], "Region of that store."]
    mechanism: Annotated[str, "replication, copy, backup, share, export, stream, link or public."]
    active: Annotated[Maybe[bool], "It moves data now or can be used now."]
    target_id: Annotated[Maybe[str], "Store at the other end; '' if the end is no store."]
    target_account: Annotated[
        Maybe[str], "Account or tenancy at the other end; '*' for anybody. Derived if a store is."
    ] = UNJOINED
    target_region: Annotated[Maybe[str], "Region at the other end. Derived if a store is."] = (
        UNJOINED
    )
    target_country: Annotated[Maybe[str], "Country at the other end. Derived if a store is."] = (
        UNJOINED
    )
    target_operator: Annotated[Maybe[str], "Operator at the other end. Derived if a store is."] = (
        UNJOINED
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach(Row):
    """One place where a store's data can end up over one or more flows. Derived."""

    table: ClassVar[str] = "reach"

    store_id: Annotated[str, "Store where the data starts."]
    end_id: Annotated[Maybe[str], "Store where it can end; '' if the end is no store."]
    end_account: Annotated[Maybe[str], "Account or tenancy there; '*' for anybody."]
    end_region: Annotated[Maybe[str], "Region there."]
    end_country: Annotated[Maybe[str], "Country there."]
    end_operator: Annotated[Maybe[str], "Operator there."]
    hops: Annotated[int, "Number of flows on the shortest path."]
    path: Annotated[tuple[str, ...], "Ids of the flows on that path, in order."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key(Row):
    """One encryption key."""

    table: ClassVar[str] = "keys"

    name: Annotated[Maybe[str], "Name or description that its owner gave it."]
    provider: Annotated[str, "'aws' or 'oci'."]
    operator: Annotated[str, "Company that runs the cloud."]
    account: Annotated[str, "Account or tenancy that holds it."]
    region: Annotated[str, "Region that holds it."]
    country: Annotated[Maybe[str], "Country of that region, or of the external key manager."]
    enabled: Annotated[Maybe[bool], "Usable now."]
    custody: Annotated[
        Maybe[str], "Who holds the material: provider, customer, hsm, imported or external."
    ]
    replica_regions: Annotated[Maybe[tuple[str, ...]], "Other regions that hold the key."]
    replica_countries: Annotated[Maybe[tuple[str, ...]], "Countries of those regions."]
    principal_accounts: Annotated[
        Maybe[tuple[str, ...]],
        "Accounts that its policy and grants let in, its own included; '*' for anybody.",
    ]
    rotates: Annotated[Maybe[bool], "The provider renews the material by itself."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail(Row):
    """One audit-log configuration."""

    table: ClassVar[str] = "trails"

    name: Annotated[str, "Name that its owner gave it."]
    provider: Annotated[str, "'aws' or 'oci'."]
    account: Annotated[str, "Account or tenancy that it belongs to."]
    region: Annotated[str, "Region that it is configured in."]
    logging: Annotated[Maybe[bool], "It records now."]
    all_regions: Annotated[Maybe[bool], "It records every region of the account."]
    organization: Annotated[Maybe[bool], "It records every account of the organisation."]
    management_events: Annotated[Maybe[bool], "It records all management events, reads and writes."]
    integrity: Annotated[Maybe[bool], "A change of a delivered log file can be detected."]
    retention_days: Annotated[Maybe[int], "Days it is kept; 0 when the destination decides."]
    destination_id: Annotated[Maybe[str], "Store that receives it; '' when the provider keeps it."]
    destination_account: Annotated[
        Maybe[str], "Derived: account of that store; '' when the provider keeps it."
    ] = UNJOINED
    destination_locked: Annotated[
        Maybe[bool], "Derived: that store is write-once; true when the provider keeps it."
    ] = UNJOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Row):
    """One signed human attestation, made from the audit's files."""

    table: ClassVar[str] = "statements"

    subject: Annotated[str, "What it attests, such as 'foreign-authority-requests'."]
    text: Annotated[str, "Its words."]
    signer: Annotated[Maybe[str], "Who signed it, from the audit's list of signers."]
    role: Annotated[Maybe[str], "The signer's role."]
    employer: Annotated[Maybe[str], "The signer's employer."]
    valid_from: Annotated[str, "First day that it speaks of, ISO 8601 date."]
    valid_until: Annotated[str, "Last day on which it may be relied on, ISO 8601 date."]
    signature_holds: Annotated[
        Maybe[bool], "An accepted signer signed exactly this text, and may speak to its subject."
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage(Row):
    """One unit that should have been collected: a kind of resource at one place."""

    table: ClassVar[str] = "coverage"

    provider: Annotated[str, "'aws' or 'oci'."]
    collector: Annotated[str, "Kind of resource, as in 'auditor collectors'."]
    service: Annotated[str, "The provider's short name of the service."]
    account: Annotated[str, "Account or tenancy; '' when not even that was known."]
    region: Annotated[str, "Region; '' for what has none."]
    compartment: Annotated[str, "OCI compartment; '' elsewhere."]
    outcome: Annotated[str, "complete, denied, failed, unsupported, partial, unasked or excluded."]
    open: Annotated[bool, "It is a gap: resources may exist that were not seen."]
    complete: Annotated[
        Maybe[bool],
        "All that is there was seen; false if it was left out on purpose, unknown while it is "
        "a gap for any other reason.",
    ]
    reason: Annotated[str, "Why, in a sentence; '' when complete."]
    permission: Annotated[str, "What to grant; '' if that would not help."]
    items: Annotated[int, "Resources listed."]
    answers: Annotated[int, "Answers kept."]
    refusals: Annotated[int, "Answers among them that refused or failed."]
    tables: Annotated[tuple[str, ...], "Fact tables that lack rows if it is a gap."]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownFact(Row):
    """Why one column of one row is NULL. Its id is 'table/row/column'."""

    table: ClassVar[str] = "unknowns"

    of_table: Annotated[str, "Table of the NULL."]
    row_id: Annotated[str, "Row of the NULL."]
    column: Annotated[str, "Column of the NULL."]
    reason: Annotated[str, "Why, in a sentence without a full stop."]
    permission: Annotated[str, "What to grant so that it becomes known; '' if that would not help."]


TABLES: tuple[type[Row], ...] = (
    Account,
    Region,
    Store,
    Flow,
    Reach,
    Key,
    Trail,
    Statement,
    Coverage,
    UnknownFact,
)
