"""Small estates at random, with policies of all kinds."""

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import strategies as st

from auditor.access.estate import Actor, Estate, Resource
from auditor.access.statements import Named, Statement, Test
from auditor.model import Unknown

ONE, TWO, FAR = "111111111111", "222222222222", "999999999999"
USER, ROLE = f"arn:aws:iam::{ONE}:user/ann", f"arn:aws:iam::{ONE}:role/app"
OTHER_ROLE, ROOT = f"arn:aws:iam::{TWO}:role/ops", f"arn:aws:iam::{ONE}:root"
GROUP, SERVICE = f"arn:aws:iam::{ONE}:group/staff", "service:lambda.amazonaws.com"
BOUNDARY = f"arn:aws:iam::{ONE}:policy/bound"
KEY, OTHER_KEY = (f"arn:aws:kms:us-east-1:{account}:key/k" for account in (ONE, TWO))
_BOUNDARIES: st.SearchStrategy[str | Unknown] = st.sampled_from(
    ["", "", BOUNDARY, Unknown("it was refused")]
)
_NO_TAGS: Mapping[str, str] | Unknown = {}
_TAGS = st.sampled_from([_NO_TAGS, {"team": "a"}, {"team": "b"}, Unknown("tags were refused")])
_WORDS = (
    "* s3:* s3:get* s3:getobject s3:putobject s3:putbucketpolicy dynamodb:* dynamodb:getitem "
    "dynamodb:put* kms:* kms:decrypt sqs:* sqs:receivemessage sts:assumerole *:get* ?3:get*"
)
_ACTIONS = st.sampled_from(_WORDS.split())
_PATTERNS = st.sampled_from(
    [
        "*",
        "arn:aws:s3:::*",
        "arn:aws:s3:::logs",
        "arn:aws:s3:::logs/*",
        "arn:aws:s3:::logs/in/*",
        "arn:aws:s3:::logs/out/*",
        "arn:aws:s3:::*/in/*",
        "arn:aws:s3:::${aws:username}*",
        "arn:aws:s3:::data-*",
        "arn:aws:s3:::${aws:PrincipalTag/team}/*",
        "arn:aws:s3:::${aws:ResourceTag/team}*",
        "arn:aws:s3:::log?/*",
        "arn:aws:dynamodb:*:*:table/*",
        f"arn:aws:dynamodb:us-east-1:{ONE}:table/t",
        f"arn:aws:kms:*:{TWO}:key/*",
        f"arn:aws:sqs:us-east-1:{ONE}:q",
        KEY,
        ROLE,
        OTHER_ROLE,
    ]
)
_NAMED = st.sampled_from(
    [Named(kind="*", name="*"), Named(kind="aws", name="*"), Named(kind="aws", name=ONE)]
    + [Named(kind="aws", name=f"arn:aws:iam::{account}:root") for account in (ONE, TWO, FAR)]
    + [Named(kind="aws", name=arn) for arn in (USER, ROLE, OTHER_ROLE)]
    + [Named(kind="aws", name=f"arn:aws:sts::{ONE}:assumed-role/app/session")]
    + [Named(kind="aws", name=f"arn:aws:iam::{FAR}:user/eve"), Named(kind="aws", name="AIDAGONE")]
    + [Named(kind="service", name="lambda.amazonaws.com"), Named(kind="canonicaluser", name="f0")]
    + [Named(kind="federated", name=f"arn:aws:iam::{ONE}:saml-provider/idp")]
)


def _test(operator: str, key: str, *values: str, **more: str | bool) -> Test:
    return Test(operator=operator, key=key, values=values, **more)  # type: ignore[arg-type]


_TESTS = st.sampled_from(
    [
        _test("ipaddress", "aws:sourceip", "203.0.113.0/24"),
        _test("notipaddress", "aws:sourceip", "203.0.113.0/24"),
        _test("bool", "aws:multifactorauthpresent", "true"),
        _test("bool", "aws:multifactorauthpresent", "false", if_exists=True),
        _test("bool", "aws:securetransport", "false"),
        _test("stringequals", "aws:principaltag/team", "a"),
        _test("stringnotequals", "aws:principaltag/team", "a"),
        _test("stringequals", "aws:resourcetag/team", "a", "b"),
        _test("stringequals", "aws:resourcetag/team", "${aws:PrincipalTag/team}"),
        _test("stringnotequals", "aws:resourcetag/team", "${aws:PrincipalTag/team}"),
        _test("stringlike", "aws:principaltag/team", "${aws:ResourceTag/team}"),
        _test("stringlike", "aws:resourcetag/team", "*", quantifier="foranyvalue"),
        _test("null", "aws:resourcetag/team", "true"),
        _test("arnlike", "aws:principalarn", f"arn:aws:iam::{ONE}:role/*"),
        _test("arnnotlike", "aws:principalarn", f"arn:aws:iam::{ONE}:role/*", ROOT),
        _test("stringequals", "aws:principalaccount", ONE),
        _test("stringnotequals", "aws:principalorgid", "o-ours"),
        _test("stringnotequals", "aws:principalorgid", "o-ours", if_exists=True),
        _test("stringequals", "aws:resourceaccount", ONE),
        _test("stringequals", "aws:resourceorgid", "${aws:PrincipalOrgID}"),
        _test("stringlike", "s3:prefix", "in/*"),
        _test("stringnotequals", "s3:x-amz-server-side-encryption", "aws:kms"),
        _test("arnlike", "aws:sourcearn", f"arn:aws:lambda:*:{ONE}:function:*"),
        _test("stringequals", "aws:sourceaccount", ONE),
        _test("bool", "aws:principalisawsservice", "false"),
        _test("stringnotequals", "aws:requestedregion", "us-east-1"),
        _test("stringsimilar", "aws:sourceip", "x"),
        _test("stringequals", "aws:username", "ann", "${aws:username}"),
    ]
)


