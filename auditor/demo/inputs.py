"""Writes what a user of the demo's company would have written: audit.yaml and its files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from auditor.demo.aws.accounts import LOGS, MANAGEMENT, ROLE, STRANGER, USER_DATA
from auditor.demo.aws.plots.recipients import ASSESSOR
from auditor.demo.builds import write_builds
from auditor.demo.github.estate import LOGIN, RELEASE_BRANCHES
from auditor.demo.logs.export import write_exports
from auditor.demo.oci.credentials import TENANCY
from auditor.demo.people import written_roster
from auditor.demo.planted import Planted
from auditor.demo.register import pack_parameters, written_register
from auditor.demo.tenancy.plots.iam_policies import FARSHORE
from auditor.sign import ephemeral_key
from auditor.sign.attestation import sign_statement

AWS_TARGET, OCI_TARGET, GITHUB_TARGET = "northstar-aws", "northstar-oci", "northstar-github"
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """One statement of the demo: who signs it, and whether it should be relied on."""

    subject: str
    signer: str
    role: str
    employer: str
    text: str
    valid_days: int
    accepted: bool = True


STATEMENTS = (
    _Said(
        subject="foreign-authority-requests",
        signer="Dana Whitfield",
        role="general counsel",
        employer="Northstar Video",
        text="In the period of this audit no public body outside the United States asked "
        "Northstar Video for user data of people in the United States.",
        valid_days=90,
    ),
    _Said(
        subject="code-review-access",
        signer="Luis Ortega",
        role="head of source-code review",
        employer="Oracle",
        text="The review team could read every repository of the manifest of the period, and "
        "logged each session.",
        valid_days=90,
    ),
    _Said(
        subject="historic-copies-destroyed",
        signer="Grace Lindqvist",
        role="records officer",
        employer="Oracle",
        text="Every copy on the disposal register of the cut-over was destroyed before a witness, "
        "and the register is complete.",
        valid_days=90,
    ),
    _Said(
        subject="purpose-limitation",
        signer="Priya Raman",
        role="contract officer",
        employer="Oracle",
        text="Data of the arrangement was processed for the listed purposes only, and not for "
        "advertising or for training models.",
        valid_days=-30,
    ),
    _Said(
        subject="device-and-app-security",
        signer="Somebody Else",
        role="unknown",
        employer="unknown",
        text="The application as published on the stores was tested, and nothing was found.",
        valid_days=90,
        accepted=False,
    ),
)

PLANTED = (
    Planted(
        what="a statement that may no longer be relied on",
        control="E-04",
        row="purpose-limitation",
        verdict="fail",
    ),
    Planted(
        what="a statement signed by somebody whom the audit does not accept",
        control="D-10",
        row="device-and-app-security",
        verdict="fail",
    ),
)

_AUDIT = """\
# The demonstration: an invented company, an AWS organisation, an Oracle Cloud tenancy and an
# organisation on GitHub, all embedded. 'auditor init' writes the same kind of file for real ones.
agreement: Trusted technology provider agreement (demonstration)
company: Northstar Video (invented)
period: {{start: {start}, end: {end}}}

aws:
  - name: {aws}
    organization: {{role_name: {role}}}
oci:
  - name: {oci}
github:
  - {{name: {github}, organization: {organization}, release_branches: [{branches}]}}
code: {{repositories: ["{organization}/*"]}}
{builds}
parties:
  - {{name: Oracle, roles: [trusted provider], operators: [Oracle], country: US}}
  - name: Amazon Web Services (subcontractor that the agreement allows)
    roles: [trusted provider]
    operators: [Amazon Web Services]
    country: US
  - {{name: Northstar Video, roles: [company], country: US}}
  - {{name: Farshore Holdings, roles: [excluded], accounts: [{excluded}], country: SG}}
  - {{name: Brightline Assurance, roles: [assessor], accounts: ["{assessor}"], country: US}}

