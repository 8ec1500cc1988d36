"""Grants over stores of AWS, as policies of principals and of stores come to."""

import json
from dataclasses import replace

from auditor.model import Json, Unknown
from auditor.tables import (
    Account,
    Attachment,
    HierarchyNode,
    Key,
    Membership,
    PolicyDocument,
    Principal,
    Row,
    Store,
)
from tests.facts.deriving import Facts
from tests.fakes import audit

ONE, FAR = "111111111111", "999999999999"
ANN, APP = f"arn:aws:iam::{ONE}:user/ann", f"arn:aws:iam::{ONE}:role/app"
DATA, LOGS = "arn:aws:s3:::data", "arn:aws:s3:::logs"
KEY = f"arn:aws:kms:us-east-1:{ONE}:key/k"


def principal(id_: str, kind: str) -> Principal:
    return Principal(
        id=id_,
        provider="aws",
        account=ONE,
        kind=kind,
        name=id_.rpartition("/")[2],
        created="",
        last_used="",
        tags={},
    )


def bucket(id_: str, classes: tuple[str, ...] | Unknown = ("us_user_data",)) -> Store:
    unknown = Unknown("not part of this test")
    return Store(
        id=id_,
        name=id_.rpartition(":")[2],
        provider="aws",
        operator="Amazon Web Services",
        account=ONE,
        region="us-east-1",
        country="US",
        service="s3",
        kind="bucket",
        backup=False,
        data_classes=classes,
        classified_by="a rule",
        encrypted=True,
        key_id=KEY if id_ == DATA else "",
        public=unknown,
        locked=unknown,
        size_bytes=unknown,
        created=unknown,
        tags={},
    )


def managed(management: bool | Unknown) -> Account:
    return Account(
        id=ONE,
        provider="aws",
        operator="Amazon Web Services",
        name="one",
        active=True,
        management=management,
        provider_access_recorded=Unknown("not part of this test"),
    )


def says(*statements: Json) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(actions: Json, resources: Json = "*", **more: Json) -> Json:
    return {"Effect": "Allow", "Action": actions, "Resource": resources, **more}


def policy(holder: str, *statements: Json) -> list[Row]:
    name = f"{holder}#inline"
    return [
        PolicyDocument(
            id=name, provider="aws", account=ONE, kind="identity", document=says(*statements)
        ),
        Attachment(
            id=f"{holder}/permissions/{name}",
            provider="aws",
            policy_id=name,
            holder_id=holder,
            use="permissions",
        ),
    ]


def own(resource: str, document: str | Unknown, kind: str = "resource") -> PolicyDocument:
    return PolicyDocument(
        id=f"{resource}#policy",
        provider="aws",
        account=ONE,
        kind=kind,
        resource_id=resource,
        document=document,
    )


ESTATE: tuple[Row, ...] = (
    principal(f"arn:aws:iam::{ONE}:root", "root"),
    principal(ANN, "user"),
    principal(APP, "role"),
    bucket(DATA),
    bucket(LOGS, ()),
)
BARE = (own(DATA, ""), own(LOGS, ""))
_COLUMNS = "access, stores, store_id, given, conditional, depends_on"


def derived(*rows: Row) -> Facts:
    return Facts([*ESTATE, *rows], replace(audit(), classification=()))


def granted(facts: Facts, who: str) -> list[Json]:
    rows = facts.rows("grants", f"principal_id, {_COLUMNS}")
    return [row[1:] for row in rows if row[0] == who]


def test_a_policy_of_a_user_gives_what_it_names() -> None:
    """Reading the objects of one bucket is one grant over one store, with its classes."""
    facts = derived(*BARE, *policy(ANN, allow("s3:GetObject", f"{DATA}/*")))
    assert granted(facts, ANN) == [("read", 1, DATA, True, False, [])]
    row = [
        each
        for each in facts.rows(
            "grants", "principal_id, account, statements, path, data_classes, more_classes"
        )
        if each[0] == ANN
    ]
    assert row == [(ANN, ONE, [f"{ANN}#inline#1"], [], ["us_user_data"], False)]


