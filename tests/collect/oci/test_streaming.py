"""Streams and the keys of their pools."""

import pytest

from auditor.demo.oci.faults import denied
from auditor.model import Unknown
from auditor.tables import Store
from tests.collect.oci.simulated import Collected, collected
from tests.collect.oci.things import named

KEY = "ocid1.key.oc1.iad.k"


@pytest.fixture(scope="module")
def found() -> Collected:
    """Streams of a pool with a key, of one without, of one that is refused, and a deleted one."""
    plain = {"key_state": "NONE"}
    pools = [
        named("streampool", "keyed", custom_encryption_key={"kms_key_id": KEY}, is_private=True),
        named("streampool", "plain", custom_encryption_key=plain, is_private=False),
        named("streampool", "hidden", custom_encryption_key=plain, is_private=False),
    ]
    streams = [
        named("stream", f"in-{pool['name']}", stream_pool_id=pool["id"], partitions=1)
        for pool in pools
    ]
    gone = named("stream", "gone", stream_pool_id=pools[1]["id"], lifecycle_state="DELETED")
    return collected(
        {"us-ashburn-1": {"streaming": {"StreamPool": pools, "Stream": [*streams, gone]}}},
        denied("streaming.*get_stream_pool", resource=pools[2]["id"]),
        kinds="oci.streaming",
    )


def test_a_stream_is_encrypted_with_the_key_of_its_pool(found: Collected) -> None:
    """A pool without a key uses Oracle's."""
    assert found.row(Store, "in-keyed").key_id == KEY
    assert found.row(Store, "in-plain").key_id == ""
    assert found.row(Store, "in-keyed").encrypted is True


def test_a_pool_that_is_refused_leaves_the_key_unknown(found: Collected) -> None:
    """The stream is there all the same."""
    assert isinstance(found.row(Store, "in-hidden").key_id, Unknown)


def test_a_deleted_stream_holds_nothing(found: Collected) -> None:
    """It is listed for a while."""
    assert len(found.of(Store)) == 3
