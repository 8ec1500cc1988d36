"""Ask the clouds for everything that the collectors want to know; keep every answer, refusals too.

Makes only calls that read. A collection that was interrupted goes on where it stopped: name its
folder with --bundle. Several machines can share one collection: each collects one shard, and
'auditor evaluate' joins them.
"""

import argparse
from pathlib import Path

from auditor.cli import stages
from auditor.cli.flags import add_config, add_quiet
from auditor.cli.terminal import print_line
from auditor.walk import Shard

EXAMPLES = """\
examples:
  auditor collect
  auditor collect --bundle audits/audit-20261121T140200Z
  auditor collect --shard 3/8 --bundle shards/3
"""


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_config(parser)
    parser.add_argument(
        "--bundle",
        type=Path,
        metavar="FOLDER",
        help="folder to write, or to go on with (default: a new one below 'output:')",
    )
    parser.add_argument(
        "--shard",
        type=_shard,
        metavar="NUMBER/OF",
        help="collect one part of what several machines share, such as 3/8 (default: all of it)",
    )
    add_quiet(parser)


def _shard(text: str) -> Shard:
    try:
        return Shard.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def run(arguments: argparse.Namespace) -> int:
    """Collect, and print the folder's name alone on standard output."""
    configuration = stages.load(arguments.config)
    stages.check_policies(configuration)
    bundle = arguments.bundle or stages.new_folder(configuration)
    stages.collect(configuration, bundle, quiet=arguments.quiet, shard=arguments.shard)
    print_line(str(bundle))
    return 0
