"""From what runs back to what was approved: digest, artefact, provenance, source, approval.

Provenance names a repository by an address, and a commit. The changes of that commit's branch up to
it, within the audit's period, must each have an approval that counts; a commit inside a change was
never approved as it is, only as a part of the whole. What a statement says counts if its signature
holds. A commit that is not among
those of the period may be older than it, or of no release branch: that is not known.
"""

import duckdb

from auditor.facts.code_scope import SCOPE_REASONS
from auditor.facts.image_indexes import (
    ANY_UNREAD,
    MAY_BE_NAMED,
    read_indexes,
    speak_for_indexes,
)

_ADDRESSES = r"""
CREATE TEMP MACRO plain_address(address) AS regexp_replace(regexp_replace(lower(trim(address)),
    '^(git\+)?(https?|ssh|git)://([^@/]*@)?', ''), '(\.git)?/*(@.*)?$', '');
CREATE TEMP MACRO workflow(identity) AS regexp_replace(identity, '@refs/.*$', '');
CREATE TEMP MACRO full_name(signer, issuer) AS CASE WHEN signer = '' OR issuer = '' THEN signer
    ELSE issuer || ' ' || signer END
"""

# Of several statements about one digest, one that holds; of these, one that names it itself.
_PROVENANCE = """
CREATE TEMP TABLE provenance AS
SELECT s.digest, max_by(a.id, (coalesce(signature_holds, false), signature_holds IS NULL,
        s.of = s.digest, a.id)) AS id,
    bool_or(signature_holds) AS holds
FROM spoken_for AS s JOIN attestations AS a ON a.digest = s.of
WHERE kind = 'provenance' GROUP BY s.digest
"""

_WHETHER_READ = """
CREATE TEMP TABLE listed_wholly AS
SELECT name, count(*) > 0 AND bool_and(NOT open) AS wholly
FROM (SELECT unnest(['artifacts', 'attestations', 'components']) AS name)
JOIN coverage ON list_contains(tables, name) GROUP BY name
"""

# Who approved everything on a branch up to each change: by running over the branch once. A change
# of unknown moment, such as a commit that was pushed directly, may have come before any other.
_UP_TO = """
CREATE TEMP TABLE approved_up_to AS
WITH every_employer AS (
    SELECT DISTINCT branch_id, unnest(approver_employers) AS employer FROM changes
), running AS (
    SELECT changes.id, employer, bool_and(coalesce(list_contains(approver_employers, employer),
        false)) OVER up_to AS all_of_them
    FROM changes JOIN every_employer USING (branch_id)
    WINDOW up_to AS (PARTITION BY changes.branch_id, employer ORDER BY merged NULLS FIRST
        RANGE UNBOUNDED PRECEDING)
), totals AS (
    SELECT id, commit, head,
        bool_or(approvers = [] AND merged IS NOT NULL) OVER up_to OR approvers = [] AS lacking,
        count(*) FILTER (approver_employers IS NULL OR merged IS NULL) OVER up_to
            AS unknown_employers,
        count(*) FILTER (approvers IS NULL OR merged IS NULL AND approvers = []) OVER up_to
            + (merged IS NULL)::BIGINT AS unknown
    FROM changes
    WINDOW up_to AS (PARTITION BY branch_id ORDER BY merged NULLS FIRST
        RANGE UNBOUNDED PRECEDING)
)
SELECT totals.id, commit, head, lacking,
    CASE WHEN lacking THEN false WHEN unknown = 0 THEN true END AS approved,
    CASE WHEN lacking THEN []
        WHEN list_count(found.employers) > 0 OR unknown_employers = 0
        THEN coalesce(found.employers, []) END AS approvers
FROM totals LEFT JOIN (
    SELECT id, list_sort(list(employer) FILTER (all_of_them)) AS employers FROM running GROUP BY id
) AS found USING (id)
"""

# A second build that gave another index may have differed for another platform. That its builder
# agrees with itself shows nothing, from whatever branch its workflow ran.
_REBUILT = """
CREATE TEMP TABLE rebuilds AS
SELECT s.digest, CASE
    WHEN bool_or(NOT a.agrees AND s.of = s.digest) FILTER (a.signature_holds IS NOT false)
        THEN false
    WHEN bool_or(NOT a.agrees) FILTER (a.signature_holds IS NOT false) THEN NULL
    WHEN bool_or(a.agrees AND (workflow(a.signer) <> workflow(built.signer)
        OR a.issuer <> built.issuer)) FILTER (a.signature_holds) THEN true END AS rebuilt
FROM spoken_for AS s JOIN attestations AS a ON a.digest = s.of
LEFT JOIN provenance AS p ON p.digest = s.digest
LEFT JOIN attestations AS built ON built.id = p.id AND built.signature_holds
WHERE a.kind = 'rebuild' GROUP BY s.digest
"""

# A list that names no part is none. One that nobody signed may stand alone; a forged one counts for
# nothing.
_INVENTORIES = r"""
CREATE TEMP TABLE inventories AS
SELECT DISTINCT s.digest FROM spoken_for AS s JOIN components AS c ON c.digest = s.of
LEFT JOIN attestations AS a ON a.id = regexp_replace(c.id, '/component/\d+$', '')
WHERE c.listed AND a.signature_holds IS NOT false
"""

