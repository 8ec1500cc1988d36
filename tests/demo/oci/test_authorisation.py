"""Who may ask what: the simulated tenancy's own policies decide, as the cloud would."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import oci
import pytest

from auditor.collect.door import Silence
from auditor.collect.engine import collect
from auditor.collect.oci.permissions import least_privilege
from auditor.collect.registry import load_collectors
from auditor.demo.oci.authorisation import needs
from auditor.demo.oci.estate_reader import make_estate, read_estate
from auditor.demo.oci.simulator import Simulator
from auditor.demo.oci.transport import in_process
from auditor.documents import read_document
from auditor.model import Json, Outcome, Record
from auditor.spec import Collector
from tests.collect.oci.simulated import NOW, Kept, door_to, target
from tests.demo.oci.conftest import DATA, ESTATE

Connect = Callable[..., Any]
TENANCY = "ocid1.tenancy.oc1..aaaaaaaaacme"
PROD = "ocid1.compartment.oc1..aaaaprod"
IN_COMPARTMENT = "Allow group Auditors to inspect buckets in compartment"


@cache
def collectors() -> tuple[Collector, ...]:
    """Return every collector of Oracle Cloud."""
    return tuple(each for each in load_collectors() if each.provider == "oci")


@cache
def least() -> tuple[str, ...]:
    """Return the statements that ``auditor permissions oci`` prints."""
    return least_privilege(collectors(), "Auditors")


def simulator_with(
    statements: Iterable[str], groups: Iterable[str] = ("Auditors",), **more: Json
) -> Simulator:
    """Return the usual estate, with one policy and a caller."""
    written = dict(read_document(ESTATE).value)
    regions = {name: dict(modules) for name, modules in written["regions"].items()}
    policy = {"id": "ocid1.policy.oc1..p", "compartment_id": TENANCY, "name": "auditors"}
    identity = {**regions["global"]["identity"]}
    identity["Policy"] = [{**policy, "statements": list(statements)}]
    regions["global"]["identity"] = identity
    caller = {"caller": {"groups": list(groups)}}
    return Simulator(make_estate({**written, **caller, **more, "regions": regions}))


def allowed(simulator: Simulator) -> set[str]:
    """Return the operations that the caller may use in a compartment."""
    (tenancy,) = simulator.estate.tenancies.values()
    guard = simulator._guard(tenancy)
    assert guard
    return {
        name
        for name, words in needs().items()
        if all(guard._allowed(each, DATA, "us-ashburn-1", name.split(".")[2]) for each in words)
    }


def refusal(storage: Any, compartment: str) -> str:
    """Return the code with which a listing of buckets is refused, '' if it is answered."""
    try:
        storage.list_buckets("acme", compartment)
    except oci.exceptions.ServiceError as error:
        return f"{error.status} {error.code}"
    return ""


def run(simulator: Simulator) -> list[Record]:
    """Collect everything."""
    keeper = Kept()
    with door_to(simulator) as door:
        collect(
            [target()], collectors(), {"here": door}, keeper, now=lambda: NOW, progress=Silence()
        )
    return keeper.records


def test_the_least_privilege_is_enough() -> None:
    """Every collector, everywhere: what policies allow is answered as if there were none."""
    allowed_, open_ = (
        Counter((r.request.service, r.request.operation, r.answer.outcome) for r in records)
        for records in (run(simulator_with(least())), run(Simulator(read_estate(ESTATE))))
    )

    assert allowed_ == open_
    assert sum(count for (*_, outcome), count in open_.items() if outcome is Outcome.OK) > 100


def test_nothing_is_allowed_without_a_statement() -> None:
    """What needs no permission stays open: the index shows nothing all the same."""
    assert {name.split(".")[2] for name in allowed(simulator_with([]))} <= {
        "get_namespace",
        "list_resource_types",
        "search_resources",
    }


SINGLE = [each for each in least() if "-family" not in each]  # a family has calls of its members


@pytest.mark.parametrize("statement", [*SINGLE[::9], *(s for s in least() if " where " in s)])
def test_each_statement_carries_its_own_calls(statement: str) -> None:
    """Taking one away denies exactly the calls of its resource."""
    everything = allowed(simulator_with(least()))
    left = allowed(simulator_with(each for each in least() if each != statement))
    granted = re.fullmatch(r"Allow group Auditors to (.+) in tenancy.*", statement)
    assert granted
    resource = granted[1].split()[-1]
    own = {
        name
        for name, words in needs().items()
        if any(word.split()[-1] == resource for word in words)
    }

    assert everything == set(needs())
    assert everything - left == own
    assert own


@pytest.mark.parametrize(
    ("statement", "seen"),
    [
        (f"{IN_COMPARTMENT} prod", {"data", "prod"}),
        (f"{IN_COMPARTMENT} prod:data", {"data"}),
        (f"{IN_COMPARTMENT} id {DATA}", {"data"}),
        ("Allow group Auditors to inspect buckets in tenancy", {"data", "prod", "root"}),
        ("Allow group auditors to manage all-resources in tenancy", {"data", "prod", "root"}),
        (
            "Allow group Auditors to read buckets in tenancy "
            f"where target.compartment.id != '{DATA}'",
            {"prod", "root"},
        ),
        (
            "Allow group Auditors to read buckets in tenancy where request.region = 'phx'",
            set(),
        ),
        ("Allow group Auditors to inspect volumes in tenancy", set()),
        ("Allow group Others to inspect buckets in tenancy", set()),
        ("Allow group Auditors to frobnicate buckets in tenancy", set()),
    ],
)
def test_a_compartment_can_be_closed_by_policy(
    connect: Connect, statement: str, seen: set[str]
) -> None:
    """Refused as what does not exist; and the index says nothing of what it hides."""
    with in_process(simulator_with([statement])):
        storage = connect(oci.object_storage.ObjectStorageClient)
        places = {"data": DATA, "prod": PROD, "root": TENANCY}
        found = {name for name in places if refusal(storage, places[name]) == ""}
        search = connect(oci.resource_search.ResourceSearchClient)
        hits = search.search_resources({"type": "Structured", "query": "query bucket resources"})

    assert found == seen
    assert {item.compartment_id[-4:] for item in hits.data.items} == seen - {"root"}


def test_what_belongs_to_something_is_where_that_is(connect: Connect) -> None:
    """A get by OCID, a get by name, and what lies under a bucket or in a vault."""
    statements = [f"Allow group Auditors to manage all-resources in compartment id {DATA}"]
    with in_process(simulator_with(statements)):
        storage = connect(oci.object_storage.ObjectStorageClient)
        vault = "https://v1-management.kms.us-ashburn-1.oraclecloud.com"
        assert storage.get_bucket("acme", "logs").data.name == "logs"
        assert len(storage.list_replication_policies("acme", "user-data").data) == 1
        keys = connect(oci.key_management.KmsManagementClient, vault)
        assert [key.display_name for key in keys.list_keys(DATA).data] == ["k1"]
        with pytest.raises(oci.exceptions.ServiceError) as caught:
            storage.get_bucket("acme", "other")
    assert (caught.value.status, caught.value.code) == (404, "NotAuthorizedOrNotFound")


def test_an_operation_that_no_collector_declares_is_refused(connect: Connect) -> None:
    """Whatever the policies say, an audit has no business there."""
    open_to_all = simulator_with(["Allow any-user to manage all-resources in tenancy"])
    with in_process(open_to_all), pytest.raises(oci.exceptions.ServiceError) as caught:
        connect(oci.core.ComputeClient).list_shapes(DATA)
    assert caught.value.status == 404


def test_policies_decide_only_where_the_estate_or_the_test_says_so(connect: Connect) -> None:
    """An estate without a caller is open, unless the simulator is told to ask."""
    estate = read_estate(ESTATE)
    storage = connect(oci.object_storage.ObjectStorageClient)
    with in_process(Simulator(estate)):
        assert refusal(storage, DATA) == ""
    with in_process(Simulator(estate, authorise=True)):
        assert refusal(storage, DATA) == "404 NotAuthorizedOrNotFound"
