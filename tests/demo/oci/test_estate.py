"""Estates: what they refuse, and that large ones are searched by index."""

from pathlib import Path
from typing import Any

import pytest

from auditor.demo.oci import credentials
from auditor.demo.oci.estate_reader import make_estate, read_estate
from auditor.errors import ConfigError

TENANCY = credentials.TENANCY


def one(region: str, module: str, model: str, **fields: Any) -> dict[str, Any]:
    """Describe an estate with a single object."""
    return {"tenancy": TENANCY, "regions": {region: {module: {model: [fields]}}}}


IAD = "us-ashburn-1"
REFUSED = [
    (one(IAD, "object_storage", "ReplicationPolicy", destination_region="eu-frankfurt-1"),
     "has no field 'destination_region'", "did you mean 'destination_region_name'?"),
    (one(IAD, "object_storage", "Bucket", publicAccessType="ObjectRead"),
     "has no field 'publicAccessType'", "did you mean 'public_access_type'?"),
    (one(IAD, "object_storage", "Bucket", public_access_type="ObjectReed"),
     "'ObjectReed' is not a value of public_access_type", "did you mean 'ObjectRead'?"),
    (one(IAD, "object_storage", "Bucket", public_access_type="UNKNOWN_ENUM_VALUE"),
     "is not a value of public_access_type", "NoPublicAccess"),
    (one(IAD, "object_storage", "Buckets"), "no model 'Buckets'", "did you mean 'Bucket'?"),
    (one(IAD, "object_store", "Bucket"), "no service module 'object_store'", "object_storage"),
    (one(IAD, "../os", "Bucket"), "no service module '../os'", ""),
    (one("us-ashbrn-1", "core", "Volume"), "'us-ashbrn-1' is no region", "'us-ashburn-1'"),
    (one(IAD, "core", "Volume", size_in_mbs="big"), "'big' is not of type int", ""),
    (one(IAD, "core", "Volume", size_in_mbs=True), "True is not of type int", ""),
    (one(IAD, "core", "Volume", is_hydrated="yes"), "'yes' is not of type bool", ""),
    (one(IAD, "core", "Volume", display_name=7), "7 is not of type str", ""),
    (one(IAD, "core", "Volume", time_created="soon"), "'soon' is not of type datetime", "2026-"),
    (one(IAD, "core", "Volume", time_created=5), "5 is not of type datetime", ""),
    (one(IAD, "core", "Volume", freeform_tags=["a"]), "must be a mapping", ""),
    (one(IAD, "core", "Volume", block_volume_replicas={}), "must be a list", ""),
    (one(IAD, "core", "Volume", block_volume_replicas=[{"nam": "x"}]), "no field 'nam'", ""),
    (one(IAD, "core", "Volume", source_details={"type": "volume", "size": 1}),
     "VolumeSourceFromVolumeDetails has no field 'size'", ""),
    (one(IAD, "core", "Volume", source_details=[]), "must be a mapping", ""),
    (one(IAD, "object_storage", "ReplicationPolicy", _path={"bucket": "b"}),
     "has a parameter 'bucket'", "did you mean 'bucketName'?"),
    (one(IAD, "object_storage", "Bucket", _host=4), "4 is not text", ""),
    ({"tenancy": TENANCY, "region": {}}, "no setting 'region'", "did you mean 'regions'?"),
    ({"tenancy": TENANCY, "caller": {"group": []}}, "no setting 'group'", "'groups'"),
    ({"tenancy": TENANCY, "caller": {"groups": "a"}}, "must be a list", ""),
    ({"tenancy": TENANCY, "caller": {"groups": [5]}}, "5 is not text", ""),
    ({"tenancies": [], "regions": {}}, "no setting 'regions'", ""),
    ({"tenancies": {}}, "must be a list", ""),
    ({"tenancies": [{"tenancy": TENANCY}] * 2}, "there is a tenancy", ""),
    ({"tenancy": TENANCY, "regions": {5: {}}}, "'5' is no region", ""),
    ({"tenancy": TENANCY, "regions": {IAD: {5: {}}}}, "no service module '5'", ""),
    ({"tenancy": TENANCY, "regions": {IAD: {"core": {5: []}}}}, "no model '5'", ""),
    ({"regions": {}}, "needs 'tenancy'", ""),
    ({"tenancy": TENANCY, "regions": []}, "must be a mapping", ""),
    ({"tenancy": TENANCY, "regions": {IAD: {"core": {"Volume": {}}}}}, "must be a list", ""),
    ({"tenancy": TENANCY, "regions": {IAD: {"core": {"Volume": ["v"]}}}}, "must be a mapping", ""),
]  # fmt: skip


@pytest.mark.parametrize(("given", "message", "hint"), REFUSED)
def test_refuses_what_the_sdk_does_not_know(given: dict[str, Any], message: str, hint: str) -> None:
    """Each mistake is named, with what was probably meant."""
    with pytest.raises(ConfigError) as refusal:
        make_estate(given)
    fault = refusal.value.faults[0]
    assert message in fault.message
    assert hint in fault.hint


def test_names_all_faults_of_a_file_with_their_lines(tmp_path: Path) -> None:
    """A file with three mistakes gives three faults, each at its line."""
    file = tmp_path / "estate.yaml"
    file.write_text(
        f"tenancy: {TENANCY}\n"
        "regions:\n"
        "  us-ashburn-1:\n"
        "    core:\n"
        "      Volume:\n"
        "        - nme: x\n"
        "        - {size_in_gbs: many}\n"
        "  us-east-1: {}\n"
    )
    with pytest.raises(ConfigError) as refusal:
        read_estate(file)
    assert [fault.line for fault in refusal.value.faults] == [6, 7, 8]


def test_times_of_any_spelling_become_those_of_the_wire() -> None:
    """A day, an offset and a moment without a zone are written in UTC with milliseconds."""
    spellings = ["2024-02-01", "2024-02-01T01:00:00+01:00", "2024-02-01 00:00:00.000"]
    volumes = [{"time_created": text} for text in spellings]
    estate = make_estate({"tenancy": TENANCY, "regions": {IAD: {"core": {"Volume": volumes}}}})
    times = {r.fields["timeCreated"] for r in estate.tenancies[TENANCY].resources()}
    assert times == {"2024-02-01T00:00:00.000Z"}
