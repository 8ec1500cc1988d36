"""What the words for resources and permissions mean, as far as this version knows them.

A word that is not here is unknown, which is another thing than a word for something else.

Sources: the pages "Details for ..." of the policy reference,
    https://docs.oracle.com/en-us/iaas/Content/Identity/Reference/policyreference.htm
"""

from collections.abc import Mapping

from auditor.collect.oci.iam.words import ALONE, MAYBE_MEMBERS, MEMBERS

VERBS = ("inspect", "read", "use", "manage")
EVERYTHING = "all-resources"

# type: what each verb adds, from inspect to manage
_PERMISSIONS = """\
buckets: BUCKET_INSPECT | BUCKET_READ | BUCKET_UPDATE | BUCKET_CREATE BUCKET_DELETE PAR_MANAGE
  RETENTION_RULE_MANAGE RETENTION_RULE_LOCK
objects: OBJECT_INSPECT | OBJECT_READ | OBJECT_OVERWRITE | OBJECT_CREATE OBJECT_DELETE
  OBJECT_VERSION_DELETE OBJECT_RESTORE OBJECT_UPDATE_TIER
console-histories: CONSOLE_HISTORY_INSPECT | CONSOLE_HISTORY_READ | |
  CONSOLE_HISTORY_CREATE CONSOLE_HISTORY_DELETE
volumes: VOLUME_INSPECT | | VOLUME_UPDATE VOLUME_WRITE | VOLUME_CREATE VOLUME_DELETE VOLUME_MOVE
vaults: VAULT_INSPECT | VAULT_READ | VAULT_CREATE_KEY VAULT_IMPORT_KEY VAULT_CREATE_SECRET |
  VAULT_CREATE VAULT_UPDATE VAULT_DELETE VAULT_MOVE VAULT_BACKUP VAULT_RESTORE VAULT_REPLICATE
keys: KEY_INSPECT | KEY_READ | KEY_ENCRYPT KEY_DECRYPT KEY_EXPORT KEY_SIGN KEY_VERIFY |
  KEY_CREATE KEY_UPDATE KEY_ROTATE KEY_DELETE KEY_MOVE KEY_IMPORT KEY_BACKUP KEY_RESTORE
key-delegate: | | KEY_ASSOCIATE KEY_DISASSOCIATE |
secrets: SECRET_INSPECT | SECRET_READ | SECRET_UPDATE | SECRET_CREATE SECRET_DELETE SECRET_MOVE
secret-versions: SECRET_VERSION_INSPECT | SECRET_VERSION_READ | | SECRET_VERSION_DELETE
secret-bundles: SECRET_BUNDLE_INSPECT | SECRET_BUNDLE_READ | |
streams: STREAM_INSPECT | STREAM_READ | STREAM_UPDATE STREAM_MOVE STREAM_PRODUCE STREAM_CONSUME |
  STREAM_CREATE STREAM_DELETE
file-systems: FILE_SYSTEM_INSPECT | FILE_SYSTEM_READ | FILE_SYSTEM_NFSv3_EXPORT
  FILE_SYSTEM_NFSv3_UNEXPORT FILE_SYSTEM_CLONE FILE_SYSTEM_REPLICATION_SOURCE
  FILE_SYSTEM_UPDATE_FILESYSTEM_SNAPSHOT_POLICY | FILE_SYSTEM_CREATE FILE_SYSTEM_UPDATE
  FILE_SYSTEM_DELETE FILE_SYSTEM_MOVE FILE_SYSTEM_CREATE_SNAPSHOT FILE_SYSTEM_DELETE_SNAPSHOT
  FILE_SYSTEM_REPLICATION_TARGET
"""

# Of those of a key, the ones that open what it encrypts, or take the key itself out.
OPENING = frozenset({"KEY_DECRYPT", "KEY_EXPORT", "KEY_ASSOCIATE", "KEY_BACKUP"})

# Of what is no customer's data, though no table has a type for it.
OF_SETTINGS = frozenset({"AUDIT_CONFIGURATION_READ", "AUDIT_CONFIGURATION_UPDATE"})

