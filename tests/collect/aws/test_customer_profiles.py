"""Where profiles of customers go, given what AWS answered."""

import pytest

from auditor.collect.aws.customer_profiles import DOMAINS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, DOMAINS)
DOMAIN = f"arn:aws:profile:{HOME}:{ACCOUNT}:domains/viewers"
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"
MOMENT = "2026-01-01T00:00:00Z"

pytestmark = pytest.mark.usefixtures("cloud")


def gather_domain(deny: tuple[str, ...] = ()) -> Collected:
    about = {"DomainName": "viewers", "CreatedAt": MOMENT, "LastUpdatedAt": MOMENT}
    exporting = {"S3Exporting": {"S3BucketName": "matches"}}
    stream = f"arn:aws:kinesis:eu-west-1:{ACCOUNT}:stream/profiles"
    destination = {"Uri": stream, "Status": "HEALTHY"}
    running = {"State": "RUNNING", "EventStreamName": "a", "DestinationSummary": destination}
    stopped = {**running, "State": "STOPPED", "DestinationSummary": {"Uri": "arn:x"}}
    feeds = [
        {"DomainName": "viewers", "Uri": f"arn:aws:appflow:{HOME}:{ACCOUNT}:flow/shop"},
        {"DomainName": "viewers", "Uri": "Salesforce-Account"},
    ]
    rules = [
        Rule(
            operation="customer-profiles.ListDomains",
            answer={"Items": [{**about, "Tags": {"a": "b"}}]},
        ),
        Rule(
            operation="customer-profiles.GetDomain",
            answer={
                **about,
                "DefaultEncryptionKey": KEY,
                "Stats": {"TotalSize": 9},
                "Matching": {"Enabled": True, "ExportingConfig": exporting},
            },
        ),
        Rule(operation="customer-profiles.ListEventStreams", answer={"Items": [running, stopped]}),
        Rule(operation="customer-profiles.ListIntegrations", answer={"Items": feeds}),
    ]
    return gather(COLLECTORS, rules=rules, deny=deny)


def test_a_domain_holds_profiles() -> None:
    store = gather_domain().stores["viewers"]

    assert (store.id, store.key_id, store.size_bytes, store.tags) == (DOMAIN, KEY, 9, {"a": "b"})


def test_profiles_go_to_buckets_and_streams_and_come_from_others() -> None:
    """A stream that is stopped carries nothing."""
    export, stream, feed = gather_domain().flows

    assert export.target_id == "arn:aws:s3:::matches"
    assert (stream.mechanism, stream.target_country) == ("stream", "IE")
    assert (feed.store_id, feed.target_id) == (
        f"arn:aws:appflow:{HOME}:{ACCOUNT}:flow/shop",
        DOMAIN,
    )


def test_refusals_leave_every_way_open() -> None:
    flows = gather_domain(deny=("GetDomain", "ListEventStreams", "ListIntegrations")).flows

    assert {flow.mechanism for flow in flows} == {"export", "stream", "sync"}
    assert all(isinstance(flow.active, Unknown) for flow in flows)
