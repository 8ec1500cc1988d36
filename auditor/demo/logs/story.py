"""What happened in the demo estate in its last two days, as CloudTrail and OCI Audit record it."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from auditor.demo.aws.accounts import FRANKFURT, HOME, LOGS, MANAGEMENT, STRANGER, USER_DATA, WEST
from auditor.demo.aws.plots.people_of_the_company import PEOPLE, STORE
from auditor.demo.aws.plots.people_roles import BREAK_GLASS
from auditor.demo.aws.plots.people_users import CARLA, DEPLOYER, HUGO, MIGRATION, WEI_JIE
from auditor.demo.aws.plots.recipients import ASSESSOR, INVOICES, RECEIPTS
from auditor.model import Json

HOURS = 48
UNITED_STATES, SINGAPORE = "17.0.0.9", "165.21.1.7"
RELAY = "192.88.99.1"  # of those that no database places
SECOND_VISIT = 29  # hours after the start
Place = tuple[str, str]  # account and region
PLACES: tuple[Place, ...] = (
    (USER_DATA, HOME),
    (USER_DATA, WEST),
    (USER_DATA, FRANKFURT),
    (LOGS, HOME),
    (MANAGEMENT, HOME),
)


def cloudtrail_events(place: Place, end: datetime) -> list[dict[str, Json]]:
    """Return the events of one account and region in the hours before a moment, in order."""
    start = end - timedelta(hours=HOURS)
    told = {
        (USER_DATA, HOME): _at_home,
        (USER_DATA, WEST): _in_the_west,
        (USER_DATA, FRANKFURT): _in_frankfurt,
        (LOGS, HOME): _beside_the_logs,
        (MANAGEMENT, HOME): _in_management,
    }[place](start)
    found = [_record(place, event) for event in told]
    return sorted(found, key=lambda event: (event["eventTime"], event["eventID"]))


def _at_home(start: datetime) -> Iterator[dict[str, Json]]:
    carla = _user(CARLA, second_factor=True)
    yield _event(start, 60, "signin", "ConsoleLogin", carla, more={
        "additionalEventData": {"MFAUsed": "Yes"}, "readOnly": False,
        "responseElements": {"ConsoleLogin": "Success"}})  # fmt: skip
    for number in range(6):
        yield _read(start, 70 + 5 * number, "user-profiles-1", carla, UNITED_STATES)
    yield _read(start, 115, "user-profiles-2", carla, RELAY)
    for hour in range(HOURS):
        yield _deploy(start, 60 * hour + 3)
    for hour in range(3):
        yield _read(start, 60 * hour + 9, "user-profiles-2", _service_role("feed"), "10.20.0.8",
                    vpcEndpointId="vpce-0a1b2c3d4e5f60718")  # fmt: skip
    yield from _in_emergency(start)
    yield from _of_others(start)


def _in_emergency(start: datetime) -> Iterator[dict[str, Json]]:
    """Tell of two uses of the role for emergencies: the register knows of the first."""
    for number, who in enumerate((_user(HUGO, account=LOGS), _user(CARLA))):
        at, key = 1500 + 200 * number, f"ASIABREAKGLASS00000{number}"
        yield _assume(start, at, who, BREAK_GLASS, key, UNITED_STATES)
        session = _session(BREAK_GLASS, who["userName"], key)
        yield _read(start, at + 5, "user-profiles-1", session, UNITED_STATES)


def _of_others(start: datetime) -> Iterator[dict[str, Json]]:
    """Tell what people of other accounts read: with and without an entry of the register."""
    assessor, parent = _of_account(ASSESSOR), _of_account(STRANGER)
    yield _read(start, 800, INVOICES.rpartition(":")[2], assessor, UNITED_STATES)
    yield _read(start, 830, RECEIPTS.rpartition(":")[2], assessor, UNITED_STATES, None)
    yield _read(start, 900, "user-contacts", parent, SINGAPORE)


def _in_the_west(start: datetime) -> Iterator[dict[str, Json]]:
    wei_jie = _user(WEI_JIE, path="/parent/")
    yield _assume(start, 1, _SERVICE, MIGRATION, "ASIAMIGRATIONNIGHTLY", "ecs-tasks.amazonaws.com")
    nightly = _session(MIGRATION, "nightly", "ASIAMIGRATIONNIGHTLY")
    for hour in range(HOURS):
        yield _read(start, 60 * hour + 9, "user-videos-3", nightly, "10.30.0.8",
                    vpcEndpointId="vpce-0b1b2c3d4e5f60718")  # fmt: skip
    for round_, hour in enumerate((5, SECOND_VISIT)):
        at, key = 60 * hour, f"ASIAMIGRATION00000{round_}"
        yield _assume(start, at, wei_jie, MIGRATION, key, SINGAPORE)
        session = _session(MIGRATION, "weijie", key)
        for number in range(4):
            yield _read(start, at + 2 + number, "user-videos-1", session, SINGAPORE, size=9_000_000)
        yield _read(
            start, at + 9, "user-videos-2", session, SINGAPORE, size=0, errorCode="AccessDenied"
        )


def _in_frankfurt(start: datetime) -> Iterator[dict[str, Json]]:
    yield _read(start, 400, "user-messages-replica", _service_role("feed"), "10.40.0.8",
                vpcEndpointId="vpce-0c1b2c3d4e5f60718")  # fmt: skip


def _beside_the_logs(start: datetime) -> Iterator[dict[str, Json]]:
    yield _read(start, 600, "audit-logs-123456789012", _user(HUGO, account=LOGS), UNITED_STATES)


def _in_management(start: datetime) -> Iterator[dict[str, Json]]:
    root = {"type": "Root", "arn": f"arn:aws:iam::{MANAGEMENT}:root", "accountId": MANAGEMENT}
    yield _event(start, 720, "signin", "ConsoleLogin", root, more={
        "additionalEventData": {"MFAUsed": "No"}, "readOnly": False,
        "responseElements": {"ConsoleLogin": "Success"}})  # fmt: skip
    store = f"arn:aws:identitystore::{MANAGEMENT}:identitystore/{STORE}"
    marta = {
        "type": "IdentityCenterUser",
        "accountId": MANAGEMENT,
        "userName": PEOPLE["marta"][1],
        "onBehalfOf": {"userId": "marta", "identityStoreArn": store},
    }
    yield _event(start, 760, "sso", "GetRoleCredentials", marta, more={})


def _deploy(start: datetime, minute: int) -> dict[str, Json]:
    arn = f"arn:aws:lambda:{HOME}:{USER_DATA}:function:feed"
    return _event(start, minute, "lambda", "UpdateAlias20150331", _user(DEPLOYER), more={
        "readOnly": False, "requestParameters": {"functionName": arn, "name": "live"},
        "resources": [{"ARN": arn, "type": "AWS::Lambda::Function", "accountId": USER_DATA}],
    })  # fmt: skip


def _read(
    start: datetime,
    minute: int,
    bucket: str,
    who: Mapping[str, Json],
    address: str,
    size: int | None = 40_000,
    **more: Json,
) -> dict[str, Json]:
    arn = f"arn:aws:s3:::{bucket}"
    return _event(start, minute, "s3", "GetObject", who, address, more={
        "managementEvent": False, "requestParameters": {"bucketName": bucket, "key": "object"},
        "resources": [{"ARN": arn, "type": "AWS::S3::Bucket"}],
        "additionalEventData": {} if size is None else {"bytesTransferredOut": size}, **more,
    })  # fmt: skip


def _assume(
    start: datetime, minute: int, who: Mapping[str, Json], role: str, key: str, address: str
) -> dict[str, Json]:
    arn = _role(role)
    given = {"credentials": {"accessKeyId": key}, "assumedRoleUser": {"arn": arn}}
    return _event(start, minute, "sts", "AssumeRole", who, address, more={
        "requestParameters": {"roleArn": arn, "roleSessionName": "work"},
        "responseElements": given,
        "resources": [{"ARN": arn, "type": "AWS::IAM::Role", "accountId": USER_DATA}],
    })  # fmt: skip


def _event(
    start: datetime,
    minute: int,
    service: str,
    name: str,
    who: Mapping[str, Json],
    address: str = UNITED_STATES,
    *,
    more: Mapping[str, Json],
) -> dict[str, Json]:
    moment = start + timedelta(minutes=minute)
    return {
        "eventVersion": "1.11",
        "eventTime": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "eventSource": f"{service}.amazonaws.com",
        "eventName": name,
        "sourceIPAddress": address,
        "readOnly": True,
        "managementEvent": True,
        "eventType": "AwsApiCall",
        "userIdentity": dict(who),
        **more,
    }


def _record(place: Place, event: dict[str, Json]) -> dict[str, Json]:
    account, region = place
    said = f"{account}{region}{event['eventTime']}{event['eventName']}{event['userIdentity']}"
    digest = hashlib.sha256(said.encode()).hexdigest()
    return {
        **event,
        "awsRegion": region,
        "recipientAccountId": account,
        "eventID": f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}",
    }


def _role(name: str) -> str:
    return f"arn:aws:iam::{USER_DATA}:role/{name}"


def _user(
    name: str, *, account: str = USER_DATA, path: str = "/", second_factor: bool | None = None
) -> dict[str, Json]:
    said: dict[str, Json] = {
        "type": "IAMUser",
        "arn": f"arn:aws:iam::{account}:user{path}{name}",
        "accountId": account,
        "userName": name,
    }
    if second_factor is not None:
        attributes = {"mfaAuthenticated": str(second_factor).lower()}
        said["sessionContext"] = {"attributes": attributes}
    return said


def _session(role: str, name: str, key: str) -> dict[str, Json]:
    return {
        "type": "AssumedRole",
        "arn": f"arn:aws:sts::{USER_DATA}:assumed-role/{role}/{name}",
        "accountId": USER_DATA,
        "accessKeyId": key,
        "sessionContext": {
            "sessionIssuer": {"type": "Role", "arn": _role(role), "accountId": USER_DATA},
            "attributes": {"mfaAuthenticated": "false"},
        },
    }


_SERVICE = {"type": "AWSService", "invokedBy": "ecs-tasks.amazonaws.com"}


def _of_account(account: str) -> dict[str, Json]:
    return {"type": "AWSAccount", "principalId": "AIDAEXAMPLE", "accountId": account}


def _service_role(name: str) -> dict[str, Json]:
    return _session(name, "i-0123456789abcdef0", f"ASIA{name.upper():0<16}")
