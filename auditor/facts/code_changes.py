"""Which approvals of a change count, and how reviewing went.

An approval counts that is of the change's last commit, came before the merge, was not taken back,
and is by none of those who wrote it: neither by account nor, where the roster knows both, by
person. A program reviews nothing. Whether the host itself would count it, which asks for the right
to push, does not matter. Who approved on which commit is the host's word; who that is, the
roster's.
"""

import duckdb

from auditor.model import Audit

# CodeCommit and OCI DevOps cannot be asked for a period. A change whose moment is not known may be
# of this one.
_OUTSIDE = """
DELETE FROM changes WHERE provider IN ('aws', 'oci') AND merged <> ''
    AND left(merged, 10) NOT BETWEEN ?1 AND ?2
"""
_LEFT_OVER = """
DELETE FROM {table} WHERE provider IN ('aws', 'oci') AND change_id IS NOT NULL
    AND change_id NOT IN (SELECT id FROM changes)
"""

# Whoever merges on the host's pages is named as author of that merge, and writes nothing. Whose key
# signed a commit wrote it, whatever name it states.
_AUTHORS = """
CREATE TEMP TABLE change_authors AS
WITH written AS (
    SELECT changes.id AS change_id, commits.author_id, commits.co_authors, commits.signer_id
    FROM commits JOIN changes
        ON split_part(commits.change_id, '@', 1) = split_part(changes.id, '@', 1)
    WHERE NOT coalesce((commits.signed_by_host OR commits.provider = 'oci'
            AND commits.committer_id = '')
        AND len(commits.parents) > 1 AND commits.commit = changes.commit, false)
)
SELECT DISTINCT change_id, author_id, nullif(p.person_id, '') AS person_id
FROM (SELECT id AS change_id, author_id FROM changes
    UNION ALL SELECT change_id, author_id FROM written
    UNION ALL SELECT change_id, unnest(co_authors) FROM written
    UNION ALL SELECT change_id, NULL FROM written WHERE co_authors IS NULL
    UNION ALL SELECT change_id, signer_id FROM written WHERE signer_id <> ''
    UNION ALL SELECT id, unnest(writers) FROM changes
    UNION ALL SELECT id, unnest(pushers) FROM changes
    UNION ALL SELECT id, NULL FROM changes WHERE writers IS NULL)
LEFT JOIN principals AS p ON p.id = author_id
"""

_WHO_WROTE = """
UPDATE changes SET authors = found.authors FROM (
    SELECT change_id, CASE WHEN count(*) = count(author_id)
        THEN list_sort(list(DISTINCT author_id)) END AS authors
    FROM change_authors GROUP BY change_id
) AS found WHERE found.change_id = changes.id
"""

# Whoever wrote a part and has no account may be the reviewer.
_BY_AUTHOR = """
UPDATE reviews SET by_author = CASE
    WHEN found.same THEN true
    WHEN reviews.reviewer_id IS NULL OR found.nobody THEN NULL
    ELSE false END,
    employer = found.employer,
    on_last_commit = reviews.commit = found.head
FROM (
    SELECT reviews.id, any_value(changes.head) AS head, any_value(p.employer) AS employer,
        bool_or(a.author_id = reviews.reviewer_id OR a.person_id = p.person_id) AS same,
        bool_or(a.change_id IS NOT NULL AND a.author_id IS NULL) AS nobody
    FROM reviews JOIN changes ON changes.id = reviews.change_id
    LEFT JOIN principals AS p ON p.id = reviews.reviewer_id
    LEFT JOIN change_authors AS a ON a.change_id = reviews.change_id
    GROUP BY reviews.id
) AS found WHERE found.id = reviews.id
"""

