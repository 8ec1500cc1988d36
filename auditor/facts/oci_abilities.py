"""What policies of Oracle Cloud let principals do to what decides: people, logs, guardrails, keys.

None of these is a store. Each *thing* is at one or more places, and a statement is about it if it
names its type, or everything, at or above one of them. What a verb lets one do is in the pages
"Details for ..." of https://docs.oracle.com/en-us/iaas/Content/Identity/Reference/policyreference.htm
"""

import duckdb

USERS, GROUPS, CREDENTIALS = "users", "groups", "credentials"
TRAILS, GUARDRAILS, KEYS = "change trails", "change guardrails", "change keys"

# type or family of resources, the least verb, what it changes. Identity domains have everybody in
# them, with their groups.
_WORDS = """
users              use     users
users              manage  credentials
groups             use     groups
domains            manage  users
domains            manage  groups
domains            manage  credentials
domains            manage  sign-on policy
domains            manage  network perimeter
authentication-policies                 manage  sign-on policy
serviceconnectors                       use     connectors
log-groups                              use     log groups
logging-family                          use     log groups
keys                                    manage  keys
vaults                                  manage  keys
policies                                manage  IAM denial
quotas                                  manage  quota
organizations-governance-rules          manage  governance rule
organizations-enforced-governance-rules manage  governance rule
organizations-family                    manage  governance rule
security-zone                           manage  security zone
security-recipe                         manage  security zone
cloud-guard-config                      manage  security zone
cloud-guard-family                      manage  security zone
network-sources                         manage  network source
operator-control                        manage  operator access control
operator-control-assignment             manage  operator access control
operator-control-family                 manage  operator access control
lockbox                                 manage  lockbox
delegation-controls                     manage  delegated access
privileged-api-controls                 manage  privileged API control
all-resources                           use     users
all-resources                           use     groups
all-resources                           use     connectors
all-resources                           use     log groups
all-resources                           manage  *
"""

# What statements that list permissions change.
_PERMISSIONS = """
USER_UPDATE users
USER_APIKEY_ADD credentials
USER_UIPASS_SET credentials
USER_UIPASS_RESET credentials
USER_SECRETKEY_ADD credentials
USER_AUTHTOKEN_SET credentials
GROUP_UPDATE groups
AUDIT_CONFIGURATION_UPDATE audit log
SERVICE_CONNECTOR_UPDATE connectors
SERVICE_CONNECTOR_DELETE connectors
LOG_GROUP_UPDATE log groups
LOG_GROUP_DELETE log groups
KEY_UPDATE keys
KEY_DELETE keys
KEY_MOVE keys
VAULT_UPDATE keys
VAULT_DELETE keys
POLICY_UPDATE IAM denial
POLICY_DELETE IAM denial
"""

# Where things are: of what no row says the place, it may be anywhere. People, groups, quotas, rules
# and networks that sign-ins come from are in the root compartment.
_THINGS = """
CREATE TEMP TABLE oci_things AS
SELECT id AS account, id AS place, unnest(['users', 'groups', 'credentials']) AS thing, '' AS power
FROM accounts WHERE provider = 'oci'
UNION SELECT account, account, 'audit log', $trails FROM trails WHERE provider = 'oci'
UNION SELECT account, nullif(compartment, ''), 'connectors', $trails FROM processors
WHERE provider = 'oci' AND service = 'connectorhub'
UNION SELECT account, nullif(compartment, ''), 'log groups', $trails FROM stores
WHERE provider = 'oci' AND service = 'logging'
UNION SELECT account, nullif(compartment, ''), 'keys', $keys FROM keys WHERE provider = 'oci'
UNION SELECT account, place, 'IAM denial', $guardrails FROM policy_statements WHERE denies
UNION SELECT account, CASE WHEN kind IN ('quota', 'governance rule', 'network source') THEN account
        WHEN target_id IN (SELECT node FROM nested) THEN target_id END, kind, $guardrails
FROM guardrails WHERE provider = 'oci' AND kind <> 'IAM denial' AND enforced IS NOT false
"""

_SAID = """
CREATE TEMP TABLE oci_said AS
SELECT s.id AS statement_id, s.evidence, s.account, s.compartment, s.resource, s.conditional,
    s.depends_on, s.holdings IS NULL AND coalesce(s.access NOT IN ('inspect', ''), true) AS odd,
    list_position($verbs, s.access) AS strength, s.text, speakers.id AS principal_id
FROM policy_statements AS s JOIN speakers ON label = s.account
    AND speakers.principal_kind = s.principal_kind AND speakers.principal = s.principal
    AND speakers.principal_account IS NOT DISTINCT FROM s.principal_account
WHERE effective AND effect IN ('allow', 'admit') AND coalesce(agreed, true)
    AND speakers.id IS NOT NULL
"""

