"""Tables of what is recorded, stated, and was seen or not seen."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from auditor.tables.base import UNJOINED, Maybe, Row


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
    file_names: Annotated[
        Maybe[str], "Beginning of the names of its files in that store; '' when there are none."
    ] = ""
    destination_account: Annotated[
        Maybe[str], "Derived: account of that store; '' when the provider keeps it."
    ] = UNJOINED
    destination_locked: Annotated[
        Maybe[bool], "Derived: that store is write-once; true when the provider keeps it."
    ] = UNJOINED
    administrators: Annotated[
        Maybe[tuple[str, ...]],
        "Derived: principals with a right to administer its destination or to write to it, sorted; "
        "[] where the provider keeps it.",
    ] = UNJOINED
    kept_days: Annotated[
        Maybe[int],
        "Derived: days after which rules delete its files, the shortest; 0 where none does.",
    ] = UNJOINED
    locked_days: Annotated[
        Maybe[int],
        "Derived: days for which nobody can alter or delete its files; 0 for none.",
    ] = UNJOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention(Row):
    """One rule on how long a store keeps what it holds."""

    table: ClassVar[str] = "retentions"

    provider: Annotated[str, "'aws'."]
    account: Annotated[str, "Account that the store belongs to."]
    store_id: Annotated[str, "The store."]
    effect: Annotated[
        str,
        "'deletes': the provider deletes what is older; 'locks': nobody can alter or delete what "
        "is younger.",
    ]
    days: Annotated[Maybe[int], "That age in days; a year is 365. Unknown if there may be no rule."]
    object_names: Annotated[
        Maybe[str], "Beginning of the names of the objects that it is about; '' for all."
    ] = ""


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
    outcome: Annotated[
        str,
        "complete, denied, failed, unsupported, partial, unasked, excluded, or unlisted: not asked "
        "in places where the provider's index names none.",
    ]
    open: Annotated[bool, "It is a gap: resources may exist that were not seen."]
    complete: Annotated[
        Maybe[bool],
        "All that is there was seen; false if it was left out on purpose, unknown while it is "
        "a gap for any other reason.",
    ]
    reason: Annotated[str, "Why, in a sentence; '' when complete."]
    permission: Annotated[str, "What to grant; '' if that would not help."]
    closed_by: Annotated[
        str, "Derived: witnesses who agree that nothing is there, so that the gap is closed."
    ] = ""
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
