"""Which actions give which access, and what a policy names a resource by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.access.actions import (
    access_of,
    closed_to_iam,
    scopes_of,
    service_of_actions,
)
from auditor.access.estate import Resource

PLACE = "us-east-1:111111111111"


def resource(service: str, kind: str, id_: str) -> Resource:
    return Resource(id=id_, service=service, kind=kind, account="111111111111", region="us-east-1")


BUCKET = resource("s3", "bucket", "arn:aws:s3:::box")
TABLE = resource("dynamodb", "table", f"arn:aws:dynamodb:{PLACE}:table/t")
GROUP = resource("logs", "log group", f"arn:aws:logs:{PLACE}:log-group:/app/x")
INSTANCE = resource("rds", "database", f"arn:aws:rds:{PLACE}:db:main")
CLUSTER = resource("rds", "database", f"arn:aws:rds:{PLACE}:cluster:main")


@pytest.mark.parametrize(
    ("service", "kind", "action", "expected"),
    [
        ("s3", "bucket", "s3:getobject", "read"),
        ("s3", "bucket", "s3:putobject", "write"),
        ("s3", "bucket", "s3:putbucketpolicy", "administer"),
        ("s3", "bucket", "s3:deletebucket", "administer"),
        ("s3", "bucket", "s3:putreplicationconfiguration", "share"),
        ("dynamodb", "table", "dynamodb:partiqlselect", "read"),
        ("dynamodb", "table", "dynamodb:exporttabletopointintime", "share"),
        ("dynamodb", "table", "dynamodb:updatetable", "administer"),
        ("kms", "key", "kms:decrypt", "decrypt"),
        ("kms", "key", "kms:creategrant", "administer"),
        ("kms", "key", "kms:encrypt", "write"),
        ("ec2", "snapshot", "ec2:modifysnapshotattribute", "share"),
        ("ec2", "snapshot", "ebs:getsnapshotblock", "read"),
        ("rds", "database", "rds-data:executestatement", "read"),
        ("secretsmanager", "secret", "secretsmanager:getsecretvalue", "read"),
        ("sqs", "queue", "sqs:receivemessage", "read"),
        ("logs", "log group", "logs:filterlogevents", "read"),
        ("ecr", "repository", "ecr:batchgetimage", "read"),
        ("efs", "file system", "elasticfilesystem:clientmount", "read"),
        ("backup", "backup vault", "backup:startrestorejob", "read"),
        ("es", "domain", "es:eshttppost", "read"),
    ],
)
def test_an_action_gives_one_access(service: str, kind: str, action: str, expected: str) -> None:
    assert access_of(service, kind)[action] == expected


@pytest.mark.parametrize(
    ("service", "kind", "action"),
    [
        ("s3", "bucket", "s3:getbucketpolicy"),
        ("s3", "bucket", "s3:listbucket"),
        ("s3", "bucket", "s3:putbuckettagging"),
        ("s3", "bucket", "s3:createbucket"),
        ("kms", "key", "kms:describekey"),
        ("sqs", "queue", "sqs:getqueueattributes"),
        ("ec2", "volume", "ec2:describevolumes"),
        ("secretsmanager", "secret", "secretsmanager:describesecret"),
        ("dynamodb", "table", "dynamodb:describetable"),
    ],
)
def test_to_know_of_a_thing_is_no_access_to_it(service: str, kind: str, action: str) -> None:
    """AWS calls some of these Read; they hand out nothing that the thing holds."""
    assert action not in access_of(service, kind)


def test_a_kind_of_which_nothing_is_said_goes_by_the_levels_of_aws() -> None:
    access = access_of("synthetics", "canary")

    assert access["synthetics:getcanary"] == "read"
    assert access["synthetics:startcanary"] == "write"
    assert access["synthetics:deletecanary"] == "administer"


def test_a_service_that_nobody_knows_gives_no_access() -> None:
    assert access_of("nothing", "at all") == {}


def test_what_is_read_with_other_credentials_is_said_to_be() -> None:
    assert "database" in closed_to_iam("docdb-elastic", "cluster")
    assert closed_to_iam("s3", "bucket") == ""


def test_a_service_may_be_named_by_its_prefix_too() -> None:
    assert service_of_actions("efs") == "elasticfilesystem"
    assert access_of("efs", "file system") == access_of("elasticfilesystem", "file system")


@pytest.mark.parametrize(
    ("what", "action", "expected"),
    [
        (BUCKET, "s3:deletebucket", ("arn:aws:s3:::box",)),
        (BUCKET, "s3:getobject", ("arn:aws:s3:::box/*",)),
        (TABLE, "dynamodb:getitem", (TABLE.id,)),
        (TABLE, "dynamodb:query", (TABLE.id, f"{TABLE.id}/index/*")),
        (TABLE, "dynamodb:getrecords", (f"{TABLE.id}/stream/*",)),
        (GROUP, "logs:filterlogevents", (f"{GROUP.id}:*",)),
        (GROUP, "logs:getlogevents", (f"{GROUP.id}:log-stream:*",)),
        (INSTANCE, "rds:deletedbinstance", (INSTANCE.id,)),
        (CLUSTER, "rds-data:executestatement", (CLUSTER.id,)),
        (CLUSTER, "rds-db:connect", (f"arn:aws:rds-db:{PLACE}:dbuser:*",)),
    ],
)
def test_a_policy_names_what_the_action_is_about(
    what: Resource, action: str, expected: tuple[str, ...]
) -> None:
    assert scopes_of(what, action) == expected


@pytest.mark.parametrize(
    ("what", "action"),
    [(CLUSTER, "rds:deletedbinstance"), (INSTANCE, "rds-data:executestatement")],
)
def test_an_action_on_another_thing_of_that_kind_has_no_scope(what: Resource, action: str) -> None:
    """Whoever may delete an instance may delete no cluster by that."""
    assert scopes_of(what, action) == ()


def test_an_action_without_a_resource_is_held_against_nothing() -> None:
    """No pattern but the whole one fits it: whoever names a resource there allows nothing."""
    registry = resource("ecr", "repository", f"arn:aws:ecr:{PLACE}:repository/a/b")

    assert scopes_of(registry, "ecr:putreplicationconfiguration") == ("",)


def test_a_parameter_is_read_by_the_paths_above_it_too() -> None:
    parameter = resource("ssm", "parameter", f"arn:aws:ssm:{PLACE}:parameter/app/db/word")

    assert scopes_of(parameter, "ssm:getparametersbypath") == (
        f"arn:aws:ssm:{PLACE}:parameter/app/db",
        f"arn:aws:ssm:{PLACE}:parameter/app",
        f"arn:aws:ssm:{PLACE}:parameter/",
    )


def test_a_search_is_asked_for_below_its_domain() -> None:
    domain = resource("es", "domain", f"arn:aws:es:{PLACE}:domain/d")

    assert scopes_of(domain, "es:eshttpget") == (f"{domain.id}/*",)
    assert scopes_of(domain, "es:deletedomain") == (domain.id,)


def test_a_thing_without_an_arn_of_its_own_is_any_of_its_kind() -> None:
    """Nothing narrower is known of it."""
    outpost = resource("s3-outposts", "S3 on an Outpost", f"arn:aws:outposts:{PLACE}:outpost/op-1")

    assert scopes_of(outpost, "s3-outposts:getobject") == (
        f"arn:aws:s3-outposts:{PLACE}:outpost/*",
    )


def test_a_key_is_its_own_scope() -> None:
    key = resource("kms", "key", f"arn:aws:kms:{PLACE}:key/1")

    assert {scopes_of(key, action) for action in access_of("kms", "key")} == {(key.id,)}


def test_an_action_that_is_not_known_is_about_the_resource() -> None:
    role = resource("iam", "role", "arn:aws:iam::111111111111:role/r")

    assert scopes_of(role, "sts:assumerole") == (role.id,)


@given(
    st.sampled_from(["", "arn:aws:rds:", "arn:aws:rds:us-east-1:1:db:", "arn:x"]),
    st.text(max_size=30),
    st.sampled_from(sorted(access_of("rds", "database"))),
)
def test_any_id_has_scopes(start: str, name: str, action: str) -> None:
    """Ids come from evidence, which anybody can forge."""
    scopes = scopes_of(resource("rds", "database", start + name), action)

    assert all(isinstance(each, str) for each in scopes)