_PERHAPS_SBOM = """digest IN (SELECT digest FROM attestations
    WHERE kind IS NULL AND digest <> '' AND signature_holds IS NOT false)"""

_ARTIFACTS = """
UPDATE artifacts SET
    vouched = CASE WHEN digest = '' THEN false
        WHEN provenance.holds THEN true
        WHEN one.digest IS NULL OR provenance.digest IS NOT NULL AND provenance.holds IS NULL
            OR provenance.digest IS NULL AND {attestations}
            OR kind = 'image' AND {hidden} THEN NULL
        ELSE false END,
    inventory = CASE WHEN digest IN (SELECT digest FROM inventories) THEN true
        WHEN one.digest IS NULL OR {components} OR kind = 'image' AND {hidden} THEN NULL
        ELSE false END
FROM (SELECT id AS of, digest FROM artifacts) AS one LEFT JOIN provenance USING (digest)
WHERE one.of = artifacts.id
"""

_SIGNERS = """
UPDATE artifacts SET signer = CASE WHEN vouched THEN one.signer WHEN NOT vouched THEN '' END
FROM (SELECT kept.id AS of, full_name(said.signer, said.issuer) AS signer FROM artifacts AS kept
    LEFT JOIN provenance AS p ON p.digest = kept.digest
    LEFT JOIN attestations AS said ON said.id = p.id
) AS one WHERE one.of = artifacts.id
"""

_CHAINS = """
CREATE TEMP TABLE links AS
WITH followed AS (
    SELECT d.id, d.evidence, d.provider, d.account, d.kind, d.digest, d.image,
        coalesce(artifact.id, indexed.id) AS artifact_id, p.id AS attestation_id,
        p.holds AS vouched, p.digest IS NOT NULL AS spoken_for,
        said.builder, full_name(said.signer, said.issuer) AS signer, said.commit,
        said.source, r.id AS repository_id,
        d.digest IN (SELECT digest FROM inventories) AS inventory, rebuilds.rebuilt
    FROM deployments AS d
    LEFT JOIN (SELECT digest, min(id) AS id FROM artifacts WHERE digest <> '' GROUP BY digest)
        AS artifact ON artifact.digest = d.digest
    LEFT JOIN (SELECT within.digest, min(a.id) AS id FROM within
        JOIN artifacts AS a ON a.digest = within.of GROUP BY within.digest)
        AS indexed ON indexed.digest = d.digest
    LEFT JOIN provenance AS p ON p.digest = d.digest
    LEFT JOIN attestations AS said ON said.id = p.id
    LEFT JOIN (SELECT plain_address(url) AS address, min(id) AS id FROM repositories
        WHERE url <> '' GROUP BY ALL HAVING count(*) = 1)
        AS r ON r.address = plain_address(said.source)
    LEFT JOIN rebuilds ON rebuilds.digest = d.digest
)
SELECT followed.*, revision.change_id, revision.id AS revision_id, branches.id AS branch_id,
    up_to.lacking, revision.id IS NOT NULL AND NOT
        coalesce(revision.commit = up_to.commit OR revision.commit = up_to.head, false) AS within,
    CASE WHEN up_to.lacking OR NOT within THEN up_to.approved END AS approved,
    CASE WHEN up_to.lacking OR NOT within THEN up_to.approvers END AS approvers
FROM followed
LEFT JOIN commits AS revision ON revision.repository_id = followed.repository_id
    AND revision.commit = followed.commit
LEFT JOIN (SELECT repository_id, head, min(id) AS id FROM branches GROUP BY ALL) AS branches
    ON branches.repository_id = followed.repository_id AND branches.head = followed.commit
LEFT JOIN approved_up_to AS up_to ON up_to.id = revision.change_id
"""

_JUDGED = """
CREATE TEMP TABLE judged_links AS
SELECT * REPLACE (CASE WHEN sourced THEN approved WHEN NOT sourced THEN false END AS approved,
    CASE WHEN sourced THEN approvers WHEN NOT sourced THEN [] END AS approvers)
FROM (SELECT *, CASE WHEN attestation_id IS NULL THEN CASE WHEN NOT holds AND NOT {attestations}
            THEN false END
        WHEN holds IS NOT true THEN holds
        WHEN source = '' OR commit = '' THEN false
        WHEN source IS NULL OR commit IS NULL THEN NULL
        WHEN revision_id IS NOT NULL OR branch_id IS NOT NULL THEN true END AS sourced
FROM (SELECT *, CASE WHEN digest IS NULL THEN NULL
        WHEN artifact_id IS NOT NULL OR vouched THEN true
        WHEN digest = '' THEN false
        WHEN spoken_for AND vouched IS NULL THEN NULL
        WHEN {artifacts} OR image IS DISTINCT FROM '' AND {any_unread} THEN NULL
        ELSE false END AS kept,
    CASE WHEN digest IS NULL THEN NULL
        WHEN vouched THEN true
        WHEN spoken_for AND vouched IS NULL THEN NULL
        WHEN NOT spoken_for AND digest <> '' AND {attestations} THEN NULL
        WHEN image IS DISTINCT FROM '' AND {hidden} THEN NULL
        ELSE false END AS holds
    FROM links))
"""

