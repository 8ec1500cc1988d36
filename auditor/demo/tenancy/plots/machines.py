"""Instances, the disks of their hosts, images made of them, and their consoles."""

from collections.abc import Mapping

from auditor.demo.planted import fails, stays_open
from auditor.demo.tenancy.builder import (
    FRANKFURT,
    HOME,
    LONG_AGO,
    OPERATIONS,
    PROD,
    USER_DATA,
    WEST,
    Builder,
    ocid,
)
from auditor.demo.tenancy.plots import Ground, Plot
from auditor.model import Json

_NO_DISKS: Mapping[str, Json] = {"local_disks": 0}
_DISKS: Mapping[str, Json] = {
    "local_disks": 2,
    "local_disk_description": "6.8 TB NVMe SSD Storage (2 drives)",
    "local_disks_total_size_in_gbs": 6800.0,
}


def _build(ground: Ground) -> None:
    estate = ground.estate
    for region in (HOME, WEST):
        _instance(estate, region, "recommender", USER_DATA, _NO_DISKS)
    _instance(estate, FRANKFURT, "recommender", USER_DATA, _NO_DISKS)
    _instance(estate, FRANKFURT, "status-page", OPERATIONS, _NO_DISKS)
    _instance(estate, HOME, "feature-store", USER_DATA, _DISKS)
    _instance(estate, FRANKFURT, "build-cache", OPERATIONS, _DISKS)
    _image(estate, FRANKFURT, "support-desk", USER_DATA)
    _image(estate, HOME, "moderation-tool", USER_DATA, listing_type="COMMUNITY")
    _image(estate, HOME, "leaving", USER_DATA, lifecycle_state="EXPORTING")
    _image(estate, FRANKFURT, "base-system", OPERATIONS, listing_type="COMMUNITY")
    _console(estate, HOME, "recommender")
    _console(estate, FRANKFURT, "status-page")
    for name, tags in (("recommender", USER_DATA), ("status-page", OPERATIONS)):
        _history(estate, name, tags)


def _instance(
    estate: Builder, region: str, name: str, tags: Mapping[str, Json], shape: Mapping[str, Json]
) -> None:
    estate.resource(
        region,
        "core.Instance",
        "instance",
        name,
        tags,
        compartment_id=PROD,
        lifecycle_state="RUNNING",
        display_name=name,
        shape_config=dict(shape),
        time_created=LONG_AGO,
    )


def _image(estate: Builder, region: str, name: str, tags: Mapping[str, Json], **more: Json) -> None:
    sized = {"size_in_mbs": 47_694, "time_created": LONG_AGO}
    fields = {"compartment_id": PROD, "display_name": name, **sized, **more}
    estate.resource(region, "core.Image", "image", name, tags, **fields)


def _console(estate: Builder, region: str, instance: str) -> None:
    estate.resource(
        region,
        "core.InstanceConsoleConnection",
        "instanceconsoleconnection",
        instance,
        {},
        compartment_id=PROD,
        lifecycle_state="ACTIVE",
        instance_id=ocid("instance", region, instance),
    )


def _history(estate: Builder, instance: str, tags: Mapping[str, Json]) -> None:
    """Add what the console of an instance in Frankfurt showed."""
    estate.resource(
        FRANKFURT,
        "core.ConsoleHistory",
        "consolehistory",
        instance,
        tags,
        compartment_id=PROD,
        lifecycle_state="SUCCEEDED",
        display_name=instance,
        instance_id=ocid("instance", FRANKFURT, instance),
        time_created=LONG_AGO,
    )


_HISTORY = ocid("consolehistory", FRANKFURT, "recommender")
_HERE, _DISKS_ROW = ocid("instance", HOME, "recommender"), ocid("instance", HOME, "feature-store")
_ABROAD = ocid("image", FRANKFURT, "support-desk")
_KEYLESS = ("moderation-tool", "leaving")
PLOT = Plot(
    build=_build,
    planted=(
        *fails("an instance works in Frankfurt", A_10=ocid("instance", FRANKFURT, "recommender")),
        *fails("an image of user data is in Frankfurt", A_02=_ABROAD, A_05=_ABROAD),
        *fails(
            "an image is offered to every customer of Oracle Cloud",
            A_05=ocid("image", HOME, "moderation-tool"),
            A_05b=f"{ocid('image', HOME, 'moderation-tool')}/public/*",
        ),
        *stays_open(
            "an image is being exported to nobody knows where",
            A_04=f"{ocid('image', HOME, 'leaving')}/export/[?]",
        ),
        *fails("what a console showed of user data is kept in Frankfurt", A_02=_HISTORY),
        *stays_open(
            "what a console showed, and nobody says encrypted", A_06=_HISTORY, A_07b=_HISTORY
        ),
        *stays_open("an image whose encryption nobody states", A_06=_ABROAD, A_07b=_ABROAD),
        *(
            gap
            for name in _KEYLESS
            for gap in stays_open(
                "an image whose encryption nobody states",
                A_06=ocid("image", HOME, name),
                A_07b=ocid("image", HOME, name),
            )
        ),
        *stays_open(
            "disks in a host, of which nobody says that they are encrypted",
            A_06=f"{_DISKS_ROW}/local-disks",
            A_07b=f"{_DISKS_ROW}/local-disks",
        ),
        *stays_open("a console that is open to the holder of a key", A_05b=f"{_HERE}/share/*"),
    ),
)
