"""Which key encrypts a database: Oracle's, one of OCI Vault, or one that is elsewhere."""

from auditor.collect.oci.reading import maybe_text
from auditor.model import Unknown
from auditor.spec import Found, dig
from auditor.tables import Maybe

_ORACLES_OWN = ("", "ORACLE_MANAGED_KEY")
_IN_ORACLE_CLOUD = ("", "OCI", "ORACLE_MANAGED")
# What Oracle registered a key of another cloud as: a resource that multicloudkeys.py lists.
_REGISTERED = ("awsEncryptionKeyId", "azureEncryptionKeyId", "googleCloudProviderEncryptionKeyId")


def database_key(found: Found, holder: str, member: str) -> Maybe[str]:
    """Return the id of the key, '' for one that Oracle manages, or why it is not known.

    Args:
        holder: path of the object that says who holds the key, left out for Oracle Cloud.
        member: its member that names the holder.
    """
    name = dig(found.read(holder, absent=""), member) or ""
    if name not in _IN_ORACLE_CLOUD:
        return Unknown(f"the key is held outside Oracle Cloud's vaults, by {name}")
    return stored_key(found)


def stored_key(found: Found) -> Maybe[str]:
    """Return the key of a vault or key store that an answer names, '' for one of Oracle's."""
    store = maybe_text(found, "item.keyStoreId", absent="")
    if store:
        return store if isinstance(store, Unknown) else Unknown(f"the key is in key store {store}")
    key = maybe_text(found, "item.kmsKeyId", absent="")
    return "" if key in _ORACLES_OWN else key


def located_key(found: Found) -> Maybe[str]:
    """Return the key of a database that states where its key is, in another cloud or here."""
    details = found.read("item.encryptionKeyLocationDetails", absent={})
    if dig(details, "providerType"):
        for member in _REGISTERED:
            registered = dig(details, member)
            if isinstance(registered, str) and registered:
                return registered
    return database_key(found, "item.encryptionKeyLocationDetails", "providerType")
