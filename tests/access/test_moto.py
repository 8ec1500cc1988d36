"""Our decisions against moto's enforcement, over real requests, where moto enforces as AWS does.

It enforces policies of users, groups and roles, a bucket policy's Deny for everybody, and trust
policies with an external id. What it does not do only the table of cases proves: conditions and
variables of own policies (taken for met), ``?`` and the case of actions, NotResource, Allows of
resource policies, principals of bucket policies, boundaries, control policies, sessions, keys, a
Deny in a trust policy (taken for an Allow), naming a user in a trust policy as enough.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from hypothesis import given, settings
from hypothesis import strategies as st
from moto import mock_aws
from moto.core.authorization import enable_iam_authentication

from auditor.access.decision import decide
from auditor.access.documents import read_statements
from auditor.access.estate import Actor, Estate, Resource

ACCOUNT = "123456789012"
USER = f"arn:aws:iam::{ACCOUNT}:user/ana"
BUCKET = "arn:aws:s3:::photos"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/door"


@dataclass(frozen=True, slots=True)
class Cloud:
    """An embedded account with one user, and clients that act as it."""

    iam: Any
    owner: Any
    user: Any
    sts: Any


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    """One user in one group, one bucket with one object, one role."""
    with mock_aws():
        iam = boto3.client("iam", region_name="us-east-1")
        iam.create_user(UserName="ana")
        iam.create_group(GroupName="staff")
        iam.add_user_to_group(GroupName="staff", UserName="ana")
        iam.create_role(RoleName="door", AssumeRolePolicyDocument=_document([_trust(USER)]))
        key = iam.create_access_key(UserName="ana")["AccessKey"]
        as_user = {
            "region_name": "us-east-1",
            "aws_access_key_id": key["AccessKeyId"],
            "aws_secret_access_key": key["SecretAccessKey"],
        }
        owner = boto3.client("s3", region_name="us-east-1")
        owner.create_bucket(Bucket="photos")
        owner.put_object(Bucket="photos", Key="a.jpg", Body=b"x")
        yield Cloud(iam, owner, boto3.client("s3", **as_user), boto3.client("sts", **as_user))


def _document(statements: list[dict[str, Any]]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def _trust(principal: str, **more: Any) -> dict[str, Any]:
    return {
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": {"AWS": principal},
        **more,
    }


ACTIONS = ["s3:GetObject", "s3:Get*", "s3:*", "*", "s3:PutObject", "sqs:*", "s3:*Object"]
RESOURCES = ["*", f"{BUCKET}/*", BUCKET, "arn:aws:s3:::*", "arn:aws:s3:::music/*", f"{BUCKET}*"]


def _statements() -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda effect, name, actions, resources: {
            "Effect": effect,
            name: actions,
            "Resource": resources,
        },
        st.sampled_from(["Allow", "Allow", "Deny"]),
        st.sampled_from(["Action", "Action", "NotAction"]),
        st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=2),
        st.lists(st.sampled_from(RESOURCES), min_size=1, max_size=2),
    )


@settings(max_examples=80)
@given(
    st.lists(_statements(), max_size=3),
    st.lists(_statements(), max_size=2),
    st.lists(_statements(), max_size=1),
    st.booleans(),
)
def test_object_requests_end_as_we_say(
    cloud: Cloud,
    own: list[dict[str, Any]],
    group: list[dict[str, Any]],
    denials: list[dict[str, Any]],
    writes: bool,
) -> None:
    """Own and group policies, and what the bucket denies to everybody."""
    denials = [{**each, "Effect": "Deny", "Principal": "*"} for each in denials]
    _set_up(cloud, own, group, denials)
    estate = Estate(
        actors={USER: Actor(id=USER, kind="user", account=ACCOUNT, groups=("staff",))},
        resources={BUCKET: Resource(id=BUCKET, service="s3", kind="bucket", account=ACCOUNT)},
        identity={
            USER: read_statements("own", _document(own)),
            "staff": read_statements("group", _document(group)),
        },
        resource={BUCKET: read_statements("bucket", _document(denials))},
    )
    action = "s3:PutObject" if writes else "s3:GetObject"
    said = decide(estate, USER, action, BUCKET).verdict
    assert said == ("allow" if _may(cloud, writes) else "deny")


def _set_up(
    cloud: Cloud,
    own: list[dict[str, Any]],
    group: list[dict[str, Any]],
    denials: list[dict[str, Any]],
) -> None:
    cloud.iam.put_user_policy(UserName="ana", PolicyName="p", PolicyDocument=_document(own or NONE))
    cloud.iam.put_group_policy(
        GroupName="staff", PolicyName="p", PolicyDocument=_document(group or NONE)
    )
    if denials:
        cloud.owner.put_bucket_policy(Bucket="photos", Policy=_document(denials))
    else:
        cloud.owner.delete_bucket_policy(Bucket="photos")


NONE: list[dict[str, Any]] = [{"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"}]


def _may(cloud: Cloud, writes: bool) -> bool:
    with enable_iam_authentication():
        try:
            if writes:
                cloud.user.put_object(Bucket="photos", Key="a.jpg", Body=b"y")
            else:
                cloud.user.get_object(Bucket="photos", Key="a.jpg")
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] != 403:
                raise
            return False
    return True


EXTERNAL = {"Condition": {"StringEquals": {"sts:ExternalId": "12345"}}}


@pytest.mark.parametrize(
    ("own", "trust", "external", "verdict"),
    [
        ("sts:AssumeRole", _trust(USER), "", "allow"),
        ("sts:*", _trust(USER), "", "allow"),
        ("sts:AssumeRole", _trust(f"arn:aws:iam::{ACCOUNT}:user/eve"), "", "deny"),
        ("sts:AssumeRole", _trust(USER, **EXTERNAL), "12345", "conditional"),
        ("sts:AssumeRole", _trust("*"), "", "allow"),
    ],
)
def test_roles_are_taken_as_we_say(
    cloud: Cloud, own: str, trust: dict[str, Any], external: str, verdict: str
) -> None:
    """What is conditional is allowed with the external id and refused without it."""
    policy = [{"Effect": "Allow", "Action": own, "Resource": "*"}]
    cloud.iam.put_user_policy(UserName="ana", PolicyName="p", PolicyDocument=_document(policy))
    cloud.iam.update_assume_role_policy(RoleName="door", PolicyDocument=_document([trust]))
    estate = Estate(
        actors={USER: Actor(id=USER, kind="user", account=ACCOUNT)},
        resources={ROLE: Resource(id=ROLE, service="sts", kind="role", account=ACCOUNT)},
        identity={USER: read_statements("own", _document(policy))},
        trust={ROLE: read_statements("trust", _document([trust]))},
    )
    assert decide(estate, USER, "sts:AssumeRole", ROLE).verdict == verdict
    assert _takes(cloud, external) == (verdict != "deny")
    if verdict == "conditional":
        assert not _takes(cloud, "another")


def _takes(cloud: Cloud, external: str) -> bool:
    extra = {"ExternalId": external} if external else {}
    with enable_iam_authentication():
        try:
            cloud.sts.assume_role(RoleArn=ROLE, RoleSessionName="night", **extra)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] != 403:
                raise
            return False
    return True
