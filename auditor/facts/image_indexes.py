"""Images for several platforms: what is said of an index is said of each image that it names.

A runtime names the image of its own platform, or the index that it was asked for; provenance names
either. An index names its images by their digests, so a statement about an index is about these,
too. The other way round, each image that an index names must have a statement, and all of them the
same, because nobody knows which of them runs.

Source: https://github.com/opencontainers/image-spec/blob/main/image-index.md
"""

import duckdb

# Whatever an index names, through other indexes, too. Forged evidence may go in circles.
_WITHIN = """
CREATE TEMP TABLE within AS
WITH RECURSIVE direct AS (
    SELECT DISTINCT digest AS of, unnest(index_of) AS digest FROM artifacts WHERE digest <> ''
), every AS (
    SELECT of, digest FROM direct
    UNION SELECT every.of, direct.digest FROM every JOIN direct ON direct.of = every.digest
)
SELECT DISTINCT of, digest FROM every WHERE digest <> of
"""

_SPOKEN_FOR = """
CREATE TEMP TABLE spoken_for AS
SELECT digest, digest AS of FROM attestations WHERE digest <> ''
UNION SELECT digest, digest FROM components WHERE digest <> ''
UNION SELECT digest, of FROM within
"""

_UNREAD = """
CREATE TEMP TABLE unread_indexes AS
SELECT digest FROM artifacts WHERE kind = 'image' AND index_of IS NULL
"""

# An image that an index names may be an index itself: only what it names in turn can run.
_RUNNABLE = """
CREATE TEMP TABLE runnable AS
SELECT of, digest FROM within WHERE digest NOT IN (SELECT of FROM within)
"""

_BY_IMAGES = """
CREATE TEMP TABLE provenance_by_images AS
SELECT of AS digest, CASE WHEN holds IS NOT NULL THEN id END AS id, holds FROM (
    SELECT runnable.of, min(p.id) AS id,
        CASE WHEN count(*) = count(*) FILTER (p.holds) AND count(DISTINCT
                (said.builder, said.source, said.commit, said.signer, said.issuer)) = 1 THEN true
            WHEN bool_or(p.id IS NOT NULL AND p.holds IS NOT false) THEN NULL
            ELSE false END AS holds
    FROM runnable LEFT JOIN provenance AS p ON p.digest = runnable.digest
    LEFT JOIN attestations AS said ON said.id = p.id
    GROUP BY runnable.of HAVING count(p.id) > 0
)
"""

_ADD_PROVENANCE = """
INSERT INTO provenance SELECT digest, id, holds FROM provenance_by_images
WHERE digest NOT IN (SELECT digest FROM provenance)
"""

_BETTER_PROVENANCE = """
UPDATE provenance SET id = better.id, holds = better.holds FROM provenance_by_images AS better
WHERE better.digest = provenance.digest AND better.holds IS NOT false
    AND (provenance.holds = false OR provenance.holds IS NULL AND better.holds)
"""

_ADD_INVENTORIES = """
INSERT INTO inventories SELECT of FROM runnable
WHERE of NOT IN (SELECT digest FROM inventories) GROUP BY of
HAVING bool_and(digest IN (SELECT digest FROM inventories))
"""

# Whether an index that nobody could read may carry a statement to what it names. Of one whose
# digest is unknown, too, nobody knows what is said.
_MAY_SPEAK = """
CREATE TEMP TABLE unread_may_speak AS SELECT EXISTS (
    FROM unread_indexes AS u WHERE u.digest IS NULL OR u.digest IN (
        SELECT digest FROM attestations WHERE digest <> '' AND signature_holds IS NOT false
        UNION SELECT digest FROM components WHERE listed AND digest <> '')
) AS may
"""

MAY_BE_NAMED = """(coalesce({digest} LIKE 'sha256:%', true) AND ((SELECT may FROM unread_may_speak)
    OR coalesce({digest} IN (SELECT digest FROM unread_indexes WHERE digest <> ''), false)))"""
ANY_UNREAD = "(SELECT count(*) > 0 FROM unread_indexes)"


def read_indexes(database: duckdb.DuckDBPyConnection) -> None:
    """Write ``spoken_for``: which digests what is said of a digest is about, itself included.

    Also ``within``, which index names a digest, and ``unread_indexes``, which nobody could read.
    """
    for statement in (_WITHIN, _SPOKEN_FOR, _UNREAD, _MAY_SPEAK):
        database.execute(statement)


def speak_for_indexes(database: duckdb.DuckDBPyConnection) -> None:
    """Add to ``provenance`` and ``inventories`` what the images of an index have in common.

    Provenance that differs between them, or that some lack, has no id, and is not known to hold.
    """
    for statement in (
        _RUNNABLE, _BY_IMAGES, _ADD_PROVENANCE, _BETTER_PROVENANCE, _ADD_INVENTORIES,
    ):  # fmt: skip
        database.execute(statement)
