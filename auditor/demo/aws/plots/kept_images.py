"""Images and packages that are kept: for several platforms, signed, and what was published."""

from auditor.demo.aws.accounts import HOME, USER_DATA
from auditor.demo.aws.answers import answered
from auditor.demo.aws.plots import Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.builds import INDEX, image_digest, image_index, index_digest
from auditor.model import Json

_PROFILE = f"arn:aws:signer:{HOME}:{USER_DATA}:/signing-profiles/northstar_release"
_IMAGE = "application/vnd.oci.image.manifest.v1+json"
_SIGNATURE = "application/vnd.cncf.notary.signature"
_NAMED = {"player": index_digest("player"), "worker": image_digest("worker")}


def _kept(digest: str, media: str = _IMAGE, **more: Json) -> Json:
    return {
        "imageDigest": digest,
        "imageManifestMediaType": media,
        "imageSizeInBytes": 4096,
        "imagePushedAt": "2026-01-01T12:00:00Z",
        **more,
    }


def _images() -> tuple[Rule, ...]:
    """Return an index with its images and its signature, and an image that nobody signed."""
    kept = {
        "player": [
            _kept(_NAMED["player"], INDEX, imageTags=["34.2.0"]),
            _kept(image_digest("player")),
            _kept(image_digest("player-arm64")),
            _kept(
                image_digest("player-signature"),
                artifactMediaType=_SIGNATURE,
                subjectManifestDigest=_NAMED["player"],
            ),
        ],
        "worker": [_kept(_NAMED["worker"], imageTags=["latest"])],
    }
    index = {
        "imageId": {"imageDigest": _NAMED["player"]},
        "imageManifest": image_index("player"),
        "imageManifestMediaType": INDEX,
    }
    signed = {"signingProfileArn": _PROFILE, "status": "COMPLETE"}
    rule = {"signingProfileArn": _PROFILE, "repositoryFilters": [_filter("player*")]}
    return (
        *(
            answered("ecr.DescribeImages", {"imageDetails": several}, words=f'"{name}"')
            for name, several in kept.items()
        ),
        answered("ecr.BatchGetImage", {"images": [index]}),
        answered("ecr.GetSigningConfiguration", {"signingConfiguration": {"rules": [rule]}}),
        answered(
            "ecr.DescribeImageSigningStatus",
            {"imageId": {"imageDigest": _NAMED["player"]}, "signingStatuses": [signed]},
        ),
        answered(
            "signer.ListSigningProfiles", {"profiles": [{"arn": _PROFILE, "status": "Active"}]}
        ),
    )


def _filter(name: str) -> Json:
    return {"filter": name, "filterType": "WILDCARD_MATCH"}


def _packages() -> tuple[Rule, ...]:
    """Return a package of the company's own beside one that came from outside."""
    versions = {"player-core": ("34.2.0", "INTERNAL"), "left-pad": ("1.3.0", "EXTERNAL")}
    hashes = {"SHA-256": image_digest("player-core").partition(":")[2]}
    file = {"name": "player-core-34.2.0.tgz", "size": 4096, "hashes": hashes}
    return (
        answered(
            "codeartifact.ListPackages",
            {"packages": [{"format": "npm", "package": name} for name in versions]},
            words="repository=own",
        ),
        *(
            answered(
                "codeartifact.ListPackageVersions",
                {
                    "versions": [
                        {
                            "version": version,
                            "status": "Published",
                            "origin": {"originType": origin},
                        }
                    ]
                },
                words=f"package={name}",
            )
            for name, (version, origin) in versions.items()
        ),
        answered(
            "codeartifact.ListPackageVersionAssets",
            {"version": "34.2.0", "assets": [file]},
            words="package=player-core",
        ),
    )


PLOT = Plot(rules=(*_images(), *_packages()))
