"""Where devices are that carry data, given what AWS answered."""

from typing import Any

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.snowball import JOBS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

NAME = "JID01234567-89ab-cdef-0123-456789abcdef"
ADDRESS = "ADID01234567-89ab-cdef-0123-456789abcdef"
ARN = f"arn:aws:snowball:{HOME}:{ACCOUNT}:job/{NAME}"
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"

pytestmark = pytest.mark.usefixtures("cloud")


def collected(country: str = "BR", *rules: Rule, **more: Any) -> Collected:
    item = {"JobId": NAME, "JobType": "EXPORT", "JobState": "WithCustomer", **more}
    resources = {"S3Resources": [{"BucketArn": "arn:aws:s3:::box"}]}
    job = {**item, "AddressId": ADDRESS, "KmsKeyARN": KEY, "Resources": resources}
    address = {"AddressId": ADDRESS, "Name": "Ana Prado", "Street1": "Rua 1", "Country": country}
    answers = [
        Rule(operation="snowball.ListJobs", answer={"JobListEntries": [item]}),
        Rule(operation="snowball.DescribeJob", answer={"JobMetadata": job}),
        Rule(operation="snowball.DescribeAddress", answer={"Address": address}),
    ]
    return gather((IDENTITY, REGIONS, JOBS), rules=[*rules, *answers])


def test_a_device_is_where_it_is_shipped_to() -> None:
    found = collected()
    store = found.stores[NAME]

    assert (store.id, store.country, store.encrypted, store.key_id) == (ARN, "BR", True, KEY)
    assert [(flow.store_id, flow.target_id) for flow in found.flows] == [("arn:aws:s3:::box", ARN)]


def test_a_country_is_typed_by_people() -> None:
    assert collected("United States").stores[NAME].country == "US"
    assert isinstance(collected("Brasil").stores[NAME].country, Unknown)


def test_who_lives_there_is_not_kept() -> None:
    kept = [str(record.answer.body) for record in collected().records]

    assert not any("Ana Prado" in body or "Rua 1" in body for body in kept)


def test_what_only_comes_in_goes_nowhere() -> None:
    assert collected(JobType="IMPORT").flows == []


def test_a_device_that_was_given_back_holds_nothing() -> None:
    assert collected(JobState="Complete").stores == {}


def test_a_refused_job_may_carry_any_bucket() -> None:
    found = collected("BR", Rule(operation="snowball.DescribeJob"))

    assert isinstance(found.stores[NAME].country, Unknown)
    assert [isinstance(flow.active, Unknown) for flow in found.flows] == [True]
