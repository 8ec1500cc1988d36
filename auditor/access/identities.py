"""Principals as what may be acted as or changed: which actions make one another one.

Whoever may do these things to a principal can act as it, or can make it allowed anything. The
actions are those of
https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from auditor.access import runners
from auditor.access.estate import Actor, Estate, Resource

ASSUME, RETRUST, BECOME, EMPOWER, PASS = "assume", "retrust", "become", "empower", "pass"
LAUNCH, JOIN = "launch", "join"
BORROW = "borrow"  # asks Lake Formation for what it lends

_POLICY = re.compile(r"arn:[^:]+:iam::(\d{12}):policy/[^#]+")

# What is started, as Resource elements name it; elsewhere anything of the service.
_STARTED = {"ec2": ":instance/*", "lambda": ":function:*"}

# Kind of resource -> action -> what it comes to. 'role' is asked together with its trust policy.
_ACTIONS: Mapping[str, Mapping[str, str]] = {
    "role": {
        "sts:assumerole": ASSUME,
        "sts:assumerolewithsaml": ASSUME,
        "sts:assumerolewithwebidentity": ASSUME,
    },
    "settings of a role": {
        "iam:passrole": PASS,
        "iam:updateassumerolepolicy": RETRUST,
        "iam:putrolepolicy": EMPOWER,
        "iam:attachrolepolicy": EMPOWER,
    },
    "settings of a user": {
        "iam:createaccesskey": BECOME,
        "iam:createloginprofile": BECOME,
        "iam:updateloginprofile": BECOME,
        "iam:putuserpolicy": EMPOWER,
        "iam:attachuserpolicy": EMPOWER,
    },
    "settings of a group": {
        "iam:addusertogroup": JOIN,
        "iam:putgrouppolicy": EMPOWER,
        "iam:attachgrouppolicy": EMPOWER,
    },
    "settings of a policy": {
        "iam:createpolicyversion": EMPOWER,
        "iam:setdefaultpolicyversion": EMPOWER,
    },
    # What runs code of the caller's with a role -> the service that the role must trust.
    LAUNCH: {
        "lambda:createfunction": "lambda.amazonaws.com",
        "ec2:runinstances": "ec2.amazonaws.com",
        "ecs:runtask": "ecs-tasks.amazonaws.com",
        "glue:createjob": "glue.amazonaws.com",
        "glue:createdevendpoint": "glue.amazonaws.com",
        "sagemaker:createnotebookinstance": "sagemaker.amazonaws.com",
        "sagemaker:createtrainingjob": "sagemaker.amazonaws.com",
        "sagemaker:createprocessingjob": "sagemaker.amazonaws.com",
        "cloudformation:createstack": "cloudformation.amazonaws.com",
        "codebuild:createproject": "codebuild.amazonaws.com",
        "states:createstatemachine": "states.amazonaws.com",
        "ssm:startautomationexecution": "ssm.amazonaws.com",
        "elasticmapreduce:runjobflow": "ec2.amazonaws.com",
        "scheduler:createschedule": "scheduler.amazonaws.com",
        "datapipeline:createpipeline": "datapipeline.amazonaws.com",
        "lakeformation:getdataaccess": BORROW,
    },
}
LAUNCHERS = tuple(sorted({*_ACTIONS[LAUNCH].values()} - {BORROW}))


def access_of(_: str, kind: str) -> Mapping[str, str]:
    """Return action -> what it comes to, for one kind of what ``identities_of`` yields."""
    return _ACTIONS.get(kind) or runners.actions_of(kind)


def scopes_of(resource: Resource, action: str) -> tuple[str, ...]:
    """Return what Resource elements are held against."""
    if resource.kind == LAUNCH:  # whichever account a policy names: it is about its own
        service = action.partition(":")[0]
        return (f"arn:aws:{service}:*{_STARTED.get(service, '')}",)
    return (runners.scope_of(resource),)


def identities_of(estate: Estate) -> Iterator[Resource]:
    """Yield all that makes somebody another one, as resources.

    Roles, users, groups and policies, a place to launch per account, and what runs code.
    """
    accounts = set()
    for actor in estate.actors.values():
        if actor.session:  # the role itself is there, too
            continue
        if actor.kind == "role":
            yield _resource(actor, "role")
        if actor.kind in ("role", "user", "group"):
            yield _resource(actor, f"settings of a {actor.kind}")
            accounts.add(actor.account)
    for policy in sorted({each.policy_id for held in estate.identity.values() for each in held}):
        found = _POLICY.fullmatch(policy)
        if found and found[1] in accounts:  # nobody changes those of AWS
            kind = "settings of a policy"
            yield Resource(id=policy, service="iam", kind=kind, account=found[1])
    for account in sorted(accounts):
        yield Resource(id=f"{LAUNCH}/{account}", service="iam", kind=LAUNCH, account=account)
    yield from (each.resource for each in estate.runners.values())


def without_policies(estate: Estate, resources: Iterable[Resource]) -> Estate:
    """Return the estate with these resources only, without policies but those of what runs code."""
    policies = {
        each.id: estate.resource.get(each.id, ()) if each.id in estate.runners else ()
        for each in resources
    }
    return replace(estate, resources={}, resource=policies)


def _resource(actor: Actor, kind: str) -> Resource:
    return Resource(id=actor.id, service="iam", kind=kind, account=actor.account, tags=actor.tags)
