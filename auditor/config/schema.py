"""The settings of ``audit.yaml``, as they are written. The published JSON Schema is made of these.

Paths are relative to the folder of the file that names them.
"""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from auditor.config.code_settings import (
    AppTarget,
    CodeSettings,
    GithubTarget,
    ProvenanceTarget,
)
from auditor.config.log_settings import GeographySettings, LogsSettings
from auditor.config.settings import Settings
from auditor.config.values import (
    Account,
    AwsAccount,
    Country,
    Name,
    Ocid,
    Region,
    RoleArn,
    RoleName,
    Text,
    Url,
    Variable,
)
from auditor.model import Json


class Period(Settings):
    """The days that the audit covers, first and last included."""

    start: date
    """First day, such as 2026-10-01."""
    end: date
    """Last day."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise ValueError("the period ends before it starts")
        return self


class Organization(Settings):
    """Finds every account of the AWS organization, and enters each with a role."""

    role_name: RoleName
    """Role to assume in each member account; `auditor permissions aws` prints its policy."""
    external_id: Text | None = None
    """External id that the role's trust policy asks for."""


class AwsTarget(Settings):
    """One way into AWS."""

    name: Name
    """Names this way in, in messages; unique in the file."""
    profile: Text | None = None
    """Profile of ~/.aws/config; without it, boto3's ordinary chain of credentials."""
    role_arn: RoleArn | None = None
    """Role to assume first."""
    external_id: Text | None = None
    """External id for role_arn."""
    organization: Organization | None = None
    """Set to audit every account of the organization."""
    regions: tuple[Region, ...] = ()
    """Look only here; the other enabled regions are reported as excluded. Default: all."""
    accounts: tuple[AwsAccount, ...] = ()
    """Look only into these accounts of the organization. Default: all."""
    bill: bool = True
    """Ask Cost Explorer what was charged, at USD 0.01 a page and account; false is a gap."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.external_id and not self.role_arn:
            raise ValueError("external_id is set without role_arn")
        return self


class OciTarget(Settings):
    """One way into Oracle Cloud Infrastructure."""

    name: Name
    """Names this way in, in messages; unique in the file."""
    profile: Text | None = None
    """Profile of the configuration file. Default: DEFAULT."""
    config_file: Text | None = None
    """OCI configuration file. Default: ~/.oci/config."""
    instance_principal: bool = False
    """Use the instance's own identity, without a configuration file."""
    tenancy: Ocid | None = None
    """Tenancy to audit. Default: the credentials' own."""
    regions: tuple[Region, ...] = ()
    """Look only here; other subscribed regions are reported as excluded. Default: all."""
    compartments: tuple[Ocid, ...] = ()
    """Look only into these compartments. Default: all."""

    @model_validator(mode="after")
    def _one_identity(self) -> Self:
        if self.instance_principal and (self.profile or self.config_file):
            raise ValueError("instance_principal needs no profile and no config_file; keep one")
        return self


Role = Literal["trusted provider", "company", "excluded", "assessor", "monitor"]


class PartySettings(Settings):
    """An organisation with a role in the arrangement."""

    name: Text
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    """What it is to the arrangement."""
    operators: tuple[Text, ...] = ()
    """Cloud operators that act as this party: 'Oracle', 'Amazon Web Services'."""
    accounts: tuple[Account, ...] = ()
    """AWS accounts and OCI tenancies that belong to it."""
    country: Country | None = None
    """ISO 3166 code of its principal place of business."""


