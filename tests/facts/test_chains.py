"""From what runs to what was approved: the first link that does not hold is named."""

from dataclasses import replace
from typing import Any

import pytest

from auditor.model import Unknown
from auditor.tables import Artifact, Attestation, Row
from tests.facts.coding import (
    BORIS,
    HEAD,
    REPOSITORY,
    artifact,
    attestation,
    change,
    covered,
    deployment,
    estate,
    listing,
    repository,
    review,
    revision,
    settled,
)
from tests.facts.deriving import Facts

NOBODY = Unknown("x")
OTHER = "f" * 40
READ = covered("artifacts", "attestations", "components")
APPROVED = (change(), revision(), review())
UNREAD = covered("artifacts", "attestations", "components", open_=True)


def rebuild(**changes: Any) -> Attestation:
    """Return an assessor's record of a second build that agrees."""
    return attestation("rebuild", **{"signer": "assessor"} | changes)


def chain(*rows: Row, columns: str = "broken", read: Row = READ, **deployed: Any) -> Any:
    """Return what is derived of one container."""
    facts = Facts(estate(deployment(**deployed), read, *rows), settled())
    return facts.one("chains", columns)


def test_a_whole_chain_leads_to_who_approved() -> None:
    """Through artefact, provenance and commit."""
    assert chain(
        artifact(),
        attestation(),
        *APPROVED,
        columns="broken, why, kept, vouched, sourced, approved, approvers, repository_id, commit",
    ) == ("", "", True, True, True, True, ["Trusted"], REPOSITORY, HEAD)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        pytest.param({"digest": ""}, "digest", id="no digest"),
        pytest.param({"digest": NOBODY}, "digest", id="digest unread"),
        pytest.param({"digest": "sha256:0"}, "artefact", id="nobody built it"),
    ],
)
def test_what_runs_must_be_something_that_was_built(made: dict[str, Any], expected: str) -> None:
    """An image that nobody built is named as such."""
    assert chain(artifact(), attestation(), *APPROVED, **made) == (expected,)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param((), ("provenance", False), id="none"),
        pytest.param((attestation(signature_holds=False),), ("provenance", False), id="forged"),
        pytest.param((attestation(signature_holds=NOBODY),), ("provenance", None), id="unchecked"),
        pytest.param((attestation("sbom"),), ("provenance", False), id="of another kind"),
        pytest.param((attestation(source=""),), ("source", True), id="without source"),
        pytest.param((attestation(commit=OTHER),), ("source", True), id="of another commit"),
        pytest.param(
            (attestation(source="https://github.com/acme/other"),), ("source", True), id="elsewhere"
        ),
        pytest.param(
            (attestation(signature_holds=False, id="a"), attestation()), ("", True), id="one holds"
        ),
    ],
)
def test_provenance_must_hold_and_name_a_source(
    rows: tuple[Attestation, ...], expected: tuple[str, bool | None]
) -> None:
    """One statement that holds is enough."""
    assert chain(artifact(), *rows, *APPROVED, columns="broken, vouched") == expected


@pytest.mark.parametrize("source", ["git@github.com:acme/app", "HTTPS://GitHub.com/Acme/App.git/"])
def test_an_address_is_read_in_its_forms(source: str) -> None:
    """Except those that mean another protocol's path."""
    whole = chain(artifact(), attestation(source=source), *APPROVED)
    assert whole == (("",) if source.startswith("HTTPS") else ("source",))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param((change(), revision()), (False, []), id="nobody approved"),
        pytest.param((change(), revision(), review(BORIS)), (True, ["Northstar"]), id="company"),
        pytest.param(
            (change(), revision(), review(), review(BORIS)), (True, ["Northstar", "Trusted"]),
            id="both",
        ),
        pytest.param(
            (change(), revision(), review(commit=NOBODY)), (None, None), id="unknown approval"
        ),
    ],
)  # fmt: skip
def test_the_change_must_be_approved(rows: tuple[Row, ...], expected: Any) -> None:
    """Who approved is said by employer."""
    assert chain(artifact(), attestation(), *rows, columns="approved, approvers") == expected


