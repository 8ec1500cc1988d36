"""Whoever puts code into something that runs with a role acts as that role."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.access import identities
from auditor.access.decision import decide
from auditor.access.estate import Actor, Estate, Resource, Runner
from auditor.access.extents import Extents
from auditor.access.grants import Grant, Granting, direct_grants
from auditor.access.paths import Paths
from auditor.access.routes import Routes
from auditor.access.runners import COMMAND, commanded, runner_of
from auditor.access.statements import Named, Statement
from auditor.access.statements import Test as Asked
from auditor.access.ways import Ways
from auditor.model import Unknown

ONE, TWO, FAR = "111111111111", "222222222222", "999999999999"
ANN, BOB = f"arn:aws:iam::{ONE}:user/ann", f"arn:aws:iam::{ONE}:role/bob"
READER, IDLE = f"arn:aws:iam::{TWO}:role/reader", f"arn:aws:iam::{TWO}:role/idle"
OURS = f"arn:aws:iam::{ONE}:role/ours"
TEAM = f"arn:aws:iam::{ONE}:group/team"
DATA = "arn:aws:s3:::data"


def thing(service: str, what: str, account: str = ONE) -> str:
    return f"arn:aws:{service}:us-east-1:{account}:{what}"


FUNCTION = thing("lambda", "function:f")
INSTANCE = thing("ec2", "instance/i-1")
THINGS = (
    FUNCTION,
    INSTANCE,
    thing("ecs", "task-definition/web:3"),
    thing("glue", "job/nightly"),
    thing("sagemaker", "notebook-instance/book"),
    thing("sagemaker", "domain/d-1"),
    thing("codebuild", "project/app"),
    thing("states", "stateMachine:flow"),
    thing("elasticmapreduce", "cluster/j-1"),
)


def allow(*actions: str, resource: str = "*", **more: object) -> Statement:
    return Statement(policy_id="p", number=1, actions=actions, resources=(resource,), **more)  # type: ignore[arg-type]


READS = (allow("s3:getobject"),)
MAY = {
    "lambda:updatefunctioncode": FUNCTION,
    "lambda:updatefunctionconfiguration": FUNCTION,
    "ssm:sendcommand": INSTANCE,
    "ssm:startsession": INSTANCE,
    "ec2-instance-connect:sendsshpublickey": INSTANCE,
    "ec2:modifyinstanceattribute": INSTANCE,
    "ecs:executecommand": thing("ecs", "task/prod/*"),
    "glue:updatejob": THINGS[3],
    "glue:startjobrun": THINGS[3],
    "sagemaker:createpresignednotebookinstanceurl": THINGS[4],
    "sagemaker:createpresigneddomainurl": thing("sagemaker", "user-profile/d-1/ann"),
    "codebuild:startbuild": THINGS[6],
    "codebuild:updateproject": THINGS[6],
    "states:updatestatemachine": THINGS[7],
    "elasticmapreduce:addjobflowsteps": THINGS[8],
}


def estate(
    ann: tuple[Statement, ...] = (),
    roles: tuple[str, ...] = (OURS,),
    things: tuple[str, ...] = THINGS,
    policies: Mapping[str, tuple[Statement, ...]] | None = None,
    **holders: tuple[Statement, ...],
) -> Estate:
    actors = [
        Actor(id=ANN, kind="user", account=ONE, name="ann"),
        Actor(id=BOB, kind="role", account=ONE, name="bob"),
        Actor(id=OURS, kind="role", account=ONE, name="ours"),
        Actor(id=TEAM, kind="group", account=ONE, name="team"),
    ]
    service = Named(kind="service", name="lambda.amazonaws.com")
    trusted = allow("sts:assumerole", principals=(service,))
    resources = [runner_of(Actor(id=each, kind="resource", account=ONE)) for each in things]
    return Estate(
        actors={each.id: each for each in actors},
        resources={DATA: Resource(id=DATA, service="s3", kind="bucket", account=ONE)},
        resource={DATA: (), **(policies or {})},
        identity={
            ANN: ann,
            OURS: READS,
            **{{"bob": BOB, "team": TEAM}[name]: held for name, held in holders.items()},
        },
        trust={OURS: (trusted,), BOB: ()},
        runners={each.id: Runner(resource=each, roles=roles) for each in resources if each},
    )


def reads(of: Estate, who: str = ANN) -> list[Grant]:
    granting = Granting(of, Extents([DATA]))
    paths = Paths(Routes(of, Ways(of, {})), granting.totals)
    actor = of.actors.get(who) or Actor(id=who, kind="account", account=who)
    totals = granting.totals(actor)
    grants = [*direct_grants(actor, totals), *paths.grants(actor, totals)]
    return [each for each in grants if each.access == "read"]


@pytest.mark.parametrize(("action", "resource"), MAY.items())
def test_who_puts_code_into_a_thing_acts_as_its_role(action: str, resource: str) -> None:
    """Each action alone is enough, on that thing alone."""
    (grant,) = reads(estate((allow(action, resource=resource),)))
    (step,) = grant.path
    assert step.endswith(f", which acts as {OURS}")
    assert commanded(step) in THINGS
    assert grant.through == (OURS,)
    assert grant.truth.value is True


@pytest.mark.parametrize("action", MAY)
def test_on_another_thing_it_is_no_path(action: str) -> None:
    """A right over something else reaches nothing."""
    assert reads(estate((allow(action, resource=thing("any", "other")),))) == []
    assert reads(estate((allow(action),), roles=(IDLE,))) == []
    assert reads(estate((allow(action),), things=())) == []


def test_calling_a_function_is_not_changing_it() -> None:
    """Nor is looking at it."""
    assert reads(estate((allow("lambda:invokefunction", "lambda:getfunction"),))) == []


def test_it_is_told_in_words() -> None:
    """The first of several functions stands for all of one role."""
    of = estate((allow("lambda:*"),), things=(thing("lambda", "function:g"), FUNCTION))
    (grant,) = reads(of)
    assert grant.path == (f"changes the code of {FUNCTION}, which acts as {OURS}",)


def test_a_condition_makes_it_conditional() -> None:
    """As everywhere."""
    asked = (Asked(operator="ipaddress", key="aws:sourceip", values=("10.0.0.0/8",)),)
    (grant,) = reads(estate((allow("lambda:updatefunctioncode", tests=asked),)))
    assert grant.truth.depends_on == {"aws:sourceip"}


def test_tags_of_the_thing_decide() -> None:
    """A tag that is not known leaves it open."""
    asked = (Asked(operator="stringequals", key="aws:resourcetag/team", values=("web",)),)
    for tags, verdict in (({"team": "web"}, True), ({"team": "x"}, False), (Unknown("-"), None)):
        of = estate((allow("lambda:updatefunctioncode", tests=asked),))
        resource = runner_of(Actor(id=FUNCTION, kind="resource", account=ONE, tags=tags))
        assert resource is not None
        runner = Runner(resource=resource, roles=(OURS,))
        grants = reads(replace(of, runners={FUNCTION: runner}))
        assert [each.truth.value for each in grants] == ([verdict] if verdict is not False else [])


def test_a_role_that_could_not_be_read_may_be_any_that_trusts_the_service() -> None:
    """Unknown is never no access."""
    of = estate((allow("lambda:updatefunctioncode"),), roles=("?",))
    (grant,) = reads(of)
    assert grant.truth.unknown
    assert commanded(grant.path[0]) == FUNCTION
    assert reads(estate((allow("ssm:sendcommand"),), roles=("?",))) == []


def test_a_functions_own_policy_may_let_a_stranger_change_it() -> None:
    """Policies of functions may allow any action of theirs."""
    stranger = (Named(kind="aws", name=f"arn:aws:iam::{FAR}:root"),)
    policy = allow("lambda:*", resource=FUNCTION, principals=stranger)
    (grant,) = reads(estate(policies={FUNCTION: (policy,)}), FAR)
    assert grant.through == (OURS,)
    assert reads(estate(), FAR) == []


def test_a_user_that_fills_a_group_has_what_the_group_has() -> None:
    """A role is in no group."""
    may = (allow("iam:addusertogroup", resource=TEAM),)
    (grant,) = reads(estate(may, team=READS))
    assert grant.path == (f"puts itself into {TEAM}",)
    assert grant.through == (TEAM,)
    assert reads(estate(bob=may, team=READS), BOB) == []


def test_a_group_leads_on() -> None:
    """What the group may change, its new member may."""
    may = (allow("iam:addusertogroup", resource=TEAM),)
    of = estate(may, things=(FUNCTION,), team=(allow("lambda:updatefunctioncode"),))
    (grant,) = reads(of)
    assert grant.through == (TEAM, OURS)


@pytest.mark.parametrize("name", ["", "x", "arn:aws:lambda", thing("sqs", "queue"), DATA])
def test_what_runs_no_code_is_none(name: str) -> None:
    """Only the kinds that are known."""
    assert runner_of(Actor(id=name, kind="resource", account=ONE)) is None


_PATTERNS = st.sampled_from(["*", *MAY.values(), thing("*", "*"), thing("lambda", "function:*")])
_STATEMENTS = st.builds(
    lambda effect, action, resource: Statement(
        policy_id="p", number=1, allows=effect, actions=(action,), resources=(resource,)
    ),
    st.sampled_from([True, True, False]),
    st.sampled_from(["*", "ssm:*", "lambda:*", *MAY]),
    _PATTERNS,
)


@given(statements=st.lists(_STATEMENTS, max_size=5))
def test_ways_are_those_that_single_decisions_give(statements: list[Statement]) -> None:
    """All at once says what each question says by itself."""
    of = estate(tuple(statements))
    resources = tuple(identities.identities_of(of))
    bare = identities.without_policies(of, resources)
    things = {each.id: each for each in resources if each.id in of.runners}
    asked = replace(bare, resources=things)
    wanted = {
        name
        for name, each in things.items()
        for action, word in identities.access_of("", each.kind).items()
        if word == COMMAND and decide(asked, ANN, action, name, identities.scopes_of).truth.possible
    }
    found = {commanded(way.says) for way in Ways(of, {}).of(of.actors[ANN])} - {""}
    # Of each kind the first thing stands for all with the same role and truth.
    assert found == wanted
