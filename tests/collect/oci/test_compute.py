"""Instances, the disks of their hosts, images, and consoles."""

import pytest

from auditor.model import Json, Unknown
from auditor.tables import Artifact, Deployment, Flow, Interface, Processor, Store
from tests.collect.oci.simulated import DATA, TENANCY, Collected, collected

INSTANCE, DENSE = "ocid1.instance.oc1.iad.web", "ocid1.instance.oc1.iad.dense"


def instance(id_: str, **more: Json) -> dict[str, Json]:
    """Return a running instance with no disks in its host."""
    return {
        "id": id_,
        "compartment_id": DATA,
        "display_name": id_,
        "lifecycle_state": "RUNNING",
        "region": "iad",
        "shape_config": {"local_disks": 0},
        "time_created": "2024-01-01T00:00:00Z",
        **more,
    }


def image(name: str, **more: Json) -> dict[str, Json]:
    """Return an image that the tenancy made."""
    return {
        "id": f"ocid1.image.oc1.iad.{name}",
        "compartment_id": DATA,
        "display_name": name,
        "lifecycle_state": "AVAILABLE",
        "size_in_mbs": 1024,
        "time_created": "2024-01-01T00:00:00Z",
        **more,
    }


def card(instance_id: str, name: str) -> dict[str, Json]:
    """Return what attaches a network card to an instance."""
    return {
        "id": f"{instance_id}/{name}",
        "compartment_id": DATA,
        "instance_id": instance_id,
        "vnic_id": name,
        "lifecycle_state": "ATTACHED",
    }


@pytest.fixture(scope="module")
def found() -> Collected:
    """Three instances, one of them with disks in its host; four images; two console connections."""
    disks = {"local_disks": 2, "local_disk_description": "6.4 TB NVMe SSD Storage (2 drives)"}
    sized = {**disks, "local_disks_total_size_in_gbs": 6400.0}
    oracles = [
        image("oracle-linux", _path={"compartmentId": compartment})
        for compartment in (DATA, TENANCY)
    ]
    for each in oracles:
        del each["compartment_id"]
    consoles = [
        {"id": name, "compartment_id": DATA, "instance_id": INSTANCE, "lifecycle_state": state}
        for name, state in (("open", "ACTIVE"), ("closed", "DELETED"))
    ]
    script = {"user_data": "cGFzc3dvcmQ=", "ssh_authorized_keys": "ssh-rsa AAAA"}
    core = {
        "Instance": [
            instance(INSTANCE, metadata=script),
            instance(DENSE, shape_config=sized),
            instance("ocid1.instance.oc1.iad.odd", region="eu-frankfurt-1"),
        ],
        "Image": [
            image("golden"),
            image("leaving", lifecycle_state="EXPORTING"),
            image("offered", listing_type="COMMUNITY"),
            *oracles,
        ],
        "InstanceConsoleConnection": consoles,
        "ConsoleHistory": [
            {**consoles[0], "id": state, "lifecycle_state": state}
            for state in ("SUCCEEDED", "FAILED")
        ],
        "VnicAttachment": [
            card(INSTANCE, "public"),
            card(DENSE, "private"),
            card("ocid1.instance.oc1.iad.odd", "one"),
            card("ocid1.instance.oc1.iad.odd", "two"),
        ],
        "Vnic": [
            {"id": "public", "compartment_id": DATA, "public_ip": "192.0.2.1"},
            {"id": "private", "compartment_id": DATA, "private_ip": "10.0.0.1"},
            {"id": "one", "compartment_id": DATA},
        ],
    }
    return collected({"us-ashburn-1": {"core": core}}, kinds="oci.compute")


def test_an_instance_works_on_data_where_it_runs(found: Collected) -> None:
    """Without an address on the internet, nobody reaches it from there."""
    row = found.row(Processor, "dense")

    assert (row.kind, row.country, row.operator) == ("instance", "US", "Oracle")
    assert row.public is False


