"""auditor plan: what would be called, for people and for programs."""

import json
from pathlib import Path

import pytest

from auditor import pipeline
from auditor.cli import plan as command
from auditor.cli.main import main
from auditor.collect.limits import Unlimited
from auditor.collect.registry import load_collectors
from auditor.evidence import count_outcomes
from auditor.model import Answer, Json, Outcome, Request, Target
from auditor.plan.expectation import empty_body
from tests.cli.test_run import CONFIG

ORGANISATION = CONFIG.replace(
    "regions: [us-east-1]", "organization: {role_name: AuditorReadOnly}\n    bill: false"
)
ACCOUNTS, REGIONS, REFUSING = 3, 2, "000000000002"
HOSTILE = "AssumeRole: not authorized\x1b[31m\u202e"


class Organisation:
    """A door to accounts that hold nothing, one of which refuses our role."""

    def __init__(self, accounts: int = ACCOUNTS) -> None:
        """Take the number of accounts."""
        names = [f"{number:012}" for number in range(accounts)]
        regions = [f"us-east-{number + 1}" for number in range(REGIONS)]
        self.asked: list[str] = []
        self._found: dict[str, Json] = {
            "GetCallerIdentity": {"Account": names[0], "Arn": "arn:aws:iam::0:role/auditor"},
            "ListAccounts": {"Accounts": [{"Id": each, "Status": "ACTIVE"} for each in names]},
            "DescribeRegions": {
                "Regions": [{"RegionName": each, "OptInStatus": "opted-in"} for each in regions]
            },
        }
        self._calls = {
            (c.kind, call.operation): call for c in load_collectors() for call in c.calls
        }

    def ask(self, request: Request) -> Answer:
        """Answer that there is nothing, but accounts and regions."""
        self.asked.append(request.operation)
        if request.place.get("account") == REFUSING:
            return Answer(outcome=Outcome.DENIED, code="AccessDenied", message=HOSTILE)
        body = self._found.get(request.operation)
        if body is None:
            body = empty_body(self._calls[request.collector, request.operation])
        return Answer(outcome=Outcome.OK, body=body)

    def close(self) -> None:
        """There is nothing to let go of."""


@pytest.fixture
def config(tmp_path: Path) -> str:
    """An audit.yaml for an organisation."""
    path = tmp_path / "audit.yaml"
    path.write_text(ORGANISATION)
    return str(path)


@pytest.fixture
def doors(monkeypatch: pytest.MonkeyPatch) -> list[Organisation]:
    """Every door that was opened; they lead to the organisation, and no limit is kept."""
    opened: list[Organisation] = []

    def open_one(target: Target) -> Organisation:
        assert target.options["organization_role"] == "AuditorReadOnly"
        opened.append(Organisation())
        return opened[-1]

    monkeypatch.setattr(pipeline, "door_to", open_one)
    monkeypatch.setattr(pipeline, "load_limits", lambda _: Unlimited())
    monkeypatch.setattr(command, "load_limits", lambda _: Unlimited())
    return opened


