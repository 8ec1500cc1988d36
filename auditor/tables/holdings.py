"""Tables of what holds data or handles it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from auditor.tables.base import UNJOINED, Maybe, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Store(Row):
    """One resource that holds data."""

    table: ClassVar[str] = "stores"

    name: Annotated[str, "Name that its owner gave it."]
    provider: Annotated[str, "'aws' or 'oci'."]
    operator: Annotated[str, "Company that runs the cloud: 'Amazon Web Services' or 'Oracle'."]
    account: Annotated[str, "Account or tenancy that holds it."]
    compartment: Annotated[str, "OCI compartment; '' elsewhere."] = ""
    region: Annotated[Maybe[str], "The provider's name of the region that holds the data."]
    country: Annotated[Maybe[str], "Country of the place that holds the data."]
    service: Annotated[str, "The provider's short name of the service, such as 's3'."]
    kind: Annotated[
        str, "What it is, in the provider's word: bucket, volume, snapshot, table, stream, log…"
    ]
    backup: Annotated[bool, "It is a copy kept for recovery: a snapshot, backup or replica."]
    source_id: Annotated[Maybe[str], "Store that it was copied from; '' for an original."] = ""
    data_classes: Annotated[
        Maybe[tuple[str, ...]], "Derived: classes of data it holds, by the audit's rules."
    ] = UNJOINED
    classified_by: Annotated[str, "Derived: name of the rule that decided; '' if none did."] = ""
    encrypted: Annotated[Maybe[bool], "Data at rest is encrypted."]
    key_id: Annotated[Maybe[str], "Key of the customer's that encrypts it; '' for the provider's."]
    key_country: Annotated[
        Maybe[str], "Derived: country of that key; the store's own for the provider's key."
    ] = UNJOINED
    public: Annotated[Maybe[bool], "Anybody on the internet can read it."]
    locked: Annotated[
        Maybe[bool], "Write-once: nobody can alter or delete what it holds before a set time."
    ]
    size_bytes: Annotated[Maybe[int], "Size that the provider states, in bytes."]
    created: Annotated[Maybe[str], "Moment of creation; '' if the provider has none."]
    tags: Annotated[Maybe[Mapping[str, str]], "Tags; OCI defined tags as 'namespace.key'."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Processor(Row):
    """One resource that data passes through or is worked on in, and that keeps none itself.

    A function, a task, a model, a distribution, a gateway, a connection between networks. What
    keeps data as well is a store.
    """

    table: ClassVar[str] = "processors"

    name: Annotated[str, "Name that its owner gave it."]
    provider: Annotated[str, "'aws' or 'oci'."]
    operator: Annotated[str, "Company that runs the cloud."]
    account: Annotated[str, "Account or tenancy that holds it."]
    compartment: Annotated[str, "OCI compartment; '' elsewhere."] = ""
    region: Annotated[Maybe[str], "Region in which it runs; 'global' if it runs at every edge."]
    country: Annotated[Maybe[str], "Country in which it runs; '*' if it runs at every edge."]
    service: Annotated[str, "The provider's short name of the service, such as 'lambda'."]
    kind: Annotated[str, "What it is, in the provider's word: function, distribution, task…"]
    data_classes: Annotated[
        Maybe[tuple[str, ...]], "Derived: classes of data it handles, by the audit's rules."
    ] = UNJOINED
    classified_by: Annotated[str, "Derived: name of the rule that decided; '' if none did."] = ""
    public: Annotated[Maybe[bool], "Anybody on the internet can call it."]
    created: Annotated[Maybe[str], "Moment of creation; '' if the provider has none."]
    tags: Annotated[Maybe[Mapping[str, str]], "Tags; OCI defined tags as 'namespace.key'."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key(Row):
    """One encryption key."""

    table: ClassVar[str] = "keys"

    name: Annotated[Maybe[str], "Name or description that its owner gave it."]
    provider: Annotated[str, "'aws' or 'oci'."]
    operator: Annotated[str, "Company that runs the cloud."]
    account: Annotated[str, "Account or tenancy that holds it."]
    compartment: Annotated[str, "OCI compartment; '' elsewhere."] = ""
    region: Annotated[str, "Region that holds it."]
    country: Annotated[Maybe[str], "Country of that region, or of the external key manager."]
    enabled: Annotated[Maybe[bool], "Usable now."]
    custody: Annotated[
        Maybe[str], "Who holds the material: provider, customer, hsm, imported or external."
    ]
    replica_regions: Annotated[Maybe[tuple[str, ...]], "Other regions that hold the key."]
    replica_countries: Annotated[Maybe[tuple[str, ...]], "Countries of those regions."]
    principal_accounts: Annotated[
        Maybe[tuple[str, ...]],
        "Accounts that its policy and grants let in, its own included; '*' for anybody.",
    ]
    rotates: Annotated[Maybe[bool], "The provider renews the material by itself."]
