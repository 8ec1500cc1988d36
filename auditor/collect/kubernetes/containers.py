"""What runs in a cluster, read off its pods.

Replicas are one row: the containers of one owner (a ReplicaSet, a DaemonSet, a Job) that have one
name, one image and one digest. Pods that have ended run nothing.

Source: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from auditor.collect.digests import pinned_digest
from auditor.collect.kubernetes.calls import PODS, WEBHOOKS
from auditor.model import Json, Unknown
from auditor.spec import Found, dig
from auditor.tables import Maybe

_ENDED = frozenset({"Succeeded", "Failed"})
_KINDS = ("initContainers", "containers", "ephemeralContainers")
_STATUSES = ("initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses")
_UNREACHED = "the cluster's API could not be reached from here"
_NO_DIGEST = Unknown("its node states no digest of its image, as before it is pulled")
_NO_IMAGE = Unknown("the answer does not name its image")
# A static pod is one of its node's, which has many.
_NOT_OWNERS = frozenset({"", "Node"})
# Amazon's own, in every cluster; they look at roles and network interfaces.
# https://docs.aws.amazon.com/eks/latest/userguide/view-kubernetes-resources.html
_HARMLESS = frozenset(
    {"pod-identity-webhook", "vpc-resource-mutating-webhook", "vpc-resource-validating-webhook"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A container and its replicas.

    Attributes:
        id: unique in the cluster.
        resource: namespace, kind and name of its owner, joined by slashes.
        since: the earliest moment since which a replica runs, '' if none is stated.
    """

    id: str
    resource: str
    name: str
    image: Maybe[str]
    digest: Maybe[str]
    pinned: Maybe[bool]
    since: str


def containers_of(found: Found) -> list[Container] | Unknown:
    """Return what runs in a cluster, sorted; or why that is not known.

    Args:
        found: with the answers to ``cluster_calls``.
    """
    pods = _read(found, PODS)
    if isinstance(pods, Unknown):
        return pods
    merged: dict[str, Container] = {}
    for pod in _objects(pods):
        for each in _containers(pod):
            other = merged.get(each.id, each)
            since = min(filter(None, (each.since, other.since)), default="")
            merged[each.id] = replace(each, since=since)
    return [merged[name] for name in sorted(merged)]


def running_in(found: Found, cluster: str, **columns: Any) -> Iterator[dict[str, Any]]:
    """Yield columns of ``deployments``: a row for each container, or one if nobody could list them.

    Args:
        found: with the answers to ``cluster_calls``.
        cluster: its id.
        columns: of the cluster itself, where it stands for its containers.
    """
    containers = containers_of(found)
    if isinstance(containers, Unknown):
        unseen = dict.fromkeys(("image", "digest", "pinned"), containers)
        yield {"id": cluster, "kind": "cluster", **unseen, **columns}
        return
    for each in containers:
        yield {
            "id": f"{cluster}/{each.id}",
            "resource_id": f"{cluster}/{each.resource}",
            "kind": "container",
            "name": each.name,
            "image": each.image,
            "digest": each.digest,
            "pinned": each.pinned,
            "since": each.since,
        }


def only_signed(found: Found) -> Maybe[bool]:
    """Return whether a cluster lets only signed images start.

    Kubernetes itself checks no signature. Who is asked before a pod is made may; nobody else.

    Args:
        found: with the answers to ``cluster_calls``.
    """
    unseen: Unknown | None = None
    for name in WEBHOOKS:
        several = _read(found, name)
        if isinstance(several, Unknown):
            unseen = unseen or several
            continue
        for each in _objects(several):
            called = _text(each, "metadata.name")
            if called not in _HARMLESS and any(map(_sees_pods, _objects(each.get("webhooks")))):
                what = f"the admission webhook {called} sees what starts"
                return Unknown(f"{what}, and what it lets pass is not read")
    return unseen or False


def _read(found: Found, name: str) -> Json:
    """Return a list, or why it is not known."""
    value = found.read(name)
    pages = found.answers.get(name, ())
    if isinstance(value, Unknown) and any(each.message.startswith(_UNREACHED) for each in pages):
        return replace(value, reason=_UNREACHED)
    return value


def _containers(pod: Mapping[str, Json]) -> Iterator[Container]:
    if _text(pod, "status.phase") in _ENDED:
        return
    resource = f"{_text(pod, 'metadata.namespace') or '?'}/{_owner(pod)}"
    statuses = {
        _text(each, "name"): each
        for kind in _STATUSES
        for each in _objects(dig(pod, f"status.{kind}"))
    }
    for kind in _KINDS:
        for each in _objects(dig(pod, f"spec.{kind}")):
            yield _container(resource, each, statuses.get(_text(each, "name"), {}))


def _container(
    resource: str, configured: Mapping[str, Json], status: Mapping[str, Json]
) -> Container:
    name, image = _text(configured, "name") or "?", _text(configured, "image")
    named = pinned_digest(image)
    digest = pinned_digest(_text(status, "imageID")) or named
    # A tag, or an index's digest, may stand for another image on each node.
    settled = named and digest == named
    what = image if settled else f"{image or '?'}@{digest or '?'}"
    return Container(
        id=f"{resource}/{name}/{what}",
        resource=resource,
        name=name,
        image=image or _NO_IMAGE,
        digest=digest or _NO_DIGEST,
        pinned=bool(named) if image else _NO_IMAGE,
        since=_text(status, "state.running.startedAt"),
    )


def _owner(pod: Mapping[str, Json]) -> str:
    for each in _objects(dig(pod, "metadata.ownerReferences")):
        kind, name = _text(each, "kind"), _text(each, "name")
        if each.get("controller") is True and name and kind not in _NOT_OWNERS:
            return f"{kind}/{name}"
    return f"Pod/{_text(pod, 'metadata.name') or '?'}"


def _sees_pods(webhook: Mapping[str, Json]) -> bool:
    """Whether a webhook is asked before a pod is made; one whose rules are missing may be."""
    rules = _objects(webhook.get("rules"))
    return not rules or any(
        _has(rule, "apiGroups", "", "*")
        and _has(rule, "operations", "CREATE", "*")
        and _has(rule, "resources", "pods", "*", "*/*")
        for rule in rules
    )


def _has(rule: Mapping[str, Json], name: str, *wanted: str) -> bool:
    stated = rule.get(name)
    return not isinstance(stated, list) or any(each in stated for each in wanted)


def _objects(value: Json) -> list[Mapping[str, Json]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _text(value: Json, path: str) -> str:
    found = dig(value, path)
    return found if isinstance(found, str) else ""
