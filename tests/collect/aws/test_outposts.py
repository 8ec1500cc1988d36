"""In which country Outposts are, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.outposts import OUTPOSTS, S3_ON_OUTPOSTS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

ARN = f"arn:aws:outposts:{HOME}:{ACCOUNT}:outpost/op-0123456789abcdef0"
SITE = f"arn:aws:outposts:{HOME}:{ACCOUNT}:site/os-0123456789abcdef0"

pytestmark = pytest.mark.usefixtures("cloud")


def collected(country: str = "CA", *rules: Rule, owner: str = ACCOUNT) -> Collected:
    outpost = {
        "OutpostId": "op-0123456789abcdef0",
        "OutpostArn": ARN,
        "OwnerId": owner,
        "SiteArn": SITE,
        "Tags": {"a": "b"},
    }
    s3 = {"OutpostArn": ARN, "OutpostId": "op-0123456789abcdef0", "OwnerId": owner}
    site = {"Site": {"OperatingAddressCountryCode": country}}
    answers = [
        Rule(operation="outposts.ListOutposts", answer={"Outposts": [outpost]}),
        Rule(operation="outposts.GetOutpost", answer={"Outpost": outpost}),
        Rule(operation="outposts.GetSite", answer=site),
        Rule(operation="s3outposts.ListOutpostsWithS3", answer={"Outposts": [s3]}),
    ]
    return gather((IDENTITY, REGIONS, OUTPOSTS, S3_ON_OUTPOSTS), rules=[*rules, *answers])


def rows(found: Collected) -> dict[str, object]:
    return {row.id: row.country for row in found.rows if row.table == "stores"}  # type: ignore[attr-defined]


def test_an_outpost_is_where_its_site_is() -> None:
    """Its region says where it is run from, not where it stands."""
    assert rows(collected()) == {ARN: "CA", f"{ARN}/s3": "CA"}


def test_a_refused_site_is_anywhere() -> None:
    found = collected("CA", Rule(operation="outposts.GetSite"))

    assert all(isinstance(country, Unknown) for country in rows(found).values())


def test_an_odd_country_is_unknown() -> None:
    assert all(isinstance(country, Unknown) for country in rows(collected("Canada")).values())


def test_an_outpost_shared_by_another_account_is_read_there() -> None:
    assert rows(collected(owner="999999999999")) == {}
