"""What SLSA provenance says of a build: who built, of which source, with which inputs.

Sources: https://slsa.dev/spec/v0.2/provenance and https://slsa.dev/spec/v1.0/provenance, and of
GitHub's builders https://actions.github.io/buildtypes/workflow/v1
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.errors import ProvenanceError
from auditor.model import Json, Unknown
from auditor.provenance.members import digests, member, moment, objects, text
from auditor.tables import Maybe

PREFIX = "https://slsa.dev/provenance/"
_UNREAD = Unknown("its provenance is of a version that is not read")
_NO_INPUTS = Unknown("its provenance lists no inputs")
_SEVERAL = Unknown("its provenance lists several repositories, and does not say which was built")
_COMMIT = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
_DECORATION = re.compile(r"^(git\+)?(https?|ssh|git)://([^@/]*@)?")
_SOURCES = (  # where builders of SLSA 1 name what they built
    ("workflow", "repository"),
    ("source", "uri"),
    ("source", "repository"),
    ("buildConfigSource", "repository"),
    ("configSource", "uri"),
    ("configSource", "repository"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """The columns of an attestation that tell of a build; '' where provenance names nothing."""

    builder: Maybe[str] = ""
    build_type: Maybe[str] = ""
    source: Maybe[str] = ""
    commit: Maybe[str] = ""
    made: Maybe[str] = ""
    inputs_pinned: Maybe[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Input:
    uri: str
    digests: Mapping[str, str]

    @property
    def commit(self) -> str:
        stated = self.digests.get("gitcommit") or self.digests.get("sha1", "")
        return stated if _COMMIT.fullmatch(stated) else ""


def read_build(predicate_type: str, predicate: Json) -> Build:
    """Return what provenance says; all unknown for a version that is not read.

    Raises:
        ProvenanceError: a member has a type that it cannot have.
    """
    version = predicate_type.removeprefix(PREFIX)
    if version == "v0.2":
        return _old_build(predicate)
    if version == "v1" or version.startswith("v1."):
        return _build(predicate)
    return Build(
        builder=_UNREAD,
        build_type=_UNREAD,
        source=_UNREAD,
        commit=_UNREAD,
        made=_UNREAD,
        inputs_pinned=_UNREAD,
    )


def _old_build(predicate: Json) -> Build:
    inputs = _inputs(member(predicate, "materials"), "materials")
    config = member(predicate, "invocation", "configSource")
    stated = _Input(
        uri=text(member(config, "uri"), "configSource.uri"),
        digests=digests(member(config, "digest"), "configSource.digest"),
    )
    source, commit = (stated.uri, stated.commit) if stated.commit else _source(inputs, stated.uri)
    return Build(
        builder=text(member(predicate, "builder", "id"), "builder.id"),
        build_type=text(member(predicate, "buildType"), "buildType"),
        source=source,
        commit=commit,
        made=moment(member(predicate, "metadata", "buildFinishedOn"), "buildFinishedOn"),
        inputs_pinned=_pinned(inputs),
    )


def _build(predicate: Json) -> Build:
    definition = member(predicate, "buildDefinition")
    inputs = _inputs(member(definition, "resolvedDependencies"), "resolvedDependencies")
    stated = _stated_source(member(definition, "externalParameters"))
    source, commit = _source(inputs, stated.uri)
    details = member(predicate, "runDetails")
    return Build(
        builder=text(member(details, "builder", "id"), "builder.id"),
        build_type=text(member(definition, "buildType"), "buildType"),
        source=source,
        commit=commit or stated.commit,
        made=moment(member(details, "metadata", "finishedOn"), "finishedOn"),
        inputs_pinned=_pinned(inputs),
    )


def _inputs(value: Json, what: str) -> list[_Input]:
    return [
        _Input(uri=text(each.get("uri"), what), digests=digests(each.get("digest"), what))
        for each in objects(value, what)
    ]


def _pinned(inputs: Sequence[_Input]) -> Maybe[bool]:
    if not inputs:
        return _NO_INPUTS
    return all(any(each.digests.values()) for each in inputs)


def _stated_source(parameters: Json) -> _Input:
    """Return what external parameters name as source: each builder has its own words for it."""
    if not isinstance(parameters, dict):
        if parameters is None:
            return _Input(uri="", digests={})
        raise ProvenanceError("its externalParameters are no object")
    if isinstance(parameters.get("source"), str):
        return _Input(uri=text(parameters["source"], "source"), digests={})
    for holder, name in _SOURCES:
        inside = parameters.get(holder)
        if isinstance(inside, dict) and isinstance(inside.get(name), str):
            found = digests(inside.get("digest"), f"{holder}.digest")
            return _Input(uri=text(inside[name], name), digests=found)
    return _Input(uri="", digests={})


def _source(inputs: Sequence[_Input], stated: str) -> tuple[Maybe[str], Maybe[str]]:
    """Return address and commit: of the input that is the stated source, or of the only commit."""
    kept = [each for each in inputs if each.commit]
    if stated:
        commits = {each.commit for each in kept if _plain(each.uri) == _plain(stated)}
        return stated, commits.pop() if len(commits) == 1 else (_SEVERAL if commits else "")
    found = {(each.uri, each.commit) for each in kept}
    if len(found) > 1:
        return _SEVERAL, _SEVERAL
    return found.pop() if found else ("", "")


def _plain(address: str) -> str:
    """Return an address without what writers of one repository's address differ in."""
    bare = _DECORATION.sub("", address.strip().lower()).partition("@")[0].partition("#")[0]
    return bare.rstrip("/").removesuffix(".git")
