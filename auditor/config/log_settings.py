"""The settings of ``audit.yaml`` about audit logs and the places of addresses."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from auditor.config.settings import Settings
from auditor.config.values import AwsAccount, Name, Region, Text
from auditor.model import LogSource

Kind = Literal["cloudtrail", "cloudtrail lookup", "s3 access", "oci audit", "oci objects"]
_ASKED = ("cloudtrail lookup", "oci audit")  # what a provider's own API can be asked for


class LogSettings(Settings):
    """One place where audit logs lie. Sources that tell of the same events count once."""

    name: Name
    """Names this source in messages and tables; unique in the file."""
    kind: Kind
    """What is logged there; 'cloudtrail lookup' asks for CloudTrail's event history of 90 days."""
    folder: Text | None = None
    """Folder on this machine that the files were copied to, in whatever layout."""
    public_keys: Text | None = None
    """For a folder: file with the answers of `aws cloudtrail list-public-keys`."""
    target: Name | None = None
    """Name of the target, below 'aws:' or 'oci:', whose credentials read it."""
    bucket: Text | None = None
    """Bucket that the log is delivered to."""
    prefix: str = ""
    """What the keys of all its files begin with."""
    account: AwsAccount | None = None
    """AWS account that the bucket is read from, with the organization's role. Default: the own."""
    region: Region | None = None
    """Region of the bucket, or the only one to ask."""
    trail: Text | None = None
    """ARN of the trail whose digests vouch for the files. Default: every trail found there."""

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.folder is None) == (self.target is None):
            raise ValueError("a log source has either a folder or a target")
        if self.folder and (self.bucket or self.account or self.region):
            raise ValueError("a folder has no bucket, account or region")
        if self.target and not self.bucket and self.kind not in _ASKED:
            raise ValueError(f"logs of kind '{self.kind}' lie in a bucket: name it")
        if self.bucket and self.kind == "cloudtrail lookup":
            raise ValueError("the event history is no bucket; is the kind 'cloudtrail' meant?")
        if self.public_keys and not self.folder:
            raise ValueError("public_keys is for a folder; a target is asked for them")
        return self


class LogsSettings(Settings):
    """Audit logs to read. Without them, nothing is said of who did reach the data."""

    sources: Annotated[tuple[LogSettings, ...], Field(min_length=1)]
    cache: Text | None = None
    """Folder that keeps what was read, so that the next audit reads new files only."""


class GeographySettings(Settings):
    """How source addresses are placed."""

    databases: tuple[Text, ...] = ()
    """Country databases in MaxMind's format (.mmdb), besides the one that comes with the tool."""


def to_log(settings: LogSettings) -> LogSource:
    """Return one log source; its paths are left as they were written."""
    return LogSource(
        name=settings.name,
        kind=settings.kind,
        folder=settings.folder or "",
        keys=settings.public_keys or "",
        target=settings.target or "",
        bucket=settings.bucket or "",
        prefix=settings.prefix,
        account=settings.account or "",
        region=settings.region or "",
        trail=settings.trail or "",
    )
