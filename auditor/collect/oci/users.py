"""Users of the default domain, or of a tenancy without domains, and their lasting credentials.

A user of the default domain has the same OCID in both of Oracle's APIs, so that both rows are one.
When a key was used last is stated nowhere: ``last_used`` is the last sign-in.

API: https://docs.oracle.com/en-us/iaas/api/#/en/identity/20160918/User/ListUsers
"""

from collections.abc import Iterator
from typing import Any

from auditor.collect.oci.principal_rows import (
    USER,
    is_active,
    lasting,
    names_of,
    principal,
    second_factor,
)
from auditor.collect.oci.reading import maybe_flag, maybe_text, moment, tags_of, text
from auditor.collect.oci.service_rows import BARE, is_gone
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Principal

_API = "https://docs.oracle.com/en-us/iaas/api/#/en/identity/20160918"
_KEYS = {
    "api_keys": "list_api_keys",
    "auth_tokens": "list_auth_tokens",
    "secret_keys": "list_customer_secret_keys",
    "database_passwords": "list_db_credentials",
}
_DIRECTORY = Unknown("this list does not say for whom somebody works, nor where")


def _rows(found: Found) -> Iterator[Principal]:
    if is_gone(found):
        return
    count, oldest = lasting(found, _KEYS, unending="api_keys")
    password = maybe_flag(found, "item.capabilities.canUseConsolePassword")
    signed_in = found.read("item.lastSuccessfulLoginTime", absent="")
    yield principal(
        found,
        USER,
        id=text(found, "item.id"),
        name=maybe_text(found, "item.name"),
        known_as=names_of(*(found.read(f"item.{each}", absent="") for each in _NAMES)),
        enabled=is_active(found),
        password=password,
        second_factor=second_factor(password, maybe_flag(found, "item.isMfaActivated")),
        lasting_keys=count,
        oldest_key=oldest,
        created=moment(found.read("item.timeCreated")),
        last_used=moment(signed_in) if signed_in else "",
        attributes=_DIRECTORY,
        tags=tags_of(found, "item"),
    )


_NAMES = ("name", "email", "externalIdentifier")


def _key_detail(name: str, operation: str) -> Detail:
    return Detail(
        name=name,
        operation=operation,
        permission="read users",
        bind={"user_id": "item.id"},
        items=BARE,
        **_SECRETS.get(name, {}),
    )


# No list states a secret; were one to do so, it would not be kept.
_SECRETS: dict[str, dict[str, Any]] = {
    "api_keys": {"secrets": ("keyValue",)},
    "auth_tokens": {"secrets": ("token",)},
}

USERS = Collector(
    kind="oci.identity.user",
    service="identity.IdentityClient",
    title="Users, and which lasting credentials they have",
    per=("account",),
    listing=Listing(
        operation="list_users",
        permission="inspect users",
        parameters={"limit": 1000},
        bind={"compartment_id": "place.account"},
        items=BARE,
    ),
    details=tuple(_key_detail(name, operation) for name, operation in _KEYS.items()),
    tables=(Principal,),
    rows=_rows,
    source=f"{_API}/User/ListUsers",
)