def planned(capsys: pytest.CaptureFixture[str], config: str, *more: str) -> Json:
    """Return what the command prints for programs."""
    capsys.readouterr()
    assert main(["plan", "--config", config, "--json", "--quiet", *more]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return json.loads(said.out)


def test_a_plan_is_what_the_collection_then_does(
    config: str, doors: list[Organisation], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Only discovery is asked, nothing is written, and the calls are those that follow."""
    plan = planned(capsys, config)
    assert sorted(set(doors[0].asked)) == [
        "DescribeRegions",
        "GetCallerIdentity",
        "ListAccounts",
        "ListClusters",
        "ListInstances",
        "ListRepositories",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["audit.yaml"]

    bundle = tmp_path / "audit-1"
    assert main(["collect", "--config", config, "--bundle", str(bundle), "--quiet"]) == 0
    assert plan["calls"] == len(doors[1].asked) == count_outcomes(bundle).total()
    assert not plan["exact"]
    since = planned(capsys, config, "--since", str(bundle))
    assert since["calls"] == plan["calls"]
    assert since["exact"]
    assert since["evidence"]["measured"]


def test_shards_are_an_earlier_collection_together(
    config: str, doors: list[Organisation], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Each part discovers for itself, which one audit does once."""
    folders = [str(tmp_path / f"shard-{number}") for number in (1, 2)]
    for number, folder in enumerate(folders, 1):
        shard = ["--shard", f"{number}/2", "--bundle", folder, "--quiet"]
        assert main(["collect", "--config", config, *shard]) == 0
    plan = planned(capsys, config, "--since", *folders)
    assert plan["exact"]
    assert plan["calls"] == planned(capsys, config)["calls"]
    assert len(doors) == 4


def test_a_plan_says_what_cannot_be_seen(
    config: str, doors: list[Organisation], capsys: pytest.CaptureFixture[str]
) -> None:
    """An account that refuses the role is named, and what the provider said is harmless."""
    plan = planned(capsys, config)
    assert doors
    (refused,) = (each for each in plan["unseen"] if each["outcome"] == "denied")
    assert refused["place"] == {"target": "production", "account": REFUSING}
    assert refused["permission"] == "ec2:DescribeRegions"
    assert plan["discovery"]["refused"] == 1

    assert main(["plan", "--config", config]) == 0
    shown = capsys.readouterr()
    assert f"production/{REFUSING}: DescribeRegions was denied (AccessDenied)" in shown.out
    assert "\u2039U+001B\u203a[31m\u2039U+202E\u203a" in shown.out
    assert "Calls: at least" in shown.out
    assert len(shown.out.splitlines()) <= 40
    assert "21 answers taken, 1 of them a refusal" in shown.err


def test_json_has_everything_that_is_documented(
    config: str, doors: list[Organisation], capsys: pytest.CaptureFixture[str]
) -> None:
    """Kinds add up, permissions are those of what runs, and the places are named."""
    plan = planned(capsys, config)
    assert doors
    assert plan["calls"] == sum(each["calls"] for each in plan["kinds"])
    assert all(each["calls"] == each["first_pages"] + each["further"] for each in plan["kinds"])
    kinds = {each["kind"]: each for each in plan["kinds"]}
    assert "aws.ce.spend" not in kinds  # the configuration leaves out the bill
    assert kinds["aws.s3.bucket"]["per_resource"] > 3
    assert kinds["aws.dynamodb.table"]["places"] == (ACCOUNTS - 1) * REGIONS
    assert plan["targets"][0]["places"]["region"] == ["us-east-1", "us-east-2"]
    assert len(plan["targets"][0]["places"]["account"]) == ACCOUNTS
    assert {"organizations:ListAccounts", "sts:AssumeRole"} <= set(plan["permissions"]["aws"])
    assert plan["time"]["seconds"] > 0
    assert plan["time"]["rehearsed_calls"] == plan["calls"]
    assert [each["within_seconds"] for each in plan["shards"]] == [3600, 21600]
    page = (Path(__file__).parents[2] / "docs/json.md").read_text(encoding="utf-8")
    section = page.split("## auditor plan\n")[1].split("\n## ")[0]
    assert all(f"`{name}`" in section for name in plan)


def test_nobody_answers(
    config: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As for a collection, the exit code is 5."""

    class Closed(Organisation):
        def ask(self, request: Request) -> Answer:
            return Answer(outcome=Outcome.DENIED, code="ExpiredToken")

    monkeypatch.setattr(pipeline, "door_to", lambda _: Closed())
    assert main(["plan", "--config", config]) == 5
    assert "no target answered: production: ExpiredToken" in capsys.readouterr().err


def test_an_earlier_collection_must_be_one(
    config: str, doors: list[Organisation], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is read before anything is asked."""
    assert main(["plan", "--config", config, "--since", str(tmp_path / "none")]) == 2
    assert main(["plan", "--config", config, "--since", str(tmp_path)]) == 2
    assert "error: " in capsys.readouterr().err
    assert not doors


def test_folders_are_planned_without_asking_anybody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They hold no places to discover: that is no refusal."""
    start, rest = CONFIG.split("aws:\n")
    _, end = rest.split("parties:\n")
    (tmp_path / "records").mkdir()
    folders = f"{start}provenance:\n  - {{name: builds, folder: records}}\nparties:\n{end}"
    (tmp_path / "audit.yaml").write_text(folders)

    assert main(["plan", "--config", str(tmp_path / "audit.yaml"), "--quiet"]) == 0

    said = capsys.readouterr().out
    assert "Discovery just made 0." in said
    assert "Files: 1 folder is read on this machine, without a cloud" in said
    assert "Permissions:" not in said
