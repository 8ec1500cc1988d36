"""Tables of what was built, by whom, and what vouches for it."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from auditor.tables.base import UNJOINED, Maybe, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Builder(Row):
    """One thing that builds or releases: a workflow's settings, a runner, a build project."""

    table: ClassVar[str] = "builders"

    provider: Annotated[str, "'github', 'aws' or 'oci'."]
    account: Annotated[str, "Organisation, account or tenancy."]
    region: Annotated[str, "Region; '' for what has none."] = ""
    kind: Annotated[
        str, "workflow settings, runner, environment, build project or delivery pipeline."
    ]
    name: Annotated[Maybe[str], "Name that its owner gave it."]
    repository_id: Annotated[Maybe[str], "Repository that it builds; '' for none or several."]
    source: Annotated[Maybe[str], "Address of the source that it builds; '' for none."] = ""
    self_hosted: Annotated[Maybe[bool], "It runs on machines of its owner's."] = False
    unmanaged_code: Annotated[
        Maybe[bool], "It runs steps (actions, images) that anybody outside can change."
    ] = False
    token_writes: Annotated[Maybe[bool], "Its own token can change code by default."] = False
    approves: Annotated[Maybe[bool], "It can approve change requests."] = False
    gated: Annotated[Maybe[bool], "Somebody must approve each run."] = False
    signs: Annotated[Maybe[bool], "What it makes is signed by the platform."] = False
    role_id: Annotated[Maybe[str], "Principal that it acts as; '' for none."] = ""
    logs_kept: Annotated[Maybe[bool], "What it did is recorded."] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact(Row):
    """One thing that was built and kept. Its id is 'store/DIGEST', or the provider's own."""

    table: ClassVar[str] = "artifacts"

    provider: Annotated[str, "'github', 'aws', 'oci' or 'files'."]
    account: Annotated[str, "Organisation, account or tenancy."]
    region: Annotated[str, "Region; '' for what has none."] = ""
    kind: Annotated[
        str, "image, package, function, machine image, app package, model, configuration or file."
    ]
    name: Annotated[Maybe[str], "Name, with its repository: 'registry/team/app'."]
    digest: Annotated[
        Maybe[str],
        "'sha256:' and lower-case hex, or the machine image's id; '' if the provider has none.",
    ]
    tags: Annotated[Maybe[tuple[str, ...]], "Tags or versions that point to it, sorted."] = ()
    mutable_tags: Annotated[Maybe[bool], "A tag of it can be moved to another digest."] = False
    store_id: Annotated[Maybe[str], "Store that keeps it; '' for none."] = ""
    made: Annotated[Maybe[str], "Moment at which it was kept; '' if none is stated."]
    size_bytes: Annotated[Maybe[int], "Its size."] = 0
    released: Annotated[Maybe[bool], "It was published as a release."] = False
    signed: Annotated[
        Maybe[bool], "The platform's own signature on it holds (AWS Signer, OCI image signature)."
    ] = False
    index_of: Annotated[
        Maybe[tuple[str, ...]],
        "Digests of the images that it names, one for each platform, if it is an index of them; "
        "[] for anything else. Its content, whose hash is its digest, was read.",
    ] = ()
    vouched: Annotated[
        Maybe[bool], "Derived: provenance about its digest holds, by a key or identity we trust."
    ] = UNJOINED
    signer: Annotated[
        Maybe[str],
        "Derived: who signed that provenance: name of the key, or issuer and identity with a blank "
        "between; '' if none about its digest holds.",
    ] = UNJOINED
    inventory: Annotated[Maybe[bool], "Derived: an SBOM about its digest lists parts."] = UNJOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustRoot(Row):
    """One thing that the audit trusts to check signatures of artefacts with."""

    table: ClassVar[str] = "trust_roots"

    kind: Annotated[str, "public key, or sigstore: a trusted root of a Sigstore instance."]
    name: Annotated[str, "Name in the audit's file."]
    content: Annotated[Maybe[str], "PEM of the key, or the JSON text of the trusted root."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation(Row):
    """One signed statement about one artefact: an in-toto statement and one of its subjects.

    Sources: https://github.com/in-toto/attestation, https://slsa.dev/spec/v1.0/provenance
    """

    table: ClassVar[str] = "attestations"

    provider: Annotated[str, "'github', 'aws', 'oci' or 'files'."]
    account: Annotated[str, "Organisation, account, tenancy or target that it was read from."]
    name: Annotated[str, "File, or name of the subject."]
    digest: Annotated[Maybe[str], "Of the subject: 'sha256:' and lower-case hex."]
    predicate_type: Annotated[Maybe[str], "URI of what is said."]
    kind: Annotated[Maybe[str], "provenance, sbom, rebuild, review, approval or other."]
    builder: Annotated[
        Maybe[str], "builder.id of SLSA provenance, or who built again; '' for another kind."
    ] = ""
    build_type: Annotated[Maybe[str], "buildType of SLSA provenance; '' for another kind."] = ""
    source: Annotated[Maybe[str], "Address of the repository that was built; '' for none."] = ""
    commit: Annotated[Maybe[str], "Commit that was built; '' for none."] = ""
    made: Annotated[Maybe[str], "Moment that it states for its end; '' for none."] = ""
    inputs_pinned: Annotated[Maybe[bool], "Every input is named with a digest."] = True
    agrees: Annotated[
        Maybe[bool], "Of a rebuild: the second build gave the same; true for another kind."
    ] = True
    envelope: Annotated[Maybe[str], "JSON text of the DSSE envelope or Sigstore bundle."]
    signature_holds: Annotated[
        Maybe[bool], "Derived: a trusted root says that the signature is over exactly this."
    ] = UNJOINED
    signer: Annotated[
        Maybe[str],
        "Derived: name of the key, or identity in the certificate; '' if no signature holds.",
    ] = UNJOINED
    issuer: Annotated[
        Maybe[str], "Derived: who vouches for that identity; '' for a key of the audit's file."
    ] = UNJOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class Component(Row):
    """One part of one artefact, by an SBOM or as it was found in the artefact itself."""

    table: ClassVar[str] = "components"

    provider: Annotated[str, "'github', 'files' or 'app'."]
    account: Annotated[str, "Organisation, account, tenancy or target that it was read from."]
    digest: Annotated[Maybe[str], "Artefact: 'sha256:' and lower-case hex."]
    name: Annotated[Maybe[str], "Name of the part."]
    version: Annotated[Maybe[str], "Version; '' if none is stated."]
    purl: Annotated[Maybe[str], "Package URL; '' if none is stated."]
    supplier: Annotated[Maybe[str], "Who supplies it; '' if none is stated."]
    listed: Annotated[
        Maybe[bool], "An SBOM about the artefact names it. Derived for what was found in one."
    ]
    present: Annotated[Maybe[bool], "It was found in the artefact; unknown if nobody looked."]
    binary: Annotated[Maybe[bool], "It comes without source."] = False
