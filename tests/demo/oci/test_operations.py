"""Every operation that the collectors use, asked by the real SDK."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import oci
import pytest

from auditor.demo.oci import credentials
from auditor.demo.oci.estate_reader import make_estate
from auditor.demo.oci.faults import denied
from auditor.demo.oci.simulator import Simulator
from auditor.demo.oci.transport import in_process
from tests.demo.oci.conftest import DATA

VAULT_HOST = "https://v1-management.kms.us-ashburn-1.oraclecloud.com"
ADB = "ocid1.autonomousdatabase.oc1.iad.a"
PHOENIX = "us-phoenix-1"
PROD = "ocid1.compartment.oc1..aaaaprod"


@dataclass(frozen=True, kw_only=True)
class Case:
    """One listing: how it is asked, and the attribute by which its objects are known."""

    client: str
    operation: str
    arguments: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    shows: str = "id"
    expected: tuple[str, ...]
    region: str = credentials.REGION
    endpoint: tuple[str, ...] = ()


def storage(operation: str, *arguments: str, shows: str, expected: tuple[str, ...]) -> Case:
    """Describe a listing of Object Storage in the estate's namespace."""
    return Case(
        client="object_storage.ObjectStorageClient",
        operation=operation,
        arguments=("acme", *arguments),
        shows=shows,
        expected=expected,
    )


def block(operation: str, expected: str, region: str = credentials.REGION) -> Case:
    """Describe a listing of Block Volume by compartment."""
    return Case(
        client="core.BlockstorageClient",
        operation=operation,
        options={"compartment_id": DATA},
        expected=(expected,),
        region=region,
    )


def database(operation: str, *arguments: str, expected: str, **options: str) -> Case:
    """Describe a listing of the Database service."""
    return Case(
        client="database.DatabaseClient",
        operation=operation,
        arguments=arguments,
        options=options,
        expected=(expected,),
    )


LISTINGS = [
    Case(
        client="identity.IdentityClient",
        operation="list_region_subscriptions",
        arguments=(credentials.TENANCY,),
        shows="region_name",
        expected=("us-ashburn-1", PHOENIX),
    ),
    Case(
        client="identity.IdentityClient",
        operation="list_compartments",
        arguments=(credentials.TENANCY,),
        options={"compartment_id_in_subtree": True, "access_level": "ANY"},
        shows="name",
        expected=("prod", "old", "data"),
    ),
    Case(
        client="identity.IdentityClient",
        operation="list_compartments",
        arguments=(credentials.TENANCY,),
        shows="name",
        expected=("prod", "old"),
    ),
    Case(
        client="identity.IdentityClient",
        operation="list_availability_domains",
        arguments=(DATA,),
        shows="name",
        expected=("Uocm:US-ASHBURN-AD-1",),
    ),
    Case(
        client="identity.IdentityClient",
        operation="list_policies",
        arguments=(credentials.TENANCY,),
        expected=("ocid1.policy.oc1..p",),
    ),
    storage("list_buckets", DATA, shows="name", expected=("user-data", "logs", "tmp")),
    storage("list_replication_policies", "user-data", shows="id", expected=("rp1",)),
    storage("list_replication_policies", "logs", shows="id", expected=()),
    storage("list_replication_sources", "tmp", shows="policy_name", expected=("in",)),
    storage("list_preauthenticated_requests", "logs", shows="id", expected=("par1",)),
    storage("list_retention_rules", "user-data", shows="id", expected=("rr1",)),
    block("list_volumes", "ocid1.volume.oc1.iad.a"),
    block("list_boot_volumes", "ocid1.bootvolume.oc1.iad.a"),
    block("list_volume_backups", "ocid1.volumebackup.oc1.iad.b"),
    block("list_boot_volume_backups", "ocid1.bootvolumebackup.oc1.iad.b"),
    block("list_volume_groups", "ocid1.volumegroup.oc1.iad.g"),
    block("list_block_volume_replicas", "ocid1.blockvolumereplica.oc1.phx.b", PHOENIX),
    block("list_boot_volume_replicas", "ocid1.bootvolumereplica.oc1.phx.b", PHOENIX),
    database("list_db_systems", DATA, expected="ocid1.dbsystem.oc1.iad.s"),
    database(
        "list_databases",
        DATA,
        system_id="ocid1.dbsystem.oc1.iad.s",
        expected="ocid1.database.oc1.iad.d",
    ),
    database("list_backups", compartment_id=DATA, expected="ocid1.dbbackup.oc1.iad.b"),
    database("list_autonomous_databases", DATA, expected=ADB),
    database(
        "list_autonomous_database_dataguard_associations", ADB, expected="ocid1.adg.oc1.iad.x"
    ),
    database("list_cloud_vm_clusters", DATA, expected="ocid1.cloudvmcluster.oc1.iad.c"),
    Case(
        client="key_management.KmsVaultClient",
        operation="list_vaults",
        arguments=(DATA,),
        expected=("ocid1.vault.oc1.iad.v1.aaaa", "ocid1.vault.oc1.iad.v2.aaaa"),
    ),
    Case(
        client="key_management.KmsVaultClient",
        operation="list_vault_replicas",
        arguments=("ocid1.vault.oc1.iad.v1.aaaa",),
        shows="region",
        expected=(PHOENIX,),
    ),
    Case(
        client="key_management.KmsManagementClient",
        operation="list_keys",
        arguments=(DATA,),
        endpoint=(VAULT_HOST,),
        expected=("ocid1.key.oc1.iad.v1.k1",),
    ),
]


