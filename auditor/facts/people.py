"""Whose the principals are: their line of the roster, or the party that owns where they come from.

The roster decides first. What it leaves open, the directory that keeps a principal may say of it; a
principal of an account that was not audited is that account's owner's. Who is nowhere named stays
unknown: that is not innocent.
"""

from collections.abc import Sequence

import duckdb

from auditor.facts.claims import find_claims
from auditor.model import Audit, Party

EXCLUDED = "excluded"

# Where two parties say that an account is theirs, the excluded one counts.
_OWNERS = """
CREATE TEMP TABLE party_accounts AS
SELECT account, arg_max(party, (excluded, party)) AS party, bool_or(excluded) AS excluded,
    arg_max(country, (excluded, party)) AS country
FROM (SELECT unnest(?1::VARCHAR[]) AS account, unnest(?2::VARCHAR[]) AS party,
    unnest(?3::VARCHAR[]) AS country, unnest(?4::BOOLEAN[]) AS excluded)
GROUP BY account
"""

_SPELT = """
CREATE TEMP TABLE party_names AS
SELECT lower(trim(name)) AS name, arg_max(party, (excluded, party)) AS party,
    arg_max(country, (excluded, party)) AS country, bool_or(excluded) AS excluded
FROM (SELECT unnest(?1::VARCHAR[]) AS name, unnest(?2::VARCHAR[]) AS party,
    unnest(?3::VARCHAR[]) AS country, unnest(?4::BOOLEAN[]) AS excluded)
GROUP BY ALL
"""

# Who runs the clouds that were audited; two operators of one provider leave it open.
_OPERATORS = """
CREATE TEMP TABLE running AS
SELECT provider, any_value(operator) AS operator, any_value(party) AS party,
    any_value(spelt.country) AS country, any_value(excluded) AS excluded
FROM (SELECT DISTINCT provider, operator FROM accounts)
LEFT JOIN party_names AS spelt ON spelt.name = lower(trim(operator))
GROUP BY provider HAVING count(*) = 1
"""

# What a group may do, its members may: they are judged one by one. People whom Identity Center lets
# in as a role are its members in this sense. Where members could not be read, nobody judges them.
_SIDES = r"""
CREATE TEMP TABLE sides AS
SELECT p.id, CASE
    WHEN claims.line IS NOT NULL THEN 'listed'
    WHEN claims.claimed IS NOT NULL THEN 'claimed'
    WHEN p.kind = 'anybody' THEN 'everybody'
    WHEN p.kind = 'group' AND p.account IN (SELECT id FROM accounts)
        AND p.id NOT IN (SELECT group_id FROM memberships WHERE member_id = '?')
        AND owners.excluded IS NOT true THEN 'collective'
    WHEN p.kind = 'role' AND regexp_matches(p.id,
            ':role/aws-reserved/sso\.amazonaws\.com/|^arn:[^:]*:sso:::permissionSet/')
        AND p.id IN (SELECT group_id FROM memberships)
        AND p.id NOT IN (SELECT group_id FROM memberships WHERE member_id = '?')
        AND p.account IN (SELECT id FROM accounts) THEN 'collective'
    WHEN p.kind = 'service' OR contains(p.id, ':role/aws-service-role/') THEN 'provider'
    WHEN owners.excluded OR p.account NOT IN (SELECT id FROM accounts) OR p.kind = 'account'
        THEN 'party'
    ELSE 'unlisted' END AS side,
    claims.line, claims.claimed, owners.party, nullif(owners.country, '') AS party_country,
    owners.excluded,
    nullif(trim(coalesce(p.attributes['employer'], p.attributes['company'],
        p.attributes['organization'])), '') AS said_employer,
    CASE WHEN regexp_full_match(trim(p.attributes['country']), '[A-Za-z]{2}')
        THEN upper(trim(p.attributes['country'])) END AS said_country
FROM principals AS p LEFT JOIN roster_claims AS claims USING (id)
LEFT JOIN party_accounts AS owners ON owners.account = p.account
"""

_LISTED = """
UPDATE principals SET
    person_id = r.id, person_name = r.name, human = r.kind = 'person', owner_id = r.owner,
    employer = coalesce(nullif(r.employer, ''), said_employer),
    country = coalesce(nullif(r.country, ''), said_country),
    residence = nullif(r.residence, ''), covered_person = r.covered_person,
    vetted_until = r.vetted_until, "left" = r."left"
FROM sides JOIN roster AS r USING (line)
WHERE sides.id = principals.id AND side = 'listed'
"""

_COLLECTIVE = """
UPDATE principals SET
    person_id = '', person_name = '', human = false, owner_id = '', employer = '', country = '',
    residence = '', covered_person = false, vetted_until = '', "left" = ''
FROM sides WHERE sides.id = principals.id AND side = 'collective'
"""

_EVERYBODY = """
UPDATE principals SET
    person_id = '', person_name = '', human = false, owner_id = '', employer = '*', country = '*',
    residence = '*', covered_person = true, vetted_until = '', "left" = ''
FROM sides WHERE sides.id = principals.id AND side = 'everybody'
"""

