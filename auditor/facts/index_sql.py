"""The statements that close what was not listed on the word of an index of the provider.

Oracle's Resource Search says where each type is, but leaves out what the caller may not see. So
what was spared stays a gap unless

- the index knows the types of that region, and both its answers were heard to the end;
- the same listing, or the one that finds what it looks into, was answered in the root compartment,
  whose permissions all others inherit;
- the bill was heard to the end, and every line of that region that may be for that service was
  looked into where it was charged.
"""

# An index was heard in a region where all units of both its collectors are complete.
_INDEXED = """
CREATE TEMP TABLE indexed AS
SELECT provider, account, region FROM heard
WHERE collector IN ('oci.resourcesearch.type', 'oci.resourcesearch.resource') AND region <> ''
GROUP BY ALL HAVING count(*) = 2
"""

# Policies belong to no region, and their index is asked once.
_INDEXED_GLOBALLY = """
INSERT INTO indexed SELECT provider, account, '' FROM heard
WHERE collector = 'oci.resourcesearch.policy'
"""

_INVENTORIED = """
UPDATE regions SET inventoried = true FROM indexed AS i
WHERE i.provider = regions.provider AND i.account = regions.account AND i.region = regions.region
"""

_SPARED = """
CREATE TEMP TABLE agreed AS
SELECT c.id FROM coverage AS c
JOIN kinds AS k ON k.kind = c.collector
JOIN indexed AS i ON i.provider = c.provider AND i.account = c.account AND i.region = c.region
JOIN heard AS bill ON bill.provider = c.provider AND bill.account = c.account
    AND bill.collector = 'oci.usage.line'
WHERE c.outcome = 'unlisted'
    AND EXISTS (
        FROM coverage AS root WHERE root.collector = k.asked AND root.account = c.account
        AND root.region = c.region AND root.compartment = c.account AND root.complete)
    AND NOT EXISTS (
        FROM spend AS s WHERE s.provider = c.provider AND s.account = c.account
        AND s.explained IS NOT TRUE
        AND (s.region IS NULL OR s.region IN (c.region, '') OR c.region = '')
        AND (s.services IS NULL OR list_has_any(s.services, k.names))
        AND NOT EXISTS (
            FROM coverage AS asked WHERE asked.collector = k.asked
            AND asked.account = c.account AND asked.region = c.region
            AND asked.compartment = s.compartment AND asked.complete))
"""

_CLOSE = """
UPDATE coverage SET open = false, complete = true, closed_by = 'Resource Search and the bill'
WHERE id IN (SELECT id FROM agreed)
"""

CLOSE_SPARED = (_INDEXED, _INDEXED_GLOBALLY, _INVENTORIED, _SPARED, _CLOSE)
