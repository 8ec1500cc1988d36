"""All rights at once are what asking for each of them gives."""

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.access.actions import access_of
from auditor.access.decision import decide
from auditor.access.estate import Estate
from auditor.access.rights import Reasoner
from auditor.access.sets import members
from auditor.access.truth import Truth, any_of
from tests.access.estates import estates

_Answers = dict[tuple[str, str, str], Truth]


def _one_by_one(estate: Estate, actors: list[str]) -> _Answers:
    found: _Answers = {}
    for actor in actors:
        for resource in estate.resources.values():
            asked: dict[str, list[Truth]] = {}
            for action, access in access_of(resource.service, resource.kind).items():
                truth = decide(estate, actor, action, resource.id).truth
                asked.setdefault(access, []).append(truth)
            for access, truths in asked.items():
                found[actor, access, resource.id] = any_of(truths)
    return {key: truth for key, truth in found.items() if truth.possible}


def _at_once(estate: Estate, actors: list[str]) -> _Answers:
    reasoner = Reasoner(estate, estate.resources.values())
    found: _Answers = {}
    for actor in (estate.actors[name] for name in actors):
        for right in reasoner.rights(actor):
            ids = [each.id for each in right.segment.resources]
            spread = right.given.spread
            parts = [(Truth(True), spread.certain), *spread.unclear]
            for truth, bits in parts:
                for place in members(bits):
                    key = (actor.key, right.access, ids[place])
                    assert key not in found
                    found[key] = truth
    return found


def _plain(answers: _Answers) -> dict[object, object]:
    """Return what must agree.

    Reasons are worded for one resource or for many. What is unknown anyway may hang on more keys
    where parts of a resource are asked about one by one.
    """
    return {
        key: (truth.value, frozenset() if truth.unknown else truth.depends_on, truth.unknown)
        for key, truth in answers.items()
    }


@settings(max_examples=30, suppress_health_check=list(HealthCheck), deadline=None)
@given(estates(), st.randoms(use_true_random=False))
def test_all_rights_at_once_are_those_of_one_decision_each(estate: Estate, chance: Random) -> None:
    """Principals, kinds of access and resources get the same answer both ways."""
    actors = chance.sample(sorted(estate.actors), 3)  # one decision takes its time
    assert _plain(_at_once(estate, actors)) == _plain(_one_by_one(estate, actors))
