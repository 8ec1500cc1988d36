"""Statements and DSSE envelopes, as builders write them, for tests."""

import base64
import json
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from auditor.model import Json
from auditor.provenance import KEY, Root

DIGEST, COMMIT = "d" * 64, "a" * 40
SOURCE = "https://github.com/acme/app"
MOMENT = "2026-01-01T13:00:00Z"
PAYLOAD_TYPE = "application/vnd.in-toto+json"


@cache
def key_of(kind: str = "p256") -> PrivateKeyTypes:
    """Return a key of a kind, the same in a whole session."""
    curves = {"p256": ec.SECP256R1(), "p384": ec.SECP384R1(), "k256": ec.SECP256K1()}
    if kind == "ed25519":
        return Ed25519PrivateKey.generate()
    if kind in ("rsa", "pss"):
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return ec.generate_private_key(curves[kind.removeprefix("other ")])


def root_of(kind: str = "p256", name: str = "release key") -> Root:
    """Return the root that holds a key's public half."""
    public = key_of(kind).public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return Root(kind=KEY, name=name, content=pem.decode())


def sign(signed: bytes, kind: str = "p256") -> bytes:
    """Return a signature by a key of a kind."""
    key = key_of(kind)
    if isinstance(key, Ed25519PrivateKey):
        return key.sign(signed)
    if isinstance(key, rsa.RSAPrivateKey):
        pss = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32)
        return key.sign(signed, padding.PKCS1v15() if kind == "rsa" else pss, hashes.SHA256())
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key.sign(signed, ec.ECDSA(hashes.SHA384() if kind == "p384" else hashes.SHA256()))


def encode(content: bytes) -> str:
    """Return standard Base64."""
    return base64.b64encode(content).decode()


def pae(payload: bytes, payload_type: str = PAYLOAD_TYPE) -> bytes:
    """Return what is signed, by the words of DSSE's protocol."""
    parts = [b"DSSEv1", str(len(payload_type)).encode(), payload_type.encode()]
    return b" ".join([*parts, str(len(payload)).encode(), payload])


def envelope(content: Json, *kinds: str, payload_type: str = PAYLOAD_TYPE) -> dict[str, Any]:
    """Return a DSSE envelope of a statement, signed by keys of some kinds."""
    payload = json.dumps(content).encode()
    signed = pae(payload, payload_type)
    return {
        "payload": encode(payload),
        "payloadType": payload_type,
        "signatures": [{"keyid": "", "sig": encode(sign(signed, each))} for each in kinds],
    }


def dsse(content: Json, *kinds: str) -> str:
    """Return the text of such an envelope, by one key if none is named."""
    return json.dumps(envelope(content, *(kinds or ("p256",))))


def statement(predicate_type: str, predicate: Json, **changes: Any) -> dict[str, Any]:
    """Return an in-toto statement of version 1 about one image."""
    default = {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": "registry/app", "digest": {"sha256": DIGEST}}],
        "predicateType": predicate_type,
        "predicate": predicate,
    }
    return default | changes


def provenance(**definition: Any) -> dict[str, Any]:
    """Return a statement of SLSA provenance 1 as GitHub's builders write it."""
    default: dict[str, Any] = {
        "buildType": "https://actions.github.io/buildtypes/workflow/v1",
        "externalParameters": {
            "workflow": {"ref": "refs/heads/main", "repository": SOURCE, "path": "build.yml"}
        },
        "resolvedDependencies": [
            {"uri": f"git+{SOURCE}@refs/heads/main", "digest": {"gitCommit": COMMIT}}
        ],
    }
    details = {
        "builder": {"id": "https://builder.example"},
        "metadata": {"startedOn": "2026-01-01T12:00:00Z", "finishedOn": MOMENT},
    }
    predicate = {"buildDefinition": default | definition, "runDetails": details}
    return statement("https://slsa.dev/provenance/v1", predicate)


