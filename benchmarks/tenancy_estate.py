"""The synthetic tenancy: which kinds of resources there are, how many, and where."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from auditor.demo.oci import credentials
from auditor.demo.oci.indexed import INDEXED
from auditor.demo.oci.shapes import shape
from auditor.model import Json

REGIONS = ("us-ashburn-1", "us-phoenix-1", "eu-frankfurt-1")
COMPARTMENTS, EMPTY = 100, 60
_KEYS = {"us-ashburn-1": "iad", "us-phoenix-1": "phx", "eu-frankfurt-1": "fra"}
_EVERY = 3  # a kind is in one place of so many
Place = tuple[str, str]  # region and compartment

# module.Model -> how many, and what they have besides the usual
_KINDS: Mapping[str, tuple[int, Mapping[str, Json]]] = {
    "core.Volume": (4700, {"size_in_gbs": 50}),
    "core.BootVolume": (2500, {"size_in_gbs": 50}),
    "core.VolumeBackup": (4000, {"unique_size_in_gbs": 5, "volume_id": "ocid1.volume.oc1.iad.v"}),
    "core.BootVolumeBackup": (
        1500,
        {"unique_size_in_gbs": 5, "boot_volume_id": "ocid1.bootvolume.oc1.iad.b"},
    ),
    "core.Instance": (2000, {"shape": "VM.Standard.E5.Flex"}),
    "core.Image": (300, {}),
    "object_storage.Bucket": (300, {"public_access_type": "NoPublicAccess", "is_read_only": False}),
    "database.AutonomousDatabase": (200, {"db_name": "db", "role": "PRIMARY"}),
    "database.Database": (200, {"db_name": "db"}),
    "streaming.Stream": (500, {"partitions": 1}),
    "queue.Queue": (300, {}),
    "ons.NotificationTopic": (500, {}),
    "vault.Secret": (1000, {}),
    "logging.LogGroup": (200, {}),
    "events.Rule": (300, {}),
    "artifacts.ContainerRepository": (400, {}),
    "core.Vcn": (300, {}),
    "core.Subnet": (800, {}),
}


@cache
def places() -> tuple[Place, ...]:
    """Return where anything is: most compartments are used in one region, some in two."""
    found = []
    for number in range(COMPARTMENTS - EMPTY):
        for more in range(2 if number % 4 == 0 else 1):
            region = REGIONS[(number + more) % len(REGIONS)]
            found.append((region, compartment(number)))
    return tuple(found)


def compartment(number: int) -> str:
    """Return the OCID of a compartment."""
    return f"ocid1.compartment.oc1..c{number:03}"


def resources() -> Iterator[tuple[str, Place, int]]:
    """Yield model, place and number of each resource."""
    for kind, (model, (count, _)) in enumerate(_KINDS.items()):
        where = [place for at, place in enumerate(places()) if (at + kind) % _EVERY == 0]
        for number in range(count):
            yield model, where[number % len(where)], number


def types_by_place() -> Mapping[Place, Counter[str]]:
    """Return how many of each type the index names in each place where anything is."""
    found: dict[Place, Counter[str]] = {place: Counter() for place in places()}
    for model, place, _ in resources():
        module, _, plain = model.partition(".")
        if (module, plain) in INDEXED:
            found[place][INDEXED[module, plain]] += 1
    return found


def estate() -> dict[str, Json]:
    """Return the tenancy as the simulator reads it."""
    tenancy = credentials.TENANCY
    regions: dict[str, dict[str, dict[str, list[Json]]]] = {
        "global": {
            "audit": {
                "Configuration": [
                    {"_path": {"compartmentId": tenancy}, "retention_period_days": 365}
                ]
            },
            "cloud_guard": {"Configuration": [{"_path": {"compartmentId": tenancy}}]},
            "identity": {
                "AuthenticationPolicy": [{"compartment_id": tenancy}],
                "Tenancy": [{"id": tenancy, "name": "large", "home_region_key": "IAD"}],
                "RegionSubscription": [_subscription(name) for name in REGIONS],
                "Compartment": [{"id": tenancy, "name": "large", "lifecycle_state": "ACTIVE"}]
                + [_compartment(number) for number in range(COMPARTMENTS)],
            },
        }
    }
    for model, (region, where), number in resources():
        module, _, plain = model.partition(".")
        kinds = regions.setdefault(region, {}).setdefault(module, {})
        kinds.setdefault(plain, []).append(_resource(model, region, where, number))
    return {"tenancy": tenancy, "namespace": "large", "regions": regions}


def _subscription(name: str) -> Json:
    return {
        "_path": {"tenancyId": credentials.TENANCY},
        "region_name": name,
        "region_key": _KEYS[name].upper(),
        "status": "READY",
        "is_home_region": name == REGIONS[0],
    }


def _compartment(number: int) -> Json:
    return {
        "id": compartment(number),
        "compartment_id": credentials.TENANCY,
        "name": f"c{number:03}",
        "lifecycle_state": "ACTIVE",
        "is_accessible": True,
    }


def _resource(model: str, region: str, where: str, number: int) -> Json:
    plain = model.partition(".")[2].lower()
    name = f"{plain}-{number:05}"
    given = {"compartment_id": where, "time_created": "2025-01-01T00:00:00Z"}
    if model == "object_storage.Bucket":
        return {**given, "name": name, "namespace": "large", **_KINDS[model][1]}
    id_ = f"ocid1.{plain}.oc1.{_KEYS[region]}.{number:05}"
    named = _NAMES.get(model, "display_name")
    state = {"lifecycle_state": _state_of(model)} if _state_of(model) else {}
    identified = "topic_id" if model == "ons.NotificationTopic" else "id"
    return {identified: id_, **state, named: name, **given, **_KINDS[model][1]}


@cache
def _state_of(model: str) -> str:
    """Return what a model calls its ordinary state, '' if it has none."""
    module, _, plain = model.partition(".")
    known = shape(module, plain)
    field = known.fields.get("lifecycle_state") if known else None
    states = (field.allowed if field else None) or frozenset()
    return next((each for each in ("AVAILABLE", "ACTIVE", "RUNNING") if each in states), "")


_NAMES = {
    "database.Database": "db_unique_name",
    "ons.NotificationTopic": "name",
    "streaming.Stream": "name",
    "vault.Secret": "secret_name",
}
