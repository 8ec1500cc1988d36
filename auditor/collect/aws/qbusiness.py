"""Amazon Q Business: applications with their conversations, indexes, and plugins that write out.

API: https://docs.aws.amazon.com/amazonq/latest/api-reference/API_ListApplications.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import to_outside
from auditor.collect.aws.flows import publication
from auditor.collect.aws.reading import entries, maybe_text, optional_key, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resource_policies import NOT_ASKED, policy_of
from auditor.collect.aws.resources import store_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, PolicyDocument, Store

_ENABLED = {"ENABLED": True, "DISABLED": False}
_ANONYMOUS = "ANONYMOUS"


def _rows(found: Found) -> Iterator[Store | Flow | PolicyDocument]:
    name = text(found, "item.applicationId")
    place = (found.place["region"], found.place["account"])
    application = store_of(
        found,
        id=arn("qbusiness", *place, f"application/{name}"),
        name=text(found, "item.displayName"),
        kind="application",
        encrypted=True,  # with a key of AWS's where the customer names none
        key_id=optional_key(
            found,
            "application.encryptionConfiguration.kmsKeyId",
            beside="application.applicationId",
        ),
        public=_is_public(maybe_text(found, "item.identityType")),
        created=maybe_text(found, "item.createdAt"),
    )
    yield application
    yield policy_of(application, NOT_ASKED)
    yield from publication(application)
    yield from _indexes(found, application)
    yield from _plugins(application, found.read("plugins"))


def _is_public(identity: Maybe[str]) -> Maybe[bool]:
    """Return whether anybody may ask it; sites that show it to visitors sign in for them."""
    if identity == _ANONYMOUS:
        return Unknown("it answers whoever its owner's site lets ask, without signing in")
    return identity if isinstance(identity, Unknown) else False


def _indexes(found: Found, application: Store) -> Iterator[Store | Flow]:
    indexes = found.read("indices")
    if isinstance(indexes, Unknown):
        yield possible(application, "sync", indexes, "indexes")
    for index in entries(indexes):
        yield store_of(
            found,
            id=f"{application.id}/index/{index.get('indexId')}",
            name=str(index.get("displayName") or ""),
            kind="index",
            encrypted=True,  # like its application
            key_id=application.key_id,
            public=application.public,
            created=str(index.get("createdAt") or ""),
        )


def _plugins(application: Store, plugins: Json) -> Iterator[Flow]:
    """Yield the ways to software of others, in which plugins act."""
    if isinstance(plugins, Unknown):
        yield possible(application, "export", plugins)
    for plugin in entries(plugins):
        state, address = plugin.get("state"), plugin.get("serverUrl")
        odd = Unknown("the plugin has a state that is not in the reference")
        active = _ENABLED.get(state, odd) if isinstance(state, str) else odd
        name = str(address or f"a plugin of type {plugin.get('type')}")
        yield to_outside(application, "export", name, active=active)


def _detail(name: str, operation: str, items: str = "", most: int = 0) -> Detail:
    return Detail(
        name=name,
        operation=operation,
        permission=f"qbusiness:{operation}",
        parameters={"maxResults": most} if most else {},
        bind={"applicationId": "item.applicationId"},
        items=items,
    )


APPLICATIONS = Collector(
    kind="aws.qbusiness.application",
    service="qbusiness",
    title="Q Business applications and their indexes",
    per=("account", "region"),
    listing=Listing(
        operation="ListApplications",
        permission="qbusiness:ListApplications",
        parameters={"maxResults": 100},
        items="applications",
    ),
    details=(
        _detail("application", "GetApplication"),
        _detail("indices", "ListIndices", "indices", 100),
        _detail("plugins", "ListPlugins", "plugins", 50),
    ),
    tables=(Store, Flow, PolicyDocument),
    rows=_rows,
    types=("qbusiness:application", "qbusiness:application/index"),
    source="https://docs.aws.amazon.com/amazonq/latest/api-reference/API_ListApplications.html",
)
