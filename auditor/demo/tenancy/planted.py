"""Every row of the tenancy that must not pass, and why. What is not listed here must pass.

It holds for an audit that classifies stores by the tag ``data-class`` ('us-user-data' and
'operations'), whose boundary is the tenancy, which trusts Oracle and approves the United States.
A gap in what was collected has no row; its pattern is of the id of the coverage unit (G-10).
"""

from auditor.demo.builds import IN_ORACLE
from auditor.demo.oci.credentials import TENANCY
from auditor.demo.planted import Planted, echoes, fails, stays_open
from auditor.demo.tenancy.builder import FRANKFURT, HOME, LEGACY, LOGS, WEST, bucket_row, ocid
from auditor.demo.tenancy.plots import load_plots
from auditor.demo.tenancy.plots.dedicated_databases import REGISTERED

_COPY = bucket_row(FRANKFURT, "user-uploads-copy")
_MODERATION = ocid("volume", FRANKFURT, "moderation")
_BOOT, _BOOT_REPLICA = (
    ocid("bootvolume", HOME, "inbox"),
    ocid("bootvolumereplica", FRANKFURT, "inbox"),
)
_CONTACTS, _BACKUP = ocid("volume", HOME, "contacts"), ocid("volumebackup", HOME, "contacts")
_BACKUP_COPY = ocid("volumebackup", FRANKFURT, "contacts-copy")
_FEED, _STANDBY = (ocid("autonomousdatabase", region, "feed") for region in (HOME, FRANKFURT))
_TRENDS = ocid("autonomousdatabase", HOME, "trends")
_CLONE = ocid("autonomousdatabase", FRANKFURT, "trends-clone")
_AWAY = ocid("autonomousdatabasebackup", HOME, "trends-away")

_BREACHES: tuple[Planted, ...] = (
    *fails(
        "a bucket is replicated to Frankfurt",
        A_04=f"{bucket_row(HOME, 'user-uploads')}/replication/*",
    ),
    *fails("a bucket's copy is in Frankfurt", A_02=_COPY, A_05=_COPY, A_07b=_COPY),
    *fails("a bucket is open to the world", A_05b=f"{bucket_row(HOME, 'user-stickers')}/public/*"),
    *fails(
        "a pre-authenticated request hands out a bucket, and lives for decades",
        A_05b=f"{bucket_row(HOME, 'user-reports')}/link/for-the-agency",
    ),
    *fails("a volume of user data is in Frankfurt", A_02=_MODERATION, A_07b=_MODERATION),
    *fails("a boot volume is replicated to Frankfurt", A_04=f"{_BOOT}/replication/{_BOOT_REPLICA}"),
    *fails(
        "a boot volume's replica is in Frankfurt",
        A_02=_BOOT_REPLICA,
        A_05=_BOOT_REPLICA,
        A_07b=_BOOT_REPLICA,
    ),
    *fails(
        "a volume's backup was copied to Frankfurt",
        A_02=_BACKUP_COPY,
        A_04=f"{_BACKUP}/copy/{_BACKUP_COPY}",
        A_04b=f"{_CONTACTS} -> {_BACKUP_COPY}",
        A_05=_BACKUP_COPY,
        A_07b=_BACKUP_COPY,
    ),
    *fails(
        "a database is backed up to Frankfurt",
        A_04=f"{ocid('database', HOME, 'billing')}/backup/*",
    ),
    *fails("Data Guard keeps a standby in Frankfurt", A_04=f"{_FEED}/replication/{_STANDBY}"),
    *fails("an autonomous standby is in Frankfurt", A_02=_STANDBY, A_05=_STANDBY, A_07b=_STANDBY),
    *fails("a clone in Frankfurt is refreshed", A_04=f"{_TRENDS}/copy/{_CLONE}"),
    *fails("a refreshable clone is in Frankfurt", A_02=_CLONE, A_07b=_CLONE),
    *fails("an autonomous backup is kept in Frankfurt", A_02=_AWAY, A_05=_AWAY, A_07b=_AWAY),
    *fails("a key is in Frankfurt", A_07=ocid("key", FRANKFURT, "*")),
    *fails(
        "a bucket in Ashburn depends on a key in Frankfurt",
        A_07b=bucket_row(HOME, "user-consents"),
    ),
    *fails("a vault is copied to Frankfurt with its key", A_07=ocid("key", HOME, "replicated.*")),
    *fails(
        "the audit log is kept for half a year",
        G_02=f"oci:audit:{TENANCY}",
        G_03=f"oci:audit:{TENANCY}",
    ),
)

_SCRATCH = bucket_row(FRANKFURT, "scratch")
_APPEALS = bucket_row(HOME, "user-appeals")

_GAPS: tuple[Planted, ...] = (
    *stays_open("a bucket in Frankfurt that no rule classifies", A_02=_SCRATCH, A_07b=_SCRATCH),
    *stays_open(
        "a bucket whose details are refused", A_05b=f"{_APPEALS}/public/[?]", A_07b=_APPEALS
    ),
    *stays_open(
        "a bucket's replication that is refused",
        A_04=f"{bucket_row(HOME, 'user-drafts')}/replication/[?]",
    ),
    *stays_open(
        "a bucket's pre-authenticated requests that are refused",
        A_05b=f"{bucket_row(HOME, 'user-surveys')}/link/[?]",
    ),
    *stays_open(
        "an autonomous database's peers that are refused",
        A_04=f"{ocid('autonomousdatabase', HOME, 'ads')}/replication/[?]",
    ),
    *stays_open(
        "a bucket whose key an external key manager holds, nobody knows where",
        A_07=ocid("key", HOME, "external.held"),
        A_07b=bucket_row(HOME, "user-identities"),
    ),
    *stays_open(
        "quotas that a closed compartment may hold, for Frankfurt", A_03=f"{TENANCY}/{FRANKFURT}"
    ),
    *stays_open("a compartment that lets nobody in", G_10=f"*/{LEGACY}/*"),
    *stays_open(
        "backups of a region that are throttled beyond patience",
        G_10=f"*/{WEST}/{LOGS}/oci.blockvolume.backup",
        G_10b=f"*/{ocid('volumebackup', WEST, 'spare')}",
        G_10c=f"{TENANCY}/{LOGS}/{WEST}/BLOCK_STORAGE",
    ),
    *stays_open(
        "volumes that were not listed where block storage was charged for and not all was seen",
        G_10=f"*/{WEST}/oci.blockvolume.*",
    ),
)

_BY_PLOTS = tuple(planted for plot in load_plots() for planted in plot.planted)
_FOUND = (*_BREACHES, *_GAPS, *_BY_PLOTS)
PLANTED: tuple[Planted, ...] = (*_FOUND, *echoes(_FOUND, REGISTERED), *IN_ORACLE)
BREACHES = tuple(planted for planted in PLANTED if planted.verdict == "fail")
GAPS = tuple(planted for planted in PLANTED if planted.verdict == "indeterminate")
