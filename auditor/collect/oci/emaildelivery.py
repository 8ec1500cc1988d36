"""OCI Email Delivery: domains that mail is sent from, to mailboxes that are nobody's here."""

from collections.abc import Iterator

from auditor.collect.oci.flows import to_outside
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import text
from auditor.collect.oci.service_rows import (
    LONG_PAGE,
    compartment_listing,
    is_gone,
    processor_of,
    runs,
)
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Processor

_MAIL = Unknown("it sends e-mail, and where a mailbox is is not known")


def _rows(found: Found) -> Iterator[Processor | Flow]:
    if not is_gone(found):
        domain = processor_of(found, "email", "domain", name=text(found, "item.name"))
        yield domain
        yield to_outside(domain, "stream", "e-mail", _MAIL, runs(found))


DOMAINS = Collector(
    kind="oci.email.domain",
    service="email.EmailClient",
    title="Domains that e-mail is sent from",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_email_domains", "inspect email-domains", limit=LONG_PAGE),
    tables=(Processor, Flow),
    rows=_rows,
    types=("EmailDomain",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/emaildelivery/20170907/EmailDomainSummary/ListEmailDomains",
)
