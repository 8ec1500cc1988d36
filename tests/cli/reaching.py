"""An account of AWS and a tenancy of Oracle Cloud, whose access is explained."""

import json
from dataclasses import replace
from typing import Any

import pytest

from auditor.cli.main import main
from auditor.model import Unknown
from auditor.tables import (
    Attachment,
    Flow,
    HierarchyNode,
    Key,
    Membership,
    PolicyDocument,
    Row,
)
from tests.cli.bundles import HOSTILE
from tests.facts import granting
from tests.facts.identifying import ACCOUNT
from tests.facts.test_aws_access import (
    ANN,
    APP,
    DATA,
    ESTATE,
    FAR,
    KEY,
    LOGS,
    ONE,
    allow,
    bucket,
    own,
    policy,
    principal,
    says,
)

BEN, EVE, OPS = (f"arn:aws:iam::{ONE}:user/{name}" for name in ("ben", HOSTILE, "x/ops"))
TWIN = f"arn:aws:iam::{ONE}:user/y/ops"
SAM, RAY, KIM, PAT = (f"arn:aws:iam::{ONE}:user/{name}" for name in ("sam", "ray", "kim", "pat"))
TEAM, CODE = f"arn:aws:iam::{ONE}:group/team", f"arn:aws:lambda:us-east-1:{ONE}:function:code"
JOBS, PUBLIC = f"arn:aws:iam::{ONE}:role/jobs", "arn:aws:s3:::public"
PERSON = "identitystore/d-1/user/u-1"
GUARD = "arn:aws:organizations::222222222222:policy/o-1/service_control_policy/p-1"
HOME = {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24"]}}
NOT_OURS = {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}
JO, MAY = "ocid1.user.oc1..jo", "ocid1.user.oc1..may"


def deny(actions: Any, resources: Any, **more: Any) -> Any:
    """Return a statement that takes away what ``allow`` would give."""
    return {**allow(actions, resources, **more), "Effect": "Deny"}


def key() -> Key:
    """Return the key of the first bucket."""
    return replace(granting.key(""), id=KEY, name="k", provider="aws", account=ONE)


def trust(role: str, **principals: str) -> PolicyDocument:
    """Return the trust policy of a role."""
    statement = {"Effect": "Allow", "Principal": principals, "Action": "sts:AssumeRole"}
    return own(role, says(statement), "trust")


def organisation() -> list[Row]:
    """Return an organisation that lets nobody delete buckets, with a policy at its root."""
    root = HierarchyNode(
        id="r-1",
        provider="aws",
        kind="organisation root",
        name="Root",
        parent_id="",
        switched_on=("service control policy",),
    )
    account = replace(root, id=ONE, kind="account", name="one", parent_id="r-1")
    guard = PolicyDocument(
        id=GUARD,
        provider="aws",
        account="",
        kind="service control",
        document=says(allow("*"), deny("s3:DeleteBucket*", "*")),
        evidence=(41,),
    )
    attached = Attachment(
        id="r-1/control", provider="aws", policy_id=GUARD, holder_id="r-1", use="control"
    )
    return [root, account, guard, attached, replace(ACCOUNT, id=ONE, management=False)]


def shared(store: str, account: str, mechanism: str) -> Flow:
    """Return what hands a store out to another account."""
    return Flow(
        id=f"{store}/{mechanism}",
        store_id=store,
        provider="aws",
        account=ONE,
        region="us-east-1",
        mechanism=mechanism,
        active=True,
        target_id="",
        target_account=account,
        evidence=(5,),
    )


AWS: tuple[Row, ...] = (
    *ESTATE,
    key(),
    own(KEY, says(allow("kms:*", Principal={"AWS": f"arn:aws:iam::{ONE}:root"}))),
    bucket(PUBLIC),
    *(principal(name, "user") for name in (BEN, EVE, OPS, SAM, RAY, KIM, PAT)),
    replace(principal(TWIN, "user"), boundary_id=f"{TWIN}#bounds"),
    replace(policy(TWIN, allow("ec2:*"))[0], id=f"{TWIN}#bounds"),
    *policy(TWIN, allow("s3:*")),
    principal(JOBS, "role"),
    principal(PERSON, "person"),
    replace(
        own(DATA, says(deny("s3:*", f"{DATA}*", Principal="*", Condition=NOT_OURS))),
        evidence=(7,),
    ),
    own(LOGS, Unknown("GetBucketPolicy was denied")),
    own(PUBLIC, ""),
    *policy(ANN, allow(["s3:GetObject", "s3:PutObject"], f"{PUBLIC}/*", Condition=HOME)),
    *policy(BEN, allow("sts:AssumeRole", APP), allow(["iam:PassRole", "lambda:CreateFunction"])),
    *policy(EVE, allow("kms:PutKeyPolicy"), {**allow("s3:ListBucket"), "Sid": HOSTILE}),
    principal(TEAM, "group"),
    *policy(TEAM, allow("s3:GetObject")),
    principal(CODE, "resource"),
    Membership(id=f"{JOBS}/{CODE}", provider="aws", group_id=JOBS, member_id=CODE),
    *policy(PAT, allow("iam:AddUserToGroup", TEAM), allow("lambda:UpdateFunctionCode", CODE)),
    *policy(SAM, allow("iam:PutUserPolicy", SAM)),
    *policy(RAY, allow("iam:UpdateAssumeRolePolicy", APP)),
    *policy(KIM, allow("iam:CreateAccessKey", BEN)),
    *policy(APP, allow("s3:*")),
    *policy(JOBS, allow("kms:Decrypt", KEY)),
    trust(APP, AWS=BEN),
    trust(JOBS, Service="lambda.amazonaws.com"),
    Membership(id=f"{APP}/{PERSON}", provider="aws", group_id=APP, member_id=PERSON, evidence=(9,)),
    *organisation(),
    shared(PUBLIC, FAR, "share"),
)
OCI: tuple[Row, ...] = (
    *granting.ESTATE,
    granting.principal("ocid1.group.oc1..readers", "group", "Readers", "Readers"),
    granting.principal(JO, "user", "jo"),
    granting.principal(MAY, "user", "may"),
    granting.member("ocid1.group.oc1..readers", JO),
    *granting.policy(
        "Allow group Readers to read objects in compartment prod:data",
        "Allow any-user to use volumes in tenancy where request.region = 'iad'",
        "Deny group Readers to use volumes in tenancy",
        "Allow group Readers to manage buckets in compartment nowhere",
    ),
)


class Explained:
    """Asks for explanations and reads what is printed."""

    def __init__(self, bundle: str, capsys: pytest.CaptureFixture[str]) -> None:
        self._bundle, self._capsys = bundle, capsys

    def text(self, *arguments: str, code: int = 0) -> str:
        """Return what people read: results, and for other codes errors."""
        assert main(["explain", self._bundle, *arguments]) == code
        said = self._capsys.readouterr()
        return said.err if code else said.out

    def answers(self, who: str, store: str) -> dict[str, Any]:
        """Return access word -> answer, as programs read it."""
        found = json.loads(self.text(who, store, "--json"))
        return {each["access"]: each for each in found["answers"]}

    def verdicts(self, who: str, store: str) -> dict[str, str]:
        """Return access word -> verdict."""
        return {word: each["told"]["verdict"] for word, each in self.answers(who, store).items()}
