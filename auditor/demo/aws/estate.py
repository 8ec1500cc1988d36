"""The AWS half of the demo: an organisation in moto, most of it in order.

A management account, one with user data, one for logs, one closed, and one that lets nobody in.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from moto import mock_aws
from moto.moto_api._internal import mock_random

from auditor.demo.aws.accounts import (
    FRANKFURT,
    HOME,
    LOGS,
    MANAGEMENT,
    ROLE,
    SINGAPORE,
    USER_DATA,
    WEST,
    Builder,
    found_organization,
)
from auditor.demo.aws.breaches import (
    breach_buckets,
    breach_databases,
    breach_keys,
    breach_trails,
    breach_volumes,
)
from auditor.demo.aws.gaps import RULES, open_gaps
from auditor.demo.aws.ordinary import build_logs, build_ordinary, make_key
from auditor.demo.aws.plots import Ground, load_plots
from auditor.demo.aws.plots.compute_containers import answering_clusters
from auditor.demo.aws.tagging import answering_tags
from auditor.demo.aws.transport import Rule, answering
from auditor.demo.aws.witnesses import answering_witnesses
from auditor.demo.kubernetes.estate import eks_clusters
from auditor.model import Target

TARGET = Target(
    name="aws-demo",
    provider="aws",
    options={"organization_role": ROLE, "bill": "asked"},
)
_SEED = 2020
# moto answers with every bucket, directory or not.
_AT_LAST = (Rule(operation="s3.ListDirectoryBuckets", answer={"Buckets": []}),)


@contextmanager
def aws_estate() -> Iterator[Target]:
    """Yield a target that reaches the estate, for as long as the context is open."""
    os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
    with mock_aws(), eks_clusters() as authority:
        mock_random.seed(_SEED)
        _build()
        plots = load_plots()
        plotted = (rule for plot in plots for rule in plot.rules)
        rules = (*RULES, *answering_clusters(authority), *plotted, *_AT_LAST)
        tags = {row: tags for plot in plots for row, tags in plot.tags.items()}
        with answering_tags(tags), answering(rules), answering_witnesses():
            yield TARGET


def _build() -> None:
    found_organization()
    home, west = Builder(USER_DATA, HOME), Builder(USER_DATA, WEST)
    frankfurt, singapore = Builder(USER_DATA, FRANKFURT), Builder(USER_DATA, SINGAPORE)
    logs, management = Builder(LOGS), Builder(MANAGEMENT)
    keys = {
        HOME: make_key(home, "user data, east"),
        WEST: make_key(west, "user data, west"),
        FRANKFURT: breach_keys(home),
    }
    build_ordinary(home, west, keys)
    build_logs(logs, management, make_key(logs, "audit logs"))
    breach_buckets(home, frankfurt, keys[HOME], keys[FRANKFURT])
    breach_volumes(home, frankfurt, singapore, keys)
    breach_databases(home, frankfurt, keys)
    breach_trails(home, logs, keys[HOME])
    open_gaps(home, singapore, keys[HOME])
    ground = Ground(keys=keys)
    for plot in load_plots():
        plot.build(ground)
