"""The job of the kernel in SQL, for the engines that it is held against.

Whole for the generated mix, and in the cheapest order: grouped first by what the records say, then
worked out for each group: who acted, as what, which access it was, on which store.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from auditor.activity.summary import SUMMARY_KEY

_Shape = str | dict[str, "_Shape"] | list["_Shape"]

_RECORD: Final[_Shape] = {
    **dict.fromkeys(
        (
            *("eventTime", "eventSource", "eventName", "awsRegion", "eventID"),
            *("sourceIPAddress", "recipientAccountId", "errorCode", "vpcEndpointId"),
        ),
        "VARCHAR",
    ),
    "readOnly": "BOOLEAN",
    "managementEvent": "BOOLEAN",
    "userIdentity": {
        **dict.fromkeys(("type", "arn", "principalId", "accountId"), "VARCHAR"),
        **dict.fromkeys(("accessKeyId", "userName", "invokedBy"), "VARCHAR"),
        "sessionContext": {
            "sourceIdentity": "VARCHAR",
            "sessionIssuer": {"arn": "VARCHAR", "accountId": "VARCHAR"},
            "attributes": {"mfaAuthenticated": "VARCHAR"},
        },
    },
    "resources": [{"ARN": "VARCHAR"}],
    "requestParameters": dict.fromkeys(
        ("bucketName", "secretId", "volumeId", "roleArn"), "VARCHAR"
    ),
    "responseElements": {"credentials": {"accessKeyId": "VARCHAR"}},
    "additionalEventData": {"bytesTransferredOut": "DOUBLE"},
}
_SAID: Final = {
    "day": "substr(e.eventTime, 1, 10)",
    "account": "e.recipientAccountId",
    "region": "e.awsRegion",
    "source": "e.eventSource",
    "operation": "e.eventName",
    "address": "e.sourceIPAddress",
    "endpoint": "e.vpcEndpointId",
    "kind": "e.userIdentity.type",
    "arn": "e.userIdentity.arn",
    "id": "e.userIdentity.principalId",
    "owner": "e.userIdentity.accountId",
    "key": "e.userIdentity.accessKeyId",
    "asker": "e.userIdentity.invokedBy",
    "named": "e.userIdentity.userName",
    "origin": "e.userIdentity.sessionContext.sourceIdentity",
    "issuer": "e.userIdentity.sessionContext.sessionIssuer.arn",
    "issuer_owner": "e.userIdentity.sessionContext.sessionIssuer.accountId",
    "mfa": "e.userIdentity.sessionContext.attributes.mfaAuthenticated",
    "secret": "e.requestParameters.secretId",
    "volume": "e.requestParameters.volumeId",
    "bucket": "CASE WHEN e.eventSource = 's3.amazonaws.com' "
    "THEN e.requestParameters.bucketName END",
}
_READS: Final = (
    "('dynamodb', 'GetItem'), ('dynamodb', 'BatchGetItem'), ('dynamodb', 'Query'), "
    "('dynamodb', 'Scan'), ('s3', 'GetObject'), ('secretsmanager', 'GetSecretValue')"
)
_WRITES: Final = (
    "('dynamodb', 'PutItem'), ('dynamodb', 'UpdateItem'), ('s3', 'PutObject'), "
    "('s3', 'DeleteObject'), ('s3', 'CopyObject'), ('secretsmanager', 'PutSecretValue')"
)
_DECRYPTS: Final = "('kms', 'Decrypt'), ('kms', 'GenerateDataKey')"
_ACCESS: Final = (
    "CASE WHEN (service, operation) IN (" + _READS + ") THEN 'read' "
    "WHEN (service, operation) IN (" + _WRITES + ") THEN 'write' "
    "WHEN (service, operation) IN (" + _DECRYPTS + ") THEN 'decrypt' "
    "WHEN NOT manages AND NOT {reads} THEN 'write' "
    "WHEN NOT manages AND NOT (operation LIKE 'List%' OR operation LIKE 'Head%') THEN 'read' "
    "WHEN {reads} OR service = 'sts' THEN 'other' ELSE 'administer' END"
)
_IS_READ: Final = (
    "coalesce(reads, operation LIKE 'Get%' OR operation LIKE 'List%' OR operation LIKE 'Head%' "
    "OR operation LIKE 'Describe%')"
)
_PRINCIPAL: Final = (
    "CASE WHEN kind = 'AssumedRole' AND issuer != '' THEN issuer "
    "WHEN arn LIKE '%:assumed-role/%' THEN {role} WHEN arn != '' THEN arn "
    "WHEN lower(owner) LIKE 'anonymous%' THEN 'anybody' "
    "WHEN asker != '' AND kind IN ('', 'AWSService') THEN 'service:' || asker "
    "WHEN owner != '' THEN owner ELSE {id} END"
)
_SESSION: Final = (
    "CASE WHEN arn LIKE '%:assumed-role/%' THEN {last} WHEN arn != '' THEN '' "
    "WHEN {session} != '' THEN {session} WHEN asker != '' THEN '' ELSE named END"
)
_ACCOUNT: Final = (
    "CASE WHEN asker != '' AND arn = '' AND kind IN ('', 'AWSService') THEN '' "
    "WHEN owner != '' THEN owner ELSE issuer_owner END"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What the two engines say in different words.

    Attributes:
        gather: an aggregate that lists the credentials issued, each with the role and the moment.
        merge: joins such lists.
        errors: counts the events with one.
        arns: what the resources name, as a list.
        nothing: no such list.
        text: what makes NULL ''.
        size: of a list.
        rows: makes a row of each item of a list.
        words: parts of the expressions above.
    """

    gather: str
    merge: str
    errors: str
    arns: str
    nothing: str
    text: str
    size: str
    rows: str
    words: dict[str, str]
    types: dict[str, str] = field(default_factory=dict)


