"""Sigstore instances that sign whatever a test wants, as one workflow, on the first day of 2024."""

import json
from datetime import UTC, datetime
from functools import cache
from typing import Any

from auditor.demo.provenance.instance import ISSUER
from auditor.demo.provenance.instance import Instance as Sigstore
from auditor.model import Json
from auditor.provenance import SIGSTORE, Root

IDENTITY = "https://github.com/acme/app/.github/workflows/build.yml@refs/heads/main"
WHEN = datetime(2024, 1, 1, tzinfo=UTC)
_SINCE = datetime(2023, 1, 1, tzinfo=UTC)


class Instance:
    """One that trusts its keys since 2023."""

    def __init__(self, name: str = "acme", issuer: str = ISSUER) -> None:
        self._sigstore = Sigstore(name, issuer=issuer, since=_SINCE)

    def root(self, name: str = "instance") -> Root:
        """Return the trusted root, as the instance publishes it, on one line."""
        content = json.dumps(json.loads(self._sigstore.trusted_root()))
        return Root(kind=SIGSTORE, name=name, content=content)

    def bundle(
        self,
        statement: Json,
        *,
        issued: datetime = WHEN,
        logged: datetime = WHEN,
        version: str = "0.3",
    ) -> dict[str, Any]:
        """Return a bundle with a statement, entered into the log at a moment."""
        return self._sigstore.bundle(
            statement, workflow=IDENTITY, at=issued, logged=logged, version=version
        )


@cache
def instance(name: str = "acme") -> Instance:
    """Return the instance of a name."""
    return Instance(name)
