"""The path of an audit through the commands, against an embedded AWS account."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto import mock_aws

from auditor.cli.main import main
from auditor.demo.aws.transport import answering
from auditor.demo.aws.witnesses import answering_witnesses
from auditor.evidence import count_outcomes
from auditor.resources import data_folder
from tests.cli.bundles import write_begun

CONFIG = """\
agreement: The agreement
company: Example Company
period: {start: 2026-01-01, end: 2026-12-31}
aws:
  - name: production
    regions: [us-east-1]
parties:
  - {name: Amazon, roles: [trusted provider], operators: [Amazon Web Services]}
boundary_accounts: ['123456789012']
classification:
  - {name: all, data_classes: [us_user_data], names: ['*']}
policies:
  - pack: ttp-2020
signing: {ephemeral: true}
output: out
"""


_OVERRIDES = ("_PROXY", "_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR")


@pytest.fixture(scope="module", autouse=True)
def account() -> Iterator[None]:
    """An AWS account with one bucket, reached through the real SDK."""
    with pytest.MonkeyPatch.context() as patch, mock_aws(), answering([]), answering_witnesses():
        for name in os.environ:
            if name.startswith(("AWS_", "OCI_")) or name.upper().endswith(_OVERRIDES):
                patch.delenv(name)
        patch.setenv("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="user-data")
        yield


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An audit.yaml for that account."""
    path = tmp_path_factory.mktemp("run") / "audit.yaml"
    path.write_text(CONFIG)
    return path


@pytest.fixture(scope="module")
def evaluated(config: Path) -> Path:
    """A bundle that was collected and evaluated by the two commands."""
    bundle = config.parent / "audit-1"
    assert main(["collect", "--config", str(config), "--bundle", str(bundle)]) == 0
    assert main(["evaluate", str(bundle), "--quiet"]) in (1, 4)
    return bundle


def test_an_audit_in_one_go(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Everything is written, sealed and checked; JSON is alone on standard output."""
    code = main(["audit", "--config", str(config), "--json"])
    said = json.loads(capsys.readouterr().out)
    assert code == said["exit_code"]
    assert code in (1, 4)
    bundle = Path(said["bundle"])
    assert bundle.parent == config.parent / "out"
    names = {"audit.json", "results.json", "report.html", "report.pdf", "SHA256SUMS"}
    assert names <= {path.name for path in bundle.iterdir()}
    assert [step["held"] for step in said["steps"]].count(False) == 0
    assert said["results"] == json.loads((bundle / "results.json").read_bytes())

    assert main(["verify", str(bundle), "--replay"]) == 0
    assert "Nothing was changed since the bundle was signed" in capsys.readouterr().out
    assert main(["audit", "--config", str(config), "--bundle", str(bundle)]) == 2
    assert "sealed" in capsys.readouterr().err
    assert main(["evaluate", str(bundle)]) == 2

    with (bundle / "results.json").open("ab") as file:
        file.write(b" ")
    assert main(["verify", str(bundle), "--json"]) == 3
    found = json.loads(capsys.readouterr().out)
    assert not found["held"]
    assert main(["verify", str(bundle), "--quiet"]) == 3
    assert "Do not rely on this bundle" in capsys.readouterr().out


def test_the_stages_one_by_one(
    config: Path, evaluated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """collect, evaluate, report and sign make the same bundle as audit."""
    capsys.readouterr()
    assert main(["report", str(evaluated)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        str(evaluated / "report.html"),
        str(evaluated / "report.pdf"),
        str(evaluated / "results.sarif"),
    ]
    sealed = evaluated.with_name("audit-sealed")
    shutil.copytree(evaluated, sealed)
    assert main(["sign", str(sealed), "--config", str(config), "--quiet"]) == 0
    fingerprint = capsys.readouterr().out.strip()
    assert main(["verify", str(sealed), "--fingerprint", fingerprint]) == 0
    assert main(["verify", str(sealed), "--fingerprint", "0" * 64]) == 3
    assert main(["verify", str(sealed), "--fingerprint", "short"]) == 2
    assert main(["query", str(sealed), "select name from stores", "--json"]) == 0


def test_evaluation_prints_a_summary(evaluated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Commitments and controls with their counts, for people and for programs."""
    code = main(["evaluate", str(evaluated)])
    shown = capsys.readouterr()
    assert "A-02" in shown.out
    assert "controls as of" in shown.out
    assert "Deriving facts" in shown.err
    assert main(["evaluate", str(evaluated), "--json"]) == code
    assert json.loads(capsys.readouterr().out)["controls"]


def test_a_collection_goes_on_where_it_stopped(
    config: Path, evaluated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Naming the folder again asks nothing that is known; another configuration is refused."""
    capsys.readouterr()
    before = sorted((evaluated / "evidence").iterdir())
    arguments = ["collect", "--bundle", str(evaluated), "--config"]
    assert main([*arguments, str(config)]) == 0
    assert capsys.readouterr().out == f"{evaluated}\n"
    assert sorted((evaluated / "evidence").iterdir()) == before
    other = config.with_name("other.yaml")
    other.write_text(CONFIG.replace("Example Company", "Another Company"))
    assert main([*arguments, str(other)]) == 2
    assert "another configuration" in capsys.readouterr().err


def test_a_plan_since_a_collection_predicts_its_calls(
    config: Path, evaluated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The account has not changed, so that another collection would make the same calls."""
    capsys.readouterr()
    plan = ["plan", "--config", str(config), "--quiet", "--json"]
    assert main([*plan, "--since", str(evaluated)]) == 0
    since = json.loads(capsys.readouterr().out)
    assert since["exact"]
    assert since["calls"] == count_outcomes(evaluated).total()
    assert main(plan) == 0
    alone = json.loads(capsys.readouterr().out)
    assert not alone["exact"]
    assert alone["calls"] <= since["calls"]


def test_configuration_is_checked_before_anything_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A missing file, a fault, a wrong parameter or a missing password: nothing is collected."""
    path = tmp_path / "audit.yaml"
    for command in ("audit", "collect"):
        assert main([command, "--config", str(path)]) == 2
        assert "auditor init" in capsys.readouterr().err
        path.write_text(CONFIG.replace("company:", "compny:"))
        assert main([command, "--config", str(path)]) == 2
        assert f"{path}:2:1: there is no setting 'compny' here" in capsys.readouterr().err
        path.write_text(
            CONFIG.replace("- pack: ttp-2020", "- {pack: ttp-2020, parameters: {nope: 1}}")
        )
        assert main([command, "--config", str(path)]) == 2
        assert "nope" in capsys.readouterr().err
        path.write_text(CONFIG.replace("- pack: ttp-2020", "- folder: mine"))
        shutil.copytree(data_folder("policies") / "ttp-2020", tmp_path / "mine", dirs_exist_ok=True)
        assert main([command, "--config", str(path)]) == 2
        assert "its folder 'mine'" in capsys.readouterr().err
        path.unlink()
    path.write_text(CONFIG.replace("{ephemeral: true}", "{key: k.pem, password_env: NOT_SET}"))
    path.with_name("k.pem").write_text("nothing")
    assert main(["audit", "--config", str(path)]) == 3
    assert "NOT_SET" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_collection_that_nobody_answers_is_exit_5(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No credentials that work: nothing could be collected."""
    path = config.with_name("stranger.yaml")
    path.write_text(CONFIG.replace("regions: [us-east-1]", "profile: nobody-has-this"))
    bundle = config.parent / "audit-stranger"
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config.parent / "none"))
    assert main(["collect", "--config", str(path), "--bundle", str(bundle)]) == 5
    assert "error: " in capsys.readouterr().err


