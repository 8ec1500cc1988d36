"""One estate with a bit of everything that collectors ask for, and a simulator of it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import oci
import pytest

from auditor.demo.oci import credentials
from auditor.demo.oci.estate import Estate
from auditor.demo.oci.estate_reader import read_estate
from auditor.demo.oci.simulator import Simulator
from auditor.demo.oci.transport import in_process

ESTATE = Path(__file__).with_name("estate.yaml")
DATA = "ocid1.compartment.oc1..aaaadata"
NoRetry = oci.retry.NoneRetryStrategy


@pytest.fixture(scope="session")
def estate() -> Estate:
    """The estate of estate.yaml."""
    return read_estate(ESTATE)


@pytest.fixture
def simulator(estate: Estate) -> Iterator[Simulator]:
    """A simulator with small pages, behind every client of this process."""
    with in_process(Simulator(estate, page_size=2)) as running:
        yield running


@pytest.fixture(scope="session")
def connect() -> Callable[..., Any]:
    """Make a client of the real SDK that neither retries nor breaks circuits."""

    def make(kind: type, *endpoint: str, region: str = credentials.REGION, **options: Any) -> Any:
        return kind(
            credentials.config(region=region),
            *endpoint,
            signer=credentials.signer(),
            retry_strategy=NoRetry(),
            circuit_breaker_strategy=oci.circuit_breaker.NoCircuitBreakerStrategy(),
            **options,
        )

    return make
