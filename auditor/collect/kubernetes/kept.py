"""What of a cluster's answers becomes evidence: a few named members, and nothing else.

Specifications of pods hold environment variables, arguments and annotations, in which people keep
secrets. The API cannot be asked for less, so everything that is not named here is left behind
while an answer is parsed. What is kept keeps its place and its names.

Source: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ and
https://kubernetes.io/docs/reference/kubernetes-api/extend-resources/
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from auditor.model import Json


class _Part(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """An object of which only the members that are named here are kept."""


class Owner(_Part, frozen=True):
    """What a pod was made by, such as a ReplicaSet."""

    kind: str | None = None
    name: str | None = None
    controller: bool | None = None


class About(_Part, frozen=True):
    """The name of an object, and whose it is."""

    name: str | None = None
    namespace: str | None = None
    uid: str | None = None
    owner_references: list[Owner] | None = None


class Container(_Part, frozen=True):
    """A container as it is configured."""

    name: str | None = None
    image: str | None = None


class Specification(_Part, frozen=True):
    """What a pod is to run, and where."""

    node_name: str | None = None
    init_containers: list[Container] | None = None
    containers: list[Container] | None = None
    ephemeral_containers: list[Container] | None = None


class Running(_Part, frozen=True):
    """Since when a container runs."""

    started_at: str | None = None


class State(_Part, frozen=True):
    """The state of a container, where it runs."""

    running: Running | None = None


class ContainerStatus(_Part, frozen=True):
    """What a node says of a container."""

    name: str | None = None
    image: str | None = None
    image_id: str | None = msgspec.field(default=None, name="imageID")
    state: State | None = None


class Status(_Part, frozen=True):
    """What the cluster says of a pod."""

    phase: str | None = None
    init_container_statuses: list[ContainerStatus] | None = None
    container_statuses: list[ContainerStatus] | None = None
    ephemeral_container_statuses: list[ContainerStatus] | None = None


class Pod(_Part, frozen=True):
    """Containers that run together on one node."""

    metadata: About | None = None
    spec: Specification | None = None
    status: Status | None = None


class Rule(_Part, frozen=True):
    """What a webhook is asked about."""

    api_groups: list[str] | None = None
    operations: list[str] | None = None
    resources: list[str] | None = None


class Webhook(_Part, frozen=True):
    """Somebody who is asked before an object is made, and may refuse it."""

    name: str | None = None
    rules: list[Rule] | None = None


class Webhooks(_Part, frozen=True):
    """Webhooks that were configured together."""

    metadata: About | None = None
    webhooks: list[Webhook] | None = None


class _Page(msgspec.Struct, frozen=True, rename="camel"):
    """The frame of every list; its items are parsed by their kind."""

    kind: str
    items: msgspec.Raw
    metadata: Mapping[str, msgspec.Raw] | None = None


# What a list calls itself -> its items. A list of Go's that has nothing in it may be null.
KINDS: Mapping[str, Any] = {
    "PodList": list[Pod] | None,
    "ValidatingWebhookConfigurationList": list[Webhooks] | None,
    "MutatingWebhookConfigurationList": list[Webhooks] | None,
}


def keep(content: bytes, kind: str) -> tuple[Json, str]:
    """Return what is kept of a page, and what asks for the next page, '' after the last.

    Args:
        kind: what the list has to call itself.

    Raises:
        ValueError: the page is no such list.
    """
    try:
        page = msgspec.json.decode(content, type=_Page)
        if page.kind != kind:
            raise ValueError(f"the answer is a {page.kind[:100]!r}, not a {kind}")
        items = msgspec.json.decode(page.items, type=KINDS[kind])
        following = (page.metadata or {}).get("continue", msgspec.Raw(b'""'))
        token = msgspec.json.decode(following, type=str | None) or ""
        # Text with half of a character in it could not be written down as JSON.
        kept: Json = msgspec.json.decode(msgspec.json.encode({"kind": kind, "items": items or []}))
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise ValueError(f"the answer is no {kind}: {error}") from error
    return kept, token


def said(content: bytes) -> tuple[str, str]:
    """Return reason and message of a refusal; '' for what it does not say.

    Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/
    """
    try:
        status = msgspec.json.decode(content, type=Mapping[str, msgspec.Raw])
        texts = [msgspec.json.decode(status.get(name, b'""')) for name in ("reason", "message")]
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return "", ""
    reason, message = (each if isinstance(each, str) else "" for each in texts)
    return reason, message
