"""From an Outpost to the country of its site, whatever is kept on it."""

from auditor.collect.aws.outpost_sites import country_of_outpost, site_details
from auditor.model import Answer, Json, Outcome, Unknown
from auditor.spec import Found

DETAILS = {detail.name: detail for detail in site_details("item.OutpostArn")}
DENIED = Answer(outcome=Outcome.DENIED, code="AccessDenied")


def country(**answers: Answer) -> object:
    found = Found(
        place={},
        item={"OutpostArn": "o"},
        answers={name: (answer,) for name, answer in answers.items()},
        records={"item": (0,), "outpost": (1,), "site": (2,)},
        details=DETAILS,
    )
    return country_of_outpost(found)


def ok(body: Json) -> Answer:
    return Answer(outcome=Outcome.OK, body=body)


OUTPOST = ok({"Outpost": {"SiteArn": "s"}})


def test_the_site_has_the_country() -> None:
    site = ok({"Site": {"OperatingAddressCountryCode": "CA"}})

    assert country(outpost=OUTPOST, site=site) == "CA"


def test_a_refusal_on_the_way_names_what_to_grant() -> None:
    first, second = country(outpost=DENIED), country(outpost=OUTPOST, site=DENIED)

    assert isinstance(first, Unknown)
    assert isinstance(second, Unknown)
    assert (first.permission, second.permission) == ("outposts:GetOutpost", "outposts:GetSite")


def test_what_is_on_an_outpost_is_asked_for_and_nothing_else() -> None:
    assert [detail.when for detail in DETAILS.values()] == [
        "item.OutpostArn",
        "outpost.Outpost.SiteArn",
    ]
