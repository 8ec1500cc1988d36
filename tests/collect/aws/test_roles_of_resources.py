"""What runs code with a role, as the collectors tell it."""

import json
from typing import Any

import boto3
import pytest

from auditor.collect.aws.codebuild import PROJECTS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.ec2_instances import INSTANCES
from auditor.collect.aws.ecs import DEFINITIONS
from auditor.collect.aws.emr import CLUSTERS
from auditor.collect.aws.glue_jobs import JOBS
from auditor.collect.aws.iam_roles import ROLES
from auditor.collect.aws.lambda_functions import FUNCTIONS
from auditor.collect.aws.roles_of_resources import acting_as
from auditor.collect.aws.sagemaker import DOMAINS, NOTEBOOKS
from auditor.collect.aws.stepfunctions import MACHINES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.spec import Collector
from auditor.tables import Membership, Principal, Processor
from tests.collect.aws.walking import ACCOUNT, HOME, gather

ROLE = f"arn:aws:iam::{ACCOUNT}:role/work"
PROFILE = f"arn:aws:iam::{ACCOUNT}:instance-profile/work"

pytestmark = pytest.mark.usefixtures("cloud")


def thing(service: str, what: str) -> str:
    return f"arn:aws:{service}:{HOME}:{ACCOUNT}:{what}"


FUNCTION, NOTEBOOK = thing("lambda", "function:f"), thing("sagemaker", "notebook-instance/n")
MACHINE, TASK = thing("states", "stateMachine:m"), thing("ecs", "task-definition/t:1")
CLUSTER = thing("elasticmapreduce", "cluster/j-1")
DOMAIN, PROJECT = thing("sagemaker", "domain/d-1"), thing("codebuild", "project/p")

# Collector, thing, role, answers: what the listing says, and then what the detail says.
CASES: tuple[tuple[Collector, str, str, dict[str, Any]], ...] = (
    (
        FUNCTIONS,
        FUNCTION,
        ROLE,
        {
            "lambda.ListFunctions": {
                "Functions": [{"FunctionArn": FUNCTION, "FunctionName": "f", "Role": ROLE}]
            }
        },
    ),
    (
        INSTANCES,
        thing("ec2", "instance/i-1"),
        PROFILE,
        {
            "ec2.DescribeInstances": {
                "Reservations": [
                    {"Instances": [{"InstanceId": "i-1", "IamInstanceProfile": {"Arn": PROFILE}}]}
                ]
            }
        },
    ),
    (
        JOBS,
        thing("glue", "job/j"),
        ROLE,
        {"glue.GetJobs": {"Jobs": [{"Name": "j", "Role": "work"}]}},
    ),
    (
        NOTEBOOKS,
        NOTEBOOK,
        ROLE,
        {
            "sagemaker.ListNotebookInstances": {
                "NotebookInstances": [
                    {"NotebookInstanceArn": NOTEBOOK, "NotebookInstanceName": "n"}
                ]
            },
            "sagemaker.DescribeNotebookInstance": {"RoleArn": ROLE},
        },
    ),
    (
        DOMAINS,
        DOMAIN,
        ROLE,
        {
            "sagemaker.ListDomains": {"Domains": [{"DomainArn": DOMAIN, "DomainId": "d-1"}]},
            "sagemaker.DescribeDomain": {
                "Status": "InService",
                "DefaultUserSettings": {"ExecutionRole": ROLE},
            },
        },
    ),
    (
        PROJECTS,
        PROJECT,
        ROLE,
        {
            "codebuild.ListProjects": {"projects": ["p"]},
            "codebuild.BatchGetProjects": {"projects": [{"name": "p", "serviceRole": ROLE}]},
        },
    ),
    (
        MACHINES,
        MACHINE,
        ROLE,
        {
            "stepfunctions.ListStateMachines": {
                "stateMachines": [
                    {
                        "stateMachineArn": MACHINE,
                        "name": "m",
                        "type": "STANDARD",
                        "creationDate": "2020-09-20T00:00:00Z",
                    }
                ]
            },
            "stepfunctions.DescribeStateMachine": {
                "stateMachineArn": MACHINE,
                "name": "m",
                "definition": "",
                "roleArn": ROLE,
                "type": "STANDARD",
                "creationDate": "2020-09-20T00:00:00Z",
            },
        },
    ),
    (
        DEFINITIONS,
        TASK,
        ROLE,
        {
            "ecs.ListTaskDefinitions": {"taskDefinitionArns": [TASK]},
            "ecs.DescribeTaskDefinition": {
                "taskDefinition": {
                    "taskDefinitionArn": TASK,
                    "taskRoleArn": ROLE,
                    "executionRoleArn": f"{ROLE}-starting",
                }
            },
        },
    ),
    (
        CLUSTERS,
        CLUSTER,
        PROFILE,
        {
            "emr.ListClusters": {"Clusters": [{"Id": "j-1", "ClusterArn": CLUSTER, "Name": "c"}]},
            "emr.DescribeCluster": {
                "Cluster": {"Id": "j-1", "Ec2InstanceAttributes": {"IamInstanceProfile": "work"}}
            },
        },
    ),
)
each_case = pytest.mark.parametrize(
    ("collector", "name", "role", "answers"), CASES, ids=lambda each: getattr(each, "kind", "")
)


def told(collector: Collector, answers: dict[str, Any], *deny: str) -> list[tuple[str, str]]:
    rules = [Rule(operation=operation, answer=answer) for operation, answer in answers.items()]
    rows = gather((IDENTITY, REGIONS, collector), rules=rules, deny=deny).rows
    things = {row.id for row in rows if isinstance(row, Principal) and row.kind == "resource"}
    members = [(row.member_id, row.group_id) for row in rows if isinstance(row, Membership)]
    assert things == {member for member, _ in members}
    return members


@each_case
def test_says_which_role_it_acts_as(
    collector: Collector, name: str, role: str, answers: dict[str, Any]
) -> None:
    assert told(collector, answers) == [(name, role)]


@each_case
def test_a_role_that_could_not_be_read_is_any(
    collector: Collector, name: str, role: str, answers: dict[str, Any]
) -> None:
    if len(answers) > 1:
        _, detail = (operation.partition(".")[2] for operation in answers)
        assert told(collector, answers, detail) == [(name, "?")]


def test_roles_say_which_instance_profile_has_them() -> None:
    iam = boto3.client("iam", HOME)
    iam.create_role(RoleName="work", AssumeRolePolicyDocument=json.dumps({"Statement": []}))
    iam.create_instance_profile(InstanceProfileName="work")
    iam.add_role_to_instance_profile(InstanceProfileName="work", RoleName="work")

    assert told(ROLES, {}) == [(PROFILE, ROLE)]


def test_what_runs_with_no_role_is_no_principal() -> None:
    row = Processor(
        id=FUNCTION,
        name="f",
        provider="aws",
        operator="Amazon Web Services",
        account=ACCOUNT,
        region=HOME,
        country="US",
        service="lambda",
        kind="function",
        public=False,
        created="",
        tags=Unknown("not part of this test"),
    )
    assert list(acting_as(row, "")) == []
