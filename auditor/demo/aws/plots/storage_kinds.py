"""Kinds of storage that are easily forgotten: one of each abroad or let out, one in order."""

import json

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, STRANGER, USER_DATA, WEST
from auditor.demo.aws.answers import answered
from auditor.demo.aws.ordinary import PROTECTED
from auditor.demo.aws.plots import Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open

_TAGS = [{"key": key, "value": value} for key, value in PROTECTED.items()]
_TABLES = f"arn:aws:s3tables:{HOME}:{USER_DATA}:bucket"
_VECTORS = f"arn:aws:s3vectors:{HOME}:{USER_DATA}:bucket"
_EXPRESS = f"arn:aws:s3express:{HOME}:{USER_DATA}:bucket"
_LIMA, _VIRGINIA = "user-cache--use1-lim1-az1--x-s3", "user-cache--use1-az5--x-s3"
_OUTPOSTS = f"arn:aws:outposts:{HOME}:{USER_DATA}"
_SITES = {"op-00000000000000001": "CA", "op-00000000000000002": "US"}
_LIGHTSAIL = f"arn:aws:lightsail:{HOME}:{USER_DATA}"
_READERS = {"campaign": STRANGER, "campaign-logs": LOGS}


def _absent(operation: str, code: str, words: str = "") -> Rule:
    return Rule(
        operation=operation, status=404, code=code, words=words, account=USER_DATA, region=HOME
    )


