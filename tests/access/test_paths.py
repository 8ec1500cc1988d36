"""Whoever can become another principal reaches what that one reaches, by the shortest way."""

from dataclasses import replace
from itertools import pairwise

import pytest

from auditor.access.estate import Actor, Estate, Resource
from auditor.access.extents import Extents
from auditor.access.grants import Grant, Granting, direct_grants
from auditor.access.paths import Paths
from auditor.access.routes import Routes
from auditor.access.statements import Named, Statement
from auditor.access.statements import Test as Asked
from auditor.access.ways import Ways
from auditor.model import Unknown

ONE, TWO, FAR = "111111111111", "222222222222", "999999999999"
ANN, APP = f"arn:aws:iam::{ONE}:user/ann", f"arn:aws:iam::{ONE}:role/app"
OPS, ROOT = f"arn:aws:iam::{TWO}:role/ops", f"arn:aws:iam::{TWO}:root"
DATA = "arn:aws:s3:::data"


def allow(
    *actions: str, resource: str = "*", who: str = "", tests: tuple[Asked, ...] = ()
) -> Statement:
    named = Named(kind="service" if who.endswith(".com") else "aws", name=who)
    return Statement(
        policy_id="p",
        number=1,
        actions=actions,
        resources=(resource,),
        principals=(named,) if who else (),
        tests=tests,
    )


def estate(**holders: tuple[Statement, ...]) -> Estate:
    actors = [
        Actor(id=ANN, kind="user", account=ONE, name="ann"),
        Actor(id=APP, kind="role", account=ONE),
        Actor(id=OPS, kind="role", account=TWO),
        Actor(id=ROOT, kind="root", account=TWO),
        Actor(id="person", kind="person", account=ONE),
        Actor(id="team", kind="group", account=ONE),
    ]
    names = {"ann": ANN, "app": APP, "ops": OPS}
    data = Resource(id=DATA, service="s3", kind="bucket", account=TWO)
    return Estate(
        actors={each.id: each for each in actors},
        resources={DATA: data},
        resource={DATA: ()},
        identity={names[name]: statements for name, statements in holders.items()},
        trust={APP: (), OPS: ()},
    )


def reads(
    of: Estate, who: str, memberships: dict[str, tuple[str, ...]] | None = None
) -> list[Grant]:
    granting = Granting(of, Extents([DATA]))
    paths = Paths(Routes(of, Ways(of, memberships or {})), granting.totals)
    actor = of.actors.get(who) or Actor(id=who, kind="account", account=who)
    totals = granting.totals(actor)
    grants = [*direct_grants(actor, totals), *paths.grants(actor, totals)]
    return [each for each in grants if each.access == "read"]


READS = (allow("s3:getobject"),)


def test_a_chain_of_roles_is_followed_and_told() -> None:
    """A user acts as a role that acts as another one, which reads."""
    of = estate(
        ann=(allow("sts:assumerole"),), app=(allow("sts:assumerole", resource=OPS),), ops=READS
    )
    of = replace(
        of,
        trust={
            APP: (allow("sts:assumerole", who=ANN),),
            OPS: (allow("sts:assumerole", who=APP),),
        },
    )
    (grant,) = reads(of, ANN)
    assert grant.path == (f"acts as {APP}", f"acts as {OPS}")
    assert grant.through == (APP, OPS)
    assert grant.truth.value is True


def test_without_trust_or_without_a_policy_there_is_no_path() -> None:
    """Across accounts both sides must agree."""
    of = estate(ann=(allow("sts:assumerole"),), ops=READS)
    assert reads(of, ANN) == []
    trusted = replace(of, trust={OPS: (allow("sts:assumerole", who=ANN),)})
    assert reads(replace(trusted, identity={OPS: READS}), ANN) == []
    assert len(reads(trusted, ANN)) == 1


def test_a_condition_on_the_way_makes_it_conditional() -> None:
    """An external id is asked for of strangers."""
    asked = (Asked(operator="stringequals", key="sts:externalid", values=("x",)),)
    of = estate(ops=READS)
    outside = allow("sts:assumerole", who=f"arn:aws:iam::{FAR}:root", tests=asked)
    (grant,) = reads(replace(of, trust={OPS: (outside,)}), FAR)
    assert grant.truth.depends_on == {"sts:externalid"}


