"""Statements and SBOMs of the demo's builds, as real builders write them; same bytes every run."""

import base64
import json
from typing import TYPE_CHECKING, Any

from auditor.demo.apps.keys import AppSigner
from auditor.envelope.dsse import PAYLOAD_TYPE, pre_authentication_encoding
from auditor.model import Json
from auditor.provenance import REBUILD

if TYPE_CHECKING:
    from auditor.demo.provenance.folder import Build

_BUILD_TYPE = "https://actions.github.io/buildtypes/workflow/v1"
_REF = "refs/heads/main"


def enveloped(statement: Json, signer: AppSigner) -> str:
    """Return the DSSE envelope of a statement, one line of JSON."""
    payload = _text(statement).encode()
    signature = signer.sign(pre_authentication_encoding(payload))
    envelope = {
        "payload": base64.b64encode(payload).decode(),
        "payloadType": PAYLOAD_TYPE,
        "signatures": [{"keyid": "", "sig": base64.b64encode(signature).decode()}],
    }
    return _text(envelope) + "\n"


def provenance(build: "Build") -> dict[str, Any]:
    """Return SLSA provenance 1: who built an artefact, of which commit."""
    source = {
        "uri": f"git+{build.source}@{_REF}",
        "digest": {"gitCommit": build.commit},
    }
    definition = {
        "buildType": _BUILD_TYPE,
        "externalParameters": {
            "workflow": {"ref": _REF, "repository": build.source, "path": "release.yml"}
        },
        "resolvedDependencies": [source],
    }
    details = {
        "builder": {"id": build.builder},
        "metadata": {"invocationId": build.name, "finishedOn": build.finished},
    }
    predicate = {"buildDefinition": definition, "runDetails": details}
    return _statement(build, "https://slsa.dev/provenance/v1", predicate)


def rebuild(build: "Build", *, by: str, agrees: bool) -> dict[str, Any]:
    """Return the record of somebody who built the same commit again, and compared."""
    predicate = {
        "builder": {"id": by},
        "agrees": agrees,
        "comparedOn": build.finished,
        "differences": [] if agrees else ["app/lib/codec.so"],
    }
    return _statement(build, REBUILD, predicate)


def sbom(build: "Build") -> str:
    """Return a CycloneDX document of an artefact."""
    components = [
        {
            "type": "library",
            "name": name,
            "version": "4.2.0",
            "purl": f"pkg:generic/{name}@4.2.0",
            "supplier": {"name": supplier},
            "externalReferences": [{"type": "vcs", "url": f"https://code.example.org/{name}"}],
        }
        for name, supplier in build.parts
    ]
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "metadata": {"component": {"type": "container", "name": build.name}},
        "components": components,
    }
    return json.dumps(document, indent=2) + "\n"


def _statement(build: "Build", predicate_type: str, predicate: Json) -> dict[str, Any]:
    algorithm, _, digest = build.digest.partition(":")
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": build.name, "digest": {algorithm: digest}}],
        "predicateType": predicate_type,
        "predicate": predicate,
    }


def _text(value: Json) -> str:
    return json.dumps(value, separators=(",", ":"))
