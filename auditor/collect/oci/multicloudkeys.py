"""OCI Multicloud: keys of Amazon's KMS that encrypt databases of Oracle's.

A database names such a key by the OCID that Oracle registered it under. The key itself is in an
account of Amazon's, and who may use it there is settled there.
"""

from collections.abc import Iterator

from auditor.collect.oci.reading import entries, maybe_flag, maybe_text, text
from auditor.collect.oci.service_rows import compartment_listing, is_gone
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Key, Maybe

_THERE = Unknown("what is settled in the account of Amazon's is not in Oracle's answer")


def _rows(found: Found) -> Iterator[Key]:
    account = text(found, "item.awsAccountId")
    # Without its account, a row would say that nobody holds the key; a database that uses it has
    # a key that was not seen, which is the truth.
    if is_gone(found) or not account:
        return
    region = text(found, "item.location")
    replicas = _replicas(found)
    yield Key(
        id=text(found, "item.id"),
        evidence=found.evidence,
        name=maybe_text(found, "item.displayName"),
        provider="oci",
        operator="Amazon Web Services",
        account=account,
        region=region,
        country=Unknown(
            f"Oracle's answer puts the key in {region[:60] or 'no region'} of Amazon's"
        ),
        enabled=maybe_flag(found, "item.isAwsKeyEnabled"),
        custody="external",
        replica_regions=replicas,
        replica_countries=_THERE,
        principal_accounts=_THERE,
        rotates=_THERE,
    )


def _replicas(found: Found) -> Maybe[tuple[str, ...]]:
    listed = found.read("item.replicationMetadata.replicationDetails")
    if isinstance(listed, Unknown):
        return listed
    regions = [each.get("targetRegion") for each in entries(listed)]
    # Without any, the key was not replicated by way of Oracle; Amazon replicates keys by itself.
    return tuple(sorted({str(region) for region in regions})) or _THERE


AWS_KEYS = Collector(
    kind="oci.multicloudkeys.aws",
    service="dbmulticloud.DbMulticloudAwsProviderClient",
    title="Keys of Amazon's KMS that encrypt databases of Oracle's",
    per=("account", "region", "compartment"),
    listing=compartment_listing("list_oracle_db_aws_keys", "inspect oracle-db-aws-keys"),
    tables=(Key,),
    rows=_rows,
    source=(
        "https://docs.oracle.com/en-us/iaas/api/#/en/dbmulticloud/20240501"
        "/OracleDbAwsKeySummary/ListOracleDbAwsKeys"
    ),
)