def test_people_act_as_the_roles_that_are_assigned_to_their_groups() -> None:
    """A person is in a group, which a role is assigned to."""
    (grant,) = reads(estate(ops=READS), "person", {"person": ("team",), "team": (OPS,)})
    assert grant.path == ("is in group team", f"acts as {OPS}")


@pytest.mark.parametrize(
    ("holders", "says"),
    [
        ({"ops": (allow("iam:putrolepolicy"),)}, "gives"),
        ({"ops": (allow("iam:updateassumerolepolicy"), *READS)}, ""),
        ({"ops": (allow("iam:attachrolepolicy", resource=APP),)}, None),
    ],
)
def test_who_changes_its_own_policies_gets_everything(
    holders: dict[str, tuple[Statement, ...]], says: str | None
) -> None:
    """Only where the policies that it changes are its own."""
    paths = [each for each in reads(estate(**holders), OPS) if each.path]
    if says:
        assert paths[0].path == (f"gives {OPS} any right",)
        assert paths[0].through == (ROOT,)
    else:
        assert paths == []


def test_a_role_handed_to_code_of_ones_own_is_a_path() -> None:
    """Passing a role to a function needs the role to trust functions."""
    ann = (allow("iam:passrole", resource=APP), allow("lambda:createfunction"))
    of = estate(ann=ann, app=READS)
    of = replace(of, resource={DATA: (allow("s3:getobject", who=APP),)})
    assert reads(of, ANN) == []
    trusted = replace(of, trust={APP: (allow("sts:assumerole", who="lambda.amazonaws.com"),)})
    (grant,) = reads(trusted, ANN)
    assert grant.path == (f"hands {APP} to what it starts at lambda.amazonaws.com",)


def test_a_longer_way_that_is_surer_is_told_too() -> None:
    """A short way under a condition does not hide a long way without one."""
    asked = (Asked(operator="bool", key="aws:multifactorauthpresent", values=("true",)),)
    of = estate(ann=(allow("sts:assumerole"),), app=(allow("sts:assumerole"),), ops=READS)
    trust = {
        APP: (allow("sts:assumerole", who=ANN),),
        OPS: (allow("sts:assumerole", who=ANN, tests=asked), allow("sts:assumerole", who=APP)),
    }
    grants = reads(replace(of, trust=trust), ANN)
    told = {each.through: each.truth.value for each in grants}
    assert told == {(OPS,): None, (APP, OPS): True}


def test_a_way_that_is_sure_under_a_condition_is_not_hidden_by_one_that_is_unknown() -> None:
    """Who can for certain, under a condition, is not merely unknown."""
    asked = (Asked(operator="ipaddress", key="aws:sourceip", values=("10.0.0.0/8",)),)
    tagged = (Asked(operator="stringequals", key="aws:principaltag/team", values=("a",)),)
    of = estate(ann=(allow("sts:assumerole"),), app=(allow("sts:assumerole"),), ops=READS)
    trust = {
        APP: (allow("sts:assumerole", who=ANN, tests=asked),),
        OPS: (allow("sts:assumerole", who=ANN, tests=tagged), allow("sts:assumerole", who=APP)),
    }
    ann = replace(of.actors[ANN], tags=Unknown("its tags were refused"))
    of = replace(of, trust=trust, actors={**of.actors, ANN: ann})
    told = {each.through: each.truth.conditional for each in reads(of, ANN)}
    assert told == {(OPS,): False, (APP, OPS): True}


def test_no_chain_is_too_long() -> None:
    """AWS lets roles act as roles without end."""
    names = [f"arn:aws:iam::{TWO}:role/r{number:02}" for number in range(20)]
    of = estate()
    actors = {each: Actor(id=each, kind="role", account=TWO) for each in names}
    of = replace(
        of,
        actors={**of.actors, **actors},
        identity={each: (allow("sts:assumerole"),) for each in names[:-1]} | {names[-1]: READS},
        trust={
            names[0]: (),
            **{
                later: (allow("sts:assumerole", who=earlier),) for earlier, later in pairwise(names)
            },
        },
    )
    (grant,) = reads(of, names[0])
    assert grant.through == tuple(names[1:])
