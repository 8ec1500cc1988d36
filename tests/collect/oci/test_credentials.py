"""Who asks: a profile, an instance or a resource, and what is wrong with it."""

import json
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest

from auditor.collect.oci.client import OciDoor
from auditor.demo.oci.credentials import private_key_pem
from auditor.demo.oci.estate_reader import make_estate
from auditor.demo.oci.simulator import Simulator
from auditor.demo.oci.transport import in_process
from auditor.model import Outcome, Target
from tests.collect.oci.simulated import DATA, TENANCY, request_for, tenancy

STORAGE = "object_storage.ObjectStorageClient"
LIST = request_for(STORAGE, "list_buckets", namespace_name="acme", compartment_id=DATA)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"config_file": "/nonexistent/config"}, "config file"),
        ({"config_file": "CONFIG", "profile": "nobody"}, "'nobody' not found"),
        ({"auth": "magic"}, "unknown auth 'magic'"),
    ],
)
def test_what_is_wrong_with_the_credentials_is_an_answer(
    tmp_path: Path, options: dict[str, str], expected: str
) -> None:
    """One broken profile must not stop the others."""
    config = tmp_path / "config"
    config.write_text("[DEFAULT]\nregion=us-ashburn-1\n")
    options = {name: value.replace("CONFIG", str(config)) for name, value in options.items()}
    answer = OciDoor(Target(name="mine", provider="oci", options=options)).ask(LIST)

    assert (answer.outcome, answer.code) == (Outcome.FAILED, "ConfigurationError")
    assert expected in answer.message
    assert "mine" in answer.message


def test_a_resource_principal_signs_with_its_token(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its key is not the one that the simulator knows, and it says so in a record."""
    simulator = Simulator(make_estate(tenancy({})))
    claims = {"res_tenant": TENANCY, "iat": 0, "exp": 2**33}
    parts = [json.dumps(part).encode() for part in ({"alg": "none"}, claims)]
    token = ".".join(urlsafe_b64encode(part).decode().rstrip("=") for part in [*parts, b"x"])
    for name, value in {
        "VERSION": "2.2",
        "RPST": token,
        "PRIVATE_PEM": private_key_pem(),
        "REGION": "us-phoenix-1",
    }.items():
        monkeypatch.setenv(f"OCI_RESOURCE_PRINCIPAL_{name}", value)
    target = Target(name="mine", provider="oci", options={"auth": "resource_principal"})
    with in_process(simulator):
        answer = OciDoor(target).ask(request_for(STORAGE, "get_namespace", region=""))

    assert (answer.outcome, answer.code) == (Outcome.DENIED, "NotAuthenticated")
    assert {entry.host for entry in simulator.log} == {"objectstorage.us-phoenix-1.oraclecloud.com"}
