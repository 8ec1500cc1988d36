"""The settings of ``audit.yaml`` about code, what vouches for builds, and phone apps."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from auditor.config.settings import Settings
from auditor.config.values import Name, Text, Url, Variable


class GithubApp(Settings):
    """A GitHub App installed in the organisation: the least that reads everything."""

    id: Text
    """Its id or client id."""
    installation: Annotated[int, Field(ge=1)]
    """Id of its installation in the organisation."""
    key: Text
    """PEM file with its private key."""


class GithubTarget(Settings):
    """One organisation on GitHub, or on a GitHub Enterprise Server."""

    name: Name
    """Names this way in, in messages; unique in the file."""
    organization: Name
    """Login of the organisation."""
    host: Url | None = None
    """Address of a GitHub Enterprise Server, such as https://code.example.com. Default: GitHub."""
    token_env: Variable | None = None
    """Environment variable that holds a token. Default: GITHUB_TOKEN."""
    app: GithubApp | None = None
    """App to sign in as, instead of a token."""
    release_branches: Annotated[tuple[Text, ...], Field(min_length=1)] = ("HEAD",)
    """Branches that releases come from: names or patterns such as 'release/*'; HEAD stands for
    the default branch of each repository."""

    @model_validator(mode="after")
    def _one_identity(self) -> Self:
        if self.token_env and self.app:
            raise ValueError("a GitHub target has either token_env or app")
        if any(" " in pattern for pattern in self.release_branches):
            raise ValueError("names of branches hold no blanks")
        return self


class CodeSettings(Settings):
    """Which code the agreement is about."""

    repositories: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Patterns of full names of repositories in scope, such as 'acme/app-*'."""


class TrustedFile(Settings):
    """A key, or a Sigstore instance, whose signatures on provenance are believed."""

    name: Name
    """Names it in facts and policies."""
    file: Text
    """PEM file of a public key, or a Sigstore trusted_root.json."""


class ServedFile(Settings):
    """A file as it was fetched from where it is served, to be followed back to its source."""

    name: Name
    """Names it in facts and reports; unique within its source."""
    kind: Literal["configuration", "model"]
    """Feature flags and remote configuration are 'configuration'."""
    file: Text
    """The file, as it was fetched; only its SHA-256 becomes evidence."""
    address: Url | None = None
    """Where it was fetched from."""


class ProvenanceTarget(Settings):
    """A folder of what vouches for builds: attestations, SBOMs and records of rebuilds."""

    name: Name
    """Names this source, in messages; unique in the file."""
    folder: Text
    """Folder with in-toto envelopes, Sigstore bundles, CycloneDX and SPDX files."""
    keys: tuple[TrustedFile, ...] = ()
    """Public keys that sign them."""
    sigstore: tuple[TrustedFile, ...] = ()
    """Trusted roots of Sigstore instances."""
    served: tuple[ServedFile, ...] = ()
    """Files that apps or services fetch while they run: feature flags, configuration, models."""


class AppTarget(Settings):
    """A folder of app packages, and of recorded traffic of them."""

    name: Name
    """Names this source, in messages; unique in the file."""
    folder: Text
    """Folder with .apk, .aab and .ipa files as they were released, and .har recordings."""
