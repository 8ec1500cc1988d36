"""What the user's files say, in types: the audit's own settings and where its files are."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from auditor.model import (
    Audit,
    ClassificationRule,
    LogSource,
    PackChoice,
    Party,
    Person,
    RegisterEntry,
    Signer,
    Target,
    Waiver,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """The key that signs the bundle. A password is named, never held.

    Attributes:
        key: PKCS#12 or PEM file; None when the key is ephemeral.
        certificates: PEM file with the key's certificates, if they are not beside the key.
        password_variable: environment variable that holds the key's password, '' for none.
        tsa_url: RFC 3161 timestamp authority, '' for none.
        ephemeral: make a key for this run only; it shows integrity and names nobody.
    """

    key: Path | None = None
    certificates: Path | None = None
    revocation_lists: tuple[Path, ...] = ()
    password_variable: str = ""
    tsa_url: str = ""
    ephemeral: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """Everything that ``audit.yaml`` and the files it names say.

    Attributes:
        path: the file itself; paths inside it are relative to its folder, and absolute here.
        as_of: moment that the audit speaks of, UTC with a Z; '' stands for now.
        pack_folders: folder of each pack that is not built in, by the pack's name.
        statements: signed statements (DSSE envelopes), sorted.
        signer_certificates: certificate file of each accepted signer, in the order of
            ``signers``.
        output: folder that bundles are written into.
        log_cache: folder that keeps what was read of logs; None for none.
        country_databases: MaxMind databases that the user named.
        share: of the clouds' published limits on calls that a collection may use. It decides how
            long that takes and nothing else, so it is no part of the audit.
    """

    path: Path
    agreement: str
    company: str
    as_of: str
    period_start: str
    period_end: str
    targets: tuple[Target, ...]
    signing: Signing
    output: Path
    parties: tuple[Party, ...] = ()
    boundary_accounts: tuple[str, ...] = ()
    classification: tuple[ClassificationRule, ...] = ()
    roster: tuple[Person, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    register: tuple[RegisterEntry, ...] = ()
    logs: tuple[LogSource, ...] = ()
    log_cache: Path | None = None
    country_databases: tuple[Path, ...] = ()
    signers: tuple[Signer, ...] = ()
    signer_certificates: tuple[Path, ...] = ()
    statements: tuple[Path, ...] = ()
    packs: tuple[PackChoice, ...] = ()
    pack_folders: Mapping[str, Path] = field(default_factory=dict)
    share: float = 0.5
    code: tuple[str, ...] = ()


_PATHS = ("folder", "key", "sigstore")  # first words of options that lead to a file


def _without_paths(target: Target) -> Target:
    """Where files lie on this machine is nobody else's business; that there are some is."""
    options = {
        name: "" if name.split(" ")[0] in _PATHS else value
        for name, value in target.options.items()
    }
    return replace(target, options=options)


def new_audit(
    configuration: Configuration,
    *,
    as_of: str,
    tool_version: str,
    id: str,  # noqa: A002
    transport: tuple[str, ...] = (),
    shards: tuple[str, ...] = (),
) -> Audit:
    """Return the audit that a configuration describes, at one moment.

    Args:
        as_of: used where the configuration fixes no moment; UTC, ISO 8601 with a Z.
        transport: reasons to doubt that answers come from the providers themselves.
        shards: the parts of a shared collection that it is about.
    """
    return Audit(
        id=id,
        agreement=configuration.agreement,
        company=configuration.company,
        as_of=configuration.as_of or as_of,
        period_start=configuration.period_start,
        period_end=configuration.period_end,
        tool_version=tool_version,
        targets=tuple(map(_without_paths, configuration.targets)),
        parties=configuration.parties,
        boundary_accounts=configuration.boundary_accounts,
        classification=configuration.classification,
        roster=configuration.roster,
        waivers=configuration.waivers,
        register=configuration.register,
        logs=tuple(replace(log, folder="", keys="") for log in configuration.logs),
        signers=configuration.signers,
        packs=configuration.packs,
        transport=transport,
        ephemeral_key=configuration.signing.ephemeral,
        shards=shards,
        code=configuration.code,
    )
