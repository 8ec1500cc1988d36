"""Which images jobs ran within the period, given what AWS answered."""

from dataclasses import replace

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sagemaker_jobs import JOBS, PROCESSINGS, TRANSFORMS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Deployment
from tests.collect.aws.walking import ACCOUNT, HOME, gather

START, BEFORE = "2026-01-01T00:00:00.000Z", "2025-12-31T23:59:59Z"
DIGEST = "sha256:" + "ab" * 32
IMAGE = f"registry/app@{DIGEST}"
COLLECTORS = (
    IDENTITY,
    REGIONS,
    *(replace(j, since=START) for j in (JOBS, PROCESSINGS, TRANSFORMS)),
)

pytestmark = pytest.mark.usefixtures("cloud")


def arn(kind: str) -> str:
    return f"arn:aws:sagemaker:{HOME}:{ACCOUNT}:{kind.lower()}-job/one"


def ran(kind: str, *more: Rule, end: str = "", deny: str = "", **about: Json) -> list[Deployment]:
    """Return what a job of a kind ran."""
    job = {f"{kind}JobName": "one", f"{kind}JobArn": arn(kind)}
    listed = {**job, **({f"{kind}EndTime": end} if end else {})}
    rules = [
        Rule(operation=f"sagemaker.List{kind}Jobs", answer={f"{kind}JobSummaries": [listed]}),
        Rule(operation=f"sagemaker.Describe{kind}Job", answer={**job, **about}),
        *more,
    ]
    rows = gather(COLLECTORS, rules=rules, deny=[deny]).rows
    return [row for row in rows if isinstance(row, Deployment)]


def trained(image: str = IMAGE, **changes: str) -> list[Deployment]:
    about = {"TrainingImage": image} if image else {"AlgorithmName": "bought"}
    role = "arn:aws:iam::1:role/x"
    return ran(
        "Training",
        TrainingJobStatus="InProgress",
        RoleArn=role,
        AlgorithmSpecification=about,
        **changes,
    )


def test_an_image_that_is_named_by_its_digest_is_known() -> None:
    (row,) = trained()

    assert (row.id, row.kind, row.resource_id) == (f"{arn('Training')}/0", "job", arn("Training"))
    assert (row.image, row.digest, row.pinned) == (IMAGE, DIGEST, True)


def test_a_processing_job_runs_an_image() -> None:
    (row,) = ran(
        "Processing", RoleArn="arn:aws:iam::1:role/x", AppSpecification={"ImageUri": IMAGE}
    )

    assert row.digest == DIGEST


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"image": "registry/app:latest"}, id="by a tag"),
        pytest.param({"image": ""}, id="by name"),
        pytest.param({"deny": "DescribeTrainingJob"}, id="refused"),
    ],
)
def test_an_image_that_is_not_said_is_unknown(changes: dict[str, str]) -> None:
    assert isinstance(trained(**changes)[0].digest, Unknown)


@pytest.mark.parametrize(("end", "expected"), [(BEFORE, 0), (START, 1), ("", 1)])
def test_what_had_ended_before_the_period_is_left_out(end: str, expected: int) -> None:
    assert len(trained(end=end)) == expected


def model(**about: Json) -> Rule:
    return Rule(operation="sagemaker.DescribeModel", answer={"ModelName": "m", **about})


def test_a_transform_job_runs_the_containers_of_its_model() -> None:
    several = [{"Image": IMAGE, "Environment": {"KEY": "hidden"}}, {"ModelPackageName": "bought"}]
    first, second = ran("Transform", model(Containers=several), ModelName="m")

    assert (first.digest, first.id) == (DIGEST, f"{arn('Transform')}/0")
    assert isinstance(second.image, Unknown)
    (only,) = ran("Transform", model(PrimaryContainer={"Image": IMAGE}), ModelName="m")
    assert only.digest == DIGEST


def test_a_model_that_is_gone_is_unknown() -> None:
    (row,) = ran("Transform", ModelName="m", deny="DescribeModel")

    assert isinstance(row.digest, Unknown)
    assert row.digest.permission == "sagemaker:DescribeModel"
