"""``auditor audit`` with unchanged SDKs and ordinary credentials, both clouds on loopback."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import boto3
import duckdb
import pytest
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

from auditor.demo.oci import credentials
from auditor.demo.oci.estate_reader import make_estate
from auditor.demo.oci.server import serving
from auditor.demo.oci.simulator import Simulator
from auditor.model import Json
from auditor.policy import read_results

AUDIT = """\
agreement: The agreement
company: The company
period: {start: 2026-01-01, end: 2026-12-31}
aws:
  - name: cloud-one
    regions: [us-east-1]
oci:
  - name: cloud-two
    config_file: %s
parties:
  - {name: Oracle, roles: [trusted provider], operators: [Oracle, Amazon Web Services]}
boundary_accounts: ["123456789012", %s]
classification:
  - {name: all, data_classes: [us_user_data], names: ["*"]}
policies: [{pack: ttp-2020}]
signing: {ephemeral: true}
output: bundles
"""
STORES = "SELECT id FROM '%s/facts/stores.parquet' WHERE kind = 'bucket'"
MOMENT = "2026-01-01T00:00:00Z"


def estate() -> dict[str, Json]:
    """One tenancy with one bucket."""
    tenancy = credentials.TENANCY
    subscription = {
        "_path": {"tenancyId": tenancy},
        "region_key": "IAD",
        "region_name": "us-ashburn-1",
        "status": "READY",
        "is_home_region": True,
    }
    root = {
        "id": tenancy,
        "compartment_id": tenancy,
        "name": "acme",
        "description": "root",
        "lifecycle_state": "ACTIVE",
    }
    bucket = {
        "name": "user-data",
        "namespace": "acme",
        "compartment_id": tenancy,
        "public_access_type": "NoPublicAccess",
        "time_created": MOMENT,
    }
    return {
        "tenancy": tenancy,
        "namespace": "acme",
        "regions": {
            "global": {
                "identity": {
                    "Tenancy": [{"id": tenancy, "name": "acme", "home_region_key": "IAD"}],
                    "RegionSubscription": [subscription],
                    "Compartment": [root],
                }
            },
            "us-ashburn-1": {"object_storage": {"Bucket": [bucket]}},
        },
    }


MOTO = DomainDispatcherApplication(create_backend_app)
# Hundreds of pages of public parameters, ten at a time.
LONG = "AmazonSSM.GetParametersByPath"


def played_only(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer as moto does, and 501 to what it does not play, which no client asks again."""

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start_response("501 Not played" if status[:1] == "5" else status, headers, *rest)

    if environ.get("HTTP_X_AMZ_TARGET") == LONG:
        start("501 Not played", [])
        return ()
    answer: Iterable[bytes] = MOTO(environ, start)
    return answer


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Variables of a process for which both clouds are on loopback."""
    os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"  # a thousand snapshots of nobody's
    moto = make_server("127.0.0.1", 0, played_only, threaded=True)
    threading.Thread(target=moto.serve_forever, daemon=True).start()
    aws = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{moto.server_port}",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    client = boto3.client(
        "s3",
        endpoint_url=aws["AWS_ENDPOINT_URL"],
        region_name="us-east-1",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )
    client.create_bucket(Bucket="user-data-one")
    client.close()
    with serving(Simulator(make_estate(estate()))) as server:
        yield {**os.environ, **server.environment(), **aws}
    moto.shutdown()


def audit(folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run ``auditor audit`` in a folder with a configuration for both clouds."""
    config = credentials.write_config(folder)
    (folder / "audit.yaml").write_text(AUDIT % (config.name, credentials.TENANCY))
    return subprocess.run(
        [sys.executable, "-m", "auditor", "audit", "--config", "audit.yaml", "--quiet"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_both_clouds_are_audited_over_the_network(
    environment: dict[str, str], tmp_path: Path
) -> None:
    """The bundle holds a store of each cloud, and page one tells of endpoints and proxies."""
    ended = audit(tmp_path, environment)

    assert ended.returncode == 1, ended.stderr  # no trail: G-01 fails
    (bundle,) = (tmp_path / "bundles").iterdir()
    with duckdb.connect() as database:
        stores = {row[0] for row in database.execute(STORES % bundle).fetchall()}
    assert stores == {"arn:aws:s3:::user-data-one", "oci:objectstorage:us-ashburn-1:acme/user-data"}
    results = {c.id: c for c in read_results(bundle / "results.json").controls}
    assert results["A-02"].population.passed == 2
    excluded = {finding.row_id for finding in results["G-10"].findings}
    assert "cloud-one/123456789012/aws.ec2.region/eu-central-1" in excluded
    page = (bundle / "report.html").read_text(encoding="utf-8")
    assert "AWS_ENDPOINT_URL" in page
    assert "HTTPS_PROXY" in page


def test_no_credentials_at_all_ends_in_words(tmp_path: Path) -> None:
    """Nobody answers: exit code 5, a reason for each target, and no traceback."""
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    nowhere = {
        **bare,
        "HOME": str(tmp_path),
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "HTTPS_PROXY": "http://127.0.0.1:9",
    }

    ended = audit(tmp_path, nowhere)

    assert ended.returncode == 5
    assert "cloud-one" in ended.stderr
    assert "Traceback" not in ended.stderr