DUCKDB: Final = Dialect(
    gather="list((e.responseElements.credentials.accessKeyId, e.requestParameters.roleArn, "
    "e.eventTime)) FILTER (e.responseElements.credentials.accessKeyId != '')",
    merge="flatten(list(issued))",
    errors="count(e.errorCode)",
    nothing="NULL",
    arns="list_transform(e.resources, lambda each: each.ARN)",
    text="coalesce({}, '')",
    size="len",
    rows="unnest",
    words={
        "role": "regexp_replace(arn, 'arn:([^:]*):sts::([^:]*):assumed-role/(?:.*/)?([^/]*)/"
        "[^/]*', 'arn:\\1:iam::\\2:role/\\3')",
        "last": "regexp_extract(arn, '[^/]*$')",
        "id": "split_part(id, ':', 1)",
        "session": "split_part(id, ':', 2)",
    },
)
CHDB: Final = Dialect(
    gather="groupArrayIf((e.responseElements.credentials.accessKeyId, "
    "e.requestParameters.roleArn, e.eventTime), e.responseElements.credentials.accessKeyId != '')",
    merge="groupArrayArray(issued)",
    errors="countIf(e.errorCode != '')",
    nothing="[]",
    arns="e.resources.ARN",
    text="{}",
    size="length",
    rows="arrayJoin",
    words={
        "role": "replaceRegexpOne(arn, 'arn:([^:]*):sts::([^:]*):assumed-role/(?:.*/)?([^/]*)/"
        "[^/]*', 'arn:\\\\1:iam::\\\\2:role/\\\\3')",
        "last": "extract(arn, '[^/]*$')",
        "id": "splitByChar(':', id)[1]",
        "session": "splitByChar(':', id)[2]",
    },
    types={"VARCHAR": "String", "BOOLEAN": "Nullable(Bool)", "DOUBLE": "Nullable(Float64)"},
)