def test_overrides_are_said_while_collecting(
    config: Path, evaluated: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """A CA bundle of one's own is a note now, and a sentence of the audit."""
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere")
    arguments = ["collect", "--config", str(config), "--bundle", str(evaluated)]
    assert main(arguments) == 2  # the begun audit had no such sentence
    assert "note: SSL_CERT_FILE is set" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["evaluate", "report", "sign"])
def test_a_folder_that_is_no_bundle_is_refused(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message names the folder and what is missing."""
    extra = ["--ephemeral"] if command == "sign" else []
    assert main([command, str(tmp_path), *extra]) == 2
    assert "is not the folder of a bundle" in capsys.readouterr().err


def test_the_key_must_be_the_kind_that_the_report_speaks_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A report never says that its key names somebody if it does not, nor the reverse."""
    bundle = write_begun(tmp_path / "audit-1")
    assert main(["sign", str(bundle), "--ephemeral", "--key", "x"]) == 2
    assert main(["sign", str(bundle), "--key", str(tmp_path / "none")]) == 3
    text = (bundle / "audit.json").read_text()
    (bundle / "audit.json").write_text(
        text.replace('"ephemeral_key":true', '"ephemeral_key":false')
    )
    assert main(["sign", str(bundle), "--ephemeral"]) == 2
    assert "would name nobody" in capsys.readouterr().err


def test_doctor_asks_each_target_once(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What works is said, what does not is said with the exit code that it would have."""
    assert main(["doctor", "--config", str(config)]) == 0
    assert "arn:aws:sts::123456789012" in capsys.readouterr().out
    path = config.with_name("sick.yaml")
    path.write_text(
        CONFIG.replace("regions: [us-east-1]", "profile: nobody-has-this").replace(
            "{ephemeral: true}", "{key: audit.yaml}"
        )
    )
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere")
    assert main(["doctor", "--config", str(path), "--json"]) == 5
    found = {check["name"]: check for check in json.loads(capsys.readouterr().out)}
    assert [name for name, check in found.items() if not check["fine"]] == [
        "signing key",
        "target production",
    ]
    assert "nobody-has-this" in found["target production"]["said"]
    assert main(["doctor", "--config", str(path)]) == 5
    assert "note: SSL_CERT_FILE is set" in capsys.readouterr().out