def test_a_condition_of_the_request_makes_it_conditional() -> None:
    """Who must come from an address may read, on that condition."""
    limited = {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
    facts = derived(*BARE, *policy(ANN, allow("s3:GetObject", Condition=limited)))
    assert granted(facts, ANN) == [("read", 2, DATA, True, True, ["aws:sourceip"])]


def test_a_policy_that_was_refused_leaves_it_unknown() -> None:
    """A bucket whose policy could not be read may let in or keep out anybody."""
    refused = own(DATA, Unknown("GetBucketPolicy was denied"))
    facts = derived(refused, own(LOGS, ""), *policy(ANN, allow("s3:GetObject")))
    reads = [row for row in granted(facts, ANN) if row[0] == "read"]
    assert sorted(reads, key=lambda row: str(row[2])) == [
        ("read", 1, DATA, None, False, []),
        ("read", 1, LOGS, True, False, []),
    ]
    assert {given for *_, given, _, _ in granted(facts, "anybody")} == {None}
    assert "GetBucketPolicy was denied" in " ".join(facts.why("grants", "given").values())


def test_accounts_services_and_anybody_are_principals_when_policies_name_them() -> None:
    """A bucket open to a stranger's account and to everybody gives both of them something."""
    opened = says(
        allow("s3:GetObject", f"{DATA}/*", Principal={"AWS": f"arn:aws:iam::{FAR}:root"}),
        allow("s3:PutObject", f"{DATA}/*", Principal={"Service": "logging.s3.amazonaws.com"}),
        allow("s3:GetObject", f"{DATA}/public/*", Principal="*"),
    )
    facts = derived(own(DATA, opened), own(LOGS, ""))
    assert granted(facts, FAR) == [("read", 1, DATA, True, False, [])]
    # What everybody may read is said of everybody, and not again of each that is let in to write.
    writes: list[tuple[object, ...]] = [("write", 1, DATA, True, False, [])]
    assert granted(facts, "service:logging.s3.amazonaws.com") == writes
    assert granted(facts, "anybody") == [("read", 1, DATA, True, False, [])]
    assert granted(facts, ANN) == []
    kinds: dict[str, str] = dict(facts.rows("principals", "id, kind"))
    assert kinds[FAR] == "account"
    assert kinds["anybody"] == "anybody"


def test_what_everybody_may_do_is_said_again_of_whom_other_statements_give_it() -> None:
    """A part of a bucket that is open to all hides nobody who may read the rest of it."""
    opened = says(allow("s3:GetObject", f"{DATA}/public/*", Principal="*"))
    reads = policy(ANN, allow("s3:GetObject", f"{DATA}/*"))
    facts = derived(own(DATA, opened), own(LOGS, ""), *reads)
    assert granted(facts, ANN) == [("read", 1, DATA, True, False, [])]
    assert granted(facts, APP) == []


def test_extents_name_the_stores_as_runs() -> None:
    """The root user reaches everything: two neighbours are one run."""
    facts = derived(*BARE)
    assert facts.one("extents", "first_store, last_store, stores") == (DATA, LOGS, 2)


def test_the_key_is_asked_for_decryption() -> None:
    """A key's policy that leaves it to the account lets a user's policy give its use."""
    delegated = allow("kms:*", Principal={"AWS": f"arn:aws:iam::{ONE}:root"})
    key = Key(
        id=KEY,
        name="k",
        provider="aws",
        operator="Amazon Web Services",
        account=ONE,
        region="us-east-1",
        country="US",
        enabled=True,
        custody="provider",
        replica_regions=(),
        replica_countries=(),
        principal_accounts=(ONE,),
        rotates=True,
    )
    facts = derived(*BARE, key, own(KEY, says(delegated)), *policy(APP, allow("kms:Decrypt")))
    assert granted(facts, APP) == [("decrypt", 1, DATA, True, False, [])]


def test_policies_of_the_organisation_bind_accounts_below() -> None:
    """A policy at the root denies, and its name tells which organisation it is."""
    root = HierarchyNode(
        id="r-1",
        provider="aws",
        kind="organisation root",
        name="Root",
        parent_id="",
        switched_on=("service control policy",),
    )
    account = HierarchyNode(id=ONE, provider="aws", kind="account", name="one", parent_id="r-1")
    name = "arn:aws:organizations::222222222222:policy/o-ours/service_control_policy/p-1"
    deny = {"Effect": "Deny", "Action": "s3:*", "Resource": f"{DATA}*"}
    control = PolicyDocument(
        id=name,
        provider="aws",
        account="",
        kind="service control",
        document=says(allow("*"), deny),
    )
    attached = Attachment(
        id=f"r-1/control/{name}", provider="aws", policy_id=name, holder_id="r-1", use="control"
    )
    ours = {"StringEquals": {"aws:PrincipalOrgID": "o-ours"}}
    rows = (*BARE, root, account, control, attached)
    may = policy(ANN, allow("s3:GetObject", Condition=ours))
    facts = derived(*rows, managed(False), *may)
    assert granted(facts, ANN) == [("read", 1, LOGS, True, False, [])]
    assert DATA not in {row[0] for row in facts.rows("grants", "store_id")}


def test_whoever_may_manage_the_organisation_may_be_bound_by_nothing() -> None:
    """Policies do not bind the account that manages: if nobody knows which, nothing is denied."""
    root = HierarchyNode(
        id="r-1",
        provider="aws",
        kind="organisation root",
        name="Root",
        parent_id="",
        switched_on=("service control policy",),
    )
    account = HierarchyNode(id=ONE, provider="aws", kind="account", name="one", parent_id="r-1")
    name = "arn:aws:organizations::222222222222:policy/o-ours/service_control_policy/p-1"
    control = PolicyDocument(
        id=name,
        provider="aws",
        account="",
        kind="service control",
        document=says(allow("*"), {"Effect": "Deny", "Action": "*", "Resource": "*"}),
    )
    attached = Attachment(
        id=f"r-1/control/{name}", provider="aws", policy_id=name, holder_id="r-1", use="control"
    )
    rows = (*BARE, account, control, attached, *policy(ANN, allow("s3:GetObject")))
    unknown = Unknown("nobody says")
    assert granted(derived(*rows, root, managed(False)), ANN) == []
    assert granted(derived(*rows, root, managed(unknown)), ANN)[0][3] is None
    off = replace(root, switched_on=unknown)
    assert granted(derived(*rows, off, managed(False)), ANN)[0][3] is None


def test_people_of_a_directory_reach_what_their_roles_reach() -> None:
    """A person is a member of a role that is assigned to it."""
    person = replace(
        principal("identitystore/d-1/user/u-1", "person"), attributes={"country": "SG"}
    )
    member = Membership(id=f"{APP}/{person.id}", provider="aws", group_id=APP, member_id=person.id)
    facts = derived(*BARE, person, member, *policy(APP, allow("s3:GetObject", f"{DATA}/*")))
    assert granted(facts, person.id) == [("read", 1, DATA, True, False, [])]
    paths = facts.rows("grants", "principal_id, path, through")
    assert (person.id, [f"acts as {APP}"], [APP]) in paths