def test_every_change_before_it_must_be_approved() -> None:
    """Later ones do not matter: they do not run."""
    earlier = change(2, head=OTHER, commit=OTHER, merged="2026-01-01T11:30:00Z")
    later = change(3, merged="2026-01-01T13:00:00Z")
    rows = (artifact(), attestation(), *APPROVED)
    assert chain(*rows, later) == ("",)
    assert chain(*rows, earlier) == ("approval",)
    by_boris = review(BORIS, 2, commit=OTHER)
    assert chain(*rows, earlier, by_boris, columns="broken, approved, approvers") == (
        "",
        True,
        [],
    )


def test_a_change_of_unknown_moment_may_have_come_before() -> None:
    """Whoever pushed without a review may have done so before what runs was built."""
    pushed = change(2, kind="direct", head="", commit=OTHER, merged=NOBODY)
    rows = (artifact(), attestation(), *APPROVED)
    columns = "broken, approved, approvers"
    assert chain(*rows, pushed, columns=columns) == ("approval", None, None)
    approved = (change(2, head=OTHER, commit=OTHER, merged=NOBODY), review(number=2, commit=OTHER))
    assert chain(*rows, *approved, columns=columns) == ("approval", None, None)
    assert chain(artifact(), attestation(), change(merged=NOBODY), revision(), columns=columns) == (
        "approval",
        False,
        [],
    )


def test_a_refusal_leaves_links_unknown() -> None:
    """It may be kept, and vouched for, where nobody could look."""
    columns = "broken, kept, vouched, sourced, approved, signer"
    assert chain(read=UNREAD, columns=columns) == ("artefact", None, None, None, None, None)
    assert chain(columns=columns) == ("artefact", False, False, False, False, "")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param((), None, id="nobody rebuilt it"),
        pytest.param((rebuild(),), True, id="the same"),
        pytest.param((rebuild(agrees=False),), False, id="another"),
        pytest.param((rebuild(signature_holds=False),), None, id="forged"),
        pytest.param((rebuild(signature_holds=NOBODY),), None, id="unchecked"),
        pytest.param((rebuild(signer="release key"),), None, id="its builder's word"),
        pytest.param((rebuild(signer="release key", agrees=False),), False, id="own doubt"),
        pytest.param((rebuild(signer="release key"), rebuild(id="attestation/2")), True, id="both"),
        pytest.param((rebuild(), rebuild(id="attestation/2", agrees=False)), False, id="disagreed"),
    ],
)
def test_a_second_build_may_agree(rows: tuple[Row, ...], expected: bool | None) -> None:
    """Or not; a forged record says nothing good, and neither does its builder's own."""
    assert chain(artifact(), attestation(), *APPROVED, *rows, columns="rebuilt") == (expected,)


@pytest.mark.parametrize(
    ("signer", "issuer", "expected"),
    [
        pytest.param("build.yml@refs/tags/2", "https://issuer.example", None, id="other branch"),
        pytest.param("again.yml@refs/tags/1", "https://issuer.example", True, id="other workflow"),
        pytest.param("build.yml@refs/tags/1", "https://other.example", True, id="other issuer"),
    ],
)
def test_a_workflow_agrees_with_itself_from_any_branch(
    signer: str, issuer: str, expected: bool | None
) -> None:
    """So its word does not count; another workflow's does."""
    built = attestation(signer="build.yml@refs/tags/1", issuer="https://issuer.example")
    rows = (artifact(), built, *APPROVED, rebuild(signer=signer, issuer=issuer))
    assert chain(*rows, columns="rebuilt") == (expected,)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((), id="no provenance"),
        pytest.param((attestation(signature_holds=NOBODY, signer=NOBODY),), id="unchecked"),
    ],
)
def test_who_built_again_counts_only_where_who_built_is_known(rows: tuple[Row, ...]) -> None:
    """It may be the same."""
    assert chain(artifact(), *rows, *APPROVED, rebuild(), columns="rebuilt") == (None,)


