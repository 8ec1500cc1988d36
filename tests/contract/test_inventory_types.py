"""What the provider's inventories name: each type is collected, or judged, and never both."""

import re

from auditor.collect.aws.billed import BILLED
from auditor.collect.registry import load_collectors
from auditor.facts.quiet_types import QUIET_TYPES
from auditor.facts.quiet_types_oci import OCI_QUIET_TYPES
from auditor.facts.tagged_types import TAGGED_TYPES

CLAIMED = {name for each in load_collectors() for name in each.types}
_TYPE = re.compile(  # of Resource Explorer, of AWS Config, of Oracle's Resource Search
    r"[a-z0-9-]+:[A-Za-z0-9/_.-]+|AWS::[A-Za-z0-9]+::[A-Za-z0-9]+|[A-Z][A-Za-z0-9]+"
)


def test_no_type_is_collected_and_called_empty() -> None:
    """Whoever collects a type says that it holds or moves data."""
    assert CLAIMED & QUIET_TYPES.keys() == set()


def test_types_are_written_as_inventories_write_them() -> None:
    """A misspelt type would be a gap for ever."""
    assert all(_TYPE.fullmatch(name) for name in {*CLAIMED, *QUIET_TYPES, *TAGGED_TYPES})


def test_types_of_oracle_cloud_name_no_service() -> None:
    """Both clouds share one list: a name must say whose it is."""
    named = {name for each in load_collectors() if each.provider == "oci" for name in each.types}

    assert not [name for name in {*named, *OCI_QUIET_TYPES} if ":" in name]
    assert all(":" in name for name in QUIET_TYPES.keys() - OCI_QUIET_TYPES.keys())


def test_billed_services_are_short_names() -> None:
    names = {name for services in BILLED.values() for name in services}

    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in names)
