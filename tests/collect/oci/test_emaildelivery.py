"""Domains that e-mail is sent from."""

from auditor.model import Unknown
from auditor.tables import Flow
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import named


def test_mail_goes_to_mailboxes_of_nobody_knows_whom() -> None:
    """A domain that was deleted sends none."""
    domains = [
        named("emaildomain", "example.com"),
        named("emaildomain", "old.example.com", lifecycle_state="DELETED"),
    ]
    found = collected({"us-ashburn-1": {"email": {"EmailDomain": domains}}}, kinds="oci.email")
    (flow,) = found.of(Flow)

    assert (flow.mechanism, flow.active) == ("stream", True)
    assert isinstance(flow.target_country, Unknown)
