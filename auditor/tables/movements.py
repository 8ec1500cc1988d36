"""Tables of how data moves, and where it can end up."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from auditor.tables.base import UNJOINED, Maybe, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow(Row):
    """One way in which data does or can move out of a store on its own, or is handed out."""

    table: ClassVar[str] = "flows"

    store_id: Annotated[str, "Store or processor that the data leaves."]
    provider: Annotated[str, "'aws' or 'oci'."]
    account: Annotated[str, "Account or tenancy of that store or processor."]
    region: Annotated[Maybe[str], "Region of that store or processor."]
    mechanism: Annotated[
        str,
        "replication, copy, backup, export, stream, sync, share, link, public, mount, edge "
        "or inference.",
    ]
    data_classes: Annotated[
        Maybe[tuple[str, ...]], "Derived: classes of data of the store or processor it leaves."
    ] = UNJOINED
    active: Annotated[Maybe[bool], "It moves data now or can be used now."]
    target_id: Annotated[Maybe[str], "Store or processor at the other end; '' if it is neither."]
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
    excepted: Annotated[
        Maybe[bool], "Derived: an entry of the register that holds on the audit's day covers it."
    ] = UNJOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach(Row):
    """One place where a store's data can end up over one or more flows. Derived."""

    table: ClassVar[str] = "reach"

    store_id: Annotated[str, "Store or processor where the data starts."]
    data_classes: Annotated[
        Maybe[tuple[str, ...]], "Classes of data of that store or processor."
    ] = UNJOINED
    end_id: Annotated[Maybe[str], "Store or processor where it can end; '' if the end is no store."]
    end_account: Annotated[Maybe[str], "Account or tenancy there; '*' for anybody."]
    end_region: Annotated[Maybe[str], "Region there."]
    end_country: Annotated[Maybe[str], "Country there."]
    end_operator: Annotated[Maybe[str], "Operator there."]
    hops: Annotated[int, "Number of flows on the shortest path."]
    path: Annotated[tuple[str, ...], "Ids of the flows on that path, in order."]