_ABOUT = """
CREATE TEMP TABLE oci_about AS
SELECT DISTINCT said.* EXCLUDE (text, odd), things.thing, things.power,
    CASE WHEN said.compartment = said.account OR nested.node IS NOT NULL THEN NOT odd OR NULL END
        AS given
FROM oci_said AS said
JOIN oci_things AS things ON things.account = said.account
LEFT JOIN ability_words AS words ON words.resource = said.resource
    AND said.strength >= words.least AND words.thing IN (things.thing, '*')
LEFT JOIN nested ON nested.node = things.place AND nested.above = said.compartment
WHERE (words.thing IS NOT NULL OR odd AND things.power <> '' OR said.resource = '' AND EXISTS (
        FROM ability_permissions AS p WHERE p.thing = things.thing
            AND regexp_matches(said.text, '(?i)\\{[^}]*\\b' || p.permission || '\\b')))
    AND (said.compartment = said.account OR said.compartment IS NULL OR nested.node IS NOT NULL
        OR things.place IS NULL OR things.place NOT IN (SELECT node FROM nested))
"""

# The surest way in which each holder changes a thing, denials taken away.
_HELD = r"""
CREATE TEMP TABLE abilities AS
WITH held AS (
    SELECT *, principal_id AS holder, []::VARCHAR[] AS path, []::VARCHAR[] AS through
    FROM oci_about
    UNION ALL
    SELECT oci_about.*, member_id, ['is in group ' || group_name], [group_id]
    FROM oci_about JOIN oci_members ON group_id = principal_id
), touched AS (
    SELECT held.statement_id, held.holder, held.thing,
        bool_or(denied.denied IS NOT NULL AND NOT denied.conditional
            AND denied.strength >= held.strength AND denied.compartment = held.account
            AND denied.resource IN ('all-resources', held.resource)) AS gone
    FROM held JOIN denied ON denied.holder_id = held.holder AND denied.account = held.account
    LEFT JOIN nested ON nested.node = held.compartment AND nested.above = denied.compartment
    LEFT JOIN nested AS below ON below.node = denied.compartment
        AND below.above = held.compartment
    WHERE (held.resource IN (denied.resource, 'all-resources', '')
            OR denied.resource IN ('all-resources', '') OR denied.holdings IS NULL)
        AND (denied.compartment IS NULL OR held.compartment IS NULL OR nested.node IS NOT NULL
            OR below.node IS NOT NULL OR denied.compartment = held.account)
    GROUP BY ALL
)
SELECT * FROM (SELECT held.account, held.thing, held.power, held.holder, held.path, held.through,
    list_sort(list(DISTINCT held.statement_id)) AS statements,
    list_sort(list_distinct(flatten(list(held.evidence)))) AS evidence,
    CASE WHEN touched.gone IS NULL THEN held.given END AS given,
    coalesce(held.conditional, true) AS conditional,
    list_sort(list_distinct(coalesce(flatten(list(held.depends_on)), []))) AS depends_on
FROM held LEFT JOIN touched ON touched.statement_id = held.statement_id
    AND touched.holder = held.holder AND touched.thing = held.thing
WHERE touched.gone IS NOT true
GROUP BY ALL)
QUALIFY row_number() OVER (PARTITION BY account, thing, power, holder
    ORDER BY given NULLS LAST, conditional, len(path), through) = 1
"""

_VERBS = ("inspect", "read", "use", "manage")


def find_abilities(database: duckdb.DuckDBPyConnection) -> None:
    """Make the table ``abilities``: who changes which thing, of which tenancy, how surely.

    Needs ``nested``, ``speakers``, ``oci_members`` and ``denied``.
    """
    rows = [(one, _VERBS.index(verb) + 1, thing) for one, verb, thing in _split(_WORDS, 2)]
    database.execute(
        "CREATE TEMP TABLE ability_words AS SELECT unnest(?::VARCHAR[]) AS resource, "
        "unnest(?::INTEGER[]) AS least, unnest(?::VARCHAR[]) AS thing",
        [list(column) for column in zip(*rows, strict=True)],
    )
    database.execute(
        "CREATE TEMP TABLE ability_permissions AS SELECT unnest(?::VARCHAR[]) AS permission, "
        "unnest(?::VARCHAR[]) AS thing",
        [list(column) for column in zip(*_split(_PERMISSIONS, 1), strict=True)],
    )
    powers = {"trails": TRAILS, "guardrails": GUARDRAILS, "keys": KEYS}
    database.execute(_THINGS, powers)
    database.execute(_SAID, {"verbs": list(_VERBS)})
    database.execute(_ABOUT)
    database.execute(_HELD)


def _split(table: str, cuts: int) -> list[list[str]]:
    """Return the columns of each line; what is left after the cuts may have spaces."""
    return [line.split(maxsplit=cuts) for line in table.strip().splitlines()]
