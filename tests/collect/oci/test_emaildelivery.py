"""Domains that e-mail is sent from."""

from auditor.model import Unknown
from auditor.tables import Flow, Processor
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import named, thing


def test_mail_goes_to_mailboxes_of_nobody_knows_whom() -> None:
    """A domain that was deleted sends none."""
    domains = [
        named("emaildomain", "example.com"),
        named("emaildomain", "old.example.com", lifecycle_state="DELETED"),
    ]
    sender = thing("emailsender", "hello", email_address="hello@example.com")
    del sender["display_name"]
    found = collected(
        {"us-ashburn-1": {"email": {"EmailDomain": domains, "Sender": [sender]}}},
        kinds="oci.email",
    )

    assert {row.name for row in found.of(Processor)} == {"example.com", "hello@example.com"}
    for flow in found.of(Flow):
        assert (flow.mechanism, flow.active) == ("stream", True)
        assert isinstance(flow.target_country, Unknown)