class Rule(Settings):
    """Says which classes of data a store holds. The first rule that matches decides."""

    name: Text
    data_classes: tuple[Text, ...]
    """Classes such as 'us_user_data'; [] says that it is known to hold none."""
    tags: dict[str, str] = {}  # noqa: RUF012
    """Tags that it must have; values are patterns."""
    accounts: tuple[Account, ...] = ()
    """Accounts or tenancies that may hold it."""
    compartments: tuple[Text, ...] = ()
    """OCI compartments that may hold it."""
    names: tuple[Text, ...] = ()
    """Patterns of names, such as 'user-*'."""
    services: tuple[Text, ...] = ()
    """Services, such as s3 or objectstorage."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.tags or self.accounts or self.compartments or self.names or self.services):
            raise ValueError(
                "the rule matches every store; if that is meant, write it: names: ['*']"
            )
        return self


class AcceptedSigner(Settings):
    """Somebody whose signed statements the audit accepts."""

    name: Text
    role: Text
    employer: Text
    certificate: Text
    """PEM or DER file with the signer's certificate."""
    subjects: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Subjects that the signer may speak to, such as 'code-review-access'."""


class Statements(Settings):
    """Signed statements of people, for what no API can show."""

    files: tuple[Text, ...] = ()
    """Statement files, or folders of *.json; `auditor attest` writes them."""
    signers: tuple[AcceptedSigner, ...] = ()


class Policy(Settings):
    """A policy pack: a built-in one by name, or a folder of your own."""

    pack: Name | None = None
    """Name of a built-in pack; `auditor policy list` shows them."""
    folder: Text | None = None
    """Folder that holds a pack.yaml."""
    parameters: dict[str, Json] = {}  # noqa: RUF012
    """Parameters to override; loosening ones are reported."""

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.pack is None) == (self.folder is None):
            raise ValueError("a policy has either a pack or a folder")
        return self


class SigningSettings(Settings):
    """The key that signs the bundle."""

    key: Text | None = None
    """Private key: PKCS#12 (.p12, .pfx) or PEM."""
    certificates: Text | None = None
    """PEM file with the key's certificates, where they are not in the key's own file."""
    revocation_lists: tuple[Text, ...] = ()
    """Revocation lists (PEM or DER) to keep in the signed PDF."""
    password_env: Variable | None = None
    """Environment variable that holds the key's password."""
    tsa_url: Url | None = None
    """RFC 3161 timestamp authority."""
    ephemeral: bool = False
    """Make a key for this run only: shows that nothing changed, and names nobody."""

    @model_validator(mode="after")
    def _one_key(self) -> Self:
        if self.ephemeral == (self.key is not None):
            raise ValueError("signing has either a key or 'ephemeral: true'")
        if self.ephemeral and (self.certificates or self.password_env or self.revocation_lists):
            raise ValueError("an ephemeral key has no certificates, revocation lists or password")
        return self


class LimitSettings(Settings):
    """How much of the clouds' limits on calls an audit may use up."""

    share: Annotated[float, Field(gt=0, le=1)] = 0.5
    """Part of each published limit that is used; the rest is left to everything else that calls
    the same API in the same account."""


class AuditFile(Settings):
    """Everything that decides an audit."""

    agreement: Text
    """The agreement whose commitments are tested."""
    company: Text
    """The company that is audited."""
    period: Period
    as_of: AwareDatetime | None = None
    """Moment that the audit speaks of, with a time zone. Default: when it starts."""
    aws: tuple[AwsTarget, ...] = ()
    oci: tuple[OciTarget, ...] = ()
    github: tuple[GithubTarget, ...] = ()
    provenance: tuple[ProvenanceTarget, ...] = ()
    apps: tuple[AppTarget, ...] = ()
    code: CodeSettings | None = None
    """Code that the agreement is about. Without it, what is missing from the list is unknown."""
    parties: tuple[PartySettings, ...] = ()
    boundary_accounts: tuple[Account, ...] = ()
    """Accounts and tenancies inside the boundary that protected data may not leave."""
    classification: tuple[Rule, ...] = ()
    """Rules in order. A store that none matches counts as possibly protected."""
    roster: Text | None = None
    """People and services: CSV with id,name,employer,country,covered_person and more, or the SCIM
    export of a directory."""
    waivers: Text | None = None
    """YAML file of recorded exceptions."""
    register_: Annotated[Text | None, Field(alias="register")] = None
    """YAML file of flows out and of access for a time that the parties agreed."""
    logs: LogsSettings | None = None
    geography: GeographySettings = GeographySettings()
    statements: Statements = Statements()
    policies: Annotated[tuple[Policy, ...], Field(min_length=1)]
    signing: SigningSettings
    limits: LimitSettings = LimitSettings()
    output: Text = "audits"
    """Folder that bundles are written into."""

    @model_validator(mode="after")
    def _something_to_audit(self) -> Self:
        if not (self.aws or self.oci or self.github or self.provenance or self.apps):
            raise ValueError("nothing is audited: add a target below 'aws:', 'oci:' or 'github:'")
        return self


class WaiverSettings(Settings):
    """A recorded exception to one control."""

    id: Name
    control: Text
    """Id of the control, such as A-02."""
    rows: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Patterns of row ids."""
    reason: Text
    approvers: Annotated[tuple[Text, ...], Field(min_length=1)]
    """People who approved it."""
    expires: date
    """Last day on which it holds."""
    limit: Annotated[int, Field(ge=1, le=1_000_000)]
    """How many rows it may cover; more makes it fail."""


class WaiverFile(Settings):
    """The file that ``waivers:`` names."""

    waivers: tuple[WaiverSettings, ...]
