"""The host's bundles about releases: one by the repository's workflow, one by a stranger's."""

import json

from auditor.demo.github.attested import NEWEST, workflow_of
from auditor.demo.github.estate import LOGIN
from auditor.demo.github.nouns import Organization
from auditor.demo.provenance.instance import CODE_HOST
from auditor.provenance import SIGSTORE, Root, statements_of, verify


def test_the_newest_releases_are_signed_by_workflows(organization: Organization) -> None:
    """Both signatures hold; only the names in the certificates tell them apart."""
    root = Root(kind=SIGSTORE, name="code host", content=CODE_HOST.trusted_root())
    signers = {}
    for name, repository in organization.repositories.items():
        files = {
            f"sha256:{digest}": release.tag
            for release in repository.releases
            for digest in release.assets.values()
        }
        for digest, (bundle,) in repository.attestations.items():
            text = json.dumps(bundle)
            ((subject,),) = (each.subjects for each in statements_of(text))
            assert (subject.digest, files[digest]) == (digest, NEWEST)
            verdict = verify(text, [root])
            assert verdict.holds
            signers[name] = verdict.signer
    assert signers == {
        "app-android": workflow_of(f"{LOGIN}/app-android"),
        "upload-service": workflow_of("farshore/app-mirror"),
    }
