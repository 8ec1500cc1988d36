"""What we claim to know about migration projects and the databases they use."""

import pytest

from auditor.collect.aws.dms_projects import DATA_PROVIDERS, PROJECTS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, gather

ROOT = (IDENTITY, REGIONS)
PREFIX = f"arn:aws:dms:{HOME}:{ACCOUNT}"

pytestmark = pytest.mark.usefixtures("cloud")


def test_a_provider_is_a_server_somewhere() -> None:
    provider = {
        "DataProviderName": "theirs",
        "DataProviderArn": f"{PREFIX}:data-provider:theirs",
        "Engine": "postgres",
    }
    rule = Rule(operation="dms.DescribeDataProviders", answer={"DataProviders": [provider]})

    (flow,) = gather((*ROOT, DATA_PROVIDERS), rules=[rule]).flows

    assert isinstance(flow.active, Unknown)
    assert isinstance(flow.target_country, Unknown)


def test_a_project_leads_from_one_provider_to_another() -> None:
    project = {
        "MigrationProjectName": "move",
        "MigrationProjectArn": f"{PREFIX}:migration-project:move",
        "SourceDataProviderDescriptors": [{"DataProviderArn": f"{PREFIX}:data-provider:ours"}],
        "TargetDataProviderDescriptors": [{"DataProviderArn": f"{PREFIX}:data-provider:theirs"}],
    }
    rule = Rule(operation="dms.DescribeMigrationProjects", answer={"MigrationProjects": [project]})

    flows = gather((*ROOT, PROJECTS), rules=[rule]).flows

    assert [(flow.store_id, flow.target_id) for flow in flows] == [
        (f"{PREFIX}:data-provider:ours", f"{PREFIX}:migration-project:move"),
        (f"{PREFIX}:migration-project:move", f"{PREFIX}:data-provider:theirs"),
    ]
    assert all(isinstance(flow.active, Unknown) for flow in flows)
