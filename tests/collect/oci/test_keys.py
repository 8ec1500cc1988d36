"""Which key encrypts a database."""

import pytest

from auditor.collect.oci.keys import database_key, located_key
from auditor.model import Json, Unknown
from auditor.spec import Found


def key_of(**item: Json) -> str | Unknown:
    """Return the key of a database with these members."""
    found = Found(place={"target": "here"}, item=item)
    return database_key(found, "item.encryptionKey", "provider")


@pytest.mark.parametrize(
    ("item", "key"),
    [
        ({}, ""),
        ({"kmsKeyId": "ORACLE_MANAGED_KEY"}, ""),
        ({"kmsKeyId": "ocid1.key.oc1.iad.v.k"}, "ocid1.key.oc1.iad.v.k"),
        ({"kmsKeyId": "k", "encryptionKey": {"provider": "OCI"}}, "k"),
        ({"encryptionKey": {"provider": "ORACLE_MANAGED"}}, ""),
    ],
)
def test_a_key_of_oracles_or_of_a_vault(item: Json, key: str) -> None:
    """Left out, it is Oracle's."""
    assert key_of(**item) == key


@pytest.mark.parametrize(
    ("item", "word"),
    [
        ({"encryptionKey": {"provider": "AWS"}}, "AWS"),
        ({"encryptionKey": {"provider": "SomethingNew"}, "kmsKeyId": "k"}, "SomethingNew"),
        ({"keyStoreId": "ocid1.keystore.oc1.iad.s"}, "ocid1.keystore.oc1.iad.s"),
    ],
)
def test_a_key_elsewhere_is_unknown_and_says_where(item: Json, word: str) -> None:
    """Also a provider that this version has never heard of."""
    key = key_of(**item)

    assert isinstance(key, Unknown)
    assert word in key.reason


@pytest.mark.parametrize(
    ("details", "key"),
    [
        (None, "k"),
        ({"providerType": "AWS", "awsEncryptionKeyId": "ocid1.oracledbawskey.a"}, "ocid1."),
        ({"providerType": "AZURE", "azureEncryptionKeyId": "ocid1.oracledbazurekey.a"}, "ocid1."),
        ({"providerType": "EXTERNAL", "hsmPassword": "digest"}, ""),
        ({"providerType": "AWS", "awsEncryptionKeyId": 5}, ""),
    ],
)
def test_a_key_registered_from_another_cloud_is_named(details: Json, key: str) -> None:
    """By what Oracle registered it as; any other key elsewhere is unknown."""
    item = {"kmsKeyId": "k", "encryptionKeyLocationDetails": details}
    found = located_key(Found(place={"target": "here"}, item=item))

    assert found.startswith(key) if isinstance(found, str) else key == ""
