"""What we claim runs in a cluster, given its pods."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.collect.kubernetes.calls import READS, cluster_calls, is_of_cluster
from auditor.collect.kubernetes.containers import Container, containers_of, only_signed
from auditor.collect.kubernetes.kept import keep
from auditor.demo.kubernetes.objects import pod, webhook
from auditor.model import Answer, Json, Outcome, Unknown
from auditor.spec import Found

CALLS = {call.name: call for call in cluster_calls("item", "item", "item")}
DIGEST, OTHER = f"sha256:{'a' * 64}", f"sha256:{'b' * 64}"
DENIED = Answer(outcome=Outcome.DENIED, code="Forbidden")


def page(name: str, several: Sequence[Json]) -> Answer:
    """Return a page as the door keeps it."""
    kind = READS[CALLS[name].operation].kind
    body, _ = keep(json.dumps({"kind": kind, "items": several}).encode(), kind)
    return Answer(outcome=Outcome.OK, body=body)


def found(*pages: Answer, **others: Answer) -> Found:
    answers = {"pods": pages, **{name: (answer,) for name, answer in others.items()}}
    nothing = {name: (page(name, ()),) for name in ("validating", "mutating")}
    return Found(
        place={},
        item=None,
        answers={**nothing, **answers},
        records=dict.fromkeys(CALLS, (1,)),
        details=CALLS,
    )


def running(*pods: Json) -> list[Container]:
    containers = containers_of(found(page("pods", pods)))
    assert not isinstance(containers, Unknown)
    return containers


def test_a_container_runs_the_image_that_its_node_pulled() -> None:
    (row,) = running(pod("p", "registry/player:1", DIGEST))

    assert (row.resource, row.name) == ("default/ReplicaSet/player-6d4f", "player")
    assert (row.image, row.digest, row.pinned) == ("registry/player:1", DIGEST, False)
    assert row.since == "2026-11-02T08:00:00Z"
    assert row.id == f"default/ReplicaSet/player-6d4f/player/registry/player:1@{DIGEST}"


def test_a_reference_with_a_digest_is_pinned() -> None:
    """And says what will run before it is pulled."""
    (row,) = running(pod("p", f"registry/player:1@{DIGEST}"))

    assert (row.digest, row.pinned, row.since) == (DIGEST, True, "")
    assert row.id.count(DIGEST) == 1


def test_what_the_node_pulled_counts_for_more_than_the_reference() -> None:
    """An image of a pod that runs can be changed, which takes a moment."""
    (row,) = running(pod("p", f"registry/player@{DIGEST}", OTHER))

    assert row.digest == OTHER


def test_replicas_are_one_row_while_they_run_the_same() -> None:
    rows = running(
        pod("p0", "registry/player:1", DIGEST),
        pod("p1", "registry/player:1", DIGEST),
        pod("p2", "registry/player:1", OTHER),
        pod("p3", "registry/player:1"),
    )

    assert [row.digest for row in rows[1:]] == [DIGEST, OTHER]
    assert isinstance(rows[0].digest, Unknown)
    assert len({row.id for row in rows}) == 3


def test_replicas_of_one_reference_that_run_other_images_are_told_apart() -> None:
    reference = f"registry/player@{DIGEST}"
    rows = running(pod("p0", reference, DIGEST), pod("p1", reference, OTHER))
    assert sorted(str(row.digest) for row in rows) == [DIGEST, OTHER]


def test_an_image_that_is_no_registrys_has_no_digest() -> None:
    """An id of an image on one node is nothing that anybody can have built or signed."""
    odd = pod("p", "local:1")
    odd["status"]["containerStatuses"][0]["imageID"] = DIGEST
    (row,) = running(odd)

    assert isinstance(row.digest, Unknown)


@pytest.mark.parametrize("phase", ["Succeeded", "Failed"])
def test_a_pod_that_has_ended_runs_nothing(phase: str) -> None:
    assert running(pod("p", "registry/player:1", DIGEST, phase=phase)) == []


def test_containers_that_come_before_or_were_added_are_seen() -> None:
    """Whoever may debug a pod can add one to it."""
    debug: dict[str, Any] = pod(
        "p",
        "registry/player:1",
        DIGEST,
        initContainers=[{"name": "prepare", "image": f"registry/prepare@{OTHER}"}],
        ephemeralContainers=[{"name": "debug", "image": "busybox"}],
    )
    debug["status"]["ephemeralContainerStatuses"] = [
        {"name": "debug", "imageID": f"docker-pullable://busybox@{OTHER}"}
    ]

    assert [(row.name, row.digest) for row in running(debug)] == [
        ("debug", OTHER),
        ("player", DIGEST),
        ("prepare", OTHER),
    ]


@pytest.mark.parametrize("owner", [("", ""), ("Node", "n")])
def test_what_nothing_made_is_its_own_owner(owner: tuple[str, str]) -> None:
    """Static pods are their node's, which has many."""
    (row,) = running(pod("p", "registry/player:1", DIGEST, owner=owner))

    assert row.resource == "default/Pod/p"


