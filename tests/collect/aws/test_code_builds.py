"""What we claim to know about what builds and releases, given what AWS answered."""

import pytest

from auditor.model import Json, Unknown
from auditor.tables import Builder
from tests.collect.aws import test_codebuild, test_codepipeline
from tests.collect.aws.walking import ACCOUNT, HOME, Collected

DIGEST = "sha256:" + "ab" * 32
OWN = f"{ACCOUNT}.dkr.ecr.{HOME}.amazonaws.com/builder:1"
REPOSITORY = f"arn:aws:codecommit:{HOME}:{ACCOUNT}:app"

pytestmark = pytest.mark.usefixtures("cloud")


def builder(collected: Collected) -> Builder:
    (row,) = (row for row in collected.rows if isinstance(row, Builder))
    return row


def project(**about: Json) -> Builder:
    return builder(test_codebuild.collect(**about))


def source(provider: str, **settings: str) -> Json:
    kind = {"category": "Source", "owner": "AWS", "provider": provider, "version": "1"}
    return {"name": "a", "actionTypeId": kind, "configuration": settings}


@pytest.mark.parametrize(
    ("kind", "location", "repository"),
    [
        ("CODECOMMIT", f"https://git-codecommit.{HOME}.amazonaws.com/v1/repos/app", REPOSITORY),
        ("GITHUB", "https://github.com/Acme/app.git", "github/github.com/Acme/app"),
        ("GITHUB_ENTERPRISE", "https://git.acme.example/a/b", "github/git.acme.example/a/b"),
        ("S3", "bucket/source.zip", ""),
    ],
    ids=("codecommit", "github", "enterprise", "bucket"),
)
def test_a_project_builds_a_repository(kind: str, location: str, repository: str) -> None:
    row = project(source={"type": kind, "location": location}, serviceRole="role")

    assert (row.kind, row.source, row.repository_id) == ("build project", location, repository)
    assert (row.role_id, row.self_hosted) == ("role", False)


@pytest.mark.parametrize("location", ["", "https://evil.example/../a b", "ssh://x"])
def test_a_source_of_another_form_names_no_repository(location: str) -> None:
    row = project(source={"type": "GITHUB", "location": location})

    assert isinstance(row.repository_id, Unknown)


@pytest.mark.parametrize(
    ("image", "unmanaged"),
    [
        ("aws/codebuild/standard:7.0", False),
        (OWN, False),
        (f"docker.io/someone/builder@{DIGEST}", False),
        ("docker.io/someone/builder:latest", True),
        (OWN.replace(ACCOUNT, "999999999999"), True),
    ],
    ids=("aws", "own", "pinned", "tag", "foreign"),
)
def test_an_image_that_others_can_change_is_unmanaged(image: str, unmanaged: bool) -> None:
    assert project(environment={"image": image}).unmanaged_code is unmanaged


def test_logs_are_kept_unless_both_are_switched_off() -> None:
    off: Json = {"cloudWatchLogs": {"status": "DISABLED"}, "s3Logs": {"status": "DISABLED"}}

    assert project().logs_kept is True
    assert project(logsConfig=off).logs_kept is False


def test_a_project_that_is_not_described_may_be_anything() -> None:
    row = builder(test_codebuild.collect("BatchGetProjects"))

    assert isinstance(row.unmanaged_code, Unknown)
    assert isinstance(row.repository_id, Unknown)


@pytest.mark.parametrize(("category", "gated"), [("Approval", True), ("Deploy", False)])
def test_an_approval_gates_a_pipeline(category: str, gated: bool) -> None:
    actions = source("CodeCommit", RepositoryName="app"), test_codepipeline.action(category)

    row = builder(test_codepipeline.collect(*actions))

    assert (row.kind, row.gated, row.repository_id) == ("delivery pipeline", gated, REPOSITORY)
    assert row.role_id == "r"


def test_pipelines_of_other_hosts() -> None:
    from_github = source("GitHub", Owner="acme", Repo="app")
    connected = source("CodeStarSourceConnection", FullRepositoryId="acme/app")

    rows = [builder(test_codepipeline.collect(each)) for each in (from_github, connected)]

    assert rows[0].repository_id == "github/github.com/acme/app"
    assert isinstance(rows[1].repository_id, Unknown)


def test_a_pipeline_that_is_not_described_may_have_no_gate() -> None:
    assert isinstance(builder(test_codepipeline.collect(deny="GetPipeline")).gated, Unknown)
