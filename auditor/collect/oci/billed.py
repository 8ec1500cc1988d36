"""What the Usage API calls a service, and the short names of the kinds that are charged under it.

A name that is not here is a charge that nobody can assign: it keeps gaps open. One name can stand
for several services (container images are charged as compute): all that it may stand for are named,
so that a charge never speaks for too little. Spellings differ between the API, the console and the
cost reports ('OBJECTSTORE', 'OBJECT_STORAGE', 'Object Storage'): only letters and digits count.

Sources: the column product/service of cost reports
(https://docs.oracle.com/en-us/iaas/Content/Billing/Concepts/costusagereportsoverview.htm), the
service names of cost analysis, and the price list (https://www.oracle.com/cloud/price-list/).
"""

import re
from collections.abc import Mapping

from auditor.model import Unknown
from auditor.tables import Maybe

_NOT_SPELLING = re.compile(r"[^A-Z0-9]")
_DATABASES = ("database", "autonomousdatabase", "recovery", "globaldatabase")
_NETWORK = ("networking", "dns", "loadbalancer", "networkfirewall", "bastion")

BILLED: Mapping[str, tuple[str, ...]] = {
    "ANALYTICS": ("analytics",),
    "API_GATEWAY": ("apigateway",),
    "APIGW": ("apigateway",),
    "ARTIFACTS": ("artifacts",),
    "BIG_DATA_SERVICE": ("bigdata",),
    "BLOCK_STORAGE": ("blockvolume",),
    "BLOCK_VOLUME": ("blockvolume",),
    "CACHE": ("redis",),
    "CLOUD_GUARD": ("cloudguard",),
    "COMPUTE": ("compute", "artifacts", "oke", "rover"),
    "CONTAINER_ENGINE": ("oke",),
    "CONTAINER_INSTANCES": ("containerinstances",),
    "DATABASE": _DATABASES,
    "DATABASE_MANAGEMENT": ("databasemanagement",),
    "DATABASE_MIGRATION": ("databasemigration",),
    "DATA_CATALOG": ("datacatalog",),
    "DATAFLOW": ("dataflow",),
    "DATA_INTEGRATION": ("dataintegration",),
    "DATA_SAFE": ("datasafe",),
    "DATASCIENCE": ("datascience",),
    "DEVOPS": ("devops",),
    "DISASTER_RECOVERY": ("disasterrecovery",),
    "DNS": ("dns",),
    "EMAIL_DELIVERY": ("email",),
    "EVENTS": ("events",),
    "FILE_STORAGE": ("filestorage", "lustre"),
    "FSS": ("filestorage",),
    "FULL_STACK_DISASTER_RECOVERY": ("disasterrecovery",),
    "FUNCTIONS": ("functions",),
    "FAAS": ("functions",),
    "GENERATIVE_AI": ("generativeai",),
    "GOLDENGATE": ("goldengate",),
    "IDENTITY": ("identity",),
    "INTEGRATION": ("integration",),
    "INTEGRATION_SERVICE": ("integration",),
    "KEY_MANAGEMENT": ("vault",),
    "KMS": ("vault",),
    "LOAD_BALANCER": ("loadbalancer",),
    "LOG_ANALYTICS": ("loganalytics",),
    "LOGGING": ("logging",),
    "LOGGING_ANALYTICS": ("loganalytics",),
    "LUSTRE": ("lustre",),
    "MONITORING": ("monitoring",),
    "MYSQL": ("mysql",),
    "NETWORK": _NETWORK,
    "NETWORKING": _NETWORK,
    "NOSQL": ("nosql",),
    "NOTIFICATIONS": ("notifications",),
    "OBJECT_STORAGE": ("objectstorage",),
    "OBJECTSTORE": ("objectstorage",),
    "OIC": ("integration",),
    "OKE": ("oke",),
    "OPENSEARCH": ("opensearch",),
    "ORACLE_ANALYTICS_CLOUD": ("analytics",),
    "ORACLE_NOTIFICATION_SERVICE": ("notifications",),
    "ORACLE_STREAMING_SERVICE": ("streaming", "managedkafka"),
    "POSTGRESQL": ("postgresql",),
    "QUEUE": ("queue",),
    "RECOVERY_SERVICE": ("recovery",),
    "REDIS": ("redis",),
    "ROVING_EDGE": ("rover",),
    "SERVICE_CONNECTOR_HUB": ("connectorhub",),
    "STREAMING": ("streaming", "managedkafka"),
    "TELEMETRY": ("monitoring",),
    "VAULT": ("vault",),
    "VISUAL_BUILDER": ("visualbuilder",),
    "WAF": ("waf",),
}


def _spelt(name: str) -> str:
    return _NOT_SPELLING.sub("", name.upper())


_BY_SPELLING = {_spelt(name): services for name, services in BILLED.items()}
BILLABLE = tuple(sorted({service for services in BILLED.values() for service in services}))


def services_billed_as(name: str) -> Maybe[tuple[str, ...]]:
    """Return the short names of what is charged under a name, or why they are unknown."""
    services = _BY_SPELLING.get(_spelt(name))
    if services is not None:
        return services
    return Unknown(f"this version does not know which service is billed as {name!a}")
