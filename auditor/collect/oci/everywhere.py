"""Rows of services that answer at every point of presence of Oracle's, rather than in a region."""

from typing import Any

from auditor.collect.oci.reading import moment, tags_of, text
from auditor.collect.oci.regions import operator_in
from auditor.spec import Found
from auditor.tables import Processor

GLOBAL = "global"
EVERYWHERE = "*"


def processor_everywhere(found: Found, service: str, kind: str, **columns: Any) -> Processor:
    """Return what every point of presence answers for, wherever one stands."""
    account = found.place["account"]
    return Processor(
        id=text(found, "item.id"),
        evidence=found.evidence,
        provider="oci",
        operator=operator_in(account),
        account=account,
        compartment=found.place["compartment"],
        region=GLOBAL,
        country=EVERYWHERE,
        service=service,
        kind=kind,
        created=moment(found.read("item.timeCreated")),
        tags=tags_of(found, "item"),
        **columns,
    )
