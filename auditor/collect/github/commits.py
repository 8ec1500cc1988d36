"""Commits of a branch: who wrote and signed them."""

from collections.abc import Iterator, Mapping

from auditor.collect.github.reading import (
    WEB_FLOW,
    actor_of,
    flag,
    held_by,
    moment,
    shown,
    text,
    together,
    user_of,
    whole,
)
from auditor.model import Json, Unknown
from auditor.spec import Found, dig
from auditor.tables import UNJOINED, Commit, Maybe, Principal

_CONTENTS = "contents:read"


def commit_row(found: Found, repository: str, change: Maybe[str]) -> Commit:
    """Return the row of a listed commit."""
    oid = str(found.read("item.oid", absent=""))
    signature = found.read("item.signature", absent=None)
    return Commit(
        id=f"{repository}/commit/{oid}",
        **held_by(found),
        repository_id=repository,
        commit=oid.lower(),
        change_id=change,
        author_id=user_of(found, found.read("item.author.user.login", absent=None)),
        co_authors=_co_authors(found),
        author_address=text(found.read("item.author.email"), "the author's address"),
        committer_id=_committer(found, found.read("item.committer", absent=None)),
        parents=_parents(found),
        made=moment(found.read("item.committedDate")),
        signed=_is_signed(signature),
        signer_id=_signer(found, signature),
        signed_by_host=_by_host(signature),
        signature=_word(signature),
    )


def _parents(found: Found) -> Maybe[tuple[str, ...]]:
    listed = whole(found.read("item.parents", absent=None), "its parents", _CONTENTS)
    if isinstance(listed, Unknown):
        return listed
    return tuple(str(each.get("oid")) for each in listed)


def _co_authors(found: Found) -> Maybe[tuple[str, ...]]:
    """Return whom a commit names as authors besides the first: a squash names all of them."""
    named = whole(found.read("item.authors", absent=None), "the commit's authors", _CONTENTS)
    if isinstance(named, Unknown):
        return named
    first = found.read("item.author.user.login", absent=None)
    logins = [dig(each, "user.login") for each in named]
    return together([user_of(found, each) for each in logins if each is None or each != first])


def _committer(found: Found, committer: Json) -> Maybe[str]:
    """Return who committed; '' for GitHub itself, which commits what is merged on its pages."""
    login = dig(committer, "user.login")
    if login in WEB_FLOW or (login is None and dig(committer, "email") in WEB_FLOW):
        return ""
    return user_of(found, login)


def _is_signed(signature: Json) -> Maybe[bool]:
    if signature is None:
        return False
    return flag(dig(signature, "isValid"), "whether the signature holds", _CONTENTS)


def _signer(found: Found, signature: Json) -> Maybe[str]:
    if signature is None or dig(signature, "wasSignedByGitHub") is True:
        return ""
    return user_of(found, dig(signature, "signer.login"))


def _by_host(signature: Json) -> Maybe[bool]:
    if signature is None:
        return False
    return flag(dig(signature, "wasSignedByGitHub"), "who signed it", _CONTENTS)


def _word(signature: Json) -> Maybe[str]:
    if signature is None:
        return "unsigned"
    state = dig(signature, "state")
    return state.lower() if isinstance(state, str) else text(state, "the state of the signature")


def writers(found: Found, request: Mapping[str, Json]) -> Maybe[tuple[str, ...]]:
    """Return who wrote a request's own commits."""
    commits = whole(request.get("commits"), "the request's commits", "pull_requests:read")
    if isinstance(commits, Unknown):
        return commits
    logins = [dig(each, "commit.author.user.login") for each in commits]
    return together([user_of(found, login) for login in logins])


def principals(found: Found, request: Mapping[str, Json] | None) -> Iterator[Principal]:
    """Yield a row for everybody who took part: some have left the organisation since.

    Nothing but the name is known here: a listing of members says the rest. No reason is kept of
    what is not, because everybody is seen in thousands of changes.
    """
    actors = [dig(found.read("item.author", absent=None), "user")]
    if request:
        reviewers = [each.get("author") for each in shown(request.get("reviews"))]
        commits = [dig(each, "commit.author.user") for each in shown(request.get("commits"))]
        actors += [request.get("author"), request.get("mergedBy"), *reviewers, *commits]
    named = {actor_of(found, actor): dig(actor, "login") for actor in actors}
    for principal, login in named.items():
        if isinstance(principal, str):
            yield _seen(found, principal, str(login))


def _seen(found: Found, principal: str, login: str) -> Principal:
    return Principal(
        id=principal,
        evidence=found.evidence,
        provider="github",
        account=UNJOINED,
        kind="service" if "/app/" in principal else "user",
        name=login.lower().removesuffix("[bot]"),
        known_as=UNJOINED,
        enabled=UNJOINED,
        password=UNJOINED,
        second_factor=UNJOINED,
        lasting_keys=UNJOINED,
        oldest_key=UNJOINED,
        created=UNJOINED,
        last_used=UNJOINED,
        boundary_id="",
        attributes=UNJOINED,
        tags={},
    )
