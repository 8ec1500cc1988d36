"""What a cluster is asked to grant is what it is asked."""

from auditor.collect.kubernetes.permissions import least_privilege


def test_a_group_may_list_what_is_asked_and_nothing_else() -> None:
    role, binding = least_privilege("auditors")["items"]
    admission = "admissionregistration.k8s.io"

    assert role["rules"] == [
        {"apiGroups": [""], "resources": ["pods"], "verbs": ["list"]},
        {
            "apiGroups": [admission],
            "resources": ["validatingwebhookconfigurations"],
            "verbs": ["list"],
        },
        {
            "apiGroups": [admission],
            "resources": ["mutatingwebhookconfigurations"],
            "verbs": ["list"],
        },
    ]
    assert binding["subjects"][0]["name"] == "auditors"
    assert binding["roleRef"]["name"] == role["metadata"]["name"]
