"""AWS HealthLake, HealthImaging and HealthOmics: medical records, images and genomes.

API: https://docs.aws.amazon.com/healthlake/latest/APIReference/API_ListFHIRDatastores.html and
https://docs.aws.amazon.com/omics/latest/api/API_ListShares.html
"""

from collections.abc import Callable, Iterator, Mapping

from auditor.collect.aws.flow_ends import exits
from auditor.collect.aws.reading import (
    entries,
    key_arn,
    maybe_text,
    optional_key,
    size_in_bytes,
    text,
)
from auditor.collect.aws.regions import country_of, operator_of
from auditor.collect.aws.resource_policies import NOT_ASKED, policy_of
from auditor.collect.aws.resources import NO_SIZE, store_of
from auditor.collect.flows import possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, PolicyDocument, Store

_NOT_WRITTEN = ("SUBMITTED", "QUEUED", "FAILED", "CANCEL_COMPLETED")
_SHARING: Mapping[str, Maybe[bool]] = {
    "PENDING": Unknown("the other account has not accepted the share yet, and can at any time"),
    "ACTIVATING": True,
    "ACTIVE": True,
    "DELETING": True,
    "DELETED": False,
    "FAILED": False,
}


def _datastore(found: Found) -> Iterator[Store | Flow]:
    if text(found, "item.DatastoreStatus") == "DELETED":
        return
    # Left out where AWS's own key is used.
    key = maybe_text(found, "item.SseConfiguration.KmsEncryptionConfig.KmsKeyId", absent="")
    datastore = store_of(
        found,
        id=text(found, "item.DatastoreArn"),
        name=text(found, "item.DatastoreName"),
        kind="data store",
        encrypted=True,  # always
        key_id=key_arn(key, found.place["region"], found.place["account"]),
        public=False,  # asked with credentials only
        created=maybe_text(found, "item.CreatedAt"),
    )
    yield datastore
    jobs = found.read("exports")
    if isinstance(jobs, Unknown):
        yield possible(datastore, "export", jobs)
    written = [job for job in entries(jobs) if job.get("JobStatus") not in _NOT_WRITTEN]
    targets = [dig(job, "OutputDataConfig.S3Configuration.S3Uri") for job in written]
    yield from exits(datastore, "export", targets)


def _images(found: Found) -> Iterator[Store]:
    if text(found, "item.datastoreStatus") == "DELETED":
        return
    stated = "datastore.datastoreProperties.datastoreId"
    yield store_of(
        found,
        id=text(found, "item.datastoreArn"),
        name=text(found, "item.datastoreName"),
        kind="image data store",
        encrypted=True,  # with a key of AWS's where the customer names none
        key_id=optional_key(found, "datastore.datastoreProperties.kmsKeyArn", beside=stated),
        public=False,  # read with credentials only
        created=maybe_text(found, "item.createdAt"),
    )


_WITH_POLICY = "sequence store"  # its files may be read through an access point of S3


def _omics(
    kind: str, identifier: str, sized: str
) -> Callable[[Found], Iterator[Store | PolicyDocument]]:
    """Return what makes rows of one kind of store.

    Args:
        identifier: path of its ARN.
        sized: path of its size; '' if none is stated.
    """

    def rows(found: Found) -> Iterator[Store | PolicyDocument]:
        # Left out where AWS's own key is used.
        key = maybe_text(found, "item.sseConfig.keyArn", absent="")
        store = store_of(
            found,
            id=text(found, identifier),
            name=text(found, "item.name"),
            kind=kind,
            encrypted=True,  # always
            key_id=key_arn(key, found.place["region"], found.place["account"]),
            public=False,  # read with credentials of AWS only
            size_bytes=size_in_bytes(found, sized) if sized else NO_SIZE,
            created=maybe_text(found, "item.creationTime"),
        )
        yield store
        if kind == _WITH_POLICY:
            yield policy_of(store, NOT_ASKED)

    return rows