@st.composite
def statements(
    draw: st.DrawFn, *, names_principals: bool = False, allows: float = 0.7
) -> tuple[Statement, ...]:
    """Some statements of one policy; hardly ever one that cannot be read."""
    policy = f"policy-{draw(st.integers(min_value=0, max_value=9))}"
    found = []
    for number in range(draw(st.integers(min_value=0, max_value=3))):
        rare = st.integers(min_value=0, max_value=15)
        if draw(rare) == 15:
            found.append(Statement(policy_id=policy, number=number, fault="it is garbled"))
            continue
        found.append(
            Statement(
                policy_id=policy,
                number=number,
                allows=draw(st.integers(min_value=1, max_value=10)) <= allows * 10,
                actions=tuple(draw(st.lists(_ACTIONS, min_size=1, max_size=3))),
                not_actions=draw(rare) == 15,
                resources=tuple(draw(st.lists(_PATTERNS, min_size=1, max_size=3))),
                not_resources=draw(rare) == 15,
                principals=tuple(draw(st.lists(_NAMED, min_size=1, max_size=3)))
                if names_principals
                else (),
                not_principals=names_principals and draw(rare) == 15,
                tests=tuple(draw(st.lists(_TESTS, max_size=2))) if draw(st.booleans()) else (),
            )
        )
    return tuple(found)


def _resource(
    id_: str, service: str, kind: str, account: str, tags: Mapping[str, str] | Unknown
) -> Resource:
    region = "us-east-1" if service != "s3" else ""
    return Resource(id=id_, service=service, kind=kind, account=account, region=region, tags=tags)


_RESOURCES = [
    ("arn:aws:s3:::ann-home", "s3", "bucket", ONE),
    ("arn:aws:s3:::logs", "s3", "bucket", ONE),
    ("arn:aws:s3:::data-1", "s3", "bucket", TWO),
    ("arn:aws:s3:::data-2", "s3", "bucket", ONE),
    (f"arn:aws:dynamodb:us-east-1:{ONE}:table/t", "dynamodb", "table", ONE),
    (f"arn:aws:sqs:us-east-1:{ONE}:q", "sqs", "queue", ONE),
    (KEY, "kms", "key", ONE),
    (OTHER_KEY, "kms", "key", TWO),
]


@st.composite
def estates(draw: st.DrawFn) -> Estate:
    """An estate with two accounts of its own, and strangers."""
    actors = [
        Actor(id=USER, kind="user", account=ONE, name="ann", groups=(GROUP,), tags=draw(_TAGS))
        if draw(st.booleans())
        else Actor(id=USER, kind="user", account=ONE, name="ann", boundary=BOUNDARY),
        Actor(
            id=ROLE,
            kind="role",
            account=ONE,
            name="app",
            tags=draw(_TAGS),
            boundary=draw(_BOUNDARIES),
        ),
        Actor(id=OTHER_ROLE, kind="role", account=TWO, name="ops", tags=draw(_TAGS)),
        Actor(id=ROOT, kind="root", account=ONE),
        Actor(id=FAR, kind="account", account=FAR),
        Actor(id=SERVICE, kind="service", account=""),
        Actor(id="anybody", kind="anybody", account="*"),
    ]
    actors.append(replace(actors[1], session="limits"))
    resources = [_resource(*each, draw(_TAGS)) for each in _RESOURCES]
    own = statements(names_principals=True)
    levels = st.lists(statements(allows=0.9), max_size=2).map(tuple)
    perimeters = st.lists(statements(names_principals=True, allows=0.8), max_size=2).map(tuple)
    accounts = st.sampled_from([(), (ONE,), (ONE, TWO)])
    return Estate(
        actors={each.key: each for each in actors},
        resources={each.id: each for each in resources},
        identity={holder: draw(statements()) for holder in (USER, ROLE, OTHER_ROLE, GROUP)},
        boundaries={BOUNDARY: draw(statements(allows=0.9))} if draw(st.booleans()) else {},
        sessions={"limits": draw(statements(allows=0.9))} if draw(st.booleans()) else {},
        resource={each.id: draw(own) for each in resources if draw(st.integers(0, 9)) > 0},
        trust={ROLE: draw(own), OTHER_ROLE: draw(own)},
        service_controls={account: draw(levels) for account in draw(accounts)},
        resource_controls={account: draw(perimeters) for account in draw(accounts)},
        organization=draw(
            st.sampled_from([{}, {ONE: "o-ours", TWO: "o-ours"}, {ONE: "o-ours", TWO: ""}])
        ),
        organization_paths=draw(st.sampled_from([{}, {ONE: "o-ours/r-1/ou-1/"}])),
        unread=draw(st.sampled_from([{}, {}, {}, {TWO: "iam was refused"}, {ROLE: "refused"}])),
    )
