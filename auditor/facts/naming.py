"""One resource, one name: what inventories and collectors call the same thing, as macros of SQL.

Sources: AWS's service authorization reference for the form of each ARN. The tagging API and
Resource Explorer put the owner's account into the ARNs of snapshots and images, where the
reference has none; the ARN of a log group ends in ':*' in some answers and not in others. A
tenancy of Oracle Cloud has one Object Storage namespace, which its index leaves out.
"""

# Name by which rows are joined: an ARN without what its several forms differ in.
_RESOURCE_NAME = r"""
CREATE TEMP MACRO resource_name(id) AS CASE
    WHEN starts_with(id, 'arn:') THEN regexp_replace(
        regexp_replace(id, '^(arn:[^:]*:ec2:[^:]*):[0-9]*:(snapshot|image)/', '\1::\2/'),
        ':\*$', '')
    WHEN starts_with(id, 'oci:objectstorage:') THEN
        regexp_replace(id, '^(oci:objectstorage:[^:]*:)[^/]*/', '\1')
    ELSE id END
"""

# A type as Resource Explorer names it: 'service:type', from the ARN's own first word.
_TYPE_OF = r"""
CREATE TEMP MACRO type_of(id) AS CASE
    WHEN regexp_matches(id, '^arn:[^:]*:[^:]+:[^:]*:[^:]*:.') THEN
        split_part(id, ':', 3) || ':' || CASE split_part(id, ':', 3)
            WHEN 'sns' THEN 'topic' WHEN 'sqs' THEN 'queue'
            ELSE CASE WHEN split_part(id, ':', 3) = 's3' AND split_part(id, ':', 4) = ''
                THEN 'bucket'
                ELSE regexp_extract(id, '^arn:[^:]*:[^:]*:[^:]*:[^:]*:/?([^:/]*)', 1) END
            END
    ELSE '' END
"""

NAMING = (_RESOURCE_NAME, _TYPE_OF)