# type: what holds its data, as the service and kind of our stores and keys, '_' for a space
_HOLDINGS = """\
buckets: objectstorage/bucket
objects: objectstorage/bucket
volumes: blockvolume/volume blockvolume/replica
volume-groups: blockvolume/volume blockvolume/replica
volume-attachments: blockvolume/volume
volume-backups: blockvolume/backup
boot-volume-backups: blockvolume/backup
volume-group-backups: blockvolume/backup
file-systems: filestorage/*
export-sets: filestorage/*
mount-targets: filestorage/*
replications: filestorage/*
instances: compute/instance compute/local_disks
console-histories: compute/console_history
instance-console-connection: compute/instance
instance-images: compute/image
streams: streaming/*
stream-pull: streaming/*
stream-push: streaming/*
stream-pools: streaming/*
db-systems: database/*
db-nodes: database/*
db-homes: database/*
databases: database/*
pluggable-databases: database/*
db-backups: database/backup
backups: database/backup
backup-destinations: database/destination
autonomous-databases: autonomousdatabase/*
autonomous-backups: autonomousdatabase/backup
autonomous-container-databases: autonomousdatabase/*
database-connections: autonomousdatabase/*
vaults: vault/*
keys: vault/key
key-delegate: vault/key
secrets: vault/secret
secret-versions: vault/secret
secret-bundles: vault/secret
log-groups: logging/*
log-content: logging/*
repos: artifacts/*
artifact-repositories: artifacts/*
generic-artifacts: artifacts/artifact_repository
devops-repository: devops/*
devops-pull-request: devops/repository
devops-protected-branch: devops/repository
devops-project: devops/repository
integration-instance: integration/*
queues: queue/*
nosql-tables: nosql/*
nosql-rows: nosql/*
mysql-instances: mysql/*
mysql-backups: mysql/*
opensearch-clusters: opensearch/*
opensearch-cluster-backups: opensearch/*
redis-clusters: redis/*
postgres-db-systems: postgresql/*
postgres-backups: postgresql/*
goldengate-deployments: goldengate/*
goldengate-deployment-backups: goldengate/*
agcs-instance: accessgovernance/*
ai-data-platforms: aidataplatform/*
ai-service-document-model: documents/*
ai-service-language-model: language/*
ai-service-speech-customization: speech/*
ai-service-vision-model: vision/*
api-platform-instance: apiplatform/*
apm-domains: apm/*
blockchain-platforms: blockchain/*
ccc-infrastructure: computecloud/*
data-catalog-metastores: datacatalog/*
data-catalogs: datacatalog/*
data-labeling-dataset: datalabeling/*
datacc-infrastructures: databasecloud/*
desktop-pool: desktops/*
em-warehouses: opsinsights/*
fleet: jms/*
iot-domain: iot/*
mac-orders: managedmac/*
media-asset: media/*
ocb-inventory: cloudbridge/*
oce-instance: contentmanagement/*
oda-instances: digitalassistant/*
opsi-warehouses: opsinsights/*
process-automation-instance: processautomation/*
pss-instances: publicsafety/*
resource-analytics-instance: resourceanalytics/*
sddcs: vmware/*
vbstudio-instance: visualbuilder/*
visualbuilder-instance: visualbuilder/*
data-science-models: datascience/*
data-science-notebook-sessions: datascience/*
analytics-instances: analytics/*
orm-stacks: resourcemanager/*
orm-jobs: resourcemanager/*
ons-topics: notifications/*
fn-app: functions/*
fn-function: functions/*
domains: identity/domain
bds-instances: bigdata/*
generative-ai-application-storage: generativeai/application_storage
generative-ai-imported-model: generativeai/imported_model
generative-ai-model: generativeai/model
generative-ai-semantic-store: generativeai/semantic_store
genai-agent-knowledge-base: generativeai/knowledge_base
kafka-clusters: managedkafka/*
loganalytics-lifecycle: loganalytics/*
lustre-file-system: lustre/*
recovery-service-protected-database: recovery/*
target-databases: datasafe/*
cloud-vmclusters: database/*
vmclusters: database/*
rover-nodes: rover/*
rover-clusters: rover/*
fusion-environment: fusionapps/*
"""

# Only 'use' reaches what these hold, or lets somebody in who does: makes a bucket public, attaches
# or copies a volume, takes messages. Of the others, it is taken to be 'read'.
_REACHED_BY_USE = """\
buckets volumes volume-attachments volume-groups volume-backups boot-volume-backups
volume-group-backups file-systems export-sets mount-targets streams stream-pools keys vaults
secrets secret-versions instances
"""

