"""Which request brought which commit of OCI DevOps, and what nobody can tell."""

from typing import Any

from auditor.model import Audit, Unknown
from auditor.tables import Branch, Change, Commit, Coverage, Principal, Review, Row
from tests.facts.coding import HEAD, branch, change, repository, review, revision, rule
from tests.facts.deriving import Facts
from tests.facts.identifying import about, person, user

TENANCY = "ocid1.tenancy.oc1..t"
REPOSITORY = "ocid1.devopsrepository.oc1.iad.app"
BRANCH = f"{REPOSITORY}@refs/heads/main"
WHERE: dict[str, Any] = {"provider": "oci", "account": TENANCY, "repository_id": REPOSITORY}
FIRST, SECOND, MERGE = "1" * 40, "2" * 40, "f" * 40
REQUEST = f"{REPOSITORY}/change/one"
UNTOLD = Unknown("x")


def somebody(name: str) -> Principal:
    """Return a user of the tenancy, known by an address."""
    id_ = f"ocid1.user.oc1..{name}"
    known = (f"{name}@acme.example",)
    return user(name, TENANCY, id=id_, provider="oci", known_as=known, enabled=True)


ANNA, BORIS, CAROL = map(somebody, ("anna", "boris", "carol"))


def settled() -> Audit:
    """Return an audit that knows them all; Carol is of the provider."""
    return about(
        person("anna", principals=(ANNA.id,)),
        person("boris", principals=(BORIS.id,)),
        person("carol", principals=(CAROL.id,), employer="Trusted"),
    )


def request(**changes: Any) -> Change:
    """Return a request of Anna's, which was merged at noon."""
    default: dict[str, Any] = {
        **WHERE,
        "id": REQUEST,
        "branch_id": BRANCH,
        "number": UNTOLD,
        "author_id": ANNA.id,
        "merged_by": CAROL.id,
        "method": UNTOLD,
        "commit": UNTOLD,
        "writers": (ANNA.id,),
    }
    return change(**default | changes)


def commit(name: str, *parents: str, own: str = "", **changes: Any) -> Commit:
    """Return a commit of Anna's on the branch, or as one of a request's own."""
    place = f"{own}/own" if own else f"{REPOSITORY}/commit"
    default: dict[str, Any] = {
        **WHERE,
        "id": f"{place}/{name}",
        "change_id": own or UNTOLD,
        "author_id": UNTOLD,
        "author_address": "Anna@Acme.example",
        "parents": parents,
        "signed": UNTOLD,
        "signer_id": UNTOLD,
        "signed_by_host": UNTOLD,
    }
    return revision(name, **default | changes)


def pushed(name: str) -> Change:
    """Return what stands for a commit until a request is found that brought it."""
    return request(
        id=f"{REPOSITORY}/commit/{name}",
        kind="direct",
        number=0,
        author_id=UNTOLD,
        merged=UNTOLD,
        opened="",
        head="",
        method="push",
        commit=name,
        writers=(),
    )


def listed(*names: str) -> list[Row]:
    """Return commits of the branch, each on the one before, with what stands for each."""
    below = ("0" * 40, *names)
    commits = [commit(name, each) for each, name in zip(below, names, strict=False)]
    return [*commits, *map(pushed, names)]


def approval(**changes: Any) -> Review:
    """Return Carol's approval of the request's last commit."""
    default: dict[str, Any] = {
        **WHERE,
        "id": f"{REQUEST}/review/1",
        "change_id": REQUEST,
        "reviewer_id": CAROL.id,
    }
    return review(**default | changes)


def found(*rows: Row, guarded: bool = True) -> Facts:
    """Derive from a repository with these rows."""
    kept: list[Row] = [
        repository(**{k: v for k, v in WHERE.items() if k != "repository_id"}, id=REPOSITORY),
        _branch(),
        ANNA,
        BORIS,
        CAROL,
    ]
    if guarded:
        kept.append(rule(**WHERE, id=f"{REPOSITORY}/protected/main"))
    return Facts([*kept, *rows], settled())


def _branch() -> Branch:
    return branch(**WHERE, id=BRANCH)


def changes(facts: Facts, columns: str = "kind, approvers") -> dict[str, Any]:
    """Return columns of changes by the end of their ids."""
    return {
        row[0].rpartition("/")[2]: row[1] if len(row) == 2 else row[1:]
        for row in facts.rows("changes", f"id, {columns}")
    }