def _policy(account: str) -> str:
    statement = {"Effect": "Allow", "Principal": {"AWS": account}, "Action": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": statement})


def _tables() -> tuple[Rule, ...]:
    """Return table buckets that are copied to Frankfurt and to Oregon."""
    targets = {"events": FRANKFURT, "events-2": WEST}
    listed = [
        {"arn": f"{_TABLES}/{name}", "name": name, "ownerAccountId": USER_DATA} for name in targets
    ]
    plain = {"encryptionConfiguration": {"sseAlgorithm": "AES256"}}
    rules = [
        answered("s3tables.ListTableBuckets", {"tableBuckets": listed}),
        answered("s3tables.GetTableBucketEncryption", plain),
        _absent("s3tables.GetTableBucketPolicy", "NotFoundException"),
    ]
    # moto knows table buckets in some regions only.
    rules.append(Rule(operation="s3tables.ListTableBuckets", answer={"tableBuckets": []}))
    for name, region in sorted(targets.items(), reverse=True):  # 'events' is part of 'events-2'
        target = f"arn:aws:s3tables:{region}:{USER_DATA}:bucket/copy"
        destinations = [{"destinationTableBucketARN": target}]
        settings = {"role": "replication", "rules": [{"destinations": destinations}]}
        answer = {"versionToken": "1", "configuration": settings}
        rules.append(answered("s3tables.GetTableBucketReplication", answer, words=name))
    return tuple(rules)


def _vectors() -> tuple[Rule, ...]:
    """Return vector buckets that a stranger and the log account can read."""
    holders = {"faces": STRANGER, "voices": LOGS}
    listed = [
        {
            "vectorBucketName": name,
            "vectorBucketArn": f"{_VECTORS}/{name}",
            "creationTime": 1_700_000_000,
        }
        for name in holders
    ]
    encryption = {"encryptionConfiguration": {"sseType": "AES256"}}
    rules = [answered("s3vectors.ListVectorBuckets", {"vectorBuckets": listed})]
    for bucket in listed:
        name = str(bucket["vectorBucketName"])
        rules.append(
            answered(
                "s3vectors.GetVectorBucket", {"vectorBucket": {**bucket, **encryption}}, words=name
            )
        )
        answer = {"policy": _policy(holders[name])}
        rules.append(answered("s3vectors.GetVectorBucketPolicy", answer, words=name))
    return tuple(rules)


def _directories() -> tuple[Rule, ...]:
    listed = [{"Name": name, "CreationDate": "2026-01-02T12:00:00Z"} for name in (_LIMA, _VIRGINIA)]
    default = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
    settings = {"ServerSideEncryptionConfiguration": {"Rules": [default]}}
    return (
        answered("s3.ListDirectoryBuckets", {"Buckets": listed}),
        *(answered("s3.GetBucketEncryption", settings, words=name) for name in (_LIMA, _VIRGINIA)),
        *(_absent("s3.GetBucketPolicy", "NoSuchBucketPolicy", name) for name in (_LIMA, _VIRGINIA)),
    )


def _outposts() -> tuple[Rule, ...]:
    outposts = [
        {
            "OutpostId": name,
            "OutpostArn": f"{_OUTPOSTS}:outpost/{name}",
            "OwnerId": USER_DATA,
            "SiteArn": f"{_OUTPOSTS}:site/os{name[2:]}",
            "Tags": PROTECTED,
        }
        for name in _SITES
    ]
    keeping = [
        {"OutpostId": each["OutpostId"], "OutpostArn": each["OutpostArn"], "OwnerId": USER_DATA}
        for each in outposts
    ]
    rules = [
        answered("outposts.ListOutposts", {"Outposts": outposts}),
        answered("s3outposts.ListOutpostsWithS3", {"Outposts": keeping}),
    ]
    for outpost in outposts:
        name = str(outpost["OutpostId"])
        site = {"Site": {"OperatingAddressCountryCode": _SITES[name]}}
        rules.append(answered("outposts.GetOutpost", {"Outpost": outpost}, words=name))
        rules.append(answered("outposts.GetSite", site, words=f"os{name[2:]}"))
    return tuple(rules)


def _lightsail() -> tuple[Rule, ...]:
    """Return buckets with readers, a snapshot whose encryption nobody states, and disks."""
    place = {"availabilityZone": "all", "regionName": HOME}
    buckets = [
        {
            "name": name,
            "arn": f"{_LIGHTSAIL}:Bucket/{name}",
            "location": place,
            "tags": _TAGS,
            "accessRules": {"getObject": "private", "allowPublicOverrides": False},
            "readonlyAccessAccounts": [account],
        }
        for name, account in _READERS.items()
    ]
    snapshot = {
        "name": "blog",
        "arn": f"{_LIGHTSAIL}:InstanceSnapshot/blog",
        "location": place,
        "tags": _TAGS,
        "fromInstanceArn": f"{_LIGHTSAIL}:Instance/blog",
        "sizeInGb": 20,
    }
    disks = {
        region: {
            "name": "assets",
            "arn": f"arn:aws:lightsail:{region}:{USER_DATA}:Disk/assets",
            "location": {"availabilityZone": f"{region}a", "regionName": region},
            "tags": _TAGS,
            "sizeInGb": 8,
        }
        for region in (HOME, FRANKFURT)
    }
    return (
        answered("lightsail.GetBuckets", {"buckets": buckets}),
        answered("lightsail.GetInstanceSnapshots", {"instanceSnapshots": [snapshot]}),
        *(
            answered("lightsail.GetDisks", {"disks": [disk]}, region=region)
            for region, disk in disks.items()
        ),
    )


_CANADA = f"{_OUTPOSTS}:outpost/op-00000000000000001"
_DISK_ABROAD = f"arn:aws:lightsail:{FRANKFURT}:{USER_DATA}:Disk/assets"
_SNAPSHOT = f"{_LIGHTSAIL}:InstanceSnapshot/blog"

PLOT = Plot(
    tags={
        f"{_TABLES}/events": PROTECTED,
        f"{_TABLES}/events-2": PROTECTED,
        f"{_VECTORS}/faces": PROTECTED,
        f"{_VECTORS}/voices": PROTECTED,
        f"{_EXPRESS}/{_LIMA}": PROTECTED,
        f"{_EXPRESS}/{_VIRGINIA}": PROTECTED,
        **{f"{_OUTPOSTS}:outpost/{name}/s3": PROTECTED for name in _SITES},
    },
    rules=(*_tables(), *_vectors(), *_directories(), *_outposts(), *_lightsail()),
    planted=(
        *fails(
            "a table bucket is replicated to Frankfurt",
            A_04=f"{_TABLES}/events/replication/arn:aws:s3tables:{FRANKFURT}:*",
        ),
        *stays_open(
            "single tables may be replicated anywhere, and shared with anybody",
            A_04=f"{_TABLES}/events*/replication/tables",
            A_05b=f"{_TABLES}/events*/share/tables",
        ),
        *fails(
            "a vector bucket's policy lets a stranger's account in",
            A_05b=f"{_VECTORS}/faces/share/{STRANGER}",
        ),
        *fails(
            "a directory bucket is in a Local Zone in Lima",
            A_02=f"{_EXPRESS}/{_LIMA}",
            A_07b=f"{_EXPRESS}/{_LIMA}",
        ),
        *fails("an Outpost stands in Canada", A_02=_CANADA, A_07b=_CANADA),
        *fails(
            "buckets are kept on an Outpost in Canada",
            A_02=f"{_CANADA}/s3",
            A_07b=f"{_CANADA}/s3",
        ),
        *fails(
            "a stranger's account may read a Lightsail bucket",
            A_05b=f"{_LIGHTSAIL}:Bucket/campaign/share/{STRANGER}",
        ),
        *fails("a Lightsail disk is in Frankfurt", A_02=_DISK_ABROAD, A_07b=_DISK_ABROAD),
        *stays_open(
            "whether a Lightsail snapshot is encrypted is not stated",
            A_06=_SNAPSHOT,
            A_07b=_SNAPSHOT,
        ),
    ),
)
