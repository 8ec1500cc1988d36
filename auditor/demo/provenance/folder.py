"""Writes the demo's folder of what vouches for builds, with a breach where the caller plants one.

Every build has signed provenance, an SBOM and the record of a second build that agrees, but for:

    missing    nothing at all is about it
    stranger   its provenance is signed by a key that nobody trusts
    elsewhere  its provenance names a repository and a commit that nobody reviewed
    differs    the second build gave something else

A build that names a workflow is signed by it, as a Sigstore bundle; others by the builder's key.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from auditor.demo.apps.keys import AppSigner, app_signer
from auditor.demo.provenance.documents import enveloped, provenance, rebuild, sbom
from auditor.demo.provenance.instance import CODE_HOST, INSTANCE
from auditor.model import Json, Target

BUILDER, ASSESSOR, STRANGER = "trusted builder", "assessor", "somebody else"
TRUSTED_BUILDER = "https://builds.lonestar-cloud.example/release"
SECOND_BUILDER = "https://assessor.example/rebuild"
ELSEWHERE, NO_COMMIT = "https://code.farshore.example/mirror/app", "f" * 40

Breach = Literal["", "missing", "stranger", "elsewhere", "differs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """One artefact that the demo's builder made.

    Attributes:
        name: of the artefact, such as 'registry/app'.
        digest: 'sha256:' and hex.
        source: address of its repository, as the code host gives it.
        finished: moment, ISO 8601 with a Z.
        parts: name and supplier of each part that its inventory names.
        workflow: identity that signs its provenance; '' for the builder's key.
    """

    name: str
    digest: str
    source: str
    commit: str
    finished: str
    builder: str = TRUSTED_BUILDER
    breach: Breach = ""
    parts: tuple[tuple[str, str], ...] = (("feedmixer", "Northstar Video"), ("openssl", "OpenSSL"))
    workflow: str = ""

    @property
    def bundle(self) -> dict[str, Json]:
        """The Sigstore bundle of its provenance."""
        at = datetime.fromisoformat(self.finished)
        return CODE_HOST.bundle(provenance(self), workflow=self.workflow, at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenProvenance:
    """What was written: a folder, and files of what an audit is to trust, by name."""

    folder: Path
    keys: dict[str, Path]
    roots: dict[str, Path]

    def target(self, name: str = "provenance-demo") -> Target:
        """Return a target that reads it all."""
        keys = {f"key {each}": str(path) for each, path in self.keys.items()}
        keys |= {f"sigstore {each}": str(path) for each, path in self.roots.items()}
        return Target(
            name=name, provider="provenance", options={"folder": str(self.folder), **keys}
        )


def write_provenance(folder: Path, builds: Iterable[Build]) -> WrittenProvenance:
    """Write ``folder/records`` and ``folder/keys``; the same bytes for the same builds.

    Args:
        folder: is made if it is missing.
    """
    records, keys = folder / "records", folder / "keys"
    for each in (records, keys):
        each.mkdir(parents=True, exist_ok=True)
    trusted = {}
    for name in (BUILDER, ASSESSOR):
        trusted[name] = keys / f"{name.replace(' ', '-')}.pem"
        trusted[name].write_bytes(_public(app_signer(name)))
    roots = {INSTANCE: keys / "trusted_root.json"}
    roots[INSTANCE].write_text(CODE_HOST.trusted_root(), encoding="utf-8")
    for build in builds:
        if build.breach != "missing":
            _write(records, build)
    return WrittenProvenance(folder=records, keys=trusted, roots=roots)


def _write(records: Path, build: Build) -> None:
    digest = build.digest.rpartition(":")[2]
    signer = app_signer(STRANGER if build.breach == "stranger" else BUILDER)
    told = replace(build, source=ELSEWHERE, commit=NO_COMMIT)
    stated = provenance(told if build.breach == "elsewhere" else build)
    again = rebuild(build, by=SECOND_BUILDER, agrees=build.breach != "differs")
    if build.workflow:
        signed = {f"{digest}.sigstore.json": json.dumps(build.bundle) + "\n"}
    else:
        signed = {f"{digest}.intoto.jsonl": enveloped(stated, signer)}
    texts = {
        **signed,
        f"{digest}.rebuild.json": enveloped(again, app_signer(ASSESSOR)),
        f"{digest}.cdx.json": sbom(build),
    }
    for name, text in texts.items():
        (records / name).write_text(text, encoding="utf-8")


def _public(signer: AppSigner) -> bytes:
    return signer.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