def test_a_request_brings_its_own_commits() -> None:
    """They stay on the branch as they were reviewed: nothing was pushed."""
    facts = found(
        *listed(FIRST, HEAD),
        request(),
        commit(FIRST, own=REQUEST),
        commit(HEAD, FIRST, own=REQUEST),
        approval(),
    )

    assert changes(facts, "kind, method, commit, approvers, approver_employers, authors") == {
        "one": ("merged", "merge", HEAD, [CAROL.id], ["Trusted"], [ANNA.id])
    }
    assert facts.rows("commits", "commit, change_id, author_id") == [
        (FIRST, REQUEST, ANNA.id),
        (HEAD, REQUEST, ANNA.id),
    ]


def test_a_merge_by_the_service_writes_nothing() -> None:
    """Whoever merges may have approved: where nobody can push, the merge is the service's."""
    facts = found(
        *listed(HEAD),
        commit(MERGE, "0" * 40, HEAD, author_address="carol@acme.example"),
        pushed(MERGE),
        request(),
        commit(HEAD, own=REQUEST),
        approval(),
    )

    assert changes(facts, "commit, approvers, authors") == {"one": (MERGE, [CAROL.id], [ANNA.id])}


def test_a_merge_where_anybody_can_push_may_hold_more() -> None:
    """Whether a person made it, nothing tells."""
    facts = found(
        *listed(HEAD),
        commit(MERGE, "0" * 40, HEAD),
        pushed(MERGE),
        request(),
        commit(HEAD, own=REQUEST),
        approval(),
        guarded=False,
    )

    assert changes(facts) == {"one": ("merged", [CAROL.id]), MERGE: ("merged", None)}
    assert "is not stated" in facts.why("changes", "head")[f"{REPOSITORY}/commit/{MERGE}"]


def test_what_no_request_brought_was_pushed() -> None:
    """Every request of the period is found on the branch, and this commit is of none."""
    facts = found(*listed(HEAD, SECOND), request(), commit(HEAD, own=REQUEST), approval())

    assert changes(facts, "kind, author_id, approvers, self_approved") == {
        "one": ("merged", ANNA.id, [CAROL.id], False),
        SECOND: ("direct", ANNA.id, [], False),
    }


def test_what_a_squash_left_is_not_told_from_a_push() -> None:
    """The request's last commit is nowhere on the branch."""
    facts = found(*listed(SECOND), request(), commit(HEAD, own=REQUEST), approval())

    assert changes(facts, "kind, approvers, commit") == {
        "one": ("merged", [CAROL.id], None),
        SECOND: ("merged", None, SECOND),
    }


def test_requests_that_were_not_listed_leave_commits_open() -> None:
    """One of them may have brought it."""
    gap = Coverage(
        id=f"t/{TENANCY}/us-ashburn-1/c/{REPOSITORY} main/oci.devops.request",
        provider="oci",
        collector="oci.devops.request",
        service="devops",
        account=TENANCY,
        region="us-ashburn-1",
        compartment="c",
        outcome="denied",
        open=True,
        complete=UNTOLD,
        reason="x",
        permission="",
        items=0,
        answers=0,
        refusals=1,
        tables=("changes", "commits", "reviews"),
    )

    assert changes(found(*listed(HEAD), gap)) == {HEAD: ("merged", None)}
    assert changes(found(*listed(HEAD))) == {HEAD: ("direct", [])}


def test_own_commits_that_nobody_could_list_leave_the_rest_open() -> None:
    facts = found(*listed(FIRST, HEAD), request(), commit("?", own=REQUEST), approval())

    assert changes(facts)[FIRST] == ("merged", None)
    assert changes(facts, "writers")["one"] is None


def test_an_address_of_nobody_is_of_an_unknown_author() -> None:
    """He may be who approved."""
    stranger = {"author_address": "carol@home.example"}
    facts = found(
        commit(HEAD, **stranger),
        pushed(HEAD),
        request(),
        commit(HEAD, own=REQUEST, **stranger),
        approval(),
    )

    assert changes(facts, "approvers, authors") == {"one": (None, None)}


def test_whoever_pushed_to_a_request_wrote_it() -> None:
    """Whatever name the commit states."""
    facts = found(
        *listed(HEAD), request(writers=(CAROL.id,)), commit(HEAD, own=REQUEST), approval()
    )

    assert changes(facts, "approvers, self_approved") == {"one": ([], True)}


def test_requests_of_another_time_are_left_out() -> None:
    facts = found(request(merged="2019-01-01T00:00:00Z"), commit(HEAD, own=REQUEST), approval())

    assert facts.rows("changes", "id") == []
    assert facts.rows("reviews", "id") == []
    assert facts.rows("commits", "id") == []
