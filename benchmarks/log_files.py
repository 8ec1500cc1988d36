"""Files of CloudTrail as a busy organisation has them, from a seed.

Events come from sessions: somebody at one address who works on a few stores, a few events or
hundreds in one file. Records have the fields, sizes and oddities of real ones: byte counts with a
fraction, sessions without issuer, no readOnly, services instead of addresses.

The mix is that of a trail with data events. A file holds one account's events in one region over
five minutes; 12,000 of them are 40 a second, which people do not make but workloads that hold one
credential for hours: one session in forty events, some far busier than others (a Pareto law).
Most requests go to S3, one in eight uses a key, one in ten asks for metadata, and some twentieth
takes a role. So a large file comes to a row for every eight events, a small one to more: nobody is
there long enough to repeat much.
"""

import random
import string
from pathlib import Path

import deflate

from benchmarks.log_sessions import REGIONS, Session, hex_of, session_of, text_of

ACCOUNTS = [f"{111122223333 + 98765432101 * number % 888877776666:012d}" for number in range(12)]
LEVEL = 6


def write_logs(folder: Path, *, files: int, events: int, seed: int) -> list[Path]:
    """Write so many files of so many events each; the same seed gives the same bytes."""
    rng = random.Random(seed)
    sessions = {account: [session_of(rng, account) for _ in range(400)] for account in ACCOUNTS}
    paths = []
    for number in range(files):
        account, region = rng.choice(ACCOUNTS), rng.choice(REGIONS)
        hour, minute = number // 12 % 24, number % 12 * 5
        name = "".join(rng.choices(string.ascii_letters + string.digits, k=16))
        path = folder / (
            f"AWSLogs/{account}/CloudTrail/{region}/2026/01/02/"
            f"{account}_CloudTrail_{region}_20260102T{hour:02}{minute:02}Z_{name}.json.gz"
        )
        active = rng.sample(sessions[account], k=min(len(sessions[account]), 20 + events // 40))
        weights = [each.weight for each in active]
        records = (
            _record(rng, session, region, f"2026-01-02T{hour:02}:{minute + at % 5:02}")
            for at, session in enumerate(rng.choices(active, weights, k=events))
        )
        content = ('{"Records":[' + ",".join(records) + "]}").encode()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(deflate.gzip_compress(content, LEVEL))
        paths.append(path)
    return paths


def _record(rng: random.Random, session: Session, region: str, minute: str) -> str:
    """Return one event: the envelope, and what its kind of request puts into it."""
    name, reads, category, about = _ABOUT[session.kind](rng, session)
    error = '"errorCode":"AccessDenied","errorMessage":"User is not authorized to do this",'
    source = "ec2" if session.kind in {"metadata", "change"} else session.kind
    read_only = "" if rng.random() < 0.005 else f'"readOnly":{"true" if reads else "false"},'
    event = hex_of(rng, 32)
    return (
        f'{{"eventVersion":"1.09","userIdentity":{session.identity},'
        f'"eventTime":"{minute}:{rng.randrange(60):02}Z","eventSource":"{source}.amazonaws.com",'
        f'"eventName":"{name}","awsRegion":"{region}",{session.source},'
        f'{error if rng.random() < 0.02 else ""}{about}"requestID":"{text_of(rng, 16)}",'
        f'"eventID":"{event[:8]}-{event[8:12]}-{event[12:16]}-{event[16:20]}-{event[20:]}",'
        f'{read_only}"eventType":"AwsApiCall",'
        f'"managementEvent":{"false" if category == "Data" else "true"},'
        f'"recipientAccountId":"{session.account}"{session.endpoint},"eventCategory":"{category}",'
        f'"tlsDetails":{{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256",'
        f'"clientProvidedHostHeader":"{source}.{region}.amazonaws.com"}}}}'
    )


_About = tuple[str, bool, str, str]


def _s3(rng: random.Random, session: Session) -> _About:
    arn = rng.choice(session.stores)
    bucket = arn.rpartition(":")[2]
    name = rng.choices(("GetObject", "PutObject", "HeadObject", "DeleteObject"), (70, 18, 10, 2))[0]
    key = f"data/dt=2026-01-02/part-{rng.randrange(99999):05}-{hex_of(rng, 8)}.snappy.parquet"
    sent = f"{rng.randrange(1 << 24)}{'.0' if rng.random() < 0.05 else ''}"
    about = (
        f'"requestParameters":{{"bucketName":"{bucket}","Host":"{bucket}.s3.us-east-1.amazonaws.com"'
        f',"key":"{key}"}},"responseElements":null,"additionalEventData":{{"SignatureVersion":'
        f'"SigV4","CipherSuite":"TLS_AES_128_GCM_SHA256","bytesTransferredIn":0,'
        f'"AuthenticationMethod":"AuthHeader","x-amz-id-2":"{hex_of(rng, 60)}",'
        f'"bytesTransferredOut":{sent}}},"resources":[{{"type":"AWS::S3::Object","ARN":'
        f'"{arn}/{key}"}},{{"accountId":"{session.account}","type":"AWS::S3::Bucket",'
        f'"ARN":"{arn}"}}],'
    )
    return name, name in {"GetObject", "HeadObject"}, "Data", about


def _kms(rng: random.Random, session: Session) -> _About:
    arn = rng.choice(session.stores)
    context = f'{{"aws:s3:arn":"arn:aws:s3:::corp-web-{rng.randrange(200):04}"}}'
    about = (
        f'"requestParameters":{{"encryptionContext":{context},"encryptionAlgorithm":'
        f'"SYMMETRIC_DEFAULT"}},"responseElements":null,"resources":[{{"accountId":'
        f'"{session.account}","type":"AWS::KMS::Key","ARN":"{arn}"}}],'
    )
    return "Decrypt", True, "Management", about


def _dynamodb(rng: random.Random, session: Session) -> _About:
    arn = rng.choice(session.stores)
    name = rng.choice(("GetItem", "Query", "PutItem"))
    about = (
        f'"requestParameters":{{"tableName":"{arn.rpartition("/")[2]}","key":{{"id":'
        f'"HIDDEN_DUE_TO_SECURITY_REASONS"}}}},"responseElements":null,"resources":[{{"accountId":'
        f'"{session.account}","type":"AWS::DynamoDB::Table","ARN":"{arn}"}}],"apiVersion":'
        f'"2012-08-10",'
    )
    return name, name != "PutItem", "Data", about


def _secret(rng: random.Random, session: Session) -> _About:
    about = (
        f'"requestParameters":{{"secretId":"{rng.choice(session.stores)}"}},'
        f'"responseElements":null,'
    )
    return "GetSecretValue", True, "Management", about


def _sts(rng: random.Random, session: Session) -> _About:
    arn = rng.choice(session.stores)
    assumed = arn.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")
    about = (
        f'"requestParameters":{{"roleArn":"{arn}","roleSessionName":"job","durationSeconds":3600}},'
        f'"responseElements":{{"credentials":{{"accessKeyId":"ASIA{text_of(rng, 16)}",'
        f'"sessionToken":"{hex_of(rng, 420)}","expiration":"Jan 2, 2026, 12:55:24 PM"}},'
        f'"assumedRoleUser":{{"assumedRoleId":"AROA{text_of(rng, 17)}:job",'
        f'"arn":"{assumed}/job"}}}},"resources":[{{"accountId":"{session.account}","type":'
        f'"AWS::IAM::Role","ARN":"{arn}"}}],'
    )
    return "AssumeRole", True, "Management", about


def _metadata(rng: random.Random, _: Session) -> _About:
    name = rng.choice(("DescribeInstances", "DescribeVolumes", "DescribeSecurityGroups"))
    about = (
        f'"requestParameters":{{"instancesSet":{{"items":[{{"instanceId":"i-0{hex_of(rng, 16)}"}}]'
        f'}},"filterSet":{{}}}},"responseElements":null,'
    )
    return name, True, "Management", about


def _change(rng: random.Random, _: Session) -> _About:
    number = hex_of(rng, 16)
    about = (
        f'"requestParameters":{{"volumeId":"vol-0{rng.randrange(99):016x}","description":"nightly"}},'
        f'"responseElements":{{"requestId":"{number}","snapshotId":"snap-0{number}",'
        f'"status":"pending","startTime":1767312000000,"volumeSize":"100"}},'
    )
    return "CreateSnapshot", False, "Management", about


_ABOUT = {
    "s3": _s3,
    "kms": _kms,
    "dynamodb": _dynamodb,
    "secretsmanager": _secret,
    "sts": _sts,
    "metadata": _metadata,
    "change": _change,
}
