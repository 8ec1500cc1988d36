"""Answers one operation: a listing, one resource, or one of the few with rules of their own."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence

from auditor.demo.oci.estate import Resource
from auditor.demo.oci.journal import list_events
from auditor.demo.oci.kubeconfig import create_kubeconfig
from auditor.demo.oci.lookup import SUBTREE, Query, find
from auditor.demo.oci.paging import LARGEST_PAGE, cut_page
from auditor.demo.oci.search import get_resource_type, list_resource_types, search_resources
from auditor.demo.oci.shapes import Envelope, envelope
from auditor.demo.oci.usage import request_summarized_usages
from auditor.demo.oci.wire import ServiceError, Success, invalid_parameter, list_of, not_found

# Fields that an operation shows only when 'fields' asks for them: word asked -> JSON names.
_ON_REQUEST: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "object_storage.ObjectStorageClient.get_bucket": {
        "approximateCount": ("approximateCount",),
        "approximateSize": ("approximateSize",),
        "autoTiering": ("autoTiering",),
    },
    "object_storage.ObjectStorageClient.list_buckets": {"tags": ("freeformTags", "definedTags")},
}

_SCIM_PAGE = 50  # objects, where a request does not say


def answer(query: Query, page_size: int) -> Success:
    """Answer a request from the estate.

    Args:
        page_size: objects on one page at most.

    Raises:
        ServiceError: when OCI would refuse, or the simulator cannot tell.
    """
    special = _SPECIAL.get(query.route.name)
    if special is not None:
        return special(query, page_size)
    found = envelope(query.route.module, query.route.response)
    if found is None:
        message = f"the simulator has no answer of type '{query.route.response}'"
        raise ServiceError(501, "NotImplemented", message)
    _demand_bucket(query)
    resources = find(query, found.element, many=found.many)
    if found.many:
        return _answer_many(query, found, resources, page_size)
    if not resources:
        raise not_found()
    view = resources[0].view(found.element, _hidden(query))
    return Success(body=view, headers={"etag": hashlib.sha256(view).hexdigest()[:32]})


def _answer_many(
    query: Query, found: Envelope, resources: Sequence[Resource], page_size: int
) -> Success:
    if query.may_see and query.flag(*SUBTREE) and query.query.get("accessLevel") != ["ANY"]:
        # A listing of a whole subtree leaves out, without a word, where one may not look.
        resources = [resource for resource in resources if query.may_see(resource)]
    if "startIndex" in query.route.query:
        return _answer_scim(query, found, resources)
    hidden = _hidden(query)
    if "page" not in query.route.query:
        return list_of(found.key, (r.view(found.element, hidden) for r in resources), "")
    listing = f"{query.route.name} {query.tenancy.id} {query.host} {sorted(query.path.items())}"
    page = cut_page(resources, query.query, listing, page_size)
    views = (resource.view(found.element, hidden) for resource in page.items)
    return list_of(found.key, views, page.next_token)


def _answer_scim(query: Query, found: Envelope, resources: Sequence[Resource]) -> Success:
    """Page as identity domains do (RFC 7644, section 3.4.2.4): by a 1-based index.

    The RFC reads an index below 1 as 1, and a count below 0 as 0, which asks for the number alone.
    """
    start, count = _whole(query, "startIndex", 1), _whole(query, "count", _SCIM_PAGE)
    if count > LARGEST_PAGE:
        raise invalid_parameter(f"count must not be over {LARGEST_PAGE}")
    first = max(start, 1) - 1
    shown = resources[first : first + max(count, 0)]
    extra = {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        "totalResults": len(resources),
        "startIndex": first + 1,
        "itemsPerPage": len(shown),
    }
    tail = b"," + json.dumps(extra).encode()[1:-1]
    return list_of(found.key, (resource.view(found.element) for resource in shown), "", tail)


def _whole(query: Query, name: str, default: int) -> int:
    text = query.query.get(name, [str(default)])[0]
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise invalid_parameter(f"{name} must be a whole number")
    return int(text)


def _hidden(query: Query) -> frozenset[str]:
    choices = _ON_REQUEST.get(query.route.name)
    if choices is None:
        return frozenset()
    asked = {word for value in query.query.get("fields", ()) for word in value.split(",")}
    return frozenset(name for word, names in choices.items() if word not in asked for name in names)


def _demand_bucket(query: Query) -> None:
    """Refuse what is asked of a bucket that is not there, as Object Storage does."""
    name = query.path.get("bucketName")
    if query.route.module != "object_storage" or name is None:
        return
    for group in query.tenancy.groups(query.region, "object_storage", "Bucket"):
        if group.find("name", lambda bucket: str(bucket.fields.get("name")), [name]):
            return
    message = f"Either the bucket named '{name}' does not exist or you are not authorized."
    raise ServiceError(404, "BucketNotFound", message)


def _get_namespace(query: Query, page_size: int) -> Success:
    del page_size
    return Success(body=json.dumps(query.tenancy.namespace).encode())


_SPECIAL: Mapping[str, Callable[[Query, int], Success]] = {
    "audit.AuditClient.list_events": list_events,
    "container_engine.ContainerEngineClient.create_kubeconfig": create_kubeconfig,
    "object_storage.ObjectStorageClient.get_namespace": _get_namespace,
    "resource_search.ResourceSearchClient.search_resources": search_resources,
    "resource_search.ResourceSearchClient.list_resource_types": list_resource_types,
    "resource_search.ResourceSearchClient.get_resource_type": get_resource_type,
    "usage_api.UsageapiClient.request_summarized_usages": request_summarized_usages,
}
