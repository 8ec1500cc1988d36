"""Tasks, servers, gateways and devices that carry files out, beside some that stay inside."""

from auditor.demo.aws.accounts import FRANKFURT, HOME, USER_DATA, WEST
from auditor.demo.aws.answers import answered
from auditor.demo.aws.ordinary import PROTECTED, make_bucket
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open

_UNPROTECTED = {"data-class": "operations"}
_LETTERS, _WEST, _EU = "user-letters", "user-letters-west", "northstar-drop-eu"
_PARCELS, _FETCHED = "user-parcels", "user-postcards"
_SYNC = f"arn:aws:datasync:{HOME}:{USER_DATA}"
_TRANSFER = f"arn:aws:transfer:{HOME}:{USER_DATA}"
_GATEWAY = f"arn:aws:storagegateway:{HOME}:{USER_DATA}"
_TAPE = f"arn:aws:storagegateway:{FRANKFURT}:{USER_DATA}:tape/NSV012345"
_ABROAD, _INLAND = (f"JID0000000{number}-0000-0000-0000-000000000000" for number in (1, 2))
_ADDRESSES = {_ABROAD: ("ADID00000001-0000-0000-0000-000000000000", "BR")}
_ADDRESSES[_INLAND] = ("ADID00000002-0000-0000-0000-000000000000", "US")


def _build(ground: Ground) -> None:
    for name in (_LETTERS, _PARCELS, _FETCHED):
        make_bucket(ground.at(), name, ground.keys[HOME])
    make_bucket(ground.at(WEST), _WEST, ground.keys[WEST])
    make_bucket(ground.at(FRANKFURT), _EU, ground.keys[FRANKFURT], _UNPROTECTED)


def _tasks() -> tuple[Rule, ...]:
    """Return tasks from a bucket to Oregon, to Frankfurt, and to a server elsewhere."""
    addresses = {
        "loc-00000000000000000": f"s3://{HOME}.{_LETTERS}/",
        "loc-00000000000000001": f"s3://{WEST}.{_WEST}/",
        "loc-00000000000000002": f"s3://{FRANKFURT}.{_EU}/",
        "loc-00000000000000003": "object-storage://storage.example.net/letters/",
    }
    locations = [
        {"LocationArn": f"{_SYNC}:location/{name}", "LocationUri": address}
        for name, address in addresses.items()
    ]
    source, *targets = [location["LocationArn"] for location in locations]
    names = [f"{_SYNC}:task/task-0000000000000000{number}" for number in (1, 2, 3)]
    listed = [{"TaskArn": name, "Status": "AVAILABLE", "Name": "nightly"} for name in names]
    return (
        answered("datasync.ListTasks", {"Tasks": listed}),
        answered("datasync.ListLocations", {"Locations": locations}),
        *(
            answered(
                "datasync.DescribeTask",
                {"TaskArn": name, "SourceLocationArn": source, "DestinationLocationArn": target},
                words=name,
            )
            for name, target in zip(names, targets, strict=True)
        ),
    )


def _transfers() -> tuple[Rule, ...]:
    """Return a server, a connector, and a workflow that copies abroad and one that does not."""
    server = {
        "Arn": f"{_TRANSFER}:server/s-00000000000000001",
        "ServerId": "s-00000000000000001",
        "Domain": "S3",
        "IdentityProviderType": "SERVICE_MANAGED",
    }
    user = {"Arn": f"{_TRANSFER}:user/s-00000000000000001/a", "HomeDirectory": f"/{_FETCHED}/a"}
    connector = {
        "Arn": f"{_TRANSFER}:connector/c-00000000000000001",
        "ConnectorId": "c-00000000000000001",
        "Url": "sftp://files.example.net",
    }
    targets = {"w-00000000000000001": _EU, "w-00000000000000002": _WEST}
    workflows = [{"Arn": f"{_TRANSFER}:workflow/{name}", "WorkflowId": name} for name in targets]
    rules = [
        answered("transfer.ListServers", {"Servers": [server]}),
        answered("transfer.ListUsers", {"ServerId": server["ServerId"], "Users": [user]}),
        answered("transfer.ListConnectors", {"Connectors": [connector]}),
        answered("transfer.ListWorkflows", {"Workflows": workflows}),
    ]
    for workflow in workflows:
        name = workflow["WorkflowId"]
        place = {"S3FileLocation": {"Bucket": targets[name]}}
        steps = [{"Type": "COPY", "CopyStepDetails": {"DestinationFileLocation": place}}]
        answer = {"Workflow": {**workflow, "Steps": steps}}
        rules.append(answered("transfer.DescribeWorkflow", answer, words=name))
    return tuple(rules)


