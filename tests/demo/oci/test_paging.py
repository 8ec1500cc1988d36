"""Pages: all objects once, in order; hostile limits and tokens are refused."""

from collections.abc import Callable
from typing import Any

import oci
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.demo.oci.paging import cut_page
from auditor.demo.oci.simulator import Simulator
from auditor.demo.oci.wire import ServiceError
from tests.demo.oci.conftest import DATA


@given(count=st.integers(0, 60), limit=st.integers(1, 20), largest=st.integers(1, 20))
def test_pages_hold_everything_once(count: int, limit: int, largest: int) -> None:
    """Whatever the sizes, following the tokens gives the whole listing in order."""
    items = list(range(count))
    query = {"limit": [str(limit)], "compartmentId": ["c"]}
    seen: list[int] = []
    token = ""
    while True:
        page = cut_page(items, {**query, "page": [token]}, "listing", largest)
        assert len(page.items) <= min(limit, largest)
        seen += page.items
        token = page.next_token
        if not token:
            break
    assert seen == items


@given(st.text() | st.from_regex(r"\A[0-9]{1,12}\.[0-9a-f]{16}\Z"))
def test_hostile_tokens_are_refused(token: str) -> None:
    """A token that the listing did not give is a bad parameter and never a crash."""
    if token:
        with pytest.raises(ServiceError) as refusal:
            cut_page(range(10), {"page": [token]}, "listing", 3)
        assert refusal.value.status == 400


@pytest.mark.parametrize("limit", ["0", "-1", "1001", "many", "", "1e2", "\u0663", "9" * 5000])
def test_hostile_limits_are_refused(limit: str) -> None:
    """Only whole numbers from 1 to 1000 are limits."""
    with pytest.raises(ServiceError) as refusal:
        cut_page(range(10), {"limit": [limit]}, "listing", 3)
    assert refusal.value.status == 400


def test_a_token_belongs_to_its_listing() -> None:
    """A token of another listing, or of the same with other filters, is refused."""
    token = cut_page(range(10), {"name": ["a"]}, "listing", 3).next_token
    for query, listing in (({"name": ["b"]}, "listing"), ({"name": ["a"]}, "other")):
        with pytest.raises(ServiceError):
            cut_page(range(10), {**query, "page": [token]}, listing, 3)


def test_the_sdk_pages(simulator: Simulator, connect: Callable[..., Any]) -> None:
    """'limit' and 'page' work as the SDK's own paging expects."""
    client = connect(oci.object_storage.ObjectStorageClient)
    first = client.list_buckets("acme", DATA, limit=1)
    second = client.list_buckets("acme", DATA, limit=1, page=first.next_page)
    assert [first.data[0].name, second.data[0].name] == ["user-data", "logs"]
    assert first.has_next_page
    with pytest.raises(oci.exceptions.ServiceError) as refusal:
        client.list_buckets("acme", DATA, page="nonsense")
    assert (refusal.value.status, refusal.value.code) == (400, "InvalidParameter")
