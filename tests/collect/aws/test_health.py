"""What we claim to know about medical records and genomes, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.health import (
    ANNOTATION_STORES,
    DATASTORES,
    IMAGES,
    REFERENCE_STORES,
    SEQUENCE_STORES,
    SHARES,
    VARIANT_STORES,
)
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (
    IDENTITY,
    REGIONS,
    DATASTORES,
    IMAGES,
    SHARES,
    SEQUENCE_STORES,
    REFERENCE_STORES,
    VARIANT_STORES,
    ANNOTATION_STORES,
)
DATASTORE = f"arn:aws:healthlake:{HOME}:{ACCOUNT}:datastore/fhir/d"
GENOMES = f"arn:aws:omics:{HOME}:{ACCOUNT}:sequenceStore/1"
STRANGER = "999999999999"

pytestmark = pytest.mark.usefixtures("cloud")


def gather_datastore(job: str, status: str = "ACTIVE") -> Collected:
    datastore = {
        "DatastoreId": "d",
        "DatastoreArn": DATASTORE,
        "DatastoreName": "records",
        "DatastoreStatus": status,
        "DatastoreTypeVersion": "R4",
        "DatastoreEndpoint": "https://example.com",
    }
    target = {"S3Configuration": {"S3Uri": "s3://exported/1", "KmsKeyId": "k"}}
    export = {"JobId": "j", "JobStatus": job, "DatastoreId": "d", "OutputDataConfig": target}
    rules = [
        Rule(
            operation="healthlake.ListFHIRDatastores",
            answer={"DatastorePropertiesList": [datastore]},
        ),
        Rule(
            operation="healthlake.ListFHIRExportJobs",
            answer={"ExportJobPropertiesList": [export]},
        ),
    ]
    return gather(COLLECTORS, rules=rules)


def test_an_export_copies_records_to_a_bucket() -> None:
    collected = gather_datastore("COMPLETED")

    assert (collected.stores["records"].id, collected.stores["records"].key_id) == (DATASTORE, "")
    assert [(flow.mechanism, flow.target_id) for flow in collected.flows] == [
        ("export", "arn:aws:s3:::exported")
    ]


def test_what_was_not_written_or_is_gone_is_no_way_out() -> None:
    assert gather_datastore("FAILED").flows == []
    assert not gather_datastore("COMPLETED", status="DELETED").stores


def gather_share(status: str) -> Flow:
    share = {"shareId": "s", "resourceArn": GENOMES, "principalSubscriber": STRANGER}
    rule = Rule(operation="omics.ListShares", answer={"shares": [{**share, "status": status}]})
    (flow,) = gather(COLLECTORS, rules=[rule]).flows
    return flow


def test_a_share_is_in_use_once_it_is_accepted() -> None:
    flow = gather_share("ACTIVE")

    assert (flow.store_id, flow.target_account, flow.active) == (GENOMES, STRANGER, True)
    assert isinstance(gather_share("PENDING").active, Unknown)
    assert gather_share("DELETED").active is False


def test_a_share_that_ended_does_not_hide_a_new_one() -> None:
    shares = [
        {"shareId": name, "resourceArn": GENOMES, "principalSubscriber": STRANGER, "status": status}
        for name, status in (("s1", "DELETED"), ("s2", "ACTIVE"))
    ]

    ended, new = gather(
        COLLECTORS, rules=[Rule(operation="omics.ListShares", answer={"shares": shares})]
    ).flows

    assert ended.id != new.id


def test_genomes_are_kept_in_stores() -> None:
    store = {"arn": GENOMES, "id": "1", "name": "genomes", "creationTime": "2026-01-01T00:00:00Z"}
    sizes = {"storeArn": f"{GENOMES}-v", "name": "variants", "storeSizeBytes": 5}
    rules = [
        Rule(operation="omics.ListSequenceStores", answer={"sequenceStores": [store]}),
        Rule(operation="omics.ListVariantStores", answer={"variantStores": [sizes]}),
    ]

    stores = gather(COLLECTORS, rules=rules).stores

    assert (stores["genomes"].id, stores["genomes"].kind) == (GENOMES, "sequence store")
    assert stores["variants"].size_bytes == 5


def test_images_are_kept_in_stores() -> None:
    name = f"arn:aws:medical-imaging:{HOME}:{ACCOUNT}:datastore/{'0' * 32}"
    summary = {"datastoreId": "0" * 32, "datastoreArn": name, "datastoreName": "scans"}
    key = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"
    rules = [
        Rule(operation="medical-imaging.ListDatastores", answer={"datastoreSummaries": [summary]}),
        Rule(
            operation="medical-imaging.GetDatastore",
            answer={"datastoreProperties": {**summary, "kmsKeyArn": key}},
        ),
    ]

    store = gather(COLLECTORS, rules=rules).stores["scans"]

    assert (store.id, store.key_id) == (name, key)
