"""Joins the stages: the path of an audit, one call per stage, in order.

    begin → collect → record → derive → evaluate → render → seal

From ``derive`` on, every function needs nothing besides the bundle: each can be run again alone.
"""

import importlib
import os
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from auditor.activity.addresses import open_databases
from auditor.activity.recording import ACTIVITY, Scope, Told
from auditor.activity.recording import record as record_logs
from auditor.collect.door import Door, Progress
from auditor.collect.engine import collect as collect_answers
from auditor.collect.limits import load_limits
from auditor.collect.period import within_period
from auditor.collect.registry import load_collectors
from auditor.config.audit_file import read_audit, write_audit
from auditor.config.configuration import Configuration, new_audit
from auditor.envelope import seal_evidence
from auditor.envelope.files import list_files, name_fault
from auditor.errors import BundleError, CollectionError
from auditor.evidence import EvidenceStore, count_outcomes, read_evidence
from auditor.facts import derive as derive_facts
from auditor.logs import look_around, open_sources, read_keys
from auditor.model import Audit, Outcome, Target
from auditor.policy import evaluate as evaluate_policies
from auditor.policy import load_pack, write_results
from auditor.report import EvidenceSummary, build, render_html, render_pdf, render_sarif
from auditor.resources import data_folder
from auditor.results import Results
from auditor.sign import Origin, SigningKey, TimestampAuthority, seal_bundle
from auditor.spec import Collector
from auditor.walk import Shard

AUDIT, RESULTS, FACTS, POLICIES, STATEMENTS = (
    "audit.json",
    "results.json",
    "facts",
    "policies",
    "statements",
)

TYPESETTING = 600.0  # seconds that the PDF may take


def run_audit(
    configuration: Configuration,
    bundle: Path,
    key: SigningKey,
    progress: Progress,
    *,
    tsa: TimestampAuthority | None = None,
    transport: tuple[str, ...] = (),
    open_door: Callable[[Target], Door] | None = None,
    told: Told = lambda *_: None,
) -> Results:
    """Audit what a configuration names, into a sealed bundle. Takes up where a killed run ended.

    Args:
        told: is called while logs are read: a source, its files read so far, and files left.

    Raises:
        AuditorError: any of those that ``begin``, ``collect``, ``record``, ``recompute`` and
            ``seal`` raise.
    """
    audit = begin(configuration, bundle, transport=transport)
    collect(configuration, audit, bundle, progress, open_door=open_door)
    record(configuration, audit, bundle, told=told, open_door=open_door)
    results = recompute(bundle, bundle)
    seal(bundle, key, tsa)
    return results


def begin(
    configuration: Configuration,
    bundle: Path,
    *,
    transport: tuple[str, ...] = (),
    shard: Shard | None = None,
) -> Audit:
    """Make the bundle's folder with everything that decides the audit, or take up a begun one.

    Args:
        shard: the part of a shared collection that it is to hold.

    Raises:
        BundleError: the folder holds an audit of another configuration, or a sealed bundle.
    """
    moment = now()
    audit = new_audit(
        configuration,
        as_of=moment,
        tool_version=version("auditor"),
        id=bundle.name.removeprefix("audit-"),
        transport=transport,
        shards=(str(shard),) if shard else (),
    )
    path = bundle / AUDIT
    if (bundle / "SHA256SUMS").exists():
        raise BundleError(f"{bundle} is sealed; an audit is never collected twice into one bundle")
    if path.exists():
        kept = read_audit(path)
        if replace(audit, as_of=kept.as_of) != kept:
            raise BundleError(f"{bundle} was begun with another configuration or version")
        return kept
    bundle.mkdir(parents=True, exist_ok=True)
    _copy_inputs(configuration, bundle)
    write_audit(audit, path)
    return audit


def collect(
    configuration: Configuration,
    audit: Audit,
    bundle: Path,
    progress: Progress,
    *,
    open_door: Callable[[Target], Door] | None = None,
) -> None:
    """Ask the clouds for everything that the bundle does not hold yet.

    Args:
        open_door: opens doors to clouds that nobody else uses, so that no limit is kept.

    Raises:
        CollectionError: no target answered at all, or credentials expired for good.
    """
    limits = {} if open_door else {t.name: load_limits(t.provider) for t in audit.targets}
    with ExitStack() as stack:
        doors: dict[str, Door] = {}
        for target in configuration.targets:  # an audit keeps no paths of this machine
            doors[target.name] = (open_door or door_to)(target)
            stack.callback(doors[target.name].close)
        store = EvidenceStore(bundle)
        stack.callback(store.close)
        collect_answers(
            audit.targets,
            collectors_of(audit),
            doors,
            store,
            now=now,
            progress=progress,
            limits=limits,
            share=configuration.share,
            shard=Shard.parse(audit.shards[0]) if audit.shards else None,
        )
    _require_answers(bundle)