_TAKEN_BACK = """
CREATE TEMP TABLE taken_back AS
SELECT one.id, bool_or(later.id IS NOT NULL AND later.state IS NOT NULL
        AND later.reviewer_id = one.reviewer_id AND later.at > one.at) AS surely,
    bool_or(later.id IS NOT NULL) AS perhaps
FROM reviews AS one LEFT JOIN reviews AS later ON later.change_id = one.change_id
    AND later.id <> one.id
    AND (later.state IS NULL OR later.state IN ('changes requested', 'dismissed'))
    AND coalesce(later.reviewer_id = one.reviewer_id, true) AND coalesce(later.at > one.at, true)
GROUP BY one.id
"""

_COUNTS = """
UPDATE reviews SET counts = reviews.state = 'approved' AND on_last_commit AND NOT by_author
    AND reviews.at <= changes.merged
    AND CASE WHEN surely THEN false WHEN perhaps THEN NULL ELSE true END
    AND reviews.reviewer_id NOT IN (SELECT id FROM principals WHERE kind = 'service')
FROM changes, taken_back
WHERE changes.id = reviews.change_id AND taken_back.id = reviews.id
"""

# Authors state when a commit was made: of one that was approved before, no delay can be told.
_APPROVED = """
UPDATE changes SET
    approvers = CASE WHEN found.sure IS NOT NULL THEN found.sure
        WHEN found.perhaps > 0 OR unread THEN NULL ELSE [] END,
    approver_employers = CASE WHEN found.trusted OR found.nameless = 0 AND found.sure IS NOT NULL
            THEN found.employers
        WHEN found.sure IS NOT NULL OR found.perhaps > 0 OR unread THEN NULL ELSE [] END,
    stale_approvals = CASE WHEN NOT unread THEN found.stale END,
    self_approved = CASE WHEN found.own THEN true
        WHEN found.perhaps_own > 0 OR unread THEN NULL ELSE false END,
    comments = CASE WHEN NOT unread THEN coalesce(found.comments, changes.comments) END,
    review_minutes = CASE WHEN found.sure IS NULL THEN NULL
        WHEN found.first_at < found.waiting_since THEN NULL
        ELSE date_diff('minute', found.waiting_since, found.first_at) END
FROM (
    SELECT changes.id,
        list_sort(list(DISTINCT reviewer_id) FILTER (counts)) AS sure,
        count(*) FILTER (reviews.id IS NOT NULL AND counts IS NULL) AS perhaps,
        list_sort(list(DISTINCT employer) FILTER (counts AND employer IS NOT NULL)) AS employers,
        count(*) FILTER (counts AND employer IS NULL) AS nameless,
        bool_or(counts AND list_contains(?1::VARCHAR[], employer)) AS trusted,
        count(*) FILTER (reviews.state = 'approved'
            AND NOT coalesce(on_last_commit AND reviews.at <= changes.merged, true)) AS stale,
        bool_or(reviews.state = 'approved' AND by_author) AS own,
        count(*) FILTER (reviews.id IS NOT NULL
            AND (reviews.state = 'approved' OR reviews.state IS NULL)
            AND by_author IS NULL) AS perhaps_own,
        CASE WHEN count(reviews.id) = count(reviews.comments)
            THEN coalesce(sum(reviews.comments), 0)::BIGINT END AS comments,
        min(reviews.at::TIMESTAMPTZ) FILTER (counts) AS first_at,
        any_value(nullif(greatest(opened, head_pushed), '')::TIMESTAMPTZ) AS waiting_since,
        any_value(changes.repository_id IN (SELECT repository_id FROM reviews_unread)) AS unread
    FROM changes LEFT JOIN reviews ON reviews.change_id = changes.id GROUP BY changes.id
) AS found WHERE found.id = changes.id
"""

_UNREAD = """
CREATE TEMP TABLE reviews_unread AS
SELECT DISTINCT repositories.id AS repository_id
FROM repositories JOIN coverage ON coverage.account = repositories.account
    AND coverage.provider = repositories.provider
WHERE open AND list_contains(tables, 'reviews') AND NOT list_contains(tables, 'changes')
"""

