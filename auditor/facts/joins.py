"""What only a join over all rows can tell: the other ends of flows, keys and trails.

Each statement leaves NULL what it cannot tell; ``DEFAULT_REASONS`` says why, per column.
"""

from auditor.facts.accesses import ACCESS_REASONS
from auditor.facts.activity import ACTIVITY_REASONS
from auditor.facts.app_destinations import DESTINATION_REASONS
from auditor.facts.chains import CHAIN_REASONS
from auditor.facts.classification import UNCLASSIFIED
from auditor.facts.code_branches import BRANCH_REASONS
from auditor.facts.code_changes import CHANGE_REASONS
from auditor.facts.exceptions import EXCEPTION_REASONS
from auditor.facts.exercised import EXERCISE_REASONS
from auditor.facts.grants import GRANT_REASONS
from auditor.facts.guardrails import GUARDRAIL_JOINS
from auditor.facts.log_keepers import KEEPER_REASONS
from auditor.facts.log_retention import LOG_RETENTION, LOG_RETENTION_REASONS
from auditor.facts.oci_code_rights import CODE_RIGHT_REASONS
from auditor.facts.oci_requests import REQUEST_REASONS
from auditor.facts.openings import OPENING_REASONS
from auditor.facts.parts import PART_REASONS
from auditor.facts.people import PEOPLE_REASONS
from auditor.facts.vouching import VOUCHING_REASONS

# A copy holds what its original holds, unless a rule of its own decided. Walks up to the first
# store that a rule classified; a chain longer than the limit stays unknown. A clone that is in use
# is no such copy: whoever writes to it may have added anything.
_INHERITED_CLASSES = """
WITH RECURSIVE chain AS (
    SELECT id, source_id AS origin, 1 AS hops
    FROM stores
    WHERE backup AND data_classes IS NULL AND classified_by = '' AND source_id <> ''
    UNION ALL
    SELECT chain.id, source.source_id, hops + 1
    FROM chain JOIN stores AS source ON source.id = chain.origin
    WHERE source.backup AND source.data_classes IS NULL AND source.source_id <> '' AND hops < 16
), settled AS (
    SELECT chain.id, min(source.id) AS origin, arg_min(source.data_classes, source.id) AS classes
    FROM chain JOIN stores AS source ON source.id = chain.origin
    WHERE source.data_classes IS NOT NULL
    GROUP BY chain.id
)
UPDATE stores SET data_classes = settled.classes, classified_by = 'copy of ' || settled.origin
FROM settled WHERE settled.id = stores.id
"""

_KEY_COUNTRIES = """
UPDATE stores SET key_country = CASE WHEN key_id = '' THEN country ELSE
    (SELECT any_value(keys.country) FROM keys WHERE keys.id = stores.key_id) END
WHERE encrypted
"""

_NO_KEY = "UPDATE stores SET key_country = '' WHERE encrypted = false"

# Data flows between stores and processors alike.
_ENDPOINTS = """
CREATE TEMP TABLE endpoints AS
SELECT id, account, region, country, operator, data_classes FROM stores
UNION ALL
SELECT id, account, region, country, operator, data_classes FROM processors
WHERE id NOT IN (SELECT id FROM stores)
"""

_FLOW_CLASSES = """
UPDATE flows SET data_classes = source.data_classes
FROM endpoints AS source WHERE source.id = flows.store_id
"""

_FLOW_ENDS = """
UPDATE flows SET
    target_account = coalesce(flows.target_account, target.account),
    target_region = coalesce(flows.target_region, target.region),
    target_country = coalesce(flows.target_country, target.country),
    target_operator = coalesce(flows.target_operator, target.operator)
FROM endpoints AS target WHERE target.id = flows.target_id
"""

_TRAIL_DESTINATIONS = """
UPDATE trails SET destination_account = target.account, destination_locked = target.locked
FROM stores AS target WHERE target.id = trails.destination_id AND trails.destination_id <> ''
"""

# The provider's own store of audit logs cannot be written by the customer.
_KEPT_BY_PROVIDER = """
UPDATE trails SET destination_account = '', destination_locked = true WHERE destination_id = ''
"""

