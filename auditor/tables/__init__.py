"""The fact tables: what one row is, and what each column means.

Collectors make rows, ``facts`` stores them, ``policy`` reads their columns. A column holds a value
or an :class:`~auditor.model.Unknown`; *known to be none* is ``''``, ``()``, ``False`` or
``'none'``, never Unknown. In the stored table an Unknown is NULL, and its reason is a row of
``unknowns``.
Countries are ISO 3166-1 alpha-2 codes. Moments are UTC, ISO 8601 with a Z.

The columns that only a join can fill (``derived`` in their description) are left at their
default by collectors and filled by ``facts``.
"""

from auditor.tables.activity import Access, Recording
from auditor.tables.apps import (
    App,
    AppComponent,
    AppDestination,
    AppLibrary,
    AppLoader,
    AppPermission,
)
from auditor.tables.assurance import Coverage, Retention, Statement, Trail, UnknownFact
from auditor.tables.base import UNJOINED, Maybe, Row
from auditor.tables.builds import Artifact, Attestation, Builder, Component, TrustRoot
from auditor.tables.changes import Change, Commit, Review, Throughput
from auditor.tables.code import Alert, Branch, BranchRule, CodeEvent, Repository, RepositoryRight
from auditor.tables.guardrails import Guardrail
from auditor.tables.holdings import Key, Processor, Store
from auditor.tables.identities import Attachment, Membership, PolicyDocument, Principal
from auditor.tables.movements import Flow, Reach
from auditor.tables.networks import (
    Gateway,
    Interface,
    Network,
    Opening,
    RouteTable,
    RuleList,
    Subnet,
)
from auditor.tables.permissions import Extent, Grant, PolicyStatement, Power
from auditor.tables.places import Account, HierarchyNode, Region
from auditor.tables.providers import ProviderAccess
from auditor.tables.running import Chain, Deployment
from auditor.tables.witnesses import Novelty, RecordedCall, Sighting, Spend, Witness

TABLES: tuple[type[Row], ...] = (
    Account,
    HierarchyNode,
    Region,
    Store,
    Processor,
    Flow,
    Reach,
    Network,
    Subnet,
    RouteTable,
    RuleList,
    Interface,
    Gateway,
    Opening,
    Key,
    Principal,
    Membership,
    PolicyDocument,
    Attachment,
    PolicyStatement,
    Grant,
    Extent,
    Power,
    Access,
    Recording,
    Guardrail,
    Repository,
    RepositoryRight,
    BranchRule,
    Branch,
    CodeEvent,
    Alert,
    Change,
    Commit,
    Review,
    Throughput,
    Builder,
    Artifact,
    TrustRoot,
    Attestation,
    Component,
    Deployment,
    Chain,
    App,
    AppPermission,
    AppComponent,
    AppLibrary,
    AppDestination,
    AppLoader,
    ProviderAccess,
    Trail,
    Retention,
    Statement,
    Witness,
    Sighting,
    Spend,
    RecordedCall,
    Novelty,
    Coverage,
    UnknownFact,
)

__all__ = [
    "TABLES",
    "UNJOINED",
    "Access",
    "Account",
    "Alert",
    "App",
    "AppComponent",
    "AppDestination",
    "AppLibrary",
    "AppLoader",
    "AppPermission",
    "Artifact",
    "Attachment",
    "Attestation",
    "Branch",
    "BranchRule",
    "Builder",
    "Chain",
    "Change",
    "CodeEvent",
    "Commit",
    "Component",
    "Coverage",
    "Deployment",
    "Extent",
    "Flow",
    "Gateway",
    "Grant",
    "Guardrail",
    "HierarchyNode",
    "Interface",
    "Key",
    "Maybe",
    "Membership",
    "Network",
    "Novelty",
    "Opening",
    "PolicyDocument",
    "PolicyStatement",
    "Power",
    "Principal",
    "Processor",
    "ProviderAccess",
    "Reach",
    "RecordedCall",
    "Recording",
    "Region",
    "Repository",
    "RepositoryRight",
    "Retention",
    "Review",
    "RouteTable",
    "Row",
    "RuleList",
    "Sighting",
    "Spend",
    "Statement",
    "Store",
    "Subnet",
    "Throughput",
    "Trail",
    "TrustRoot",
    "UnknownFact",
    "Witness",
]
