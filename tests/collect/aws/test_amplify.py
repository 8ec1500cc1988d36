"""What we claim to know about hosted apps, given what AWS answered."""

import pytest

from auditor.collect.aws.amplify import APPS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json
from tests.collect.aws.walking import gather

pytestmark = pytest.mark.usefixtures("cloud")


def test_an_app_is_served_everywhere_and_keeps_its_secrets() -> None:
    app: Json = {
        "appArn": "arn:aws:amplify:us-east-1:1:apps/d",
        "name": "site",
        "tags": {"a": "b"},
        "environmentVariables": {"TOKEN": "hidden"},
        "basicAuthCredentials": "hidden",
        "buildSpec": "hidden",
        **dict.fromkeys(("appId", "description", "repository", "platform"), ""),
        "createTime": "2020-01-01T00:00:00Z",
        "updateTime": "2020-01-01T00:00:00Z",
        "defaultDomain": "",
        "enableBranchAutoBuild": False,
        "enableBasicAuth": True,
    }
    listed = Rule(operation="amplify.ListApps", answer={"apps": [app]})

    collected = gather((IDENTITY, REGIONS, APPS), rules=[listed])
    row = collected.processors["site"]

    assert (row.country, row.public, row.tags) == ("US", True, {"a": "b"})
    assert [(flow.mechanism, flow.target_country) for flow in collected.flows] == [("edge", "*")]
    assert "hidden" not in repr(collected.records)
