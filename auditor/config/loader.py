"""Loads ``audit.yaml`` and every file that it names."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from auditor.config.configuration import Configuration, Signing
from auditor.config.convert import to_moment, to_party, to_rule, to_targets, to_waiver
from auditor.config.log_settings import LogsSettings, to_log
from auditor.config.register import read_register
from auditor.config.roster import read_roster
from auditor.config.schema import AcceptedSigner, AuditFile, SigningSettings, WaiverFile
from auditor.documents import Document, Location, quoted, read_document, suggest, validate
from auditor.errors import ConfigError, Fault
from auditor.model import LogSource, PackChoice, Signer, Waiver
from auditor.resources import data_folder

T = TypeVar("T")


def load_config(path: Path) -> Configuration:
    """Read ``audit.yaml``, its roster, waivers, statements and certificates.

    Raises:
        ConfigError: everything that is wrong in any of them.
    """
    return _Loader(read_document(path)).load()


class _Loader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.folder = document.path.resolve().parent
        self.faults: list[Fault] = []

    def load(self) -> Configuration:
        settings = self._try(lambda: validate(self.document, AuditFile))
        roster = self._named("roster", read_roster) or ()
        waivers = self._named("waivers", _read_waivers) or ()
        register = self._named("register", read_register) or ()
        if settings is None:
            raise ConfigError(sorted(self.faults))
        self.faults += _twins(self.document, settings)
        self._require_files(settings)
        found = self._configuration(settings)
        if self.faults:
            raise ConfigError(sorted(self.faults))
        return replace(found, roster=roster, waivers=waivers, register=register)

    def _configuration(self, settings: AuditFile) -> Configuration:
        """Return all but what further files hold, and note faults."""
        packs, folders = self._packs(settings)
        return Configuration(
            path=self.document.path,
            agreement=settings.agreement,
            company=settings.company,
            as_of=to_moment(settings.as_of),
            period_start=settings.period.start.isoformat(),
            period_end=settings.period.end.isoformat(),
            targets=to_targets(settings, self.folder),
            parties=tuple(map(to_party, settings.parties)),
            boundary_accounts=settings.boundary_accounts,
            classification=tuple(map(to_rule, settings.classification)),
            logs=self._logs(settings),
            code=settings.code.repositories if settings.code else (),
            log_cache=self._cache(settings.logs),
            country_databases=tuple(self._databases(settings)),
            signers=tuple(self._signers(settings)),
            signer_certificates=tuple(
                self._absolute(signer.certificate) for signer in settings.statements.signers
            ),
            statements=tuple(self._statements(settings.statements.files)),
            packs=packs,
            pack_folders=folders,
            signing=self._signing(settings.signing),
            output=self._absolute(settings.output),
            share=settings.limits.share,
        )

    def _try(self, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except ConfigError as error:
            self.faults += error.faults
            return None

    def _named(self, setting: str, read: Callable[[Path], T]) -> T | None:
        """Read the file that a setting names, even where other settings are wrong."""
        value = self.document.value
        name = value.get(setting) if isinstance(value, dict) else None
        if not isinstance(name, str) or not self._exists((setting,), name):
            return None
        return self._try(lambda: read(self._absolute(name)))

    def _absolute(self, name: str) -> Path:
        try:
            return self.folder / Path(name).expanduser()
        except RuntimeError:  # '~somebody' whom this machine does not know
            return self.folder / name

    def _exists(self, location: Location, name: str, *, folder: bool = False) -> bool:
        """Note a fault where the setting stands if what it names is not there."""
        path = self._absolute(name) if "\0" not in name else None
        if path is None or not (path.is_dir() if folder else path.exists()):
            kind = "folder" if folder else "file"
            hint = f"paths are relative to {self.folder}"
            self.faults.append(
                self.document.fault(location, f"there is no {kind} {quoted(name)}", hint)
            )
            return False
        return True

    def _statements(self, names: Sequence[str]) -> Iterator[Path]:
        seen: set[str] = set()
        for index, name in enumerate(names):
            location = ("statements", "files", index)
            if not self._exists(location, name):
                continue
            path = self._absolute(name)
            for file in sorted(path.glob("*.json")) if path.is_dir() else (path,):
                if file.name in seen:
                    message = f"two statements are called {quoted(file.name)}"
                    self.faults.append(self.document.fault(location, message, "rename one"))
                seen.add(file.name)
                yield file

    def _databases(self, settings: AuditFile) -> Iterator[Path]:
        for index, name in enumerate(settings.geography.databases):
            if self._exists(("geography", "databases", index), name):
                yield self._absolute(name)

    def _signers(self, settings: AuditFile) -> Iterator[Signer]:
        for index, signer in enumerate(settings.statements.signers):
            yield self._signer(index, signer)

    def _signer(self, index: int, settings: AcceptedSigner) -> Signer:
        location = ("statements", "signers", index, "certificate")
        fingerprint = ""
        if self._exists(location, settings.certificate):
            try:
                fingerprint = _fingerprint(self._absolute(settings.certificate))
            except (OSError, ValueError) as error:
                message = f"{quoted(settings.certificate)} holds no certificate: {error}"
                self.faults.append(self.document.fault(location, message))
        return Signer(
            name=settings.name,
            role=settings.role,
            employer=settings.employer,
            fingerprint=fingerprint,
            subjects=settings.subjects,
        )

    def _packs(self, settings: AuditFile) -> tuple[tuple[PackChoice, ...], dict[str, Path]]:
        choices, folders = [], {}
        for index, policy in enumerate(settings.policies):
            name = policy.pack or ""
            if policy.folder is None:
                self._require_built_in(index, name)
            elif self._exists(("policies", index, "folder"), policy.folder, folder=True):
                folder = self._absolute(policy.folder).resolve()
                name = folder.name
                folders[name] = folder
            choices.append(PackChoice(name=name, parameters=policy.parameters))
        return tuple(choices), folders

    def _require_built_in(self, index: int, name: str) -> None:
        known = sorted(path.parent.name for path in data_folder("policies").glob("*/pack.yaml"))
        if name not in known:
            hint = suggest(name, known) or f"built-in packs are {', '.join(known)}"
            message = f"there is no built-in pack {quoted(name)}"
            self.faults.append(self.document.fault(("policies", index, "pack"), message, hint))

    def _logs(self, settings: AuditFile) -> tuple[LogSource, ...]:
        """Return every log source, its paths absolute; note those that lead nowhere."""
        providers = {target.name: "aws" for target in settings.aws}
        providers |= {target.name: "oci" for target in settings.oci}
        found = []
        for index, log in enumerate(settings.logs.sources if settings.logs else ()):
            at: Location = ("logs", "sources", index)
            source = to_log(log)
            provider = "oci" if log.kind.startswith("oci") else "aws"
            if log.target and providers.get(log.target) != provider:
                hint = suggest(log.target, [n for n, p in providers.items() if p == provider])
                message = f"there is no target {quoted(log.target)} below '{provider}:'"
                self.faults.append(self.document.fault((*at, "target"), message, hint or ""))
            if log.folder and self._exists((*at, "folder"), log.folder, folder=True):
                source = replace(source, folder=str(self._absolute(log.folder)))
            if log.public_keys and self._exists((*at, "public_keys"), log.public_keys):
                source = replace(source, keys=str(self._absolute(log.public_keys)))
            found.append(source)
        return tuple(found)

    def _require_files(self, settings: AuditFile) -> None:
        """Note folders and keys of targets that are not there."""
        for index, github in enumerate(settings.github):
            if github.app:
                self._exists(("github", index, "app", "key"), github.app.key)
        for index, source in enumerate(settings.provenance):
            self._exists(("provenance", index, "folder"), source.folder, folder=True)
            for group in ("keys", "sigstore", "served"):
                for at, named in enumerate(getattr(source, group)):
                    self._exists(("provenance", index, group, at, "file"), named.file)
        for index, app in enumerate(settings.apps):
            self._exists(("apps", index, "folder"), app.folder, folder=True)

    def _cache(self, settings: LogsSettings | None) -> Path | None:
        return self._absolute(settings.cache) if settings and settings.cache else None

    def _signing(self, settings: SigningSettings) -> Signing:
        for setting in ("key", "certificates"):
            name = getattr(settings, setting)
            if name is not None:
                self._exists(("signing", setting), name)
        for index, name in enumerate(settings.revocation_lists):
            self._exists(("signing", "revocation_lists", index), name)
        certificates = settings.certificates
        return Signing(
            key=self._absolute(settings.key) if settings.key else None,
            certificates=self._absolute(certificates) if certificates else None,
            revocation_lists=tuple(map(self._absolute, settings.revocation_lists)),
            password_variable=settings.password_env or "",
            tsa_url=settings.tsa_url or "",
            ephemeral=settings.ephemeral,
        )


def _read_waivers(path: Path) -> tuple[Waiver, ...]:
    document = read_document(path)
    settings = validate(document, WaiverFile)
    faults = _repeats(document, ("waivers",), [waiver.id for waiver in settings.waivers], "id")
    if faults:
        raise ConfigError(list(faults))
    return tuple(map(to_waiver, settings.waivers))


def _twins(document: Document, settings: AuditFile) -> Iterator[Fault]:
    """Yield a fault for each name that should be unique and is not."""
    before: list[str] = []
    for group in ("aws", "oci", "github", "provenance", "apps"):
        names = [target.name for target in getattr(settings, group)]
        yield from _repeats(document, (group,), names, "name", before)
        before += names
    for index, provenance in enumerate(settings.provenance):
        for part in ("keys", "sigstore", "served"):
            names = [each.name for each in getattr(provenance, part)]
            yield from _repeats(document, ("provenance", index, part), names, "name")
    parties = [party.name for party in settings.parties]
    yield from _repeats(document, ("parties",), parties, "name")
    sources = [source.name for source in settings.logs.sources] if settings.logs else []
    yield from _repeats(document, ("logs", "sources"), sources, "name")
    rules = [rule.name for rule in settings.classification]
    yield from _repeats(document, ("classification",), rules, "name")
    packs = [policy.pack or Path(policy.folder or "").name for policy in settings.policies]
    yield from _repeats(document, ("policies",), packs, "pack")


def _repeats(
    document: Document, group: Location, names: Sequence[str], key: str, before: Sequence[str] = ()
) -> tuple[Fault, ...]:
    return tuple(
        document.fault((*group, index, key), f"{quoted(name)} is used twice", "names are unique")
        for index, name in enumerate(names)
        if name in (*before, *names[:index])
    )


def _fingerprint(path: Path) -> str:
    content = path.read_bytes()
    if b"-----BEGIN" in content:
        certificate = x509.load_pem_x509_certificate(content)
    else:
        certificate = x509.load_der_x509_certificate(content)
    return certificate.fingerprint(SHA256()).hex()