boundary_accounts: [{boundary}]

classification:
  - name: tagged as US user data
    data_classes: [us_user_data]
    tags: {{data-class: us-user-data}}
  - name: tagged as operations data
    data_classes: []
    tags: {{data-class: operations}}

roster: roster.csv
register: register.yaml
waivers: waivers.yaml
logs:
  sources:
    - name: organisation trail
      kind: cloudtrail
      target: {aws}
      account: '{log_account}'
      bucket: {log_bucket}
    - {{name: tenancy audit, kind: oci audit, folder: logs}}
statements:
  files: [statements]
  signers:
{signers}
policies:
  - pack: ttp-2020
    parameters:
{parameters}
signing: {{ephemeral: true}}
output: {output}
"""

_SIGNER = """\
    - name: {signer}
      role: {role}
      employer: {employer}
      certificate: signers/{subject}.pem
      subjects: [{subject}]
"""


_WAIVERS = """\
waivers:
  - id: W-001
    control: A-06
    rows: ["*vol-*"]
    reason: The unencrypted volume is being replaced; the change is approved and under way.
    approvers: [Luis Ortega (Oracle), Dana Whitfield (Northstar Video)]
    expires: {soon}
    limit: 1
  - id: W-002
    control: A-05b
    rows: ["*user-avatars*"]
    reason: Avatars were public while the content network was being moved.
    approvers: [Dana Whitfield (Northstar Video)]
    expires: {past}
    limit: 1
"""


def write_inputs(
    folder: Path,
    *,
    output: Path,
    today: date,
) -> Path:
    """Write the demo's files into a folder and return the path of its audit.yaml.

    Args:
        today: the day of the run; statements, waivers and period are laid around it.
    """
    for name in ("statements", "signers"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    _write_statements(folder, today)
    write_exports(folder / "logs", today)
    waivers = _WAIVERS.format(soon=today + timedelta(days=60), past=today - timedelta(days=10))
    (folder / "waivers.yaml").write_text(waivers, encoding="utf-8")
    (folder / "roster.csv").write_text(written_roster(today), encoding="utf-8")
    (folder / "register.yaml").write_text(written_register(today), encoding="utf-8")
    builds, agreed = write_builds(folder, today)
    path = folder / "audit.yaml"
    path.write_text(
        _AUDIT.format(
            start=today - _YEAR,
            end=today,
            aws=AWS_TARGET,
            oci=OCI_TARGET,
            github=GITHUB_TARGET,
            organization=LOGIN,
            branches=_quoted(RELEASE_BRANCHES),
            role=ROLE,
            log_account=LOGS,
            log_bucket=f"audit-logs-{MANAGEMENT}",
            boundary=_quoted((MANAGEMENT, USER_DATA, LOGS, TENANCY)),
            excluded=_quoted((STRANGER, FARSHORE)),
            assessor=ASSESSOR,
            builds=builds,
            parameters=pack_parameters(agreed),
            signers="".join(_signer(said) for said in STATEMENTS if said.accepted),
            output=_quoted([str(output)]),
        ),
        encoding="utf-8",
    )
    return path


def _write_statements(folder: Path, today: date) -> None:
    for said in STATEMENTS:
        key = ephemeral_key()
        envelope = sign_statement(
            key,
            subject=said.subject,
            text=said.text,
            valid_from=today - _YEAR,
            valid_until=today + timedelta(days=said.valid_days),
        )
        (folder / "statements" / f"{said.subject}.json").write_bytes(envelope)
        certificate = key.certificate.public_bytes(Encoding.PEM)
        (folder / "signers" / f"{said.subject}.pem").write_bytes(certificate)


def _signer(said: _Said) -> str:
    fields: Mapping[str, str] = {
        "signer": said.signer,
        "role": said.role,
        "employer": said.employer,
        "subject": said.subject,
    }
    return _SIGNER.format(**fields)


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f'"{word}"' for word in words)
