"""init, collectors and permissions: what somebody runs before the first audit."""

import json
from pathlib import Path

import botocore.session
import pytest

from auditor.cli.main import main
from auditor.collect.registry import load_collectors
from auditor.config.loader import load_config


def test_init_writes_a_file_that_loads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The start is a configuration as it stands, and is never overwritten unasked."""
    path = tmp_path / "audit.yaml"
    assert main(["init", str(path)]) == 0
    assert "Edit it" in capsys.readouterr().err
    assert load_config(path).company == "Example Company"
    path.write_text("mine")
    assert main(["init", str(path)]) == 2
    assert path.read_text() == "mine"
    assert "--force" in capsys.readouterr().err
    assert main(["init", str(path), "--force", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")
    assert main(["init", str(tmp_path / "none" / "audit.yaml")]) == 2


def test_collectors_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Every collector with the SDK's names, permissions and tables."""
    assert main(["collectors", "--json"]) == 0
    found = {each["kind"]: each for each in json.loads(capsys.readouterr().out)}
    assert list(found) == sorted(found)
    bucket = found["aws.s3.bucket"]
    assert {"kind", "provider", "service", "operations", "permissions", "tables"} <= set(bucket)
    assert bucket["provider"] == "aws"
    assert "ListBuckets" in bucket["operations"]
    assert "stores" in bucket["tables"]
    assert main(["collectors", "--provider", "oci"]) == 0
    shown = capsys.readouterr().out
    assert "oci.objectstorage.bucket" in shown
    assert "aws." not in shown


def test_aws_permissions_are_policies_of_reads(capsys: pytest.CaptureFixture[str]) -> None:
    """Documents of IAM's shape, one a line; every action belongs to a service that exists."""
    assert main(["permissions", "aws", "--organization-role", "Reader"]) == 0
    policies = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {policy["Version"] for policy in policies} == {"2012-10-17"}
    statements = [each for policy in policies for each in policy["Statement"]]
    actions = [action for each in statements if each["Sid"] == "Audit" for action in each["Action"]]
    assert "s3:ListAllMyBuckets" in actions
    assert {action.split(":")[0] for action in actions} <= _signing_names()
    assert statements[-1]["Action"] == "sts:AssumeRole"
    assert statements[-1]["Resource"].endswith("role/Reader")
    assert main(["permissions", "aws"]) == 0
    assert "sts:AssumeRole" not in capsys.readouterr().out


def test_aws_permissions_can_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file for each policy that has to be made."""
    folder = tmp_path / "grants"
    assert main(["permissions", "aws", "--folder", str(folder)]) == 0
    written = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert written == sorted(folder.iterdir())
    assert all(json.loads(path.read_text())["Statement"] for path in written)
    assert main(["permissions", "aws", "--folder", str(written[0])]) == 2


def _signing_names() -> set[str]:
    """What the services of the collectors are called where permissions are granted."""
    session = botocore.session.get_session()
    collectors = [each for each in load_collectors() if each.provider == "aws"]
    services = {call.service or each.service for each in collectors for call in each.calls}
    services.discard("kubernetes")  # is granted in the cluster
    # IAM's prefix is not always the name that requests are signed with.
    own = {"cloudwatch", "s3express", "tag"}
    return own | {session.get_service_model(service).signing_name for service in services}


def test_oci_permissions_are_statements(capsys: pytest.CaptureFixture[str]) -> None:
    """Only verbs that read, or single permissions under a condition."""
    assert main(["permissions", "oci", "--group", "Readers"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith("Allow group Readers to ") for line in lines)
    assert all(" in tenancy" in line for line in lines)
    assert not any(" to manage " in line or " to use " in line for line in lines)


def test_permissions_of_clusters_are_what_kubectl_takes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """They are granted in the cluster: no cloud's list has them."""
    assert main(["permissions", "kubernetes", "--group", "readers"]) == 0
    role, binding = json.loads(capsys.readouterr().out)["items"]
    assert {verb for rule in role["rules"] for verb in rule["verbs"]} == {"list"}
    assert binding["subjects"][0]["name"] == "readers"
    assert main(["permissions", "kubernetes", "--json"]) == 0
    listed = {each["permission"] for each in json.loads(capsys.readouterr().out)}
    assert "kubernetes:pods:list" in listed
    for cloud in ("aws", "oci"):
        assert main(["permissions", cloud, "--json"]) == 0
        theirs = {each["permission"] for each in json.loads(capsys.readouterr().out)}
        assert theirs
        assert not listed & theirs


def test_permissions_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """--json says which calls need what."""
    assert main(["permissions", "aws", "--json"]) == 0
    needed = {each["permission"]: each for each in json.loads(capsys.readouterr().out)}
    assert needed["s3:ListAllMyBuckets"]["operations"] == ["ListBuckets"]