def record(
    configuration: Configuration,
    audit: Audit,
    bundle: Path,
    *,
    told: Told = lambda *_: None,
    open_door: Callable[[Target], Door] | None = None,
) -> None:
    """Read the audit logs that a configuration names. Of a shared collection, the first shard does.

    Raises:
        AuditorError: a country database or a file of public keys cannot be used.
    """
    if not configuration.logs or (audit.shards and Shard.parse(audit.shards[0]).number != 1):
        return
    seen = look_around(bundle)
    given = [key for log in configuration.logs if log.keys for key in read_keys(Path(log.keys))]
    scope = Scope(
        period_start=audit.period_start,
        after_period=audit.after_period,
        as_of=audit.as_of,
        keys=sorted({*seen.keys, *given}),
        databases=open_databases(configuration.country_databases),
        processes=os.cpu_count() or 1,
    )
    with open_sources(configuration.logs, audit, seen, open_door or door_to) as sources:
        record_logs(sources, scope, bundle, configuration.log_cache, told)


def derive(bundle: Path, facts: Path | None = None) -> None:
    """Turn the bundle's evidence into fact tables, in the bundle or in another folder."""
    audit = read_audit(bundle / AUDIT)
    derive_facts(
        audit,
        collectors_of(audit),
        read_evidence(bundle),
        statements=bundle / STATEMENTS,
        facts=facts or bundle / FACTS,
        activity=bundle / ACTIVITY,
    )


def evaluate(bundle: Path, facts: Path | None = None) -> Results:
    """Hold the facts against the bundle's policies.

    Raises:
        BundleError: ``audit.json`` names a pack that is not in the bundle.
    """
    audit = read_audit(bundle / AUDIT)
    for choice in audit.packs:
        if "/" in choice.name or name_fault(choice.name):
            raise BundleError(f"{bundle / AUDIT} names a pack outside the bundle: {choice.name!a}")
    packs = [load_pack(bundle / POLICIES / choice.name) for choice in audit.packs]
    return evaluate_policies(facts or bundle / FACTS, packs, audit)


def render(bundle: Path, results: Results, *, facts: Path | None = None) -> dict[str, bytes]:
    """Return the report in every format, by file name."""
    audit = read_audit(bundle / AUDIT)
    sealed, outcomes = seal_evidence(bundle), count_outcomes(bundle)
    summary = EvidenceSummary(
        records=sealed.records,
        root=sealed.merkle_root,
        denied=outcomes[Outcome.DENIED],
        failed=outcomes[Outcome.FAILED] + outcomes[Outcome.UNSUPPORTED],
    )
    report = build(results, audit, facts or bundle / FACTS, summary)
    return {
        "report.html": render_html(report),
        "report.pdf": render_pdf(report, TYPESETTING),
        "results.sarif": render_sarif(results),
    }


def recompute(bundle: Path, folder: Path) -> Results:
    """Derive, evaluate and render from a bundle's evidence and policies into a folder."""
    derive(bundle, folder / FACTS)
    results = evaluate(bundle, folder / FACTS)
    write_results(results, folder / RESULTS)
    for name, content in render(bundle, results, facts=folder / FACTS).items():
        (folder / name).write_bytes(content)
    return results


def seal(bundle: Path, key: SigningKey, tsa: TimestampAuthority | None = None) -> None:
    """Sign everything in the bundle."""
    audit = read_audit(bundle / AUDIT)
    origin = Origin(tool=f"auditor {audit.tool_version}", collections=(audit.id,))
    seal_bundle(bundle, key, origin, tsa)


def collectors_of(audit: Audit) -> tuple[Collector, ...]:
    """Return every collector, asking about the audit's period."""
    return within_period(load_collectors(), audit)


def door_to(target: Target) -> Door:
    """Open the door to a target's provider; only now is that provider's SDK imported."""
    module = importlib.import_module(f"auditor.collect.{target.provider}.client")
    door: Door = getattr(module, f"{target.provider.title()}Door")(target)
    return door


def now() -> str:
    """The moment, UTC, ISO 8601 to the second with a Z."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _copy_inputs(configuration: Configuration, bundle: Path) -> None:
    for choice in configuration.packs:
        source = configuration.pack_folders.get(choice.name) or data_folder(POLICIES) / choice.name
        shutil.copytree(
            source, bundle / POLICIES / choice.name, dirs_exist_ok=True, ignore=_not_policy
        )
    if configuration.statements:
        (bundle / STATEMENTS).mkdir(exist_ok=True)
    for statement in configuration.statements:
        shutil.copy(statement, bundle / STATEMENTS / statement.name)
    # Sealing would refuse these names, after a collection that may have taken hours.
    if faults := list_files(bundle).faults:
        raise BundleError("; ".join(faults))


def _not_policy(folder: str, names: list[str]) -> set[str]:
    """What editors and file managers leave in the folder of a pack."""
    return {
        name for name in names if not name.endswith(".yaml") and not Path(folder, name).is_dir()
    }


def _require_answers(bundle: Path) -> None:
    """Raise CollectionError if nobody let us in; one answer is enough to have a report."""
    reasons = set()
    for _, record in read_evidence(bundle):
        if record.answer.outcome is Outcome.OK:
            return
        said = record.answer.message or record.answer.code or str(record.answer.outcome)
        reasons.add(f"{record.request.place['target']}: {said}")
    raise CollectionError("no target answered: " + "; ".join(sorted(reasons)))
