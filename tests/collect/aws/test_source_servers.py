"""What we claim to know about servers that AWS copies for recovery or migration."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.source_servers import (
    MIGRATION_SERVERS,
    MIGRATION_TEMPLATES,
    RECOVERY_SERVERS,
    RECOVERY_TEMPLATES,
)
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Flow, Store
from tests.collect.aws.walking import ACCOUNT, HOME, gather

ROOT = (IDENTITY, REGIONS)
ARN = f"arn:aws:drs:{HOME}:{ACCOUNT}:source-server/s-1"

pytestmark = pytest.mark.usefixtures("cloud")


def recovery(state: str = "CONTINUOUS", **item: Json) -> tuple[Store, list[Flow]]:
    server = {
        "sourceServerID": "s-1",
        "arn": ARN,
        "dataReplicationInfo": {"dataReplicationState": state},
        "tags": {"a": "b"},
        **item,
    }
    rule = Rule(operation="drs.DescribeSourceServers", answer={"items": [server]})
    collected = gather((*ROOT, RECOVERY_SERVERS), rules=[rule])
    return collected.stores["s-1"], collected.flows


@pytest.mark.parametrize(("state", "active"), [("CONTINUOUS", True), ("STOPPED", False)])
def test_a_server_shows_where_it_is_copied_to(state: str, active: bool) -> None:
    """The way out is listed at its end, not where it starts."""
    store, (flow,) = recovery(
        state,
        sourceCloudProperties={"originAccountID": "222222222222", "originRegion": "eu-west-1"},
        sourceProperties={"identificationHints": {"awsInstanceID": "i-1"}},
    )

    origin = "arn:aws:ec2:eu-west-1:222222222222:instance/i-1"
    assert (store.backup, store.country, store.source_id) == (True, "US", origin)
    assert (flow.store_id, flow.account, flow.region) == (origin, "222222222222", "eu-west-1")
    assert (flow.target_id, flow.active) == (ARN, active)


def test_its_disks_can_be_in_another_account() -> None:
    _, (flow,) = recovery(stagingArea={"stagingAccountID": "999999999999"})

    assert (flow.mechanism, flow.target_account) == ("copy", "999999999999")
    assert recovery(stagingArea={"stagingAccountID": ACCOUNT})[1] == []


def test_a_server_of_ones_own_has_an_unknown_original() -> None:
    assert isinstance(recovery()[0].source_id, Unknown)


def test_an_account_that_never_set_it_up_copies_nothing() -> None:
    rules = [
        Rule(operation=f"{service}.{name}", status=400, code="UninitializedAccountException")
        for service in ("drs", "mgn")
        for name in ("DescribeSourceServers", "DescribeReplicationConfigurationTemplates")
    ]
    collectors = (RECOVERY_SERVERS, RECOVERY_TEMPLATES, MIGRATION_SERVERS, MIGRATION_TEMPLATES)

    collected = gather((*ROOT, *collectors), rules=rules)

    assert (collected.stores, collected.processors, collected.refused) == ({}, {}, [])


def test_a_migrated_server_is_no_backup() -> None:
    arn = f"arn:aws:mgn:{HOME}:{ACCOUNT}:source-server/s-2"
    rules = [
        Rule(
            operation="mgn.DescribeSourceServers",
            answer={"items": [{"sourceServerID": "s-2", "arn": arn}]},
        )
    ]

    store = gather((*ROOT, MIGRATION_SERVERS), rules=rules).stores["s-2"]

    assert (store.id, store.backup, store.country) == (arn, False, "US")