# A commit that reached several branches is one row, of one of the changes that brought it there.
_SIGNED = """
UPDATE changes SET signed = found.signed FROM (
    SELECT changes.id, CASE WHEN bool_or(NOT commits.signed) THEN false
        WHEN count(*) = count(commits.signed) THEN true END AS signed
    FROM changes JOIN commits
        ON split_part(commits.change_id, '@', 1) = split_part(changes.id, '@', 1)
    GROUP BY changes.id
) AS found WHERE found.id = changes.id
"""

# What nobody may write directly, a rule's exception lets through: the host's own log says so.
# A line of the log that names no commit, repository or moment may be about any change that fits. A
# push brings several commits, and the log names its last.
_BYPASSES = """
CREATE TEMP TABLE bypasses AS
SELECT DISTINCT account, repository_id, nullif(commit, '') AS commit, left("at", 10) AS day
FROM code_events WHERE kind = 'bypass'
"""

_BYPASSED = """
UPDATE changes SET bypassed = CASE
    WHEN id IN (SELECT changes.id FROM changes JOIN bypasses AS b USING (repository_id)
        WHERE b.commit = changes.commit
        UNION SELECT changes.id FROM changes JOIN bypasses AS b USING (repository_id)
        WHERE b.commit = changes.head) THEN true
    WHEN account NOT IN (SELECT account FROM heard_events)
        OR account IN (SELECT account FROM bypasses WHERE repository_id IS NULL)
        OR repository_id IN (SELECT repository_id FROM bypasses
            WHERE repository_id IS NOT NULL AND commit IS NULL AND day IS NULL)
        OR kind = 'direct' AND repository_id IN (SELECT repository_id FROM pushed_past)
        OR merged IS NULL AND repository_id IN (SELECT repository_id FROM bypasses
            WHERE repository_id IS NOT NULL AND commit IS NULL)
        OR (repository_id, left(merged, 10)) IN (SELECT (repository_id, day) FROM bypasses
            WHERE commit IS NULL AND repository_id IS NOT NULL AND day IS NOT NULL) THEN NULL
    ELSE false END
"""

_PUSHED_PAST = """
CREATE TEMP TABLE pushed_past AS
SELECT DISTINCT repository_id FROM bypasses AS b
WHERE repository_id IS NOT NULL AND commit IS NOT NULL AND NOT EXISTS (FROM changes
    WHERE changes.repository_id = b.repository_id AND kind = 'merged'
        AND b.commit IN (changes.commit, changes.head))
"""

# What hosts tell of history and rules says nothing about bypasses.
_HEARD = """
CREATE TEMP TABLE heard_events AS
SELECT account FROM coverage WHERE list_contains(tables, 'code_events')
    AND NOT regexp_matches(collector, '[.](pushes|rule_history)[.]')
GROUP BY account HAVING bool_and(NOT open)
"""

# One request that reached several branches was reviewed once.
_ONCE = """
CREATE TEMP TABLE changes_once AS FROM changes
QUALIFY row_number() OVER (PARTITION BY split_part(id, '@', 1) ORDER BY id) = 1
"""

_HOURS = """
CREATE TEMP TABLE reviewer_hours AS
SELECT repository_id, CASE WHEN count(*) = count(lines) THEN max(lines) END AS busiest FROM (
    SELECT reviews.repository_id, reviewer_id, left(reviews.at, 13),
        CASE WHEN count(*) = count(changes.added + changes.removed)
            THEN sum(changes.added + changes.removed) END AS lines
    FROM reviews JOIN changes_once AS changes ON changes.id = reviews.change_id
    WHERE counts GROUP BY ALL
) GROUP BY ALL
"""

