"""Writes what a connector exported of OCI Audit, as somebody copied it to this machine.

Source: https://docs.oracle.com/en-us/iaas/Content/Audit/Reference/logeventreference.htm
"""

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from auditor.demo.oci.credentials import TENANCY
from auditor.demo.tenancy.plots.people_of_the_tenancy import STRANGER, user_id
from auditor.model import Json

_HOURS = 40
_CONNECTOR = "ocid1.serviceconnector.oc1.iad.demo"
_LETTERS = "/n/northstar/b/user-letters"
_AT_HOME, _SINGAPORE, _PRIVATE = "129.146.1.7", "165.21.1.7", "10.0.0.5"
# hour -> who read letters besides, and from where
_READERS = {
    5: (user_id("weilin"), _SINGAPORE),
    6: (STRANGER, _AT_HOME),
    7: (user_id("rafael"), _PRIVATE),
}
_TORN = 8  # the hour whose file has a line that breaks off


def write_exports(folder: Path, today: date) -> None:
    """Write an object of each hour of the two days before a day, the last hours left out."""
    start = datetime.combine(today - timedelta(days=2), time(), UTC)
    target = folder / _CONNECTOR
    target.mkdir(parents=True, exist_ok=True)
    for hour in range(_HOURS):
        moment = start + timedelta(hours=hour)
        end = moment + timedelta(hours=1)
        name = f"{moment:%Y%m%dT%H%M%SZ}_{end:%Y%m%dT%H%M%SZ}.0.log.gz"
        lines = [json.dumps(event) for event in _events(moment, hour)]
        if hour == _TORN:
            lines.append(lines[0][:200])
        content = "".join(f"{line}\n" for line in lines).encode()
        (target / name).write_bytes(gzip.compress(content, mtime=0))


def _events(moment: datetime, hour: int) -> Iterator[Json]:
    yield _event(moment + timedelta(minutes=7), hour, user_id("ines"), _AT_HOME)
    if hour in _READERS:
        yield _event(moment + timedelta(minutes=9), 1000 + hour, *_READERS[hour])


def _event(moment: datetime, number: int, who: str, address: str) -> Json:
    text = moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    data = {
        "eventName": "GetObject",
        "compartmentId": TENANCY,
        "compartmentName": "root",
        "resourceName": "user-letters",
        "resourceId": _LETTERS,
        "identity": {
            "principalId": who,
            "principalName": who.rpartition(".")[2],
            "tenantId": TENANCY,
            "authType": "natv",
            "ipAddress": address,
        },
        "request": {"action": "GET", "path": f"{_LETTERS}/o/x"},
        "response": {"status": "200", "responseTime": text},
    }
    return {
        "datetime": int(moment.timestamp() * 1000),
        "logContent": {
            "id": f"demo-audit-{number:04}",
            "time": text,
            "type": "com.oraclecloud.objectstorage.getobject",
            "source": "user-letters",
            "specversion": "1.0",
            "data": data,
            "oracle": {
                "tenantid": TENANCY,
                "compartmentid": TENANCY,
                "loggroupid": "_Audit",
                "ingestedtime": text,
            },
        },
    }
