"""Tables of what was done, by the providers' own logs, and of what those logs can show."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from auditor.tables.base import UNJOINED, Maybe, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Access(Row):
    """What one principal did to one store from one address, as logs have it: a summary."""

    table: ClassVar[str] = "accesses"

    provider: Annotated[str, "'aws' or 'oci'."]
    account: Annotated[str, "Account or tenancy in whose log it stands."]
    region: Annotated[str, "Region that the log names."]
    service: Annotated[str, "The provider's short name of the service that was asked."]
    access: Annotated[
        str, "read, write, administer, share, decrypt, sign-in, or other: about no store."
    ]
    operations: Annotated[tuple[str, ...], "Operations, sorted."]
    principal_id: Annotated[
        Maybe[str], "Principal that acted: a row of principals where it was collected."
    ]
    root_id: Annotated[
        Maybe[str], "Principal at the start of the chain of roles, as far as logs tell."
    ]
    session: Annotated[str, "Name of the session, or source identity; '' for none."] = ""
    principal_account: Annotated[
        Maybe[str],
        "Account or tenancy of the principal; '' for the provider's own services, '*' for anybody.",
    ]
    store_id: Annotated[Maybe[str], "Store that it was about; '' for none."]
    address: Annotated[str, "Source address as logged; '' for none."]
    origin: Annotated[
        str, "internet, private, provider (its own services and addresses), endpoint or unknown."
    ]
    country: Annotated[
        Maybe[str],
        "Country of the address; of the network's region for private and endpoints; of a service "
        "that asked for somebody, where else that session was used from.",
    ]
    countries: Annotated[
        tuple[str, ...], "Every country that a database gives for it, sorted: they may disagree."
    ] = ()
    network: Annotated[str, "Network that the address belongs to, or endpoint; '' if unknown."] = ""
    second_factor: Annotated[
        Maybe[bool], "Every sign-in and session took a second factor, as far as the log says."
    ] = UNJOINED
    first: Annotated[str, "Moment of the first event."]
    last: Annotated[str, "Moment of the last event."]
    events: Annotated[int, "Events."]
    errors: Annotated[int, "Events among them that the provider refused or that failed."]
    bytes_out: Annotated[Maybe[int], "Bytes sent out, where the log states them."]
    samples: Annotated[tuple[str, ...], "Ids of a few events, the first and the last among them."]
    data_classes: Annotated[
        Maybe[tuple[str, ...]], "Derived: classes of data of that store; [] for none."
    ] = UNJOINED
    permitted: Annotated[
        Maybe[bool],
        "Derived: a grant gives that access to that store now; unknown where grants are.",
    ] = UNJOINED
    excepted: Annotated[
        Maybe[bool], "Derived: an entry of the register that holds on its days covers it."
    ] = UNJOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording(Row):
    """One stretch of time of one log of one account and region, and whether it is whole."""

    table: ClassVar[str] = "recordings"

    provider: Annotated[str, "'aws' or 'oci'."]
    account: Annotated[str, "Account or tenancy."]
    region: Annotated[str, "Region."]
    source: Annotated[str, "Log source, as audit.yaml names it."]
    kind: Annotated[str, "cloudtrail, cloudtrail lookup, s3 access, oci audit or oci objects."]
    start: Annotated[str, "Moment from which."]
    end: Annotated[str, "Moment until which."]
    files: Annotated[int, "Files that were read."]
    events: Annotated[int, "Events in them, each counted once."]
    doubled: Annotated[int, "Events that had been counted already."]
    malformed: Annotated[int, "Lines or records that could not be read."]
    integrity: Annotated[
        Maybe[bool],
        "Signed digests of the provider's name every file, and each is unchanged; unknown without.",
    ]
    whole: Annotated[Maybe[bool], "Nothing that was to be recorded is missing; unknown: perhaps."]
    reason: Annotated[str, "Why not, in a sentence; '' if it is whole."]
