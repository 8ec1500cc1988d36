"""What we claim to know about the block of public access to VPCs, given what AWS answered."""

import pytest

from auditor.collect.aws.network_blocks import OPTIONS
from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import Guardrail
from tests.collect.aws.walking import ACCOUNT, HOME


def block_of(**options: Json) -> Guardrail:
    item: Json = {"VpcBlockPublicAccessOptions": options}
    place = {"account": ACCOUNT, "region": HOME}
    (row,) = OPTIONS.rows(Found(place=place, item=item, records={"item": (0,)}))
    assert isinstance(row, Guardrail)
    return row


@pytest.mark.parametrize(
    ("mode", "enforced"), [("off", False), ("block-ingress", True), ("block-bidirectional", True)]
)
def test_a_block_is_on_or_off(mode: str, enforced: bool) -> None:
    block = block_of(InternetGatewayBlockMode=mode, ExclusionsAllowed="not-allowed")

    assert (block.enforced, block.escapes, block.region) == (enforced, (), HOME)


def test_what_is_not_stated_is_unknown() -> None:
    block = block_of(ExclusionsAllowed="allowed")

    assert isinstance(block.enforced, Unknown)
    assert isinstance(block.escapes, Unknown)
