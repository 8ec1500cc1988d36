"""Turns settings, as written, into the nouns of an audit."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from auditor.config.code_settings import AppTarget, GithubTarget, ProvenanceTarget
from auditor.config.schema import (
    AuditFile,
    AwsTarget,
    OciTarget,
    PartySettings,
    Rule,
    WaiverSettings,
)
from auditor.model import ClassificationRule, Party, Target, Waiver


def to_targets(settings: AuditFile, folder: Path) -> tuple[Target, ...]:
    """Return every way in, AWS first, in the order of the file; paths start from ``folder``."""
    logs = settings.logs.sources if settings.logs else ()
    # Whoever holds log files against CloudTrail's digests needs its keys, from AWS itself.
    signed = any(log.kind == "cloudtrail" for log in logs)
    return (
        *(_aws(target, signed) for target in settings.aws),
        *(_oci(target, folder) for target in settings.oci),
        *(_github(target, folder) for target in settings.github),
        *(_provenance(target, folder) for target in settings.provenance),
        *(_app(target, folder) for target in settings.apps),
    )


def _aws(settings: AwsTarget, signed: bool) -> Target:
    organization = settings.organization
    external_id = organization.external_id if organization else None
    return Target(
        name=settings.name,
        provider="aws",
        options=_given(
            {
                "profile": settings.profile,
                "role_arn": settings.role_arn,
                "external_id": settings.external_id,
                "organization_role": organization.role_name if organization else None,
                "organization_external_id": external_id,
                "bill": "asked" if settings.bill else None,
                "digests": "asked" if signed else None,
            }
        ),
        axes=_axes(account=settings.accounts, region=settings.regions),
    )


def _oci(settings: OciTarget, folder: Path) -> Target:
    file = settings.config_file
    if file and not file.startswith("~"):  # the SDK expands a home folder
        file = str(folder / file)
    return Target(
        name=settings.name,
        provider="oci",
        options=_given(
            {
                "profile": settings.profile,
                "config_file": file,
                "auth": "instance_principal" if settings.instance_principal else None,
                "tenancy": settings.tenancy,
            }
        ),
        axes=_axes(region=settings.regions, compartment=settings.compartments),
    )


def _github(settings: GithubTarget, folder: Path) -> Target:
    app = settings.app
    return Target(
        name=settings.name,
        provider="github",
        options=_given(
            {
                "organization": settings.organization,
                "host": settings.host,
                "token_env": settings.token_env,
                "app": app.id if app else None,
                "installation": str(app.installation) if app else None,
                "key": str(folder / app.key) if app else None,
            }
        ),
        axes={
            "host": (urlsplit(settings.host or "").hostname or "github.com",),
            "release_branches": (" ".join(settings.release_branches),),
        },
    )


def _provenance(settings: ProvenanceTarget, folder: Path) -> Target:
    roots = {f"key {each.name}": str(folder / each.file) for each in settings.keys}
    roots |= {f"sigstore {each.name}": str(folder / each.file) for each in settings.sigstore}
    served = {f"{each.kind} {each.name}": str(folder / each.file) for each in settings.served}
    served |= {"served": "asked"} if served else {}  # else nobody says what is served
    served |= {f"address {each.name}": each.address for each in settings.served if each.address}
    return Target(
        name=settings.name,
        provider="provenance",
        options={"folder": str(folder / settings.folder), **roots, **served},
    )


def _app(settings: AppTarget, folder: Path) -> Target:
    return Target(
        name=settings.name, provider="app", options={"folder": str(folder / settings.folder)}
    )


def _given(options: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in options.items() if value is not None}


def _axes(**axes: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {name: values for name, values in axes.items() if values}


def to_party(settings: PartySettings) -> Party:
    """Return one organisation."""
    return Party(
        name=settings.name,
        roles=settings.roles,
        operators=settings.operators,
        accounts=settings.accounts,
        country=settings.country or "",
    )


def to_rule(settings: Rule) -> ClassificationRule:
    """Return one classification rule."""
    return ClassificationRule(**settings.model_dump())


def to_waiver(settings: WaiverSettings) -> Waiver:
    """Return one waiver, its last day as text."""
    return Waiver(**{**settings.model_dump(), "expires": settings.expires.isoformat()})


def to_moment(moment: datetime | None) -> str:
    """Return a moment as UTC, ISO 8601 with a Z, to the second; '' for none."""
    if moment is None:
        return ""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
