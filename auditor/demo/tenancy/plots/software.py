"""Repositories, stacks and reports of cost: what builds and pays for the rest."""

from auditor.demo.oci.credentials import TENANCY
from auditor.demo.oci.faults import denied
from auditor.demo.planted import Planted, fails, stays_open
from auditor.demo.tenancy.abroad import kept_abroad
from auditor.demo.tenancy.active import Tags, add_active, add_named
from auditor.demo.tenancy.builder import (
    FRANKFURT,
    HOME,
    NAMESPACE,
    OPERATIONS,
    USER_DATA,
    Builder,
    bucket_row,
    ocid,
)
from auditor.demo.tenancy.plots import Ground, Plot
from auditor.model import Json

_PLACES = ((HOME, "app", USER_DATA), (FRANKFURT, "edge", OPERATIONS), (FRANKFURT, "eu", USER_DATA))
_HIDDEN = ocid("ormstack", HOME, "hidden")


def build(ground: Ground) -> None:
    """Add breaches, and for each a look-alike that is in order."""
    estate = ground.estate
    _images(estate)
    _code(estate)
    _stacks(estate)
    _reports(estate)


def _images(estate: Builder) -> None:
    for region, name, tags in _PLACES:
        _image(estate, region, name, tags, public=False)
        kept: dict[str, Json] = {"repository_type": "GENERIC", "is_immutable": False}
        kept["lifecycle_state"] = "AVAILABLE"
        made = "artifacts.GenericRepository"
        add_active(estate, region, made, "artifactrepository", name, tags, **kept)
    _image(estate, HOME, "samples", USER_DATA, public=True)
    _image(estate, HOME, "base", OPERATIONS, public=True)


def _image(estate: Builder, region: str, name: str, tags: Tags, *, public: bool) -> None:
    add_active(
        estate,
        region,
        "artifacts.ContainerRepository",
        "containerrepo",
        name,
        tags,
        is_public=public,
        lifecycle_state="AVAILABLE",
        image_count=1,
        layer_count=1,
        layers_size_in_bytes=4096,
    )


def _code(estate: Builder) -> None:
    project = ocid("devopsproject", HOME, "northstar")
    for region, name, tags in _PLACES:
        hosted = {"project_id": project, "repository_type": "HOSTED"}
        add_named(estate, region, "devops.Repository", "devopsrepository", name, tags, **hosted)
    for name, tags in (("fixtures", USER_DATA), ("mirror", OPERATIONS)):
        add_active(
            estate,
            HOME,
            "devops.GithubAccessTokenConnection",
            "devopsconnection",
            name,
            tags,
            project_id=project,
            connection_type="GITHUB_ACCESS_TOKEN",
            access_token=ocid("vaultsecret", HOME, name),
        )


def _stacks(estate: Builder) -> None:
    for name, tags in (("sources", OPERATIONS), ("user-seeds", USER_DATA)):
        estate.bucket(HOME, name, tags)
    for region, name, tags, bucket in (
        (HOME, "network", USER_DATA, "user-seeds"),
        (HOME, "hidden", OPERATIONS, "sources"),
        (FRANKFURT, "edge", OPERATIONS, "sources"),
        (FRANKFURT, "eu", USER_DATA, "user-seeds"),
    ):
        source = {
            "config_source_type": "OBJECT_STORAGE_CONFIG_SOURCE",
            "region": HOME,
            "namespace": NAMESPACE,
            "bucket_name": bucket,
        }
        made = "resource_manager.Stack"
        add_active(estate, region, made, "ormstack", name, tags, config_source=source)


def _reports(estate: Builder) -> None:
    estate.bucket(FRANKFURT, "costs", OPERATIONS)
    for name, tags in (("spend", OPERATIONS), ("spend-by-user", USER_DATA)):
        location = {
            "location_type": "OBJECT_STORAGE",
            "region": FRANKFURT,
            "namespace": NAMESPACE,
            "bucket_name": "costs",
        }
        more = {"compartment_id": TENANCY, "result_location": location}
        add_named(estate, HOME, "usage_api.Schedule", "usageschedule", name, tags, **more)


_REPORT = ocid("usageschedule", HOME, "spend-by-user")
_STACK = ocid("ormstack", FRANKFURT, "eu")

PLANTED: tuple[Planted, ...] = (
    *kept_abroad("a repository of images", "containerrepo"),
    *kept_abroad("a repository of files", "artifactrepository"),
    *kept_abroad("a repository of code", "devopsrepository"),
    *kept_abroad("a stack", "ormstack"),
    *fails(
        "anybody can pull images with user data",
        A_05b=f"{ocid('containerrepo', HOME, 'samples')}/public/*",
    ),
    *fails(
        "a stack in Frankfurt is fed from a bucket of user data",
        A_04=f"{bucket_row(HOME, 'user-seeds')}/copy/{_STACK}",
    ),
    *fails("a report about users is written to Frankfurt", A_04=f"{_REPORT}/export/*"),
    *stays_open("where a report about users is made is not stated", A_10=_REPORT),
    *stays_open(
        "user data can go to a host of code that is anywhere",
        A_04=f"{ocid('devopsconnection', HOME, 'fixtures')}/sync/*",
    ),
    *stays_open(
        "a stack does not say where its source is",
        A_04=f"{_HIDDEN}/stack.*/copy/[?]",
    ),
)
_FAULTS = (denied(r"resource_manager\..*get_stack", resource=_HIDDEN),)

PLOT = Plot(build=build, faults=_FAULTS, planted=PLANTED)
