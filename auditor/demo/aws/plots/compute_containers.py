"""Containers and their images: abroad, shared or logging away, beside look-alikes in order."""

import json
from collections.abc import Mapping
from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.builds import image_digest
from auditor.demo.kubernetes.estate import EKS, EKS_AWAY
from auditor.demo.planted import fails, stays_open

_ECR = f"arn:aws:ecr:{HOME}:{USER_DATA}"
_GALLERY = f"arn:aws:ecr-public::{USER_DATA}:repository"
_EKS = f"arn:aws:eks:{HOME}:{USER_DATA}:cluster"
_ECS = f"arn:aws:ecs:{HOME}:{USER_DATA}"
_CLOSED = {"endpointPublicAccess": False}
_BY_ENTRIES = {"authenticationMode": "API"}
_DRIVERS: Mapping[str, Mapping[str, Any]] = {
    "abroad": {
        "logDriver": "awslogs",
        "options": {"awslogs-group": "/player", "awslogs-region": FRANKFURT},
    },
    "west": {
        "logDriver": "awslogs",
        "options": {"awslogs-group": "/player", "awslogs-region": WEST},
    },
    "vendor": {"logDriver": "splunk", "options": {"splunk-url": "https://splunk.example"}},
}


def _build(ground: Ground) -> None:
    """Make repositories that are shared with a stranger and with the log account."""
    ecr = ground.at().client("ecr")
    for name, account in {"player": STRANGER, "worker": LOGS}.items():
        ecr.create_repository(repositoryName=name)
        principal = {"AWS": f"arn:aws:iam::{account}:root"}
        statement = {"Effect": "Allow", "Principal": principal, "Action": "ecr:BatchGetImage"}
        ecr.set_repository_policy(
            repositoryName=name,
            policyText=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
        )
    ground.at(FRANKFURT).client("ecr").create_repository(repositoryName="player-old")


def _registries() -> tuple[Rule, ...]:
    """Return a registry that replicates abroad and to the west, and what the gallery shows."""
    rules = [  # moto takes one rule only
        {
            "destinations": [{"region": region, "registryId": USER_DATA}],
            "repositoryFilters": [{"filter": name, "filterType": "PREFIX_MATCH"}],
        }
        for name, region in {"player": FRANKFURT, "worker": WEST}.items()
    ]
    shown = [
        {"repositoryArn": f"{_GALLERY}/{name}", "repositoryName": name}
        for name in ("demo-data", "sdk")
    ]
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{STRANGER}:root"},
        "Action": "ecr:*",
    }
    policy = {"policyText": json.dumps({"Version": "2012-10-17", "Statement": [statement]})}
    return (
        Rule(
            operation="ecr-public.DescribeRepositories",
            answer={"repositories": shown},
            account=USER_DATA,
        ),
        answered("ecr.DescribeRegistry", {"replicationConfiguration": {"rules": rules}}),
        answered("ecr.GetRegistryPolicy", policy),
    )


def answering_clusters(authority: str) -> tuple[Rule, ...]:
    """Return what is said of clusters that have an address: one answers there, one does not.

    Args:
        authority: certificate authority of both, in base64.
    """
    addresses = {"ordinary": EKS, "shared": EKS_AWAY}
    return tuple(
        answered(
            "eks.DescribeCluster",
            {
                "cluster": {
                    "name": name,
                    "arn": f"{_EKS}/{name}",
                    "endpoint": f"https://{address}",
                    "certificateAuthority": {"data": authority},
                    "resourcesVpcConfig": _CLOSED,
                    "accessConfig": _BY_ENTRIES,
                    "tags": PROTECTED,
                }
            },
            words=f"/{name}",
        )
        for name, address in addresses.items()
    )


def _kubernetes() -> tuple[Rule, ...]:
    """Return clusters: with nodes elsewhere, abroad, with a stranger let in, and in order."""
    at_home = {
        "site-nodes": {
            "remoteNetworkConfig": {"remoteNodeNetworks": [{"cidrs": ["10.80.0.0/16"]}]}
        },
        "shared": {},
        "ordinary": {},
    }
    access, by_entries = _CLOSED, _BY_ENTRIES
    entries = {"shared": STRANGER, "ordinary": LOGS}
    rules = [
        answered("eks.ListClusters", {"clusters": sorted(at_home)}),
        answered("eks.ListClusters", {"clusters": ["far"]}, region=FRANKFURT),
        answered("eks.ListAccessEntries", {"accessEntries": []}, region=FRANKFURT),
        answered(
            "eks.DescribeCluster",
            {
                "cluster": {
                    "name": "far",
                    "arn": "x",
                    "resourcesVpcConfig": access,
                    "accessConfig": by_entries,
                    "tags": PROTECTED,
                }
            },
            region=FRANKFURT,
        ),
    ]
    for name, settings in at_home.items():
        role = f"arn:aws:iam::{entries.get(name, USER_DATA)}:role/operator"
        cluster = {
            "name": name,
            "arn": f"{_EKS}/{name}",
            "resourcesVpcConfig": access,
            "accessConfig": by_entries,
            **settings,
        }
        rules.append(
            answered("eks.ListAccessEntries", {"accessEntries": [role]}, words=f"/{name}/")
        )
        rules.append(
            answered(
                "eks.DescribeCluster", {"cluster": {**cluster, "tags": PROTECTED}}, words=f"/{name}"
            )
        )
    return tuple(rules)


