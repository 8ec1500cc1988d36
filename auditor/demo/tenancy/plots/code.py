"""Code in Oracle Cloud: repositories with rules or without, and changes that went round review."""

from dataclasses import replace

from auditor.demo.planted import Planted, fails, stays_open
from auditor.demo.tenancy.active import add_active
from auditor.demo.tenancy.builder import HOME, OPERATIONS, SECURITY, Builder
from auditor.demo.tenancy.code_repositories import (
    HOST,
    PROJECT,
    Repository,
    Request,
    add_repository,
    commit_of,
    repository_id,
    request_id,
)
from auditor.demo.tenancy.plots import Ground, Plot
from auditor.model import Json

_GUARDED, _OPEN = "stream-scheduler", "notice-board"


def _build(ground: Ground) -> None:
    estate = ground.estate
    estate.add(
        HOME,
        "devops",
        "ProjectRepositorySettings",
        _path={"projectId": PROJECT},
        approval_rules={"items": []},
    )
    _guarded(estate)
    _open(estate)
    _pipeline(estate)


def _guarded(estate: Builder) -> None:
    """Add a repository in order: one approval after the last push, and nobody can push."""
    repository = Repository(estate, _GUARDED, days_ago=20)
    repository.merge(
        Request(
            name="plan-ahead",
            author="rafael",
            commits=("plan-ahead",),
            done=((9, "push plan-ahead", "rafael"), (12, "approve", "luis")),
            merged_by="luis",
        ),
        merge="merge-plan-ahead",
    )
    rule: Json = {"name": "reviewed", "min_approvals_count": 1, "reviewers": []}
    add_repository(estate, repository, rules=[rule])
    estate.add(
        HOME,
        "devops",
        "ProtectedBranch",
        _path={"repositoryId": repository_id(_GUARDED)},
        branch_name="main",
        protection_levels=["PULL_REQUEST_MERGE_ONLY"],
    )


def _open(estate: Builder) -> None:
    """Add a repository without rules: what went into it was not reviewed."""
    repository = Repository(estate, _OPEN, days_ago=10)
    repository.merge(
        Request(
            name="own-word",
            author="rafael",
            commits=("own-word",),
            done=((12, "approve", "rafael"),),
            merged_by="rafael",
        )
    )
    repository.merge(
        Request(
            name="too-early",
            author="ines",
            commits=("too-early", "afterthought"),
            done=((10, "approve", "luis"), (14, "push afterthought", "ines")),
            merged_by="ines",
        )
    )
    repository.put(repository.commit("straight-in", "rafael", 18, repository.head))
    add_repository(estate, repository, rules=[])


def _pipeline(estate: Builder) -> None:
    """Add a pipeline that builds the repository that is in order."""
    place = {"compartment_id": SECURITY, "project_id": PROJECT}
    pipeline = add_active(
        estate,
        HOME,
        "devops.BuildPipeline",
        "devopsbuildpipeline",
        _GUARDED,
        OPERATIONS,
        **place,
    )
    source: Json = {
        "name": "source",
        "connection_type": "DEVOPS_CODE_REPOSITORY",
        "repository_id": repository_id(_GUARDED),
        "repository_url": f"{HOST}/repositories/{_GUARDED}",
        "branch": "main",
    }
    add_active(
        estate,
        HOME,
        "devops.BuildStageSummary",
        "devopsbuildpipelinestage",
        _GUARDED,
        {},
        **place,
        build_pipeline_id=pipeline,
        build_pipeline_stage_type="BUILD",
        image="OL8_X86_64_STANDARD_10",
        build_source_collection={"items": [source]},
    )


_ANY = "ocid1.devopsrepository.*"
_IN_ORDER, _WITHOUT_RULES = repository_id(_GUARDED), repository_id(_OPEN)
_OWN_WORD = f"{_WITHOUT_RULES}/change/{request_id('own-word')}"
_PUSHED = f"{_WITHOUT_RULES}/commit/{commit_of('straight-in')}"
_BRANCH = "@refs/heads/main"

PLANTED: tuple[Planted, ...] = (
    *fails("somebody approved a request of his own", C_03=_OWN_WORD, C_03b=_OWN_WORD),
    *fails(
        "a request was approved before the last push to it",
        C_03=f"{_WITHOUT_RULES}/change/{request_id('too-early')}",
    ),
    *fails("a commit was pushed that no request brought", C_03=_PUSHED),
    *fails("nothing guards a branch that releases come from", C_04=f"{_WITHOUT_RULES}{_BRANCH}"),
    *stays_open(
        "whether a push takes approvals away, Oracle does not say", C_04=f"{_IN_ORDER}{_BRANCH}"
    ),
    *stays_open("nobody keeps a log of what went past rules on code", C_04b=f"{_ANY}/*"),
    *stays_open("OCI DevOps checks no signatures", C_05=f"{_ANY}/commit/*"),
    *stays_open("how much a change of OCI DevOps touched is not counted", C_13=_ANY),
    *stays_open("policies on code that cannot be read", C_12="ocid1.tenancy.*/policy/[?]/[?]"),
    *stays_open(
        "what a pipeline may do is decided by policies", C_12b="ocid1.devopsbuildpipeline.*"
    ),
    *(
        replace(planted, surely=False)
        for planted in stays_open(
            "whether something runs that was built from it is not known", C_01b=_ANY, C_09=_ANY
        )
        + stays_open("nobody keeps a history of rules on code", C_04c=f"{_ANY}{_BRANCH}")
    ),
)

PLOT = Plot(build=_build, planted=PLANTED)
