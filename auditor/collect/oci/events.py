"""OCI Events: rules, and whom they tell of what happens to resources."""

from collections.abc import Iterator, Mapping

from auditor.collect.flows import possible
from auditor.collect.oci.flows import to_store
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import entries, maybe_flag, odd
from auditor.collect.oci.service_rows import (
    BARE,
    compartment_listing,
    get_detail,
    is_gone,
    processor_of,
)
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Maybe, Processor

_ENDS = {"FAAS": "functionId", "OSS": "streamId", "ONS": "topicId"}


def _rows(found: Found) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    rule = processor_of(found, "events", "rule")
    yield rule
    enabled = maybe_flag(found, "item.isEnabled")
    if enabled is False:
        return
    actions = found.read("rule.actions.actions")
    if isinstance(actions, Unknown):
        yield possible(rule, "stream", actions)
        return
    for number, action in enumerate(entries(actions), 1):
        end = _end(action)
        name = str(action.get("id", number))
        if isinstance(end, Unknown):
            yield possible(rule, "stream", end, name)
        else:
            yield to_store(rule, "stream", end, _active(action, enabled), name)


def _end(action: Mapping[str, Json]) -> Maybe[str]:
    kind = str(action.get("actionType"))
    if kind not in _ENDS:
        return Unknown(f"actionType {kind[:40]} is not known to this version")
    end = action.get(_ENDS[kind])
    return end if isinstance(end, str) else odd(_ENDS[kind], "text")


def _active(action: Mapping[str, Json], rule: Maybe[bool]) -> Maybe[bool]:
    enabled = action.get("isEnabled")
    if enabled is False:
        return False
    return rule if enabled is True else odd("isEnabled", "true or false")


RULES = Collector(
    kind="oci.events.rule",
    service="events.EventsClient",
    title="Event rules, with what they call",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_rules", "inspect cloudevents-rules", items=BARE, limit=50),
    details=(get_detail("rule", "get_rule", "read cloudevents-rules", when="item.isEnabled"),),
    tables=(Processor, Flow),
    rows=_rows,
    types=("EventRule",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/events/20181201/RuleSummary/ListRules",
)
