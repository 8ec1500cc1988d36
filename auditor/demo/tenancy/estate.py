"""Runs the demo tenancy behind the simulator, in this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from auditor.demo.kubernetes.estate import oke_clusters
from auditor.demo.oci.credentials import TENANCY, write_config
from auditor.demo.oci.estate_reader import make_estate
from auditor.demo.oci.indexed import EVERY_TYPE
from auditor.demo.oci.simulator import Simulator
from auditor.demo.oci.transport import in_process
from auditor.demo.tenancy.breaches import build_breaches
from auditor.demo.tenancy.builder import HOME, NAMESPACE, Builder, ocid
from auditor.demo.tenancy.gaps import FAULTS, build_gaps
from auditor.demo.tenancy.ordinary import build_keys, build_ordinary, build_places
from auditor.demo.tenancy.permissions import AUDITORS, build_permissions
from auditor.demo.tenancy.plots import Ground, load_plots
from auditor.model import Target

TARGET = "oci-demo"
UNINDEXED = frozenset({"KafkaCluster"})  # exist, and Resource Search has no name for them here
_PATIENCE = "1"  # seconds: nobody should wait for a throttle that never ends


@contextmanager
def oci_estate() -> Iterator[Target]:
    """Yield a target that reaches the estate, for as long as the context is open."""
    clusters = oke_clusters(ocid("cluster", HOME, "home"))
    with TemporaryDirectory() as folder, in_process(make_simulator()), clusters:
        config = write_config(Path(folder))
        options = {"config_file": str(config), "patience": _PATIENCE}
        yield Target(name=TARGET, provider="oci", options=options)


def make_simulator() -> Simulator:
    """Return a simulator of the whole tenancy, with its faults."""
    estate = Builder()
    build_places(estate)
    keys = build_keys(estate)
    build_ordinary(estate, keys)
    build_breaches(estate, keys[HOME])
    build_gaps(estate, keys[HOME])
    ground = Ground(estate=estate, keys=keys)
    for plot in load_plots():
        plot.build(ground)
    build_permissions(estate)
    written = {
        "tenancy": TENANCY,
        "namespace": NAMESPACE,
        "indexed": sorted(EVERY_TYPE - UNINDEXED),
        "caller": {"groups": [AUDITORS]},
        "regions": estate.regions,
    }
    simulator = Simulator(make_estate(written))
    for fault in (*FAULTS, *(fault for plot in load_plots() for fault in plot.faults)):
        simulator.inject(fault)
    return simulator