def _tasks() -> tuple[Rule, ...]:
    """Return a cluster with tasks on machines of its owner, and definitions by where they log."""
    tags = [{"key": key, "value": value} for key, value in PROTECTED.items()]
    cluster = {
        "clusterArn": f"{_ECS}:cluster/anywhere",
        "clusterName": "anywhere",
        "statistics": [{"name": "runningExternalTasksCount", "value": "3"}],
        "tags": tags,
    }
    names = [f"{_ECS}:task-definition/{name}:1" for name in _DRIVERS]
    task = f"{_ECS}:task/anywhere/1"
    pulled = {name: image_digest(name) for name in ("player", "worker")}
    containers = [
        {
            "name": name,
            "image": f"registry/{name}@{digest}" if name == "player" else f"registry/{name}:latest",
            "imageDigest": digest,
        }
        for name, digest in pulled.items()
    ]
    rules = [
        answered("ecs.ListTasks", {"taskArns": [task]}),
        answered("ecs.DescribeTasks", {"tasks": [{"taskArn": task, "containers": containers}]}),
        answered("ecs.ListClusters", {"clusterArns": [cluster["clusterArn"]]}),
        answered("ecs.DescribeClusters", {"clusters": [cluster]}),
        answered("ecs.ListTaskDefinitions", {"taskDefinitionArns": names}),
    ]
    for name, driver in _DRIVERS.items():
        container = {"name": "player", "logConfiguration": driver}
        definition = {
            "taskDefinitionArn": f"{_ECS}:task-definition/{name}:1",
            "containerDefinitions": [container],
        }
        answer = {"taskDefinition": definition, "tags": tags}
        rules.append(answered("ecs.DescribeTaskDefinition", answer, words=f"/{name}:1"))
    return tuple(rules)


PLOT = Plot(
    build=_build,
    tags={
        f"{_ECR}:repository/player": PROTECTED,
        f"{_ECR}:repository/worker": PROTECTED,
        f"arn:aws:ecr:{FRANKFURT}:{USER_DATA}:repository/player-old": PROTECTED,
        f"{_GALLERY}/demo-data": PROTECTED,
        f"{_GALLERY}/sdk": UNPROTECTED,
        f"{_ECR}:registry": PROTECTED,
    },
    rules=(*_registries(), *_kubernetes(), *_tasks()),
    planted=(
        *fails(
            "images are replicated to Frankfurt",
            A_04=f"{_ECR}:repository/player/replication/*:{FRANKFURT}:*",
        ),
        *fails("a stranger may pull images", A_05b=f"{_ECR}:repository/player/share/{STRANGER}"),
        *fails(
            "images are in Frankfurt",
            A_02=f"arn:aws:ecr:{FRANKFURT}:*:repository/player-old",
            A_07b=f"arn:aws:ecr:{FRANKFURT}:*:repository/player-old",
        ),
        *fails("a registry lets a stranger pull images", A_05b=f"{_ECR}:registry/share/{STRANGER}"),
        *fails(
            "images with user data are in the public gallery",
            A_02=f"{_GALLERY}/demo-data",
            A_05b=f"{_GALLERY}/demo-data/public/*",
        ),
        *stays_open(
            "nobody states how the public gallery encrypts",
            A_06=f"{_GALLERY}/demo-data",
            A_07b=f"{_GALLERY}/demo-data",
        ),
        *fails("a cluster runs in Frankfurt", A_10=f"arn:aws:eks:{FRANKFURT}:*:cluster/far"),
        *stays_open("a cluster has nodes in a network outside", A_04=f"{_EKS}/site-nodes/mount/*"),
        *fails("a stranger may enter a cluster", A_05b=f"{_EKS}/shared/share/{STRANGER}"),
        *stays_open(
            "tasks run on machines whose place nobody states", A_10=f"{_ECS}:cluster/anywhere"
        ),
        *fails("containers log to Frankfurt", A_04=f"{_ECS}:task-definition/abroad:1/stream/*"),
        *stays_open("containers log to a vendor", A_04=f"{_ECS}:task-definition/vendor:1/stream/*"),
    ),
)
