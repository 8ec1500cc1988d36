"""Gateways, topics and file systems in Frankfurt, and addresses that mail is sent from."""

from auditor.demo.planted import fails, stays_open
from auditor.demo.tenancy.active import Tags, add_active
from auditor.demo.tenancy.builder import (
    DATA,
    FRANKFURT,
    HOME,
    LOGS,
    LONG_AGO,
    OPERATIONS,
    PROD,
    USER_DATA,
    Builder,
    domain_of,
    ocid,
)
from auditor.demo.tenancy.plots import Ground, Plot


def _build(ground: Ground) -> None:
    estate = ground.estate
    for region in (HOME, FRANKFURT):
        _gateways(estate, region)
        _topic(estate, region, "follows", USER_DATA)
    _topic(estate, FRANKFURT, "deployments", OPERATIONS)
    _sender(estate, "friends", USER_DATA)
    _sender(estate, "on-call", OPERATIONS)
    _shared_files(estate, "attachments", USER_DATA)
    _shared_files(estate, "packages", OPERATIONS)


def _gateways(estate: Builder, region: str) -> None:
    """Add what a network of user data calls the internet and Oracle's services through."""
    for model in ("NatGateway", "ServiceGateway"):
        estate.resource(
            region,
            f"core.{model}",
            model.lower(),
            "user-data",
            USER_DATA,
            compartment_id=PROD,
            display_name="user data",
            vcn_id=ocid("vcn", region, "user-data"),
            time_created=LONG_AGO,
        )


def _topic(estate: Builder, region: str, name: str, tags: Tags) -> None:
    estate.add(
        region,
        "ons",
        "NotificationTopicSummary",
        topic_id=ocid("onstopic", region, name),
        name=name,
        compartment_id=LOGS,
        lifecycle_state="ACTIVE",
        api_endpoint=f"https://cell1.notification.{region}.oraclecloud.com",
        time_created=LONG_AGO,
        **tags,
    )


def _sender(estate: Builder, name: str, tags: Tags) -> None:
    estate.resource(
        HOME,
        "email.SenderSummary",
        "emailsender",
        name,
        tags,
        lifecycle_state="ACTIVE",
        email_address=f"{name}@northstar.example",
        time_created=LONG_AGO,
    )


def _shared_files(estate: Builder, name: str, tags: Tags) -> None:
    """Add a file system in Frankfurt that is mounted there, and could be elsewhere."""
    kind = "file_storage.FileSystem"
    files = add_active(
        estate,
        FRANKFURT,
        kind,
        "filesystem",
        name,
        tags,
        availability_domain=domain_of(FRANKFURT),
        metered_bytes=8_192_000,
        replication_source_count=0,
    )
    for export, clients in ((name, [{"source": "10.1.0.0/16"}]), (f"{name}-closed", [])):
        estate.add(
            FRANKFURT,
            "file_storage",
            "Export",
            _path={"compartmentId": DATA},
            id=ocid("export", FRANKFURT, export),
            file_system_id=files,
            export_set_id=ocid("exportset", FRANKFURT, export),
            lifecycle_state="ACTIVE",
            path=f"/{export}",
            export_options=clients,
        )


_FILES = ocid("filesystem", FRANKFURT, "attachments")
PLOT = Plot(
    build=_build,
    planted=(
        *fails(
            "a network of user data calls the internet from Frankfurt",
            A_10=ocid("natgateway", FRANKFURT, "user-data"),
        ),
        *fails(
            "a network of user data calls Oracle's services in Frankfurt",
            A_10=ocid("servicegateway", FRANKFURT, "user-data"),
        ),
        *fails(
            "a topic passes user data on in Frankfurt", A_10=ocid("onstopic", FRANKFURT, "follows")
        ),
        *stays_open(
            "an address sends mail about user data to mailboxes that are anywhere",
            A_04=f"{ocid('emailsender', HOME, 'friends')}/stream/e-mail",
        ),
        *fails(
            "a file system of user data is in Frankfurt, and mounted there",
            A_02=_FILES,
            A_04=f"{_FILES}/mount/{ocid('export', FRANKFURT, 'attachments')}",
            A_07b=_FILES,
        ),
    ),
)
