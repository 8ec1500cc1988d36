"""Parts of a collection: together they are the whole, and each account is in one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.walk.shards import Shard
from tests.fakes import COLLECTORS


@given(st.integers(1, 300), st.text(max_size=20))
def test_every_account_is_in_one_part(of: int, account: str) -> None:
    """Twice would cost twice; never would be a gap that nobody sees."""
    assert sum(each.takes(account) for each in Shard(1, of).all) == 1


def test_parts_are_of_one_size() -> None:
    accounts = [f"{number:012}" for number in range(5_000)]

    sizes = [sum(map(each.takes, accounts)) for each in Shard(1, 8).all]

    assert max(sizes) < 1.15 * min(sizes)


def test_what_is_in_no_account_is_asked_once() -> None:
    """Except for the accounts themselves, which every part has to know."""
    first, second = (each.collectors(COLLECTORS) for each in Shard(1, 2).all)

    assert first == tuple(COLLECTORS)
    assert {each.kind for each in COLLECTORS if each.axis} <= {each.kind for each in second}
    assert all("account" in each.per or each.axis for each in second)


@pytest.mark.parametrize("text", ["3/8", "1/1", "8/8"])
def test_reads_what_it_writes(text: str) -> None:
    assert str(Shard.parse(text)) == text


@pytest.mark.parametrize("text", ["0/8", "9/8", "3", "3/0", "-1/8", "3/8 ", "٣/٨", "1/100000"])
def test_refuses_what_is_no_part(text: str) -> None:
    with pytest.raises(ValueError, match="third of eight"):
        Shard.parse(text)