_WRITE = """
INSERT INTO chains BY NAME
SELECT id, evidence, provider, account, kind, id AS deployment_id, digest,
    CASE WHEN kept THEN coalesce(artifact_id, '') WHEN NOT kept THEN '' END AS artifact_id,
    coalesce(attestation_id, CASE WHEN holds IS NOT NULL THEN '' END) AS attestation_id,
    CASE WHEN attestation_id IS NULL AND holds IS NOT NULL THEN '' ELSE builder END AS builder,
    CASE WHEN attestation_id IS NULL AND holds IS NOT NULL THEN ''
        WHEN source = '' THEN '' ELSE repository_id END AS repository_id,
    CASE WHEN attestation_id IS NULL AND holds IS NOT NULL THEN '' ELSE commit END AS commit,
    CASE WHEN sourced IS NOT false THEN change_id ELSE '' END AS change_id,
    kept, holds AS vouched,
    CASE WHEN attestation_id IS NULL AND holds IS NOT NULL THEN '' ELSE signer END AS signer,
    sourced, approvers, approved, rebuilt,
    CASE WHEN inventory THEN true WHEN digest IS NULL OR {components}
            OR image IS DISTINCT FROM '' AND {hidden}
            THEN NULL ELSE false END AS inventory,
    link AS broken, CASE link
        WHEN 'digest' THEN CASE WHEN digest = '' THEN 'no digest is stated for what runs'
            ELSE 'what runs could not be read' END
        WHEN 'artefact' THEN CASE WHEN NOT kept
            THEN 'no artefact with this digest is kept, and no statement that holds names it'
            WHEN {artifacts} THEN 'artefacts were not all listed'
            ELSE 'whether what names it is to be believed is not known' END
        WHEN 'provenance' THEN CASE WHEN attestation_id IS NULL
            THEN CASE WHEN NOT holds THEN 'no provenance is about it'
                WHEN spoken_for THEN 'the images that its index names have no provenance in common'
                WHEN {attestations} THEN 'statements on builds were not all read'
                ELSE 'an index of images that may name it was not read' END
            WHEN holds IS NULL THEN 'whether the signature on its provenance holds is not known'
            ELSE 'the signature on its provenance does not hold' END
        WHEN 'source' THEN CASE WHEN NOT sourced THEN 'its provenance names no source'
            WHEN repository_id IS NULL THEN 'its repository was not read'
            ELSE 'its commit is not among those of the period' END
        WHEN 'approval' THEN CASE WHEN NOT approved
            THEN 'a change up to its commit has no approval that counts'
            WHEN within THEN 'its commit is a part of a change, which was approved as a whole only'
            ELSE 'whether every change up to its commit was approved is not known' END
        ELSE '' END AS why
FROM (SELECT *, CASE
    WHEN coalesce(digest, '') = '' THEN 'digest'
    WHEN kept IS NOT true THEN 'artefact'
    WHEN holds IS NOT true THEN 'provenance'
    WHEN sourced IS NOT true THEN 'source'
    WHEN approved IS NOT true THEN 'approval'
    ELSE '' END AS link FROM judged_links)
"""

_UNTOLD = "a link before it does not hold, or is not known to"
CHAIN_REASONS = {
    ("chains", name): _UNTOLD
    for name in (
        "digest", "artifact_id", "attestation_id", "builder", "repository_id", "commit",
        "change_id", "kept", "vouched", "signer", "sourced", "approvers", "approved",
    )
} | {
    ("chains", "rebuilt"): "nobody but its builder recorded a second build that agrees",
    ("chains", "inventory"): "inventories of parts were not all read",
    ("artifacts", "vouched"): "statements on builds were not all read",
    ("artifacts", "signer"): "statements on builds were not all read",
    ("artifacts", "inventory"): "inventories of parts were not all read",
    **SCOPE_REASONS,
}  # fmt: skip


def follow_chains(database: duckdb.DuckDBPyConnection) -> None:
    """Fill ``chains`` and the derived columns of artefacts.

    Needs changes that were judged, and attestations whose signatures were checked.
    """
    read_indexes(database)
    for statement in (_ADDRESSES, _PROVENANCE, _WHETHER_READ, _UP_TO, _INVENTORIES):
        database.execute(statement)
    speak_for_indexes(database)
    database.execute(_REBUILT)
    unread = {
        name: f"(coalesce((SELECT NOT wholly FROM listed_wholly WHERE name = '{name}'), true))"
        for name in ("artifacts", "attestations", "components")
    }
    unread["components"] = f"({unread['components']} OR {_PERHAPS_SBOM})"
    unread |= {"any_unread": ANY_UNREAD, "hidden": MAY_BE_NAMED.format(digest="digest")}
    database.execute(_ARTIFACTS.format(**unread))
    database.execute(_SIGNERS)
    database.execute(_CHAINS)
    database.execute(_JUDGED.format(**unread))
    database.execute(_WRITE.format(**unread))