def _gateways() -> tuple[Rule, ...]:
    """Return a gateway in an office, and one in a region at home."""
    gateways = [
        {
            "GatewayARN": f"{_GATEWAY}:gateway/sgw-00000001",
            "GatewayName": "office",
            "HostEnvironment": "VMWARE",
        },
        {
            "GatewayARN": f"{_GATEWAY}:gateway/sgw-00000002",
            "GatewayName": "render-farm",
            "HostEnvironment": "EC2",
            "Ec2InstanceRegion": WEST,
        },
    ]
    shares = [
        {
            "FileShareARN": f"{_GATEWAY}:share/share-0000000{number}",
            "FileShareType": "NFS",
            "GatewayARN": gateway["GatewayARN"],
        }
        for number, gateway in enumerate(gateways, 1)
    ]
    described = [
        answered(
            "storagegateway.DescribeNFSFileShares",
            {"NFSFileShareInfoList": [{"LocationARN": f"arn:aws:s3:::{_PARCELS}/"}]},
            words=share["FileShareARN"],
        )
        for share in shares
    ]
    return (
        answered("storagegateway.ListGateways", {"Gateways": gateways}),
        answered("storagegateway.ListFileShares", {"FileShareInfoList": shares}),
        Rule(
            operation="storagegateway.ListTapes",
            account=USER_DATA,
            region=FRANKFURT,
            answer={"TapeInfos": [{"TapeARN": _TAPE, "TapeBarcode": "NSV012345"}]},
        ),
        *described,
    )


def _devices() -> tuple[Rule, ...]:
    """Return a device that is shipped to Brazil, and one that stays in the country."""
    listed = [
        {"JobId": name, "JobType": "EXPORT", "JobState": "WithCustomer"} for name in _ADDRESSES
    ]
    resources = {"S3Resources": [{"BucketArn": f"arn:aws:s3:::{_PARCELS}"}]}
    rules = [answered("snowball.ListJobs", {"JobListEntries": listed})]
    for job in listed:
        address, country = _ADDRESSES[job["JobId"]]
        details = {
            **job,
            "AddressId": address,
            "Resources": resources,
            "KmsKeyARN": f"arn:aws:kms:{HOME}:{USER_DATA}:alias/aws/importexport",
        }
        rules.append(answered("snowball.DescribeJob", {"JobMetadata": details}, words=job["JobId"]))
        answer = {"Address": {"AddressId": address, "Country": country}}
        rules.append(answered("snowball.DescribeAddress", answer, words=address))
    return tuple(rules)


_DEVICES = f"arn:aws:snowball:{HOME}:{USER_DATA}:job"
_BUCKET = f"arn:aws:s3:::{_PARCELS}"
_OFFICE = f"{_GATEWAY}:gateway/sgw-00000001"

PLOT = Plot(
    build=_build,
    tags={
        **{f"{_SYNC}:task/task-0000000000000000{number}": PROTECTED for number in (1, 2, 3)},
        f"{_TRANSFER}:server/s-00000000000000001": PROTECTED,
        f"{_TRANSFER}:connector/c-00000000000000001": PROTECTED,
        **{f"{_TRANSFER}:workflow/w-0000000000000000{number}": PROTECTED for number in (1, 2)},
        **{f"{_GATEWAY}:gateway/sgw-0000000{number}": PROTECTED for number in (1, 2)},
        _TAPE: PROTECTED,
        **{f"{_DEVICES}/{name}": PROTECTED for name in _ADDRESSES},
    },
    rules=(*_tasks(), *_transfers(), *_gateways(), *_devices()),
    planted=(
        *fails(
            "a task copies a bucket to Frankfurt",
            A_04=f"{_SYNC}:task/*/sync/arn:aws:s3:::{_EU}",
        ),
        *stays_open(
            "a task copies a bucket to a server that nobody knows",
            A_04=f"{_SYNC}:task/*/sync/object-storage:*",
        ),
        *stays_open(
            "whoever holds a key of a file server's users fetches from a bucket",
            A_05b=f"{_TRANSFER}:server/*/share/arn:aws:s3:::{_FETCHED}",
        ),
        *stays_open(
            "a connector sends files to a server that nobody knows",
            A_04=f"{_TRANSFER}:connector/*/export/*",
        ),
        *fails(
            "a workflow copies what arrives to Frankfurt",
            A_04=f"{_TRANSFER}:workflow/w-00000000000000001/copy/*",
        ),
        *fails("a tape is kept in Frankfurt", A_02=_TAPE, A_05=_TAPE),
        *stays_open("which key encrypts the tape is not stated", A_07b=_TAPE),
        *fails("a gateway in an office is run by its owner", A_10=_OFFICE),
        *stays_open(
            "a bucket is cached in an office",
            A_04=f"{_GATEWAY}:share/share-00000001/mount/{_OFFICE}",
        ),
        *fails(
            "a device with a bucket's objects is in Brazil",
            A_02=f"{_DEVICES}/{_ABROAD}",
            A_04=f"{_DEVICES}/{_ABROAD}/export/{_BUCKET}",
            A_07b=f"{_DEVICES}/{_ABROAD}",
        ),
    ),
)
