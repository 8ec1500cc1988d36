"""AWS Signer: the files that it signed, and whether their signatures still stand.

Signer names an object in a bucket, and states no digest of it. What it signs in registries of
images, the registry tells; which functions take unsigned code, Lambda does.

API: https://docs.aws.amazon.com/signer/latest/api/API_ListSigningJobs.html
"""

from collections.abc import Iterator

from auditor.collect.aws.ecr_signing import judge_profile
from auditor.collect.aws.reading import maybe_flag, maybe_text, optional_text, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.running import artifact_of
from auditor.collect.period import LAST_MIDNIGHT
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Artifact, Maybe

_NO_DIGEST = Unknown("Signer states no digest of what it signed")
_OTHER_VERSION = Unknown(
    "the profile was made anew since, and of the one that signed nothing is known"
)
_NO_PERIOD = Unknown("when its signature ends, and when the period does, could not be compared")
_TO_THE_SECOND = 19


def _job(found: Found) -> Iterator[Artifact]:
    region, account = found.place["region"], found.place["account"]
    bucket, key = (
        optional_text(found, f"item.signedObject.s3.{name}", beside="item.jobId")
        for name in ("bucketName", "key")
    )
    known = isinstance(bucket, str) and isinstance(key, str)
    yield artifact_of(
        found,
        id=arn("signer", region, account, f"/signing-jobs/{text(found, 'item.jobId')}"),
        kind="file",
        digest=_NO_DIGEST,
        name=f"s3://{bucket}/{key}" if known else bucket,
        made=maybe_text(found, "item.createdAt", absent=""),
        store_id=f"arn:aws:s3:::{bucket}" if isinstance(bucket, str) and bucket else "",
        signed=_stands(found),
    )


def _stands(found: Found) -> Maybe[bool]:
    """Whether a signature was neither taken back nor over when the period ended."""
    revoked = maybe_flag(found, "item.isRevoked", absent=False)
    if revoked is True:
        return False
    end = optional_text(found, "item.signatureExpiresAt", beside="item.jobId")
    if isinstance(end, Unknown) or isinstance(revoked, Unknown):
        return end if isinstance(end, Unknown) else revoked
    if end and not (end[:4].isdigit() and found.since[:4].isdigit()):
        return _NO_PERIOD
    if end and end[:_TO_THE_SECOND] < found.since[:_TO_THE_SECOND]:
        return False
    return _profile_stands(found)


def _profile_stands(found: Found) -> Maybe[bool]:
    """Judge by the profile, if it is still the version that signed: one can be made anew."""
    version = found.read("profile.profileVersion")
    if isinstance(version, Unknown):
        return version
    if version != text(found, "item.profileVersion"):
        return _OTHER_VERSION
    return judge_profile([text(found, "profile.status")])


JOBS = Collector(
    kind="aws.signer.job",
    service="signer",
    title="files that AWS Signer signed",
    per=("account", "region"),
    listing=Listing(
        operation="ListSigningJobs",
        permission="signer:ListSigningJobs",
        parameters={"status": "Succeeded", "maxResults": 25},
        items="jobs",
    ),
    details=(
        Detail(
            name="profile",
            operation="GetSigningProfile",
            permission="signer:GetSigningProfile",
            bind={"profileName": "item.profileName"},
            shared=True,
        ),
    ),
    tables=(Artifact,),
    rows=_job,
    since=LAST_MIDNIGHT,
    source="https://docs.aws.amazon.com/signer/latest/api/API_ListSigningJobs.html",
)
