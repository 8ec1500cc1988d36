"""Things that run code with a role: which actions put code of the caller's into them.

Whoever may do one of these to a thing acts as the role of that thing; no role is passed, so that
nobody asks for iam:PassRole. The actions are those of
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.access.estate import Actor, Estate, Resource
from auditor.access.rights import Right
from auditor.access.sets import collected, first_of
from auditor.access.truth import TRUE, Truth, both, unknown
from auditor.model import Unknown

COMMAND = "command"
UNREAD_ROLE = "?"
_ARN = re.compile(r"arn:([^:]*):([^:]+):([^:]*):([^:]*):([A-Za-z-]+)[:/](.+)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of thing that runs code.

    Attributes:
        actions: in lower case; each is enough. What starts a thing with other code counts, too.
        says: what they come to, before the thing's ARN.
        service: that a role must trust to be the thing's.
        scope: what Resource elements name instead of the thing, with the parts of its ARN.
    """

    actions: tuple[str, ...]
    says: str
    service: str
    scope: str = ""


# Service and kind of resource, as ARNs have them.
_KINDS: Mapping[str, Kind] = {
    "lambda:function": Kind(
        # A configuration names layers and what is run before the function: code, too.
        actions=("lambda:updatefunctioncode", "lambda:updatefunctionconfiguration"),
        says="changes the code of",
        service="lambda.amazonaws.com",
    ),
    "ec2:instance": Kind(
        actions=(
            "ssm:sendcommand",
            "ssm:startsession",
            "ec2-instance-connect:sendsshpublickey",
            "ec2-instance-connect:sendserialconsolesshpublickey",
            "ec2:modifyinstanceattribute",
        ),
        says="commands",
        service="ec2.amazonaws.com",
    ),
    "ecs:task-definition": Kind(
        actions=("ecs:executecommand",),
        says="commands containers of",
        service="ecs-tasks.amazonaws.com",
        scope="arn:{}:ecs:{}:{}:task/*",
    ),
    "glue:job": Kind(
        # Arguments of a run may name another script.
        actions=("glue:updatejob", "glue:startjobrun"),
        says="changes the script of",
        service="glue.amazonaws.com",
    ),
    "sagemaker:notebook-instance": Kind(
        actions=(
            "sagemaker:createpresignednotebookinstanceurl",
            "sagemaker:updatenotebookinstance",
        ),
        says="works in",
        service="sagemaker.amazonaws.com",
    ),
    "sagemaker:domain": Kind(
        actions=("sagemaker:createpresigneddomainurl",),
        says="works in",
        service="sagemaker.amazonaws.com",
        scope="arn:{}:sagemaker:{}:{}:user-profile/{}/*",
    ),
    "codebuild:project": Kind(
        actions=("codebuild:startbuild", "codebuild:startbuildbatch", "codebuild:updateproject"),
        says="builds what it likes in",
        service="codebuild.amazonaws.com",
    ),
    "elasticmapreduce:cluster": Kind(
        actions=("elasticmapreduce:addjobflowsteps",),
        says="runs steps of its own on",
        service="ec2.amazonaws.com",
    ),
    "states:stateMachine": Kind(
        actions=("states:updatestatemachine",),
        says="changes the steps of",
        service="states.amazonaws.com",
    ),
}
_VERBS = "|".join(sorted({each.says for each in _KINDS.values()}))
_SAYS = re.compile(rf"(?:{_VERBS}) (arn:.+), which (?:acts|may act) as .+", re.DOTALL)
_PREFIX = "code of "


def runner_of(actor: Actor) -> Resource | None:
    """Return a principal that runs code as a resource; None if nobody can put code into it.

    Args:
        actor: of kind 'resource', with its ARN as id.
    """
    found = _ARN.fullmatch(actor.id)
    kind = f"{found[2]}:{found[5]}" if found else ""
    if found is None or kind not in _KINDS:
        return None
    tags = Unknown("tags of what runs of it are not known") if _KINDS[kind].scope else actor.tags
    return Resource(
        id=actor.id,
        service=found[2],
        kind=f"{_PREFIX}{kind}",
        account=actor.account,
        region=found[3],
        tags=tags,
    )


def actions_of(kind: str) -> Mapping[str, str]:
    """Return action -> ``COMMAND`` for a kind of what ``runner_of`` returns; none for others."""
    about = _KINDS.get(kind.removeprefix(_PREFIX)) if kind.startswith(_PREFIX) else None
    return dict.fromkeys(about.actions, COMMAND) if about else {}


def scope_of(resource: Resource) -> str:
    """Return what Resource elements are held against for the actions of ``actions_of``."""
    found = _ARN.fullmatch(resource.id)
    about = _KINDS.get(resource.kind.removeprefix(_PREFIX))
    if found is None or about is None or not about.scope:
        return resource.id
    return about.scope.format(found[1], found[3], found[4], found[6])


def commanded(says: str) -> str:
    """Return the thing that a step in words puts code into; '' for other steps."""
    found = _SAYS.fullmatch(says)
    return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class Acting:
    """A role that some things run with, and the step to it."""

    role: str
    says: str
    truth: Truth


class Runners:
    """Finds the roles that somebody acts as who puts code into things."""

    def __init__(self, estate: Estate, trusting: Mapping[str, frozenset[str]]) -> None:
        """Take the estate, with the roles that each thing runs with.

        Args:
            trusting: service -> roles that it may act as.
        """
        self._estate, self._trusting = estate, trusting
        self._roles: dict[str, dict[str, int]] = {}

    def acted_as(self, right: Right) -> Iterator[Acting]:
        """Yield each role once for each truth, by the first of the things that run with it."""
        kind = right.segment.kind
        about = _KINDS[kind.removeprefix(_PREFIX)]
        for truth, bits in ((TRUE, right.given.spread.certain), *right.given.spread.unclear):
            for role, places in self._running(right).items():
                if not places & bits:
                    continue
                thing = right.segment.resources[first_of(places & bits)]
                if role != UNREAD_ROLE:
                    yield Acting(role, f"{about.says} {thing.id}, which acts as {role}", truth)
                    continue
                why = unknown(f"as which role {thing.id} acts could not be read")
                for each in sorted(self._trusting.get(about.service, ())):
                    if each.split(":")[4] == thing.account:
                        says = f"{about.says} {thing.id}, which may act as {each}"
                        yield Acting(each, says, both(truth, why))

    def _running(self, right: Right) -> Mapping[str, int]:
        """Return role -> the things of one kind that run with it."""
        kind = right.segment.kind
        if kind not in self._roles:
            places: dict[str, list[int]] = {}
            for place, thing in enumerate(right.segment.resources):
                for role in self._estate.runners[thing.id].roles:
                    places.setdefault(role, []).append(place)
            self._roles[kind] = {role: collected(places[role]) for role in sorted(places)}
        return self._roles[kind]
