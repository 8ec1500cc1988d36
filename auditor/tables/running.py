"""Tables of what runs, and of the chain from it back to an approved change."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from auditor.tables.base import UNJOINED, Maybe, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment(Row):
    """One thing that runs or is served: a container of a task, a function, a machine, a model.

    The replicas of a container in a Kubernetes cluster are one, as long as they run the same. Live
    versions of apps are here, too, with their package's digest, and files as they are served.
    """

    table: ClassVar[str] = "deployments"

    provider: Annotated[str, "'aws', 'oci', 'app' or 'files'."]
    account: Annotated[str, "Account, tenancy or target."]
    region: Annotated[str, "Region; '' for what has none."] = ""
    kind: Annotated[
        str,
        "container, function, machine, job, app runner, cluster (whose containers nobody could "
        "list), model, configuration or app.",
    ]
    resource_id: Annotated[str, "What runs it: task, function, instance, endpoint, owner of pods."]
    name: Annotated[Maybe[str], "Name that its owner gave it."]
    image: Annotated[Maybe[str], "What it names to run, as configured; '' for none."]
    digest: Annotated[
        Maybe[str], "What runs: 'sha256:' and lower-case hex, or the machine image's id."
    ]
    pinned: Annotated[Maybe[bool], "Its configuration names a digest, not a tag that can move."]
    since: Annotated[Maybe[str], "Moment since which it runs; '' if none is stated."] = ""
    signed: Annotated[Maybe[bool], "The platform lets only signed code start there."] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain(Row):
    """One deployment followed back: digest, artefact, provenance, commit, approval. Derived.

    Each link is judged on its own; ``broken`` is the first that does not hold, or is not known to.
    """

    table: ClassVar[str] = "chains"

    provider: Annotated[str, "Provider of the deployment."]
    account: Annotated[str, "Its account, tenancy or target."]
    kind: Annotated[str, "Its kind."]
    deployment_id: Annotated[str, "The deployment."]
    digest: Annotated[Maybe[str], "What runs."]
    artifact_id: Annotated[Maybe[str], "Artefact with that digest; '' for none."]
    attestation_id: Annotated[Maybe[str], "Provenance of it; '' for none."]
    builder: Annotated[Maybe[str], "Who built it, by that provenance; '' for none."]
    repository_id: Annotated[Maybe[str], "Repository that it was built from; '' for none."]
    commit: Annotated[Maybe[str], "Commit that it was built from; '' for none."]
    change_id: Annotated[Maybe[str], "Change that brought that commit; '' for none."]
    kept: Annotated[Maybe[bool], "An artefact with that digest is kept."]
    vouched: Annotated[Maybe[bool], "Provenance about it holds."]
    signer: Annotated[
        Maybe[str],
        "Who signed that provenance: name of the key, or issuer and identity with a blank "
        "between; '' for nobody.",
    ]
    sourced: Annotated[
        Maybe[bool], "Its commit is on a release branch of a repository that was read."
    ]
    approvers: Annotated[
        Maybe[tuple[str, ...]],
        "Who approved every change up to that commit in the period: employers, sorted, that "
        "approved all of them; [] if one change has no approval that counts.",
    ]
    approved: Annotated[Maybe[bool], "Every change up to that commit has such an approval."]
    rebuilt: Annotated[
        Maybe[bool],
        "A second build gave the same, by the word of another signer than its provenance's; "
        "unknown where nobody else recorded one.",
    ]
    inventory: Annotated[Maybe[bool], "An SBOM about it lists parts."] = UNJOINED
    broken: Annotated[
        Maybe[str], "digest, artefact, provenance, source or approval; '' for a whole chain."
    ]
    why: Annotated[Maybe[str], "Why that link does not hold, in a sentence; '' for a whole chain."]
