"""What we claim to know about Apache Airflow, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.mwaa import ENVIRONMENTS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")

_ARN = f"arn:aws:airflow:{HOME}:{ACCOUNT}:environment/etl"
_GROUP = f"arn:aws:logs:eu-west-1:{ACCOUNT}:log-group:airflow"


def collect(deny: str = "", **about: Json) -> Collected:
    environment = {"Name": "etl", "Arn": _ARN, "CreatedAt": 0, **about}
    rules = [
        Rule(operation="mwaa.ListEnvironments", answer={"Environments": ["etl"]}),
        Rule(operation="mwaa.GetEnvironment", answer={"Environment": environment}),
    ]
    return gather((IDENTITY, REGIONS, ENVIRONMENTS), rules=rules, deny=[deny])


def test_an_environment_is_encrypted_with_a_key_of_amazon_or_the_one_named() -> None:
    assert collect().stores["etl"].key_id == ""
    assert isinstance(collect("GetEnvironment").stores["etl"].key_id, Unknown)


def test_code_comes_from_a_bucket_and_logs_go_where_they_are_on() -> None:
    logging = {
        "TaskLogs": {"Enabled": True, "CloudWatchLogGroupArn": _GROUP},
        "WorkerLogs": {"Enabled": False, "CloudWatchLogGroupArn": f"{_GROUP}-off"},
    }

    workflows, code, logs = collect(
        SourceBucketArn="arn:aws:s3:::dags", LoggingConfiguration=logging
    ).flows

    assert isinstance(workflows.active, Unknown)
    assert (code.store_id, code.target_id) == ("arn:aws:s3:::dags", _ARN)
    assert (logs.target_id, logs.target_country) == (_GROUP, "IE")


def test_options_are_kept_out() -> None:
    options = {"smtp.smtp_password": "hunter2"}

    assert "hunter2" not in repr(collect(AirflowConfigurationOptions=options))