def _share(found: Found) -> Iterator[Flow]:
    region, account = found.place["region"], text(found, "item.principalSubscriber")
    store = text(found, "item.resourceArn")
    status = maybe_text(found, "item.status")
    odd = Unknown("the share has a status that is not in the reference")
    active = status if isinstance(status, Unknown) else _SHARING.get(status, odd)
    yield Flow(
        # A store can be shared again with an account whose first share has ended.
        id=f"{store}/share/{account}/{text(found, 'item.shareId')}".removesuffix("/"),
        evidence=found.evidence,
        store_id=store,
        provider="aws",
        account=found.place["account"],
        region=region,
        mechanism="share",
        active=active,
        target_id="",
        target_account=account or Unknown("the answer does not name the other account"),
        target_region=region,
        target_country=country_of(region),
        target_operator=operator_of(region),
    )


DATASTORES = Collector(
    kind="aws.healthlake.datastore",
    service="healthlake",
    title="HealthLake data stores",
    per=("account", "region"),
    listing=Listing(
        operation="ListFHIRDatastores",
        permission="healthlake:ListFHIRDatastores",
        parameters={"MaxResults": 500},
        items="DatastorePropertiesList",
    ),
    details=(
        Detail(
            name="exports",
            operation="ListFHIRExportJobs",
            permission="healthlake:ListFHIRExportJobs",
            parameters={"MaxResults": 500},
            bind={"DatastoreId": "item.DatastoreId"},
            items="ExportJobPropertiesList",
        ),
    ),
    tables=(Store, Flow),
    rows=_datastore,
    types=("healthlake:datastore",),
    source="https://docs.aws.amazon.com/healthlake/latest/APIReference/API_ListFHIRDatastores.html",
)

IMAGES = Collector(
    kind="aws.medical-imaging.datastore",
    service="medical-imaging",
    title="HealthImaging data stores",
    per=("account", "region"),
    listing=Listing(
        operation="ListDatastores",
        permission="medical-imaging:ListDatastores",
        parameters={"maxResults": 50},
        items="datastoreSummaries",
    ),
    details=(
        Detail(
            name="datastore",
            operation="GetDatastore",
            permission="medical-imaging:GetDatastore",
            bind={"datastoreId": "item.datastoreId"},
        ),
    ),
    tables=(Store,),
    rows=_images,
    types=("medical-imaging:datastore",),
    source="https://docs.aws.amazon.com/healthimaging/latest/APIReference/API_ListDatastores.html",
)

SHARES = Collector(
    kind="aws.omics.share",
    service="omics",
    title="Shares of HealthOmics stores with other accounts",
    per=("account", "region"),
    listing=Listing(
        operation="ListShares",
        permission="omics:ListShares",
        parameters={"resourceOwner": "SELF", "maxResults": 100},
        items="shares",
    ),
    tables=(Flow,),
    rows=_share,
    source="https://docs.aws.amazon.com/omics/latest/api/API_ListShares.html",
)


def _stores(word: str, identifier: str, sized: str = "") -> Collector:
    operation = f"List{word}Stores"
    return Collector(
        kind=f"aws.omics.{word.lower()}-store",
        service="omics",
        title=f"HealthOmics {word.lower()} stores",
        per=("account", "region"),
        listing=Listing(
            operation=operation,
            permission=f"omics:{operation}",
            parameters={"maxResults": 100},
            items=f"{word.lower()}Stores",
        ),
        tables=(Store, PolicyDocument),
        rows=_omics(f"{word.lower()} store", identifier, sized),
        types=(f"omics:{word.lower()}Store",),
        source=f"https://docs.aws.amazon.com/omics/latest/api/API_{operation}.html",
    )


SEQUENCE_STORES = _stores("Sequence", "item.arn")
REFERENCE_STORES = _stores("Reference", "item.arn")
VARIANT_STORES = _stores("Variant", "item.storeArn", "item.storeSizeBytes")
ANNOTATION_STORES = _stores("Annotation", "item.storeArn", "item.storeSizeBytes")
