"""How long audit logs are kept: what rules on the store that receives them say of their files."""

# A rule is about a log if the names of the log's files can begin as the rule says. What the
# provider keeps is kept, and locked, for the days that it states.
_KEPT = """
CREATE TEMP TABLE log_rules AS
SELECT trails.id, effect, min(days) AS least, max(days) AS most, bool_or(days IS NULL) AS unsure
FROM trails JOIN retentions ON store_id = destination_id
WHERE object_names IS NULL OR file_names IS NULL
    OR starts_with(file_names, object_names) OR starts_with(object_names, file_names)
GROUP BY ALL
"""

_OF_PROVIDER = """
UPDATE trails SET kept_days = retention_days, locked_days = retention_days
WHERE destination_id = ''
"""

_OF_STORES = """
UPDATE trails SET
    kept_days = CASE WHEN deleting.unsure THEN NULL ELSE coalesce(deleting.least, 0) END,
    locked_days = CASE WHEN locking.unsure THEN NULL ELSE coalesce(locking.most, 0) END
FROM trails AS one JOIN stores ON stores.id = one.destination_id
LEFT JOIN log_rules AS deleting ON deleting.id = one.id AND deleting.effect = 'deletes'
LEFT JOIN log_rules AS locking ON locking.id = one.id AND locking.effect = 'locks'
WHERE one.id = trails.id AND one.destination_id <> ''
    AND (stores.service, stores.kind) = ('s3', 'bucket')
"""

_DROP = "DROP TABLE log_rules"

LOG_RETENTION = (_KEPT, _OF_PROVIDER, _OF_STORES, _DROP)

_NO_RULES = "how long its destination keeps what it receives could not all be read"

LOG_RETENTION_REASONS = {
    ("trails", "kept_days"): _NO_RULES,
    ("trails", "locked_days"): _NO_RULES,
}
