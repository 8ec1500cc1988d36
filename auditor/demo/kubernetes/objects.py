"""Objects as a cluster's API writes them, with all that people keep in them.

Source: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
"""

from auditor.model import Json

SECRET = "pod-environment-hunter2"  # stands where people keep secrets; no evidence may hold it


def pod(
    name: str,
    image: str,
    digest: str = "",
    *,
    namespace: str = "default",
    owner: tuple[str, str] = ("ReplicaSet", "player-6d4f"),
    phase: str = "Running",
    container: str = "player",
    **parts: Json,
) -> Json:
    """Return a pod with one container.

    Args:
        digest: of the image that its node pulled; '' where none was pulled yet.
        owner: kind and name; no names make it nobody's.
        parts: further members of its specification.
    """
    kind, called = owner
    reference = {
        "apiVersion": "apps/v1",
        "kind": kind,
        "name": called,
        "uid": "u",
        "controller": True,
    }
    running = {"running": {"startedAt": "2026-11-02T08:00:00Z"}}
    waiting = {"waiting": {"reason": "ContainerCreating", "message": SECRET}}
    status = {
        "name": container,
        "image": image,
        "imageID": f"{image.partition('@')[0].partition(':')[0]}@{digest}" if digest else "",
        "state": running if digest else waiting,
        "ready": bool(digest),
        "restartCount": 0,
    }
    return {
        "metadata": {
            "name": name,
            "namespace": namespace,
            "uid": f"uid-{name}",
            "annotations": {"kubectl.kubernetes.io/last-applied-configuration": SECRET},
            "ownerReferences": [reference] if called else None,
        },
        "spec": {
            "nodeName": "ip-10-0-0-1.ec2.internal",
            "containers": [
                {
                    "name": container,
                    "image": image,
                    "env": [{"name": "PASSWORD", "value": SECRET}],
                    "args": [f"--password={SECRET}"],
                }
            ],
            **parts,
        },
        "status": {"phase": phase, "containerStatuses": [status]},
    }


def webhook(name: str, *resources: str) -> Json:
    """Return a configuration with a webhook that is asked before these are made."""
    rule = {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"]}
    return {
        "metadata": {"name": name},
        "webhooks": [
            {
                "name": f"{name}.example.com",
                "clientConfig": {"caBundle": SECRET},
                "rules": [{**rule, "resources": list(resources)}],
            }
        ],
    }
