"""What we claim to know about a key, given what AWS answered."""

import json

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.kms import KEYS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Answer, Outcome, Unknown
from auditor.spec import Found
from auditor.tables import Key
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, KEYS)
ROOT = f"arn:aws:iam::{ACCOUNT}:root"

pytestmark = pytest.mark.usefixtures("cloud")


def make_key(name: str, *principals: str, is_multi_region: bool = False) -> str:
    statement = {"Effect": "Allow", "Principal": {"AWS": [ROOT, *principals]}, "Action": "kms:*"}
    answer = boto3.client("kms", HOME).create_key(
        Description=name,
        MultiRegion=is_multi_region,
        Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
    )
    return str(answer["KeyMetadata"]["KeyId"])


def test_reads_a_key() -> None:
    make_key("plain")

    key = gather(COLLECTORS).keys["plain"]

    assert (key.country, key.custody, key.enabled) == ("US", "customer", True)
    assert (key.replica_regions, key.replica_countries) == ((), ())
    assert key.principal_accounts == (ACCOUNT,)
    assert key.rotates is False


def test_policy_and_grants_let_in_accounts() -> None:
    """Grants do not show in the policy."""
    name = make_key("open", "arn:aws:iam::222222222222:role/r")
    boto3.client("kms", HOME).create_grant(
        KeyId=name,
        GranteePrincipal="arn:aws:iam::333333333333:user/u",
        Operations=["Decrypt"],
    )

    key = gather(COLLECTORS).keys["open"]

    assert key.principal_accounts == (ACCOUNT, "222222222222", "333333333333")


def test_replicas_are_counted_by_country() -> None:
    name = make_key("several", is_multi_region=True)
    kms = boto3.client("kms", HOME)
    for region in ("eu-central-1", "us-west-2"):
        kms.replicate_key(KeyId=name, ReplicaRegion=region)

    key = gather(COLLECTORS).keys["several"]

    assert key.replica_regions == ("eu-central-1", "us-west-2")
    assert key.replica_countries == ("DE", "US")


@pytest.mark.parametrize("refused", ["GetKeyPolicy", "ListGrants"])
def test_a_refused_policy_is_unknown(refused: str) -> None:
    """Half of who is let in is not who is let in."""
    make_key("plain")

    accounts = gather(COLLECTORS, deny=[refused]).keys["plain"].principal_accounts

    assert isinstance(accounts, Unknown)
    assert accounts.permission == f"kms:{refused}"


def key_of(grants: list[dict[str, str]], **metadata: object) -> Key:
    policy = json.dumps({"Statement": {"Effect": "Allow", "Principal": {"AWS": ROOT}}})
    bodies = {
        "key": {"KeyMetadata": metadata},
        "policy": {"Policy": policy},
        "grants": {"Grants": grants},
        "rotation": {},
    }
    found = Found(
        place={"account": ACCOUNT, "region": HOME},
        item={"KeyId": "1", "KeyArn": "k"},
        answers={name: (Answer(outcome=Outcome.OK, body=body),) for name, body in bodies.items()},
        records={"item": (0,)},
        details={detail.name: detail for detail in KEYS.details},
    )
    return next(row for row in KEYS.rows(found) if isinstance(row, Key))


def test_a_key_outside_aws_can_be_anywhere() -> None:
    """An external key manager is in its owner's jurisdiction, not in the region."""
    key = key_of([], KeyManager="CUSTOMER", Origin="EXTERNAL_KEY_STORE")

    assert key.custody == "external"
    assert isinstance(key.country, Unknown)


def test_keys_of_aws_are_the_providers() -> None:
    assert key_of([], KeyManager="AWS", Origin="AWS_KMS").custody == "provider"


@pytest.mark.parametrize(
    ("grant", "expected"),
    [
        ({"GranteePrincipal": "rds.amazonaws.com", "IssuingAccount": f"{ROOT}"}, (ACCOUNT,)),
        ({"GranteeServicePrincipal": "x.amazonaws.com", "IssuingAccount": ROOT}, (ACCOUNT,)),
        ({"GranteePrincipal": "rds.amazonaws.com"}, None),
        ({"GranteePrincipal": "AIDAEXAMPLE"}, None),
        ({}, None),
    ],
)
def test_a_service_acts_for_who_issued_the_grant(
    grant: dict[str, str], expected: tuple[str, ...] | None
) -> None:
    accounts = key_of([grant]).principal_accounts

    assert isinstance(accounts, Unknown) if expected is None else accounts == expected


def test_an_external_key_is_where_nobody_says() -> None:
    """Its reason names the key manager's address, so that somebody can find out."""
    name = make_key("outside")
    metadata = {
        "KeyId": name,
        "Origin": "EXTERNAL_KEY_STORE",
        "KeyManager": "CUSTOMER",
        "Description": "outside",
        "CustomKeyStoreId": "cks-1",
    }
    proxy = {"UriEndpoint": "https://keys.example"}
    stores = [{"CustomKeyStoreId": "cks-1", "XksProxyConfiguration": proxy}]
    rules = [
        Rule(operation="kms.DescribeKey", answer={"KeyMetadata": metadata}),
        Rule(operation="kms.DescribeCustomKeyStores", answer={"CustomKeyStores": stores}),
    ]

    key = gather(COLLECTORS, rules=rules).keys["outside"]

    assert key.custody == "external"
    assert isinstance(key.country, Unknown)
    assert "keys.example" in key.country.reason
