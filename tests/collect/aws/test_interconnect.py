"""What we claim to know about connections to other clouds, given what AWS answered."""

import pytest

from auditor.collect.aws.interconnect import CONNECTIONS
from auditor.model import Unknown
from auditor.spec import Found
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME


@pytest.mark.parametrize(("state", "active"), [("available", True), ("requested", False)])
def test_a_connection_leads_to_another_cloud(state: str, active: bool) -> None:
    item = {
        "id": "i",
        "arn": f"arn:aws:interconnect:{HOME}:{ACCOUNT}:connection/i",
        "provider": {"cloudServiceProvider": "Other Cloud"},
        "location": "Ashburn",
        "state": state,
    }
    place = {"account": ACCOUNT, "region": HOME}

    rows = list(CONNECTIONS.rows(Found(place=place, item=item, records={"item": (0,)})))
    flow = rows[-1]

    assert isinstance(flow, Flow)
    assert (flow.mechanism, flow.active) == ("mount", active)
    assert isinstance(flow.target_operator, Unknown)
    assert "Other Cloud at Ashburn" in flow.target_operator.reason