_THROUGHPUT = """
INSERT INTO throughput BY NAME
SELECT r.id, any_value(r.evidence) AS evidence, any_value(r.provider) AS provider,
    any_value(r.account) AS account, r.id AS repository_id, count(c.id) AS changes,
    CASE WHEN count(c.id) = count(c.approvers) THEN count(*) FILTER (c.approvers <> []) END
        AS approved,
    CASE WHEN count(c.id) = count(c.added + c.removed)
        THEN coalesce(sum(c.added + c.removed), 0)::BIGINT END AS lines,
    {median} AS median_minutes, {slow} AS slow_minutes,
    CASE WHEN count(c.id) = count(c.comments)
        THEN coalesce(sum(c.comments), 0)::BIGINT END AS comments,
    CASE WHEN count(reviewer_hours.repository_id) = 0 THEN 0 ELSE any_value(busiest) END::BIGINT
        AS busiest_hour_lines,
    any_value(r.open_requests) AS backlog
FROM repositories AS r LEFT JOIN changes_once AS c ON c.repository_id = r.id
LEFT JOIN reviewer_hours ON reviewer_hours.repository_id = r.id
GROUP BY r.id
"""

# Where nothing was approved, or some approval is not known, no delay speaks for the reviewing.
_DELAY = """CASE WHEN count(c.id) = 0 THEN 0
        WHEN count(c.id) = count(c.approvers) AND
            count(*) FILTER (c.approvers <> []) = count(c.review_minutes)
        THEN quantile_disc(c.review_minutes, {part}) END"""

_AGES = """
UPDATE alerts SET age_days = date_diff('day', left(opened, 10)::DATE,
    left(CASE WHEN closed = '' THEN ?1 ELSE closed END, 10)::DATE)
"""

_WHO = "who wrote or reviewed it, or on which commit, is not known"
CHANGE_REASONS = {
    ("changes", "authors"): "a commit of it is of an author whom the host knows no account of",
    ("changes", "approvers"): _WHO,
    ("changes", "approver_employers"): "an approver is not on the roster, or not known",
    ("changes", "stale_approvals"): _WHO,
    ("changes", "self_approved"): _WHO,
    ("changes", "bypassed"): "the host's own audit log was not read",
    ("changes", "signed"): "a signature of its commits could not be read",
    ("changes", "review_minutes"): "no approval of it is known to count",
    ("changes", "comments"): _WHO,
    ("reviews", "employer"): "the reviewer is not on the roster",
    ("reviews", "on_last_commit"): "the last commit, or the one reviewed, is not known",
    ("reviews", "by_author"): "the reviewer, or an author, is not known",
    ("reviews", "counts"): _WHO,
    ("throughput", "approved"): _WHO,
    ("throughput", "median_minutes"): "no change was approved, or some approval is not known",
    ("throughput", "slow_minutes"): "no change was approved, or some approval is not known",
    ("throughput", "busiest_hour_lines"): "how many lines a change touched is not known",
    ("throughput", "lines"): "how many lines a change touched is not known",
    ("throughput", "comments"): _WHO,
    ("throughput", "backlog"): "open change requests were not counted",
    ("alerts", "age_days"): "when it was raised or closed is not known",
}


def judge_changes(database: duckdb.DuckDBPyConnection, audit: Audit) -> None:
    """Fill ``throughput`` and what is derived of changes, reviews and alerts, from known people."""
    trusted = [p.name for p in audit.parties if "trusted provider" in p.roles]
    database.execute(_OUTSIDE, [audit.period_start, audit.period_end])
    for table in ("commits", "reviews"):
        database.execute(_LEFT_OVER.format(table=table))
    for statement in (_AUTHORS, _WHO_WROTE, _BY_AUTHOR, _TAKEN_BACK, _COUNTS, _UNREAD):
        database.execute(statement)
    database.execute(_APPROVED, [trusted])
    for statement in (_SIGNED, _HEARD, _BYPASSES, _PUSHED_PAST, _BYPASSED, _ONCE, _HOURS):
        database.execute(statement)
    database.execute(
        _THROUGHPUT.format(median=_DELAY.format(part=0.5), slow=_DELAY.format(part=0.95))
    )
    database.execute(_AGES, [audit.as_of])