# Three-valued on purpose: a trail that may exist unseen keeps the answer unknown. An organisation's
# trail covers the accounts that one target found together; whether it covers an account that
# another target found cannot be told.
_LOGGED = """
WITH scanned AS (
    SELECT DISTINCT split_part(id, '/', 1) AS target, account FROM coverage WHERE account <> ''
), together AS (
    SELECT DISTINCT one.account, other.account AS other
    FROM scanned AS one JOIN scanned AS other USING (target)
), covering AS (
    SELECT accounts.id, trails.id AS trail,
        logging AND all_regions AND management_events AND (
            trails.account = accounts.id OR organization AND (together.account IS NOT NULL OR NULL)
        ) AS covers
    FROM accounts LEFT JOIN trails ON trails.provider = accounts.provider
        AND (trails.account = accounts.id OR coalesce(organization, true))
    LEFT JOIN together ON together.account = accounts.id AND together.other = trails.account
), judged AS (
    SELECT id, bool_or(covers) AS found,
        count(*) FILTER (trail IS NOT NULL AND covers IS NULL) AS unsure
    FROM covering GROUP BY id
), gap AS (
    SELECT account FROM coverage WHERE open AND list_contains(tables, 'trails')
)
UPDATE accounts SET logged = CASE
    WHEN judged.found THEN true
    WHEN unsure > 0 OR accounts.id IN (FROM gap) OR '' IN (FROM gap) THEN NULL
    ELSE false END
FROM judged WHERE judged.id = accounts.id
"""

# Lists of backups say in which region they were asked, and of a database in another cloud's data
# centre, or in the customer's own, not that its backups are with it.
_BACKUPS_OF_THE_UNPLACED = """
UPDATE stores SET region = NULL, country = NULL
FROM stores AS source
WHERE source.id = stores.source_id AND stores.backup AND stores.provider = 'oci'
    AND stores.service IN ('database', 'autonomousdatabase')
    AND source.country IS NULL AND stores.country IS NOT NULL
"""

JOINS = (
    _BACKUPS_OF_THE_UNPLACED,
    _INHERITED_CLASSES,
    _KEY_COUNTRIES,
    _NO_KEY,
    _ENDPOINTS,
    _FLOW_CLASSES,
    _FLOW_ENDS,
    _TRAIL_DESTINATIONS,
    _KEPT_BY_PROVIDER,
    *LOG_RETENTION,
    _LOGGED,
    *GUARDRAIL_JOINS,
)

_UNPLACED = "where its database stands is not known, and the backup may be with it"
_OTHER_END = "the other end is in no account that was scanned"

_MOVED = "which classes of data it moves is not known of the store or processor it leaves"

DEFAULT_REASONS = {
    **ACTIVITY_REASONS,
    **GRANT_REASONS,
    **PEOPLE_REASONS,
    **ACCESS_REASONS,
    **EXERCISE_REASONS,
    **EXCEPTION_REASONS,
    **KEEPER_REASONS,
    **LOG_RETENTION_REASONS,
    **OPENING_REASONS,
    **BRANCH_REASONS,
    **CHANGE_REASONS,
    **REQUEST_REASONS,
    **CODE_RIGHT_REASONS,
    **CHAIN_REASONS,
    **VOUCHING_REASONS,
    **PART_REASONS,
    **DESTINATION_REASONS,
    ("regions", "creation_denied"): "the policies that could deny it were not all seen",
    ("guardrails", "enforced"): "whether its kind is switched on for the organisation is not known",
    ("accounts", "management"): "no organisation was read that could name it",
    ("accounts", "provider_access_stated"): "whether a signature holds could not be told",
    ("accounts", "logged"): "trails of this account may exist that could not be seen",
    ("stores", "data_classes"): UNCLASSIFIED,
    ("processors", "data_classes"): UNCLASSIFIED,
    ("stores", "region"): _UNPLACED,
    ("stores", "country"): _UNPLACED,
    ("stores", "key_country"): "its key is not among the keys that were collected",
    ("flows", "target_account"): _OTHER_END,
    ("flows", "target_region"): _OTHER_END,
    ("flows", "target_country"): _OTHER_END,
    ("flows", "target_operator"): _OTHER_END,
    ("flows", "data_classes"): _MOVED,
    ("reach", "data_classes"): _MOVED,
    ("reach", "end_id"): _OTHER_END,
    ("reach", "end_account"): _OTHER_END,
    ("reach", "end_region"): _OTHER_END,
    ("reach", "end_country"): _OTHER_END,
    ("reach", "end_operator"): _OTHER_END,
    ("regions", "inventoried"): "which inventories are set up there could not be told",
    ("calls", "kept"): "this audit never made it; somebody else may use the same name",
    ("sightings", "tags"): "this inventory states no tags",
    ("sightings", "holds_data"): "no collector knows its type, and nobody has judged it",
    ("trails", "destination_account"): "its destination is in no account that was scanned",
    ("trails", "destination_locked"): "its destination is in no account that was scanned",
}
