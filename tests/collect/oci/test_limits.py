"""What Oracle publishes of how fast one may call."""

import pytest

from auditor.collect.limits import load_limits
from tests.collect.oci.simulated import request_for

_KEYS = "key_management.KmsManagementClient"


@pytest.mark.parametrize(
    ("service", "operation", "name", "rate"),
    [
        ("key_management.KmsManagementClient", "get_key", _KEYS, 10),
        ("key_management.KmsManagementClient", "list_keys", _KEYS, 10),
        ("key_management.KmsVaultClient", "list_vaults", "key_management.KmsVaultClient", 20),
        ("ons.NotificationDataPlaneClient", "list_subscriptions", None, 1),
        ("ons.NotificationControlPlaneClient", "list_topics", None, 2),
        ("core.ComputeClient", "list_instances", "core.ComputeClient", 20),
    ],
)
def test_published_limits_are_kept(
    service: str, operation: str, name: str | None, rate: float
) -> None:
    """All reads of keys share one; Notifications limits each operation; others have a default."""
    limit = load_limits("oci").of(request_for(service, operation))

    assert limit.name == (name or f"{service}.{operation}")
    assert limit.rate == rate
