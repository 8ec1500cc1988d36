"""Which line of the roster a principal belongs to: by what it is called, and to one line only."""

from collections.abc import Mapping, Sequence

import duckdb

from auditor.facts.globs import literal, to_pattern
from auditor.model import Person

_MAGIC = frozenset("*?[")

# Names count where somebody of the audited accounts gave them: a stranger may call a user after
# anybody. Elsewhere only the id does.
_CALLED = """
CREATE TEMP TABLE called AS
SELECT id, lower(id) AS name, false AS given FROM principals
UNION SELECT id, lower(name), true FROM principals
WHERE name <> '' AND account IN (SELECT id FROM accounts)
UNION SELECT id, lower(unnest(known_as)), true FROM principals
WHERE account IN (SELECT id FROM accounts)
"""

# A service answers with its owner for what its own line leaves open. An owner who has left is none.
_ROSTER = """
CREATE TEMP TABLE roster AS
WITH lines AS (
    SELECT unnest(?1::BIGINT[]) AS line, unnest(?2::VARCHAR[]) AS id,
        unnest(?3::VARCHAR[]) AS name, unnest(?4::VARCHAR[]) AS employer,
        unnest(?5::VARCHAR[]) AS country, unnest(?6::BOOLEAN[]) AS covered_person,
        unnest(?7::VARCHAR[]) AS kind, unnest(?8::VARCHAR[]) AS residence,
        unnest(?9::VARCHAR[]) AS vetted_until, unnest(?10::VARCHAR[]) AS "left",
        unnest(?11::VARCHAR[]) AS owner
)
SELECT lines.* REPLACE (
    CASE WHEN lines.employer = '' THEN coalesce(keeper.employer, '') ELSE lines.employer END
        AS employer,
    CASE WHEN lines.country = '' THEN coalesce(keeper.country, '') ELSE lines.country END
        AS country,
    CASE WHEN lines.residence = '' THEN coalesce(keeper.residence, '') ELSE lines.residence END
        AS residence,
    coalesce(lines.covered_person, keeper.covered_person) AS covered_person,
    CASE WHEN lines.vetted_until = '' THEN coalesce(keeper.vetted_until, '')
        ELSE lines.vetted_until END AS vetted_until,
    CASE WHEN keeper."left" = '' OR keeper."left" >= ?12 THEN keeper.id ELSE '' END AS owner)
FROM lines LEFT JOIN lines AS keeper ON keeper.id = lines.owner AND lines.owner <> ''
"""

# An exact name says more than a pattern does, so patterns count for what no exact name claims.
_CLAIMS = """
CREATE TEMP TABLE roster_claims AS
SELECT claiming.id, CASE WHEN count(DISTINCT line) = 1 THEN min(line) END AS line,
    CASE WHEN count(DISTINCT line) > 1 THEN
        array_to_string(list_sort(list(DISTINCT roster.id)), ', ') END AS claimed
FROM (
    SELECT id, line FROM claiming QUALIFY exact = bool_or(exact) OVER (PARTITION BY id)
) AS claiming JOIN roster USING (line)
GROUP BY claiming.id
"""

_BY_LINE = """
CREATE TEMP TABLE claiming AS
SELECT DISTINCT called.id, lines.line, true AS exact
FROM (SELECT unnest(?1::BIGINT[]) AS line, unnest(?2::VARCHAR[]) AS name,
    unnest(?3::BOOLEAN[]) AS pattern) AS lines
JOIN called USING (name) JOIN principals AS p ON p.id = called.id
WHERE pattern OR p.kind IN ('person', 'user', 'root')
"""


def find_claims(database: duckdb.DuckDBPyConnection, people: Sequence[Person], as_of: str) -> None:
    """Make the tables ``roster``, of lines, and ``roster_claims``, one row per principal claimed.

    ``roster_claims.line`` is the only line that claims a principal; where several do it is NULL and
    ``roster_claims.claimed`` lists their ids.

    Args:
        as_of: day on which owners of services must still be employed, ISO 8601 date.
    """
    database.execute(_ROSTER, [*_lines(people).values(), as_of])
    database.execute(_CALLED)
    exact = [
        (line, name.lower(), pattern)
        for line, person in enumerate(people)
        for name, pattern in [(person.id, False), *((each, True) for each in person.principals)]
        if not (pattern and _MAGIC & set(name))
    ]
    database.execute(_BY_LINE, [list(column) for column in zip(*exact, strict=True)] or [[]] * 3)
    for line, person in enumerate(people):
        for glob in person.principals:
            if _MAGIC & set(glob):
                database.execute(_by_pattern(line, glob))
    database.execute(_CLAIMS)


def _by_pattern(line: int, glob: str) -> str:
    pattern = literal(to_pattern(glob.lower()))
    return (
        f"INSERT INTO claiming SELECT DISTINCT id, {line}, false FROM called "
        f"WHERE regexp_full_match(name, {pattern}, 's')"
    )


def _lines(people: Sequence[Person]) -> Mapping[str, list[object]]:
    names = (
        "id", "name", "employer", "country", "covered_person", "kind", "residence",
        "vetted_until", "left", "owner",
    )  # fmt: skip
    return {
        "line": list(range(len(people))),
        **{name: [getattr(person, name) for person in people] for name in names},
    }
