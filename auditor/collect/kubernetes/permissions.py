"""What a cluster itself has to grant, as objects that ``kubectl apply`` takes.

Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
"""

from collections.abc import Mapping

from auditor.collect.kubernetes.calls import READS
from auditor.model import Json

_GROUP = "rbac.authorization.k8s.io"
_NAME = "auditor"


def least_privilege(group: str) -> Mapping[str, Json]:
    """Return a role that lists what is asked of a cluster, and its binding to a group.

    Args:
        group: name that the cluster knows the group by: of an access entry of EKS, or the OCID of
            a group of Oracle Cloud.
    """
    role = {
        "apiVersion": f"{_GROUP}/v1",
        "kind": "ClusterRole",
        "metadata": {"name": _NAME},
        "rules": [
            {"apiGroups": [read.group], "resources": [read.resource], "verbs": ["list"]}
            for read in READS.values()
        ],
    }
    binding = {
        "apiVersion": f"{_GROUP}/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": _NAME},
        "roleRef": {"apiGroup": _GROUP, "kind": "ClusterRole", "name": _NAME},
        "subjects": [{"apiGroup": _GROUP, "kind": "Group", "name": group}],
    }
    return {"apiVersion": "v1", "kind": "List", "items": [role, binding]}
