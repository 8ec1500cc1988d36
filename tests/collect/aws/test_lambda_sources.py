"""What we claim to know about event source mappings, given what AWS answered."""

from collections.abc import Iterable

import pytest

from auditor.collect.aws.lambda_sources import MAPPINGS
from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME

FUNCTION = f"arn:aws:lambda:{HOME}:{ACCOUNT}:function:f"
TABLE = f"arn:aws:dynamodb:{HOME}:{ACCOUNT}:table/t"


def flows_of(**item: Json) -> list[Flow]:
    found = Found(
        place={"account": ACCOUNT, "region": HOME},
        item={"FunctionArn": FUNCTION, "State": "Enabled", **item},
        records={"item": (0,)},
    )
    rows: Iterable[object] = MAPPINGS.rows(found)
    return [row for row in rows if isinstance(row, Flow)]


@pytest.mark.parametrize(
    ("source", "store"),
    [
        (f"{TABLE}/stream/2020-09-20T00:00:00.000", TABLE),
        ("arn:aws:kinesis:eu-central-1:999999999999:stream/s/consumer/c:1", None),
        (f"arn:aws:sqs:{HOME}:{ACCOUNT}:q", None),
    ],
)
def test_what_is_read_leaves_its_store(source: str, store: str | None) -> None:
    """A table's stream is a view of the table, which is what holds the data."""
    (flow,) = flows_of(EventSourceArn=source)

    assert flow.store_id == (store or source.partition("/consumer/")[0])
    assert (flow.mechanism, flow.target_id, flow.active) == ("stream", FUNCTION, True)
    assert flow.account == source.split(":")[4]


def test_what_failed_goes_elsewhere() -> None:
    end: Json = {"OnFailure": {"Destination": "arn:aws:s3:::failures"}}

    (flow,) = flows_of(DestinationConfig=end)

    assert (flow.store_id, flow.target_id) == (FUNCTION, "arn:aws:s3:::failures")


@pytest.mark.parametrize(("state", "active"), [("Disabled", False), ("Deleting", False)])
def test_a_mapping_that_is_switched_off_moves_nothing(state: str, active: bool) -> None:
    (flow,) = flows_of(EventSourceArn=TABLE, State=state)

    assert flow.active is active


def test_an_unheard_state_is_unknown() -> None:
    (flow,) = flows_of(EventSourceArn=TABLE, State="Pondering")

    assert isinstance(flow.active, Unknown)
