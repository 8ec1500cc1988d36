"""Writes what a connector exported of OCI Audit, as somebody copied it to this machine.

Source: https://docs.oracle.com/en-us/iaas/Content/Audit/Reference/logeventreference.htm
"""

import gzip
import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from auditor.demo.oci.credentials import TENANCY
from auditor.model import Json

_HOURS = 40
_ADMINISTRATOR = "ocid1.user.oc1..demoadministrator"
_CONNECTOR = "ocid1.serviceconnector.oc1.iad.demo"


def write_exports(folder: Path, today: date) -> None:
    """Write an object of each hour of the two days before a day, the last hours left out."""
    start = datetime.combine(today - timedelta(days=2), time(), UTC)
    target = folder / _CONNECTOR
    target.mkdir(parents=True, exist_ok=True)
    for hour in range(_HOURS):
        moment = start + timedelta(hours=hour)
        end = moment + timedelta(hours=1)
        name = f"{moment:%Y%m%dT%H%M%SZ}_{end:%Y%m%dT%H%M%SZ}.0.log.gz"
        content = json.dumps(_event(moment + timedelta(minutes=7), hour)).encode() + b"\n"
        (target / name).write_bytes(gzip.compress(content, mtime=0))


def _event(moment: datetime, number: int) -> Json:
    text = moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    data = {
        "eventName": "GetObject",
        "compartmentId": TENANCY,
        "compartmentName": "root",
        "resourceName": "user-archive",
        "resourceId": "/n/northstar/b/user-archive",
        "identity": {
            "principalId": _ADMINISTRATOR,
            "principalName": "administrator",
            "tenantId": TENANCY,
            "authType": "natv",
            "ipAddress": "129.146.1.7",
        },
        "request": {"action": "GET", "path": "/n/northstar/b/user-archive/o/x"},
        "response": {"status": "200", "responseTime": text},
    }
    return {
        "datetime": int(moment.timestamp() * 1000),
        "logContent": {
            "id": f"demo-audit-{number:04}",
            "time": text,
            "type": "com.oraclecloud.objectstorage.getobject",
            "source": "user-archive",
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