# What a verb lets one do with the data, in the order that rows state it.
DECRYPT = "decrypt"
ACCESS = ("read", "write", "administer", "share", DECRYPT)
_BY_VERB = {"read": 1, "use": 2, "manage": 3, "associate": 2}
# Types whose verbs give other things: who may change a bucket can open it to the public, and who
# may manage it can make pre-authenticated requests; objects alone decide on nobody's access.
_OTHERWISE = {
    ("buckets", "use"): ("administer",),
    ("buckets", "manage"): ("administer", "share"),
    ("objects", "manage"): ("read", "write"),
    # Who may hand a key to a service has that service decrypt.
    ("keys", "use"): (DECRYPT,),
    ("keys", "manage"): (DECRYPT,),
    ("key-delegate", "use"): (DECRYPT,),
    ("key-delegate", "manage"): (DECRYPT,),
    (EVERYTHING, "use"): ("read", "write", "administer", DECRYPT),
    (EVERYTHING, "manage"): ACCESS,
    ("policies", "manage"): ACCESS,
    # A request shows the code that it changes, and whoever merges it writes. Only who may manage
    # them changes the rules on branches, and of projects; neither shows any code.
    ("devops-pull-request", "manage"): ("read", "write"),
    **{
        (resource, verb): given
        for resource in ("devops-protected-branch", "devops-project")
        for verb, given in (("read", ()), ("use", ()), ("manage", ("administer",)))
    },
}


def _read(table: str) -> dict[str, str]:
    """Return what stands after each name; an indented line goes on with the one before."""
    lines = table.replace("\n  ", " ").splitlines()
    return {name: rest for name, _, rest in (line.partition(":") for line in lines)}


FAMILIES: Mapping[str, frozenset[str]] = {
    name: frozenset(rest.split()) for name, rest in _read(MEMBERS).items()
}
_MAYBE = {name: frozenset(rest.split()) for name, rest in _read(MAYBE_MEMBERS).items()}
TYPES = frozenset(ALONE.split()).union(*FAMILIES.values())

_HELD = {
    name: tuple(each.replace("_", " ") for each in rest.split())
    for name, rest in _read(_HOLDINGS).items()
}

# permission -> type of resource, and the least verb that gives it
PERMISSIONS: Mapping[str, tuple[str, str]] = {
    permission.upper(): (resource, verb)
    for resource, rest in _read(_PERMISSIONS).items()
    for verb, several in zip(VERBS, rest.split("|"), strict=True)
    for permission in several.split()
}

# How a permission of no table ends -> the verb that such a permission comes with. Oracle's verbs
# differ in detail from service to service; what is not here is unknown.
_ENDINGS = {
    "INSPECT": "inspect",
    "LIST": "inspect",
    "READ": "read",
    "USE": "use",
    "UPDATE": "use",
    "CREATE": "manage",
    "DELETE": "manage",
    "MOVE": "manage",
    "MANAGE": "manage",
    "COPY": "use",
}


def covers(resource: str, wanted: str) -> bool | None:
    """Return whether a word for resources covers a type of resource; None if that is unknown."""
    if resource in (wanted, EVERYTHING):
        return True
    if resource in FAMILIES:
        if wanted in FAMILIES[resource]:
            return True
        return None if wanted in _MAYBE.get(resource, ()) or wanted not in TYPES else False
    return False if resource in TYPES else None


def holdings(resource: str, verb: str) -> tuple[str, ...] | None:
    """Return what holds data that a verb reaches, None if the word for resources is unknown.

    '*' is everything. A family counts with whatever it may have.
    """
    if verb == VERBS[0]:
        return ()  # Oracle's own promise: lists, without any content
    if resource == EVERYTHING:
        return ("*",)
    if resource not in FAMILIES and resource not in TYPES:
        return None
    members = {resource, *FAMILIES.get(resource, ()), *_MAYBE.get(resource, ())}
    if verb == "read":
        members -= set(_REACHED_BY_USE.split())
    return tuple(sorted({held for each in members for held in _HELD.get(each, ())}))


def gives(resource: str, verb: str) -> tuple[str, ...]:
    """Return which access a verb gives to what ``holdings`` returns, in the words of grants.

    A word for resources that nobody knows gives what its verb gives to most.
    """
    members = {resource, *FAMILIES.get(resource, ()), *_MAYBE.get(resource, ())}
    if verb == "read":
        members -= set(_REACHED_BY_USE.split())
    held = [each for each in members if each in _HELD or each not in TYPES or each == "policies"]
    usual = ACCESS[: _BY_VERB.get(verb, 0)]
    found = {word for each in held for word in _OTHERWISE.get((each, verb), usual)}
    return tuple(word for word in ACCESS if word in found)


def verb_of(permission: str) -> str | None:
    """Return the least verb that a permission comes with, None if that is unknown."""
    if permission in PERMISSIONS:
        return PERMISSIONS[permission][1]
    return _ENDINGS.get(permission.rpartition("_")[2])


def includes(verb: str, wanted: str) -> bool | None:
    """Return whether a verb gives what another one gives; None for verbs of no order."""
    if verb not in VERBS or wanted not in VERBS:
        return True if verb == wanted else None
    return VERBS.index(verb) >= VERBS.index(wanted)