def client_class(name: str) -> Any:
    """Return a client class by its name within the SDK."""
    module, _, kind = name.partition(".")
    return getattr(getattr(oci, module), kind)


@pytest.mark.parametrize("case", LISTINGS, ids=lambda case: case.operation)
def test_lists(case: Case, simulator: Simulator, connect: Callable[..., Any]) -> None:
    """Each listing gives exactly what the estate has there, over all of its pages."""
    client = connect(client_class(case.client), *case.endpoint, region=case.region)
    operation = getattr(client, case.operation)
    if "page" in operation.__doc__ and ":param str page:" in operation.__doc__:
        data = oci.pagination.list_call_get_all_results(
            operation, *case.arguments, **case.options
        ).data
    else:
        data = operation(*case.arguments, **case.options).data
    items = getattr(data, "items", data)
    assert sorted(getattr(item, case.shows) for item in items) == sorted(case.expected)


def test_gets_one_resource(simulator: Simulator, connect: Callable[..., Any]) -> None:
    """Single resources come as the estate has them."""
    identity = connect(oci.identity.IdentityClient)
    database_client = connect(oci.database.DatabaseClient)
    audit = connect(oci.audit.AuditClient)
    keys = connect(oci.key_management.KmsManagementClient, VAULT_HOST)
    assert identity.get_tenancy(credentials.TENANCY).data.home_region_key == "IAD"
    assert database_client.get_autonomous_database(ADB).data.db_name == "adb"
    assert audit.get_configuration(credentials.TENANCY).data.retention_period_days == 365
    assert keys.get_key("ocid1.key.oc1.iad.v1.k1").data.protection_mode == "HSM"


def test_a_vault_serves_its_own_keys_only(
    simulator: Simulator, connect: Callable[..., Any]
) -> None:
    """A key of another vault is not found at this vault's endpoint."""
    keys = connect(oci.key_management.KmsManagementClient, VAULT_HOST)
    with pytest.raises(oci.exceptions.ServiceError) as refusal:
        keys.get_key("ocid1.key.oc1.iad.v2.k2")
    assert refusal.value.status == 404


def test_get_bucket_shows_sizes_only_when_asked(
    simulator: Simulator, connect: Callable[..., Any]
) -> None:
    """The approximate fields need 'fields', as in the real service."""
    client = connect(oci.object_storage.ObjectStorageClient)
    assert client.get_namespace().data == "acme"
    plain = client.get_bucket("acme", "user-data").data
    full = client.get_bucket(
        "acme", "user-data", fields=["approximateSize", "approximateCount"]
    ).data
    assert (plain.approximate_size, plain.public_access_type) == (None, "NoPublicAccess")
    assert (full.approximate_size, full.approximate_count) == (12, 3)


