"""Which statements act on a question, and what stands for those that could not be read."""

from dataclasses import replace

from auditor.access.documents import read_statements
from auditor.access.estate import Estate, Resource
from auditor.access.layers import boundary_of, identity_of, is_required, layers_of, policy_of
from auditor.model import Unknown
from tests.access.case_files import ACTORS, HOME

BUCKET = Resource(id="arn:aws:s3:::b", service="s3", kind="bucket", account=HOME)
ROLE = Resource(id=f"arn:aws:iam::{HOME}:role/r", service="sts", kind="role", account=HOME)
KEY = Resource(id=f"arn:aws:kms:us-east-1:{HOME}:key/k", service="kms", kind="key", account=HOME)
ALLOW = read_statements("p", '{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}')


def test_own_policies_and_those_of_groups() -> None:
    """And a fault for each holder of which something was not read."""
    estate = Estate(identity={ACTORS["ana"].id: ALLOW, "staff": ALLOW}, unread={"staff": "denied"})
    found = identity_of(estate, ACTORS["ana"])
    assert [each.fault for each in found] == ["", "", "denied"]


def test_boundaries() -> None:
    """None, one, one that is missing, and not known whether there is one."""
    estate = Estate(boundaries={"limit": ALLOW})
    ana = ACTORS["ana"]
    assert boundary_of(estate, ana) is None
    assert boundary_of(estate, replace(ana, boundary="limit")) == ALLOW
    for boundary in ("other", Unknown("GetUser was denied")):
        found = boundary_of(estate, replace(ana, boundary=boundary))
        assert found is not None
        assert found[0].fault


def test_policies_of_resources() -> None:
    """A role's is its trust; one that nobody asked for may be anything."""
    estate = Estate(resource={BUCKET.id: ()}, trust={ROLE.id: ALLOW})
    assert policy_of(estate, BUCKET) == ()
    assert policy_of(estate, ROLE) == ALLOW
    assert policy_of(estate, KEY)[0].fault == "its policy was never asked for"


def test_keys_and_roles_must_agree() -> None:
    """All other resources need not."""
    assert is_required(KEY)
    assert is_required(ROLE)
    assert not is_required(BUCKET)


def test_whom_control_policies_bind() -> None:
    """Users, roles and root users; no service-linked roles, no strangers, no services."""
    estate = Estate(service_controls={HOME: (ALLOW,)}, resource_controls={HOME: (ALLOW,)})
    bound = {
        name: (bool(layers.service_controls), bool(layers.resource_controls))
        for name in ("ana", "app", "root", "linked", "outside", "anybody")
        for layers in [layers_of(estate, ACTORS[name], BUCKET)]
    }
    assert bound == {
        "ana": (True, True),
        "app": (True, True),
        "root": (True, True),
        "linked": (False, False),
        "outside": (False, True),
        "anybody": (False, True),
    }