def test_whom_an_address_on_the_internet_lets_in_is_not_known(found: Collected) -> None:
    """Nor what addresses a second network card has."""
    assert isinstance(found.row(Processor, "web").public, Unknown)
    assert isinstance(found.row(Processor, "odd").public, Unknown)


def test_an_instance_that_says_another_region_is_nowhere(found: Collected) -> None:
    """Two answers that differ make none."""
    assert isinstance(found.row(Processor, "odd").country, Unknown)


def test_disks_of_the_host_are_a_store(found: Collected) -> None:
    """Nothing says that they are encrypted."""
    (row,) = (store for store in found.of(Store) if store.kind == "local disks")

    assert (row.id, row.size_bytes) == (f"{DENSE}/local-disks", 6400 * 10**9)
    assert isinstance(row.encrypted, Unknown)


def test_scripts_never_enter_the_evidence(found: Collected) -> None:
    """They may carry passwords."""
    assert all(
        "cGFzc3dvcmQ=" not in str(each.answer.body) for each in found.asked("list_instances")
    )


def test_oracles_own_images_are_no_stores(found: Collected) -> None:
    """Every compartment lists them."""
    images = [store.name for store in found.of(Store) if store.kind == "image"]

    assert images == ["golden", "leaving", "offered"]


def test_machines_start_from_images_that_are_told_by_their_ids(found: Collected) -> None:
    """Oracle's own are told once, and as such."""
    own, oracles = found.row(Artifact, "golden"), found.row(Artifact, "oracle-linux")

    assert len(found.of(Artifact)) == 4
    assert (own.kind, own.digest, own.store_id) == ("machine image", own.id, own.id)
    assert (oracles.name, oracles.store_id) == ("Oracle/oracle-linux", "")
    assert (own.signed, own.mutable_tags, own.tags) == (False, False, ())


def test_an_export_shows_while_it_runs(found: Collected) -> None:
    """Where to is not told."""
    flow = found.row(Flow, "leaving/export/?")

    assert flow.active is True
    assert isinstance(flow.target_country, Unknown)


def test_a_community_image_is_anybodys(found: Collected) -> None:
    """Every customer of Oracle Cloud can launch it."""
    assert found.row(Store, "offered").public is True
    assert found.row(Flow, "offered/public/*").target_account == "*"
    assert found.row(Store, "golden").public is False


def test_an_open_console_is_a_way_in_for_somebody(found: Collected) -> None:
    """The answer names the instance, not who holds the key."""
    (flow,) = (flow for flow in found.of(Flow) if flow.mechanism == "share")

    assert (flow.store_id, flow.active) == (INSTANCE, True)
    assert isinstance(flow.target_account, Unknown)


def test_what_a_console_showed_is_a_store(found: Collected) -> None:
    """Where somebody captured it; whether it is encrypted, nothing says."""
    (row,) = (store for store in found.of(Store) if store.kind == "console history")

    assert (row.id, row.source_id) == ("SUCCEEDED", INSTANCE)
    assert isinstance(row.encrypted, Unknown)


def test_a_card_is_an_interface_where_it_is_attached(found: Collected) -> None:
    """Of several, one is read: of the others nobody knows what they let in."""
    rows = {row.id: row for row in found.of(Interface)}

    assert sorted(rows) == ["one", "private", "public", "two"]
    assert [rows[name].public for name in ("public", "private")] == [True, False]
    assert rows["public"].resource_id == INSTANCE
    assert rows["public"].lists == ()
    assert isinstance(rows["two"].public, Unknown)


def test_an_instance_runs_the_image_that_it_was_launched_from(found: Collected) -> None:
    """One whose image is not stated runs something."""
    rows = found.of(Deployment)

    assert {row.kind for row in rows} == {"machine"}
    assert len(rows) == len(found.of(Processor))
    assert all(row.digest == row.image or isinstance(row.digest, Unknown) for row in rows)