_PROVIDER = """
UPDATE principals SET
    person_id = '', person_name = '', human = false, owner_id = '',
    employer = (SELECT coalesce(party, operator) FROM running
        WHERE running.provider = principals.provider),
    country = (SELECT nullif(country, '') FROM running
        WHERE running.provider = principals.provider),
    residence = '', covered_person = (SELECT excluded FROM running
        WHERE running.provider = principals.provider),
    vetted_until = '', "left" = ''
FROM sides WHERE sides.id = principals.id AND side = 'provider'
"""

_PARTY = """
UPDATE principals SET
    person_id = CASE WHEN principals.kind = 'account' THEN '' END,
    employer = coalesce(party, said_employer), country = coalesce(party_country, said_country),
    covered_person = excluded
FROM sides WHERE sides.id = principals.id AND side = 'party'
"""

_DIRECTORY = """
UPDATE principals SET employer = said_employer, country = said_country
FROM sides WHERE sides.id = principals.id AND side = 'unlisted'
"""

_HUMAN = """
UPDATE principals SET human = CASE
    WHEN kind IN ('person', 'root') OR kind = 'user' AND password THEN true
    WHEN kind IN ('resource', 'dynamic group') THEN false END
WHERE human IS NULL
"""

_WHETHER_COLLECTIVE = """
UPDATE principals SET collective = side = 'collective' FROM sides WHERE sides.id = principals.id
"""

_SAME_EMPLOYER = """
UPDATE principals SET employer = spelt.party
FROM party_names AS spelt WHERE spelt.name = lower(trim(employer))
"""

# 'Farshore Ltd' may be 'Farshore', which is excluded: nobody should slip through by a spelling.
_ALIKE = """
CREATE TEMP TABLE alike AS
SELECT p.id, p.employer, min(party) AS party
FROM principals AS p JOIN party_names AS spelt ON excluded AND p.employer NOT IN ('', '*')
    AND p.employer NOT IN (SELECT party FROM party_names)
    AND (contains(lower(p.employer), spelt.name) OR contains(spelt.name, lower(p.employer)))
GROUP BY ALL
"""

_NOT_TO_BE_TOLD = """
UPDATE principals SET employer = NULL FROM alike WHERE alike.id = principals.id
"""

_ALIKE_REASONS = """
INSERT INTO unknowns
SELECT concat_ws('/', 'principals', id, 'employer'), [], 'principals', id, 'employer',
    'whether ' || employer || ' is the excluded party ' || party || ' cannot be told', ''
FROM alike
"""

_CLAIMED_REASONS = """
INSERT INTO unknowns
SELECT concat_ws('/', 'principals', id, name), [], 'principals', id, name,
    'several lines of the roster claim it: ' || claimed, ''
FROM sides, (SELECT unnest(['person_id', 'person_name', 'owner_id', 'employer', 'country',
    'residence', 'covered_person', 'vetted_until', 'left']) AS name)
WHERE side = 'claimed'
"""

_STATEMENTS = (
    _OPERATORS,
    _SIDES,
    _LISTED,
    _COLLECTIVE,
    _EVERYBODY,
    _PROVIDER,
    _PARTY,
    _DIRECTORY,
    _HUMAN,
    _WHETHER_COLLECTIVE,
    _SAME_EMPLOYER,
    _ALIKE,
    _NOT_TO_BE_TOLD,
    _ALIKE_REASONS,
    _CLAIMED_REASONS,
)

_UNLISTED = "no line of the roster names it"
PEOPLE_REASONS = {
    ("principals", "attributes"): "its directory says nothing more of it",
    ("principals", "person_id"): _UNLISTED,
    ("principals", "person_name"): _UNLISTED,
    ("principals", "owner_id"): _UNLISTED,
    ("principals", "human"): "no line of the roster says whether a person uses it",
    ("principals", "employer"): "neither the roster nor its directory says so, and no party of the "
    "audit owns its account",
    ("principals", "country"): "neither the roster nor its directory says so, and no party of the "
    "audit with a country owns its account",
    ("principals", "residence"): "the roster does not say",
    ("principals", "covered_person"): "the roster does not say, and no party of the audit owns its "
    "account",
    ("principals", "vetted_until"): _UNLISTED,
    ("principals", "left"): _UNLISTED,
}


def fill_people(database: duckdb.DuckDBPyConnection, audit: Audit) -> None:
    """Fill the derived columns of principals, once all of them are there."""
    find_claims(database, audit.roster, audit.as_of[:10])
    owned = [(account, party) for party in audit.parties for account in party.accounts]
    database.execute(_OWNERS, _columns(owned))
    named = [(name, party) for party in audit.parties for name in (party.name, *party.operators)]
    database.execute(_SPELT, _columns(named))
    for statement in _STATEMENTS:
        database.execute(statement)


def _columns(parties: Sequence[tuple[str, Party]]) -> list[list[str] | list[bool]]:
    return [
        [name for name, _ in parties],
        [party.name for _, party in parties],
        [party.country for _, party in parties],
        [EXCLUDED in party.roles for _, party in parties],
    ]