def test_a_cluster_without_pods_runs_nothing() -> None:
    assert running() == []


def test_without_pods_nothing_is_known() -> None:
    refused = containers_of(found(DENIED))
    halfway = containers_of(found(page("pods", [pod("p", "i", DIGEST)]), DENIED))
    unreached = Answer(
        outcome=Outcome.FAILED,
        code="Unreachable",
        message="the cluster's API could not be reached from here: no route",
    )
    away = containers_of(found(unreached))

    assert isinstance(refused, Unknown)
    assert (refused.permission, refused.evidence) == ("kubernetes:pods:list", 1)
    assert isinstance(halfway, Unknown)
    assert isinstance(away, Unknown)
    assert away.reason == "the cluster's API could not be reached from here"


def test_nobody_checks_signatures_where_nobody_is_asked() -> None:
    """Amazon's own webhooks look at something else."""
    own = page("mutating", [webhook("pod-identity-webhook", "pods")])
    others = page("validating", [webhook("quota", "services"), {"webhooks": None}])

    assert only_signed(found(mutating=own, validating=others)) is False


@pytest.mark.parametrize("resources", [("pods",), ("*",), ("*/*",), ("services", "pods")])
@pytest.mark.parametrize("name", ["validating", "mutating"])
def test_who_is_asked_may_check_signatures(name: str, resources: tuple[str, ...]) -> None:
    signed = only_signed(found(**{name: page(name, [webhook("kyverno", *resources)])}))

    assert isinstance(signed, Unknown)
    assert "kyverno" in signed.reason


def test_a_webhook_without_rules_may_see_everything() -> None:
    odd = page("validating", [{"metadata": {"name": "odd"}, "webhooks": [{"name": "w"}]}])

    assert isinstance(only_signed(found(validating=odd)), Unknown)


@pytest.mark.parametrize("name", ["validating", "mutating"])
def test_webhooks_that_were_not_shown_may_check(name: str) -> None:
    assert isinstance(only_signed(found(**{name: DENIED})), Unknown)


def test_what_a_cluster_grants_is_no_word_of_a_cloud() -> None:
    assert all(is_of_cluster(call.permission) for call in CALLS.values())
    assert not is_of_cluster("eks:ListClusters")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ("metadata", "name", "spec", "containers", "status", "image", "containerStatuses")
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


@given(st.lists(json_values, max_size=3))
def test_forged_evidence_breaks_nothing(items: list[Json]) -> None:
    """Whoever replays a bundle runs this over what a stranger wrote."""
    forged = Answer(outcome=Outcome.OK, body={"items": items})
    rows = containers_of(found(forged, mutating=forged))

    assert isinstance(rows, list)
    assert all(isinstance(row.digest, str | Unknown) for row in rows)
    assert only_signed(found(forged, mutating=forged)) is not True
