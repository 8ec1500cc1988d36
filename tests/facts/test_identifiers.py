"""What was listed counts as seen, whether or not it made a row."""

from dataclasses import replace

from auditor.facts.identifiers import identifiers
from auditor.model import Answer, Outcome
from auditor.spec import Found
from tests.facts.deriving import Facts
from tests.facts.witnessing import AUDIT, COLLECTORS, sighting


def test_identifiers_are_read_wherever_something_is_listed() -> None:
    """The resource, its parent, and what its details list; names that refer to others are not."""
    listed = Answer(outcome=Outcome.OK, body=[{"id": "ocid1.log.one"}, {"id": 7}, "odd"])
    odd = Answer(outcome=Outcome.OK, body={"id": "ocid1.no.list"})
    found = Found(
        place={},
        item={"id": "ocid1.bucket.own", "subnetId": "ocid1.subnet.other", "topicId": "arn:other"},
        parent={"topicId": "ocid1.onstopic.parent"},
        answers={"logs": (listed,), "detail": (odd,)},
    )

    assert set(identifiers(found)) == {
        "ocid1.bucket.own",
        "ocid1.onstopic.parent",
        "ocid1.log.one",
    }


def test_a_sighting_of_something_listed_is_explained() -> None:
    """A vault is there for its keys; the index names it all the same."""
    seen, missed = (
        sighting("Vault", "vault", name=f"ocid1.vault.{name}") for name in ("seen", "missed")
    )
    rows = [replace(each, provider="oci") for each in (seen, missed)]
    facts = Facts(rows, AUDIT, COLLECTORS, listed=["ocid1.vault.seen"])

    assert dict(facts.rows("sightings", "resource_id, explained")) == {
        "ocid1.vault.seen": True,
        "ocid1.vault.missed": None,
    }
