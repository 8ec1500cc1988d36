"""Identity domains: whose accounts are mastered where, and copied where."""

from auditor.demo.oci.credentials import TENANCY
from auditor.demo.planted import fails, stays_open
from auditor.demo.tenancy.builder import (
    DATA,
    FRANKFURT,
    HOME,
    LONG_AGO,
    OPERATIONS,
    USER_DATA,
    WEST,
    Builder,
)
from auditor.demo.tenancy.plots import Ground, Plot
from auditor.model import Json

_CREATORS, _VIEWERS = "ocid1.domain.oc1..creators", "ocid1.domain.oc1..viewers"


def _build(ground: Ground) -> None:
    """Employees may be anywhere; people who use the app may not."""
    everywhere = (HOME, WEST, FRANKFURT)
    _domain(ground.estate, "default", TENANCY, HOME, *everywhere, **OPERATIONS)
    _domain(ground.estate, "creators", DATA, HOME, WEST, FRANKFURT, **USER_DATA)
    _domain(ground.estate, "viewers", DATA, FRANKFURT, **USER_DATA)


def _domain(
    estate: Builder, name: str, compartment: str, home: str, *replicas: str, **tags: Json
) -> None:
    estate.add(
        "global",
        "identity",
        "Domain",
        id=f"ocid1.domain.oc1..{name}",
        compartment_id=compartment,
        display_name=name,
        home_region=home,
        url=f"https://{name}.identity.oraclecloud.com:443",
        replica_regions=[{"region": each, "state": "REPLICATION_ENABLED"} for each in replicas],
        type="DEFAULT" if name == "default" else "SECONDARY",
        lifecycle_state="ACTIVE",
        time_created=LONG_AGO,
        **tags,
    )


PLOT = Plot(
    build=_build,
    planted=(
        *fails("viewers' accounts are mastered in Frankfurt", A_02=_VIEWERS),
        *fails(
            "creators' accounts are replicated to Frankfurt",
            A_04=f"{_CREATORS}/replication/{FRANKFURT}",
        ),
        *stays_open(
            "Oracle does not state where it keeps copies of domains in case of a disaster",
            A_04="ocid1.domain.oc1..[cv]*/replication/disaster-recovery",
        ),
        *stays_open(
            "Oracle does not state how domains are encrypted, nor where the keys are",
            A_06="ocid1.domain.oc1..[cv]*",
            A_07b="ocid1.domain.oc1..[cv]*",
        ),
    ),
)
