"""Who is at work in the generated logs of log_files.py: from where, and on which stores."""

import random
import string
from dataclasses import dataclass

REGIONS = ("us-east-1", "us-west-2", "eu-central-1", "ap-southeast-1")
_UPPER = string.ascii_uppercase + "234567"
_AGENTS = (
    "[Boto3/1.34.11 md/Botocore#1.34.11 ua/2.0 os/linux#5.10.205-195.804.amzn2.x86_64 "
    "md/arch#x86_64 lang/python#3.11.6 md/pyimpl#CPython cfg/retry-mode#standard]",
    "[aws-sdk-java/2.21.33 Linux/5.10.205 OpenJDK_64-Bit_Server_VM/17.0.9+9-LTS Java/17.0.9 "
    "vendor/Amazon.com_Inc. md/internal exec-env/EKS io/async http/NettyNio cfg/retry-mode/legacy]",
    "APN/1.0 HashiCorp/1.0 Terraform/1.6.5 terraform-provider-aws/5.31.0 aws-sdk-go-v2/1.24.0",
)
KINDS = {
    "s3": 60,
    "kms": 12,
    "metadata": 10,
    "dynamodb": 8,
    "sts": 5,
    "secretsmanager": 3,
    "change": 2,
}
"""Of a hundred sessions, how many do what."""


@dataclass(frozen=True, slots=True)
class Session:
    identity: str
    source: str  # fields for address and agent
    endpoint: str
    kind: str
    account: str
    stores: tuple[str, ...]
    weight: float


def text_of(rng: random.Random, count: int, letters: str = _UPPER) -> str:
    return "".join(rng.choices(letters, k=count))


def hex_of(rng: random.Random, count: int) -> str:
    return f"{rng.getrandbits(4 * count):0{count}x}"


def session_of(rng: random.Random, account: str) -> Session:
    kind = rng.choices(tuple(KINDS), tuple(KINDS.values()))[0]
    agent = rng.choice(_AGENTS)
    address, endpoint = f"{rng.randrange(11, 200)}.{rng.randrange(256)}.7.{rng.randrange(256)}", ""
    if rng.random() < 0.3:
        address = f"10.{rng.randrange(256)}.{rng.randrange(256)}.{rng.randrange(256)}"
        endpoint = f',"vpcEndpointId":"vpce-0{hex_of(rng, 16)}","vpcEndpointAccountId":"{account}"'
    elif rng.random() < 0.1:
        address = agent = rng.choice(("athena.amazonaws.com", "AWS Internal"))
    return Session(
        identity=rng.choices((_assumed, _user, _service, _outsider, _root), (70, 15, 8, 5, 2))[0](
            rng, account
        ),
        source=f'"sourceIPAddress":"{address}","userAgent":"{agent}"',
        endpoint=endpoint,
        kind=kind,
        account=account,
        stores=tuple(_store(rng, kind, account) for _ in range(rng.randrange(1, 4))),
        weight=min(rng.paretovariate(1.1), 20.0),
    )


def _assumed(rng: random.Random, account: str) -> str:
    role, role_id = f"app-{rng.randrange(60)}", "AROA" + text_of(rng, 17)
    session = rng.choice((f"i-0{hex_of(rng, 16)}", f"user{rng.randrange(300)}@example.com"))
    issuer = (
        f'"sessionIssuer":{{"type":"Role","principalId":"{role_id}",'
        f'"arn":"arn:aws:iam::{account}:role/{role}","accountId":"{account}",'
        f'"userName":"{role}"}}'
    )
    if rng.random() < 0.02:
        issuer = '"sessionIssuer":{}'
    invoked = ',"invokedBy":"athena.amazonaws.com"' if rng.random() < 0.05 else ""
    return (
        f'{{"type":"AssumedRole","principalId":"{role_id}:{session}",'
        f'"arn":"arn:aws:sts::{account}:assumed-role/{role}/{session}","accountId":"{account}",'
        f'"accessKeyId":"ASIA{text_of(rng, 16)}","sessionContext":{{{issuer},'
        f'"webIdFederationData":{{}},"attributes":{{"creationDate":"2026-01-02T00:11:22Z",'
        f'"mfaAuthenticated":"{rng.choice(("true", "false"))}"}}}}{invoked}}}'
    )


def _user(rng: random.Random, account: str) -> str:
    name = f"user{rng.randrange(99)}"
    return (
        f'{{"type":"IAMUser","principalId":"AIDA{text_of(rng, 17)}",'
        f'"arn":"arn:aws:iam::{account}:user/{name}","accountId":"{account}",'
        f'"accessKeyId":"AKIA{text_of(rng, 16)}","userName":"{name}"}}'
    )


def _root(_: random.Random, account: str) -> str:
    return (
        f'{{"type":"Root","principalId":"{account}","arn":"arn:aws:iam::{account}:root",'
        f'"accountId":"{account}","accessKeyId":""}}'
    )


def _service(rng: random.Random, _: str) -> str:
    name = rng.choice(("config", "lambda", "backup", "cloudtrail"))
    return f'{{"type":"AWSService","invokedBy":"{name}.amazonaws.com"}}'


def _outsider(rng: random.Random, _: str) -> str:
    return (
        f'{{"type":"AWSAccount","principalId":"AROA{text_of(rng, 17)}:job{rng.randrange(9)}",'
        f'"accountId":"{999900000000 + rng.randrange(99)}"}}'
    )


def _store(rng: random.Random, kind: str, account: str) -> str:
    region, number = rng.choice(REGIONS), rng.randrange(200)
    return {
        "s3": f"arn:aws:s3:::corp-{rng.choice(('web', 'ml', 'backup'))}-{number:04}",
        "kms": f"arn:aws:kms:{region}:{account}:key/{number:08x}-1a2b-4c3d-9e8f-0123456789ab",
        "dynamodb": f"arn:aws:dynamodb:{region}:{account}:table/table{number}",
        "secretsmanager": f"arn:aws:secretsmanager:{region}:{account}:secret:db{number}-AbCdEf",
        "sts": f"arn:aws:iam::{account}:role/app-{number}",
    }.get(kind, "")
