"""What a request is made of."""

from auditor.spec import Found, Listing
from auditor.walk.tasks import Unit
from tests.fakes import BOXES


def test_an_address_that_no_answer_states_is_made_of_what_is_known() -> None:
    """Its function sees what paths would."""
    unit = Unit(BOXES, {"region": "one"})
    source = Found(place={"region": "one"}, item={"vault": "v"})
    call = Listing(
        operation="list",
        permission="",
        locate=lambda found: f"https://{found.read('item.vault')}.example",
    )

    assert unit.request(call, "l0", source, None).endpoint == "https://v.example"
