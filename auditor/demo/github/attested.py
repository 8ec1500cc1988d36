"""What the code host keeps about released files: bundles that workflows signed."""

from collections.abc import Iterable

from auditor.demo.github.nouns import Release
from auditor.demo.provenance.folder import Build
from auditor.model import Json

NEWEST = "v5.2.0"
_HOST = "https://github.com"
_MIRROR = "farshore/app-mirror"


def workflow_of(repository: str) -> str:
    """Return the identity of a repository's workflow that releases, by 'owner/name'."""
    return f"{_HOST}/{repository}/.github/workflows/release.yml@refs/heads/main"


def attested(
    repository: str, releases: Iterable[Release], commit: str
) -> dict[str, tuple[Json, ...]]:
    """Return the bundles about each file of the newest release, by its digest.

    The app's was signed by its own workflow; the service's by one of a stranger's repository.
    """
    stranger = not repository.endswith("/app-android")
    found: dict[str, tuple[Json, ...]] = {}
    for release in releases:
        for name, digest in release.assets.items() if release.tag == NEWEST else ():
            built = Build(
                name=name,
                digest=f"sha256:{digest}",
                source=f"{_HOST}/{repository}",
                commit=commit,
                finished=release.published,
                builder="https://github.com/actions/runner/github-hosted",
                workflow=workflow_of(_MIRROR if stranger else repository),
            )
            found[built.digest] = (built.bundle,)
    return found
