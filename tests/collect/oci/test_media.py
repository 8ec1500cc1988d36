"""Channels of media and the networks that hand them out."""

from auditor.demo.oci.faults import denied
from auditor.model import Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import thing


def test_a_channel_goes_out_by_networks_that_may_be_off() -> None:
    """A network that was deleted hands out nothing; networks that are refused may exist."""
    live, hidden = (thing("streamdistributionchannel", name) for name in ("live", "hidden"))
    networks = [
        thing("streamcdnconfig", name, distribution_channel_id=live["id"], **more)
        for name, more in (
            ("on", {"is_enabled": True}),
            ("off", {"is_enabled": False}),
            ("gone", {"lifecycle_state": "DELETED", "is_enabled": True}),
        )
    ]
    found = collected(
        {
            "us-ashburn-1": {
                "media_services": {
                    "StreamDistributionChannel": [live, hidden],
                    "StreamCdnConfig": networks,
                    "MediaAsset": [thing("mediaasset", "clip", type="VIDEO")],
                }
            }
        },
        denied("media_services.*list_stream_cdn_configs", resource=str(hidden["id"])),
        kinds="oci.media",
    )

    assert found.row(Flow, ".on").active is True
    assert found.row(Flow, ".off").active is False
    assert isinstance(found.row(Flow, "hidden/edge/?").active, Unknown)
    assert len(found.of(Flow)) == 3
    assert found.row(Store, "clip").country == "US"
