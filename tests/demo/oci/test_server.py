"""The simulator behind a port: real clients, unchanged, in their own process."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import oci
import pytest

from auditor.demo.oci import credentials
from auditor.demo.oci.estate import Estate
from auditor.demo.oci.faults import InjectedFault
from auditor.demo.oci.server import Server, serving
from auditor.demo.oci.simulator import Simulator
from tests.demo.oci.conftest import DATA, NoRetry

CLIENT = """
import sys
import oci

config = oci.config.from_file(sys.argv[1])
identity = oci.identity.IdentityClient(config)
print(*[r.region_name for r in identity.list_region_subscriptions(config["tenancy"]).data])
storage = oci.object_storage.ObjectStorageClient(config)
listing = oci.pagination.list_call_get_all_results
namespace = storage.get_namespace().data
print(*[bucket.name for bucket in listing(storage.list_buckets, namespace, sys.argv[2]).data])
for vault in oci.key_management.KmsVaultClient(config).list_vaults(sys.argv[2]).data:
    keys = oci.key_management.KmsManagementClient(config, vault.management_endpoint)
    print(*[key.id for key in keys.list_keys(vault.compartment_id).data])
"""


@pytest.fixture(scope="module")
def server(estate: Estate) -> Iterator[Server]:
    """A simulator with small pages on a loopback port."""
    with serving(Simulator(estate, page_size=2)) as running:
        yield running


def test_an_unchanged_client_in_its_own_process(server: Server, tmp_path: Path) -> None:
    """With a proxy and a CA bundle in the environment, nothing else differs for a client."""
    config = credentials.write_config(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", CLIENT, str(config), DATA],
        env={**os.environ, **server.environment()},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "us-ashburn-1 us-phoenix-1",
        "user-data logs tmp",
        "ocid1.key.oc1.iad.v1.k1",
        "ocid1.key.oc1.iad.v2.k2",
    ]


def test_a_client_without_the_authority_distrusts_it(server: Server, tmp_path: Path) -> None:
    """The certificate is checked: without our authority there is no answer."""
    config = credentials.write_config(tmp_path)
    environment = {**os.environ, **server.environment()}
    del environment["REQUESTS_CA_BUNDLE"]
    program = (
        "import oci, sys; c = oci.config.from_file(sys.argv[1]);"
        "oci.identity.IdentityClient(c, retry_strategy=oci.retry.NoneRetryStrategy())"
        ".get_tenancy(c['tenancy'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(config)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode != 0
    assert "CERTIFICATE_VERIFY_FAILED" in done.stderr


def plain_client(server: Server, host: str) -> oci.object_storage.ObjectStorageClient:
    """Make a client that talks plain HTTP to the server."""
    return oci.object_storage.ObjectStorageClient(
        credentials.config(),
        signer=credentials.signer(),
        service_endpoint=server.plain_url(host),
        retry_strategy=NoRetry(),
        circuit_breaker_strategy=oci.circuit_breaker.NoCircuitBreakerStrategy(),
    )


def test_plain_http_needs_no_certificate(server: Server) -> None:
    """A client may also be led to the server by its endpoint, signatures included."""
    client = plain_client(server, "objectstorage.us-ashburn-1.oraclecloud.com")
    assert client.get_bucket("acme", "logs").data.public_access_type == "ObjectRead"


def test_a_host_that_does_not_exist(server: Server) -> None:
    """A host that no service has is not answered for."""
    client = plain_client(server, "objectstorage.us-nowhere-1.oraclecloud.com")
    with pytest.raises(oci.exceptions.ServiceError) as refusal:
        client.get_bucket("acme", "logs")
    assert refusal.value.status == 502


def test_a_broken_connection(server: Server) -> None:
    """A fault can break the connection before the answer."""
    server.simulator.inject(InjectedFault(operation=".*get_namespace", times=1, disconnect=True))
    client = plain_client(server, "objectstorage.us-ashburn-1.oraclecloud.com")
    with pytest.raises(oci.exceptions.RequestException):
        client.get_namespace()
    assert client.get_namespace().data == "acme"
