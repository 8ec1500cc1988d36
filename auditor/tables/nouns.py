"""What the rows of each table are called in a sentence."""

from collections.abc import Mapping

_NOUNS: Mapping[str, tuple[str, str]] = {
    "accounts": ("account", "accounts"),
    "hierarchy": ("place in the hierarchy", "places in the hierarchy"),
    "regions": ("region by account", "regions by account"),
    "stores": ("store", "stores"),
    "processors": ("processor", "processors"),
    "flows": ("flow", "flows"),
    "reach": ("path", "paths"),
    "networks": ("network", "networks"),
    "subnets": ("subnet", "subnets"),
    "route_tables": ("table of routes", "tables of routes"),
    "rule_lists": ("list of rules", "lists of rules"),
    "interfaces": ("network interface", "network interfaces"),
    "gateways": ("gateway of networks", "gateways of networks"),
    "openings": ("opening of a network", "openings of networks"),
    "keys": ("key", "keys"),
    "policy_statements": ("statement of a policy", "statements of policies"),
    "principals": ("principal", "principals"),
    "memberships": ("member of a group", "members of groups"),
    "policy_documents": ("policy document", "policy documents"),
    "attachments": ("attached policy", "attached policies"),
    "grants": ("right over stores", "rights over stores"),
    "extents": ("run of stores", "runs of stores"),
    "powers": ("power over safeguards", "powers over safeguards"),
    "accesses": ("access that was recorded", "accesses that were recorded"),
    "recordings": ("stretch of a log", "stretches of logs"),
    "guardrails": ("guardrail", "guardrails"),
    "provider_accesses": ("request of the provider's people", "requests of the provider's people"),
    "trails": ("audit log", "audit logs"),
    "statements": ("statement", "statements"),
    "witnesses": ("thing a witness can name", "things witnesses can name"),
    "sightings": ("resource of an inventory", "resources of inventories"),
    "spend": ("line of the bill", "lines of the bill"),
    "calls": ("recorded call of the auditor", "recorded calls of the auditor"),
    "novelties": ("member or value not known", "members and values not known"),
    "coverage": ("planned collection", "planned collections"),
    "unknowns": ("unknown fact", "unknown facts"),
}


def noun(count: int, table: str) -> str:
    """Return what that many rows of a table are called: 'store', 'audit logs'."""
    return _NOUNS.get(table, ("row", "rows"))[count != 1]
