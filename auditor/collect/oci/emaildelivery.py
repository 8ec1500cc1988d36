"""OCI Email Delivery: domains and addresses that mail is sent from, to mailboxes anywhere."""

from collections.abc import Iterator

from auditor.collect.oci.flows import to_outside
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import text
from auditor.collect.oci.service_rows import (
    BARE,
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


def _rows(found: Found, kind: str, name: str) -> Iterator[Processor | Flow]:
    if not is_gone(found):
        sender = processor_of(found, "email", kind, name=text(found, name))
        yield sender
        yield to_outside(sender, "stream", "e-mail", _MAIL, runs(found))


def _domain_rows(found: Found) -> Iterator[Processor | Flow]:
    return _rows(found, "domain", "item.name")


def _sender_rows(found: Found) -> Iterator[Processor | Flow]:
    return _rows(found, "sender", "item.emailAddress")


DOMAINS = Collector(
    kind="oci.email.domain",
    service="email.EmailClient",
    title="Domains that e-mail is sent from",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_email_domains", "inspect email-domains", limit=LONG_PAGE),
    tables=(Processor, Flow),
    rows=_domain_rows,
    types=("EmailDomain",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/emaildelivery/20170907/EmailDomainSummary/ListEmailDomains",
)

SENDERS = Collector(
    kind="oci.email.sender",
    service="email.EmailClient",
    title="Addresses that e-mail may be sent from",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_senders", "inspect approved-senders", items=BARE, limit=LONG_PAGE
    ),
    tables=(Processor, Flow),
    rows=_sender_rows,
    types=("EmailSender",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/emaildelivery/20170907/SenderSummary/ListSenders",
)
