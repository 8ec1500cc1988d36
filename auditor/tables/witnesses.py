"""Tables of independent witnesses, what they say is there, and what answers say that is new."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from auditor.tables.base import UNJOINED, Maybe, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness(Row):
    """One thing that a witness can speak of, whether or not it saw any."""

    table: ClassVar[str] = "witnesses"

    provider: Annotated[str, "'aws' or 'oci'."]
    witness: Annotated[
        str,
        "Who speaks: 'resource explorer', 'resource search', 'config', 'bill', or 'service list' "
        "for the provider's own list of what each region offers.",
    ]
    account: Annotated[str, "Account or tenancy that it speaks of; '' for every one."]
    region: Annotated[str, "Region that it speaks of; '' for every one."]
    name: Annotated[
        str, "Type that it can name, or service that the region offers; '' for the witness itself."
    ] = ""
    covers: Annotated[
        tuple[str, ...],
        "What 'bill' can charge for, in short names of services; what other inventories call a "
        "type; none otherwise.",
    ] = ()
    complete: Annotated[
        Maybe[bool], "It is set up to name everything there that it can name at all."
    ]
    period_start: Annotated[str, "First day that it speaks of, ISO 8601 date; '' for now."] = ""
    period_end: Annotated[str, "Day after the last; '' for now."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting(Row):
    """One resource that an inventory of the provider names."""

    table: ClassVar[str] = "sightings"

    provider: Annotated[str, "'aws' or 'oci'."]
    witness: Annotated[
        str, "Which inventory: 'resource explorer', 'resource search', 'config' or 'tagging'."
    ]
    account: Annotated[str, "Account or tenancy of the resource."]
    region: Annotated[Maybe[str], "Region of the resource; '' for what has none."]
    service: Annotated[Maybe[str], "The provider's short name of the service."]
    type: Annotated[Maybe[str], "The inventory's name of its type, such as 's3:bucket'."]
    resource_id: Annotated[str, "Name that the rows of other tables would have as their id."]
    tags: Annotated[
        Maybe[Mapping[str, str]], "Its tags; unknown where the inventory states none."
    ] = UNJOINED
    holds_data: Annotated[
        Maybe[bool],
        "Derived: resources of its type hold or move data; unknown for a type nobody judged.",
    ] = UNJOINED
    explained: Annotated[
        Maybe[bool],
        "Derived: a row was collected for it, or its type holds no data; otherwise unknown.",
    ] = UNJOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedCall(Row):
    """One operation that the provider recorded in the auditor's own name."""

    table: ClassVar[str] = "calls"

    provider: Annotated[str, "'aws' or 'oci'."]
    account: Annotated[str, "Account or tenancy that it was made in."]
    region: Annotated[str, "Region that it was made in."]
    service: Annotated[str, "The provider's short name of the service."]
    operation: Annotated[str, "The operation, such as 'ListBuckets'."]
    caller: Annotated[Maybe[str], "Name of the session or user that made it."]
    read_only: Annotated[Maybe[bool], "The provider says that it only reads."]
    kept: Annotated[
        Maybe[bool],
        "Derived: the evidence holds that operation in that account; otherwise unknown.",
    ] = UNJOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class Spend(Row):
    """What one service cost in one account and region, by the provider's bill."""

    table: ClassVar[str] = "spend"

    provider: Annotated[str, "'aws' or 'oci'."]
    account: Annotated[str, "Account or tenancy that was charged."]
    compartment: Annotated[str, "OCI compartment; '' elsewhere, or if the bill does not say."] = ""
    region: Annotated[Maybe[str], "Region on the bill; '' for what has none."]
    billed_service: Annotated[str, "Name of the service on the bill."]
    services: Annotated[
        Maybe[tuple[str, ...]], "The provider's short names of what is charged under that name."
    ]
    amount: Annotated[str, "Amount in the bill's currency, a decimal number as it came."]
    currency: Annotated[str, "ISO 4217 code of the bill's currency."]
    period_start: Annotated[str, "First day that the amount covers, ISO 8601 date."]
    period_end: Annotated[str, "Day after the last, ISO 8601 date."]
    explained: Annotated[
        Maybe[bool],
        "Derived: collectors looked into that service, account and region; otherwise unknown.",
    ] = UNJOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class Novelty(Row):
    """One member or value that answers of Oracle Cloud hold and this version does not know."""

    table: ClassVar[str] = "novelties"

    provider: Annotated[str, "'oci'."]
    service: Annotated[str, "The SDK's client, such as 'core.BlockstorageClient'."]
    operation: Annotated[str, "The operation that was answered, such as 'list_volumes'."]
    what: Annotated[
        str,
        "'member' that no model has, 'value' that an enumeration does not have, or 'more' of "
        "either: there were too many of one operation to list them.",
    ]
    path: Annotated[
        str,
        "Where in the answer, member names joined by dots, the last cut after 100 characters; "
        "lists are passed through, '*' is any name in a map, '' for 'more'.",
    ]
    value: Annotated[str, "The value, cut after 100 characters; '' for members."]
    times: Annotated[int, "How often answers hold it; the evidence names the first few."]