def test_summaries_have_summary_fields_only(
    simulator: Simulator, connect: Callable[..., Any]
) -> None:
    """A listing shows what its summary model has, tags only on request, and nulls as nulls."""
    client = connect(oci.object_storage.ObjectStorageClient, skip_deserialization=True)
    listed = client.list_buckets("acme", DATA).data
    assert listed[0] == {
        "namespace": "acme",
        "name": "user-data",
        "compartmentId": DATA,
        "createdBy": "u",
        "timeCreated": "2024-02-01T00:00:00.000Z",
        "etag": "e1",
    }
    assert client.list_buckets("acme", DATA, fields=["tags"]).data[0]["freeformTags"] == {
        "owner": "x"
    }
    assert client.get_bucket("acme", "logs").data["kmsKeyId"] is None


def test_subtypes_keep_their_own_fields(simulator: Simulator, connect: Callable[..., Any]) -> None:
    """A nested object is of the subclass that its discriminator names."""
    volume = connect(oci.core.BlockstorageClient).get_volume("ocid1.volume.oc1.iad.a").data
    assert isinstance(volume.source_details, oci.core.models.VolumeSourceFromVolumeBackupDetails)
    assert volume.source_details.id == "ocid1.volumebackup.oc1.iad.b"


@pytest.mark.parametrize(
    ("asked", "start", "shown"),
    [
        ({}, 1, 5),
        ({"count": 2}, 1, 2),
        ({"start_index": 4, "count": 2}, 4, 2),
        ({"start_index": 5, "count": 2}, 5, 1),
        ({"start_index": 9}, 9, 0),
        ({"start_index": 0}, 1, 5),
        ({"start_index": -3, "count": -1}, 1, 0),
        ({"count": 0}, 1, 0),
    ],
)
def test_identity_domains_page_by_index(
    connect: Callable[..., Any], asked: dict[str, int], start: int, shown: int
) -> None:
    """RFC 7644, section 3.4.2.4: the first is 1, and the whole number is always told."""
    host = "idcs-9.identity.oraclecloud.com"
    domain = {"id": "ocid1.domain.oc1..d", "compartment_id": DATA, "url": f"https://{host}:443"}
    users = [{"_host": host, "id": f"u{n}", "user_name": f"u{n}"} for n in range(5)]
    objects = {"identity": {"Domain": [domain]}, "identity_domains": {"User": users}}
    estate = make_estate({"tenancy": credentials.TENANCY, "regions": {"global": objects}})
    with in_process(Simulator(estate)):
        client = connect(oci.identity_domains.IdentityDomainsClient, f"https://{host}")
        page = client.list_users(**asked).data
        with pytest.raises(oci.exceptions.ServiceError):
            client.list_users(count=1001)

    assert (page.start_index, page.total_results) == (start, 5)
    assert page.items_per_page == len(page.resources) == shown


def test_a_listing_of_a_subtree_leaves_out_where_one_may_not_look(
    simulator: Simulator, connect: Callable[..., Any]
) -> None:
    """Without a word; only compartments themselves are shown to whoever asks for ANY."""
    client = connect(oci.cloud_guard.CloudGuardClient)
    options = {"compartment_id_in_subtree": True, "access_level": "ACCESSIBLE"}
    assert len(client.list_targets(PROD, **options).data.items) == 1
    simulator.inject(denied(".*", compartment=DATA))
    assert client.list_targets(PROD, **options).data.items == []
    simulator.inject(denied(".*", compartment=PROD))
    found = oci.pagination.list_call_get_all_results(
        connect(oci.identity.IdentityClient).list_compartments,
        credentials.TENANCY,
        compartment_id_in_subtree=True,
        access_level="ANY",
    )
    assert "data" in {compartment.name for compartment in found.data}
