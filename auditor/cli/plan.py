"""Say what an audit would call, before it does, and what that takes: calls, hours, gigabytes.

Makes only the calls that find accounts, regions and compartments, and writes no bundle. Without an
earlier collection, the figures are the least that can come: resources add calls of their own.
"""

import argparse
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from auditor import pipeline
from auditor.cli import stages
from auditor.cli.flags import add_config, add_json, add_quiet
from auditor.cli.plan_words import as_json, print_plan
from auditor.cli.progress import TerminalProgress
from auditor.cli.terminal import print_json, warn_of
from auditor.collect.limits import load_limits
from auditor.config.configuration import Configuration, new_audit
from auditor.plan import Discovery, Earlier, discover, predict, read_earlier
from auditor.spec import Collector
from auditor.verify import opened_bundle

EXAMPLES = """\
examples:
  auditor plan
  auditor plan --since audits/audit-20261121T140200Z
  auditor plan --json | jq '{calls, exact, shards}'
"""


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_config(parser)
    parser.add_argument(
        "--since",
        type=Path,
        nargs="+",
        default=[],
        metavar="BUNDLE",
        help="an earlier collection, or its shards: an unchanged estate is predicted exactly",
    )
    add_json(parser)
    add_quiet(parser)


def run(arguments: argparse.Namespace) -> int:
    """Discover, predict and print."""
    configuration = stages.load(arguments.config)
    stages.doubts(configuration, quiet=arguments.quiet)
    earlier = _earlier(arguments.since)
    collectors = _collectors(configuration)
    plan = predict(
        configuration.targets,
        collectors,
        _discover(configuration, collectors, quiet=arguments.quiet),
        earlier,
        limits={each.name: load_limits(each.provider) for each in configuration.targets},
        share=configuration.share,
    )
    if arguments.json:
        print_json(as_json(plan, configuration.targets))
    else:
        print_plan(plan, configuration.targets)
    return 0


def _collectors(configuration: Configuration) -> tuple[Collector, ...]:
    audit = new_audit(configuration, as_of=pipeline.now(), tool_version="", id="")
    providers = {target.provider for target in configuration.targets}
    return tuple(each for each in pipeline.collectors_of(audit) if each.provider in providers)


def _earlier(bundles: Sequence[Path]) -> Earlier | None:
    if not bundles:
        return None
    with ExitStack() as stack:
        folders = []
        for bundle in bundles:
            folder, faults = stack.enter_context(opened_bundle(bundle))
            warn_of(faults)
            folders.append(folder)
        return read_earlier(folders)


def _discover(
    configuration: Configuration, collectors: Sequence[Collector], *, quiet: bool
) -> Discovery:
    """Ask what there is to look into.

    Raises:
        CollectionError: no target answers, or credentials expired for good.
    """
    with ExitStack() as stack:
        doors = {}
        for target in configuration.targets:
            doors[target.name] = pipeline.door_to(target)
            stack.callback(doors[target.name].close)
        progress = stack.enter_context(TerminalProgress(quiet=quiet, did="taken"))
        return discover(
            configuration.targets,
            collectors,
            doors,
            now=pipeline.now,
            progress=progress,
            limits={each.name: load_limits(each.provider) for each in configuration.targets},
            share=configuration.share,
        )
