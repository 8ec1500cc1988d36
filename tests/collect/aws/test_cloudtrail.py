"""What we claim to know about a trail, given what AWS answered."""

import boto3
import pytest

from auditor.collect.aws.cloudtrail import TRAILS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.model import Answer, Json, Outcome, Unknown
from auditor.spec import Found
from auditor.tables import Trail
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, TRAILS)


def make_trail(*, is_on: bool = True) -> None:
    boto3.client("s3", HOME).create_bucket(Bucket="audit-logs")
    cloudtrail = boto3.client("cloudtrail", HOME)
    cloudtrail.create_trail(
        Name="all", S3BucketName="audit-logs", IsMultiRegionTrail=True, EnableLogFileValidation=True
    )
    if is_on:
        cloudtrail.start_logging(Name="all")
    cloudtrail.put_event_selectors(TrailName="all", **basic())


def trail_with(selectors: dict[str, Json]) -> Trail:
    found = Found(
        place={"account": ACCOUNT, "region": HOME},
        item={"TrailARN": "t"},
        answers={"selectors": (Answer(outcome=Outcome.OK, body=selectors),)},
        records={"item": (0,)},
        details={detail.name: detail for detail in TRAILS.details},
    )
    (trail,) = TRAILS.rows(found)
    assert isinstance(trail, Trail)
    return trail


def basic(**settings: Json) -> dict[str, Json]:
    selector = {"ReadWriteType": "All", "IncludeManagementEvents": True, **settings}
    return {"EventSelectors": [selector]}


def advanced(*more: dict[str, Json]) -> dict[str, Json]:
    fields = [{"Field": "eventCategory", "Equals": ["Management"]}, *more]
    return {"AdvancedEventSelectors": [{"FieldSelectors": fields}]}


@pytest.mark.usefixtures("cloud")
@pytest.mark.parametrize(
    ("prefix", "expected"),
    [({}, "AWSLogs/"), ({"S3KeyPrefix": "p"}, "p/AWSLogs/")],
    ids=["none", "one"],
)
def test_how_names_of_its_files_begin(prefix: dict[str, str], expected: str) -> None:
    boto3.client("s3", HOME).create_bucket(Bucket="audit-logs")
    boto3.client("cloudtrail", HOME).create_trail(Name="all", S3BucketName="audit-logs", **prefix)

    assert gather(COLLECTORS).trails["all"].file_names == expected


@pytest.mark.usefixtures("cloud")
def test_reads_a_trail() -> None:
    make_trail()

    trail = gather(COLLECTORS).trails["all"]

    assert (trail.logging, trail.all_regions, trail.integrity) == (True, True, True)
    assert (trail.organization, trail.destination_id) == (False, "arn:aws:s3:::audit-logs")
    assert trail.management_events is True


@pytest.mark.usefixtures("cloud")
def test_a_trail_can_be_off() -> None:
    """A trail that records nothing is the easiest to overlook."""
    make_trail(is_on=False)

    assert gather(COLLECTORS).trails["all"].logging is False


@pytest.mark.parametrize(
    ("selectors", "expected"),
    [
        (basic(ReadWriteType="WriteOnly"), False),
        (basic(IncludeManagementEvents=False), False),
        (basic(ExcludeManagementEventSources=["kms.amazonaws.com"]), False),
        (advanced(), True),
        (advanced({"Field": "readOnly", "Equals": ["false"]}), False),
        (advanced({"Field": "eventSource", "NotEquals": ["kms.amazonaws.com"]}), False),
    ],
)
def test_any_exclusion_is_not_everything(selectors: dict[str, Json], *, expected: bool) -> None:
    assert trail_with(selectors).management_events is expected


def test_no_selectors_are_unknown() -> None:
    """A trail has some, always: an answer without them says nothing."""
    assert isinstance(trail_with({}).management_events, Unknown)


@pytest.mark.usefixtures("cloud")
def test_refusals_are_unknown() -> None:
    make_trail()

    trail = gather(COLLECTORS, deny=["GetTrailStatus", "GetEventSelectors"]).trails["all"]

    assert isinstance(trail.logging, Unknown)
    assert isinstance(trail.management_events, Unknown)