def summary(records: str, dialect: Dialect) -> str:
    """Return the job, for which all it needs are columns ``file`` and ``e``."""
    said = ", ".join(
        f"{dialect.text.format(f'({each})')} AS {name}" for name, each in _SAID.items()
    )
    by = ", ".join(("file", *_SAID, "reads", "manages", "arns"))
    grouped = (
        f"SELECT file, {said}, e.readOnly AS reads, e.managementEvent AS manages, "
        "CASE WHEN e.eventSource = 's3.amazonaws.com' "
        f"THEN {dialect.nothing} ELSE {dialect.arns} END AS arns, "
        "min(e.eventTime) AS first, max(e.eventTime) AS last, count(*) AS events, "
        f"{dialect.errors} AS errors, min(e.eventID) AS first_id, max(e.eventID) AS last_id, "
        "sum(e.additionalEventData.bytesTransferredOut) AS bytes_out, "
        "count(e.additionalEventData.bytesTransferredOut) AS bytes_known, "
        f"{dialect.gather} AS issued FROM ({records}) GROUP BY {by}"
    )
    judged = _judged(grouped, dialect)
    principal, session = (each.format(**dialect.words) for each in (_PRINCIPAL, _SESSION))
    worked_out = (
        "SELECT file, day, account, region, service, operation, "
        f"{_ACCESS.format(reads=_IS_READ)} AS access, {principal} AS principal, "
        f"kind AS principal_kind, {_ACCOUNT} AS principal_account, "
        f"{session} AS session, origin AS source_identity, "
        "CASE WHEN key LIKE 'ASIA%' THEN key ELSE '' END AS credential, "
        "CASE WHEN kind IN ('', 'AWSService') THEN '' ELSE asker END AS invoked_by, "
        "store, address, endpoint, CASE mfa WHEN 'true' THEN 'yes' WHEN 'false' THEN 'no' "
        "ELSE '' END AS second_factor, first, last, events, errors, bytes_out, bytes_known, "
        f"first_id, last_id, issued FROM ({judged})"
    )
    columns = ", ".join(SUMMARY_KEY)
    key = columns.removeprefix("source, ")
    return (
        f"SELECT 'trail' AS source, {key}, file, min(first) AS first, max(last) AS last, "
        "sum(events) AS events, sum(errors) AS errors, sum(bytes_out) AS bytes_out, "
        "sum(bytes_known) AS bytes_known, min(first_id) AS first_id, max(last_id) AS last_id, "
        f"{dialect.merge} AS issued FROM ({worked_out}) GROUP BY file, {key}"
    )


def _judged(grouped: str, dialect: Dialect) -> str:
    """Return a row for every store that a group of like records names."""
    return (
        "SELECT *, replace(source, '.amazonaws.com', '') AS service, "
        f"{dialect.rows}(CASE WHEN bucket != '' THEN ['arn:aws:s3:::' || bucket] "
        f"WHEN {dialect.size}(arns) > 0 THEN arns WHEN secret != '' THEN [secret] "
        "WHEN volume != '' THEN "
        "['arn:aws:ec2:' || region || ':' || account || ':volume/' || volume] "
        f"ELSE [''] END) AS store FROM ({grouped})"
    )


def type_of(shape: _Shape, struct: str, array: str, of_text: Mapping[str, str]) -> str:
    """Return a shape in the words of an engine."""
    if isinstance(shape, list):
        return array.format(type_of(shape[0], struct, array, of_text))
    if isinstance(shape, dict):
        fields = (f'"{n}" {type_of(t, struct, array, of_text)}' for n, t in shape.items())
        return f"{struct}({', '.join(fields)})"
    return of_text.get(shape, shape)


def in_duckdb_json(paths: Sequence[Path]) -> str:
    """Return the job by read_json."""
    types = type_of([_RECORD], "STRUCT", "{}[]", {})
    records = (
        "SELECT filename AS file, unnest(Records) AS e FROM "
        f"read_json({list(map(str, paths))}, columns = {{'Records': '{types}'}}, "
        "maximum_object_size = 268435456, filename = true)"
    )
    return summary(records, DUCKDB)


def in_duckdb_text(paths: Sequence[Path]) -> str:
    """Return the job by read_csv and from_json."""
    shape = json.dumps({"Records": [_RECORD]})
    records = (
        f"SELECT file, unnest(from_json(line, '{shape}').Records) AS e FROM (SELECT filename AS "
        f"file, line FROM read_csv({list(map(str, paths))}, columns = {{'line': 'VARCHAR'}}, "
        "delim = chr(1), quote = '', escape = '', header = false, max_line_size = 134217728, "
        "buffer_size = 268435456, auto_detect = false, filename = true))"
    )
    return summary(records, DUCKDB)


def in_chdb(folder: Path) -> str:
    """Return the job by JSONEachRow."""
    types = type_of(_RECORD, "Tuple", "Array({})", CHDB.types)
    records = (
        "SELECT _path AS file, arrayJoin(Records) AS e FROM "
        f"file('{folder}/**/*.json.gz', 'JSONEachRow', 'Records Array({types})')"
    )
    return summary(records, CHDB)