@pytest.mark.parametrize(
    ("kept", "rows", "expected"),
    [
        pytest.param(artifact(), (attestation(),), (True, "release key", False), id="vouched"),
        pytest.param(artifact(digest=""), (), (False, "", False), id="no digest"),
        pytest.param(artifact(digest=NOBODY), (), (None, None, None), id="digest unread"),
        pytest.param(
            artifact(), (attestation("sbom"), listing()), (False, "", True), id="an inventory",
        ),
        pytest.param(artifact(), (listing(),), (False, "", True), id="an unsigned inventory"),
        pytest.param(
            artifact(), (attestation("sbom"),), (False, "", False), id="an inventory of nothing",
        ),
        pytest.param(
            artifact(), (attestation("sbom", signature_holds=False, signer=""), listing()),
            (False, "", False), id="a forged inventory",
        ),
        pytest.param(
            artifact(), (replace(attestation("sbom"), kind=NOBODY),), (False, "", None),
            id="perhaps an inventory",
        ),
        pytest.param(
            artifact(), (attestation(signature_holds=NOBODY, signer=NOBODY),), (None, None, False),
            id="unchecked",
        ),
    ],
)  # fmt: skip
def test_artefacts_are_vouched_for(kept: Artifact, rows: tuple[Row, ...], expected: Any) -> None:
    """By provenance about their digest, whose signer is named."""
    facts = Facts(estate(kept, READ, *rows), settled())
    assert facts.one("artifacts", "vouched, signer, inventory") == expected


@pytest.mark.parametrize(
    ("issuer", "expected"),
    [
        pytest.param("", "release.yml", id="a key"),
        pytest.param("https://issuer.example", "https://issuer.example release.yml", id="identity"),
        pytest.param(NOBODY, None, id="unknown"),
    ],
)
def test_an_identity_is_named_with_its_issuer(issuer: Any, expected: str | None) -> None:
    """Any issuer of an instance may vouch for the name that another gave to somebody else."""
    rows = (artifact(), attestation(signer="release.yml", issuer=issuer), *APPROVED)
    assert chain(*rows, columns="signer") == (expected,)
    facts = Facts(estate(READ, *rows), settled())
    assert facts.one("artifacts", "signer") == (expected,)


def test_the_head_of_a_branch_is_a_source_though_no_change_of_the_period_made_it() -> None:
    """Who approved it is not known."""
    assert chain(artifact(), attestation(), columns="broken, sourced, approved") == (
        "approval",
        True,
        None,
    )


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        pytest.param({}, ("approval", True, None, None), id="inside the change"),
        pytest.param({"head": OTHER}, ("", True, True, ["Trusted"]), id="its last before"),
        pytest.param({"commit": OTHER}, ("", True, True, ["Trusted"]), id="its last of all"),
        pytest.param({"commit": NOBODY}, ("approval", True, None, None), id="nobody knows"),
    ],
)
def test_a_part_of_a_change_was_never_approved(made: dict[str, Any], expected: Any) -> None:
    """The approval is of the whole; what one commit of it held may be gone in the next."""
    built = (artifact(), attestation(commit=OTHER))
    whole = (change(**made), revision(), revision(OTHER), review(commit=made.get("head", HEAD)))
    columns = "broken, sourced, approved, approvers"
    assert chain(*built, *whole, columns=columns) == expected
    unapproved = (change(**made), revision(), revision(OTHER))
    assert chain(*built, *unapproved, columns=columns) == ("approval", True, False, [])


@pytest.mark.parametrize(
    ("holds", "expected"),
    [(False, (False, False, False, [])), (NOBODY, (None, None, None, None))],
    ids=("forged", "unchecked"),
)
def test_what_a_statement_says_counts_if_it_holds(holds: Any, expected: Any) -> None:
    """Anybody can write one that names an approved commit, about what nobody keeps."""
    said = attestation(signature_holds=holds, signer="" if holds is False else NOBODY)
    columns = "kept, sourced, approved, approvers"
    assert chain(said, *APPROVED, columns=columns) == expected


def test_two_repositories_of_one_address_are_told_apart_by_nobody() -> None:
    """So which of them the provenance names is not known."""
    twin = repository(id="arn:aws:codecommit:x:1:app", provider="aws", name="App")
    rows = (artifact(), attestation(), *APPROVED)
    assert chain(*rows, twin, columns="broken, repository_id") == ("source", None)
