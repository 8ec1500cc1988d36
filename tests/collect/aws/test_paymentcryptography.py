"""What we claim to know about payment keys, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.paymentcryptography import KEYS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, KEYS)
ARN = f"arn:aws:payment-cryptography:{HOME}:{ACCOUNT}:key/kwapwa6qaifllw2h"
ATTRIBUTES: Json = {
    "KeyUsage": "TR31_K0_KEY_ENCRYPTION_KEY",
    "KeyClass": "SYMMETRIC_KEY",
    "KeyAlgorithm": "AES_256",
    "KeyModesOfUse": {},
}
LISTED: Json = {
    "KeyArn": ARN,
    "KeyState": "CREATE_COMPLETE",
    "KeyAttributes": ATTRIBUTES,
    "KeyCheckValue": "00",
    "Exportable": False,
    "Enabled": True,
}

pytestmark = pytest.mark.usefixtures("cloud")


def rules(**key: Json) -> list[Rule]:
    whole = {
        **LISTED,
        "KeyCheckValueAlgorithm": "CMAC",
        "KeyOrigin": "EXTERNAL",
        "CreateTimestamp": "2020-01-01T00:00:00Z",
        **key,
    }
    return [
        Rule(operation="payment-cryptography.ListKeys", answer={"Keys": [LISTED]}),
        Rule(operation="payment-cryptography.GetKey", answer={"Key": whole}),
        Rule(
            operation="payment-cryptography.GetResourcePolicy",
            status=404,
            code="ResourceNotFoundException",
        ),
    ]


def test_replicas_are_counted_by_country_unless_they_failed() -> None:
    status = {"eu-central-1": {"Status": "SYNCHRONIZED"}, "ap-south-1": {"Status": "FAILED"}}

    key = gather(COLLECTORS, rules=rules(ReplicationStatus=status)).keys["kwapwa6qaifllw2h"]

    assert (key.replica_regions, key.replica_countries) == (("eu-central-1",), ("DE",))
    assert (key.custody, key.enabled, key.principal_accounts) == ("imported", True, (ACCOUNT,))


def test_a_refused_key_has_unknown_replicas() -> None:
    key = gather(COLLECTORS, rules=rules(), deny=["GetKey"]).keys["kwapwa6qaifllw2h"]

    assert isinstance(key.replica_regions, Unknown)
    assert isinstance(key.custody, Unknown)