def old_provenance(**changes: Any) -> dict[str, Any]:
    """Return a statement of version 0.1 with SLSA provenance 0.2."""
    default: dict[str, Any] = {
        "builder": {"id": "https://builder.example"},
        "buildType": "https://builder.example/make",
        "invocation": {"configSource": {"uri": f"git+{SOURCE}", "digest": {"sha1": COMMIT}}},
        "metadata": {"buildFinishedOn": MOMENT},
        "materials": [{"uri": f"git+{SOURCE}", "digest": {"sha1": COMMIT}}],
    }
    return statement(
        "https://slsa.dev/provenance/v0.2",
        default | changes,
        _type="https://in-toto.io/Statement/v0.1",
    )


def cyclonedx(**changes: Any) -> dict[str, Any]:
    """Return an SBOM of one image with two parts, one inside the other."""
    inner = {"type": "library", "name": "zlib", "version": "1.3", "publisher": "zlib.net"}
    outer = {
        "type": "library",
        "group": "org.example",
        "name": "codec",
        "version": "2.0",
        "purl": "pkg:maven/org.example/codec@2.0",
        "supplier": {"name": "Example"},
        "externalReferences": [{"type": "vcs", "url": "https://example.org/codec"}],
        "components": [inner],
    }
    about = {"type": "container", "name": "app", "hashes": [{"alg": "SHA-256", "content": DIGEST}]}
    default = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "metadata": {"component": about},
        "components": [outer],
    }
    return default | changes


def spdx(**changes: Any) -> dict[str, Any]:
    """Return an SBOM of one image with one part."""
    image = {
        "SPDXID": "SPDXRef-app",
        "name": "app",
        "checksums": [{"algorithm": "SHA256", "checksumValue": DIGEST}],
    }
    part = {
        "SPDXID": "SPDXRef-codec",
        "name": "codec",
        "versionInfo": "2.0",
        "supplier": "Organization: Example",
        "downloadLocation": "git+https://example.org/codec",
        "externalRefs": [{"referenceType": "purl", "referenceLocator": "pkg:generic/codec@2.0"}],
    }
    describes = {
        "spdxElementId": "SPDXRef-DOCUMENT",
        "relationshipType": "DESCRIBES",
        "relatedSpdxElement": "SPDXRef-app",
    }
    default = {
        "spdxVersion": "SPDX-2.3",
        "SPDXID": "SPDXRef-DOCUMENT",
        "packages": [image, part],
        "relationships": [describes],
    }
    return default | changes


GRAPH = "https://example.org/sbom#"


def related(kind: str, one: str, *others: str, **changes: Any) -> dict[str, Any]:
    """Return a relationship of SPDX 3 between elements, by the ends of their names."""
    default = {
        "type": "Relationship",
        "spdxId": f"{GRAPH}{kind}-{one}-{'-'.join(others)}",
        "from": GRAPH + one,
        "relationshipType": kind,
        "to": [GRAPH + each for each in others],
    }
    return default | changes


def package(name: str, **changes: Any) -> dict[str, Any]:
    """Return a package of SPDX 3."""
    return {"type": "software_Package", "spdxId": GRAPH + name, "name": name} | changes


def spdx_graph(*elements: Any, **changes: Any) -> dict[str, Any]:
    """Return an SBOM of one image with one part, by SPDX 3, and more elements."""
    root = {"type": "SpdxDocument", "spdxId": f"{GRAPH}document", "rootElement": [f"{GRAPH}sbom"]}
    sbom = {
        "type": "software_Sbom",
        "spdxId": f"{GRAPH}sbom",
        "rootElement": [f"{GRAPH}app"],
        "element": [f"{GRAPH}codec"],
    }
    own = {"type": "Hash", "algorithm": "sha256", "hashValue": DIGEST}
    codec = package(
        "codec",
        software_packageVersion="2.0",
        software_packageUrl="pkg:generic/codec@2.0",
        software_downloadLocation="git+https://example.org/codec",
        suppliedBy=f"{GRAPH}example",
        verifiedUsing=[own | {"hashValue": "e" * 64}],
    )
    supplier = {"type": "Organization", "spdxId": f"{GRAPH}example", "name": "Example"}
    made = {"type": "CreationInfo", "@id": "_:made", "specVersion": "3.0.1"}
    image = package("app", verifiedUsing=[own], creationInfo="_:made")
    default = {
        "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
        "@graph": [made, root, sbom, image, supplier, codec, *elements],
    }
    return default | changes
