"""What may be sent to Oracle Cloud: every GET, and the three POSTs that only ask.

A query does not fit into an address, so two services take it as a body; the third writes out how
to reach a cluster, as a file that is only in its answer. Nothing that is sent to them changes
anything:
https://docs.oracle.com/en-us/iaas/api/#/en/search/20180409/ResourceSummary/SearchResources
https://docs.oracle.com/en-us/iaas/api/#/en/usage/20200107/UsageSummary/RequestSummarizedUsages
https://docs.oracle.com/en-us/iaas/api/#/en/containerengine/20180222/Cluster/CreateKubeconfig
"""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

# 'module.Client.operation' -> the only paths that it is sent to, as a pattern
READING_POSTS: Mapping[str, str] = {
    "container_engine.ContainerEngineClient.create_kubeconfig": (
        "/20180222/clusters/[^/]+/kubeconfig/content"
    ),
    "resource_search.ResourceSearchClient.search_resources": "/20180409/resources",
    "usage_api.UsageapiClient.request_summarized_usages": "/20200107/usage",
}
_GETS = re.compile(r"(get|list)_[a-z0-9_]+")


def is_read(service: str, operation: str) -> bool:
    """Whether the name of an operation is that of a read.

    Args:
        service: the SDK's client, such as 'core.BlockstorageClient'.
    """
    return f"{service}.{operation}" in READING_POSTS or _GETS.fullmatch(operation) is not None


def send_only_reads(service: str, send: Callable[..., Any]) -> Callable[..., Any]:
    """Return what sends a client's requests, and refuses to send any that could write.

    Names do not say everything: some operations whose names begin with 'get' are POSTs.

    Args:
        service: the SDK's client.
        send: ``request`` of the client's own base client.
    """
    own = [path for name, path in READING_POSTS.items() if name.rpartition(".")[0] == service]
    paths = re.compile("|".join(own) or "(?!)")  # of a service without such, none

    def send_if_read(request: Any, *args: Any, **kwargs: Any) -> Any:
        method = request.method
        asks = method == "POST" and paths.fullmatch(urlsplit(request.url).path)
        if method != "GET" and not asks:
            raise AssertionError(f"refused to send a {method}: an auditor only reads")
        return send(request, *args, **kwargs)

    return send_if_read
