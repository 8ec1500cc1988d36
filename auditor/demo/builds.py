"""What the demo built: functions that run, released app packages, and what vouches for each."""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from auditor.demo.apps.packages import BuiltPackages, build_packages
from auditor.demo.github.attested import NEWEST, workflow_of
from auditor.demo.github.estate import LOGIN, found_organization, moment
from auditor.demo.planted import Planted, fails, stays_open
from auditor.demo.provenance.folder import BUILDER, Breach, Build, write_provenance
from auditor.demo.provenance.instance import ISSUER
from auditor.demo.served import DEPLOYED, approved_digests, write_served
from auditor.demo.served import PLANTED as SERVED_PLANTED

APPS_TARGET, PROVENANCE_TARGET = "northstar-apps", "northstar-builds"
INDEX = "application/vnd.oci.image.index.v1+json"

# Function, or image, -> its repository, and what is wrong with its build.
_RUNNING: Mapping[str, tuple[str, Breach]] = {
    "caption": ("build-tools", ""),
    "ingest": ("upload-service", ""),  # changes of which nobody approved
    "preview": ("build-tools", "elsewhere"),
    "render": ("build-tools", "differs"),
    "resize": ("build-tools", "stranger"),
    "score": ("build-tools", "missing"),
    "player-image": ("build-tools", ""),
    "publisher-image": ("build-tools", ""),
    "worker-image": ("build-tools", "missing"),
}
_PACKAGES: Mapping[str, tuple[str, Breach]] = {
    "northstar-34.1.0.apk": ("app-android", ""),
    "northstar-34.2.0.apk": ("app-android", "missing"),
    "northstar-34.2.0.ipa": ("app-ios", ""),
}
_PARTS = (
    ("AndroidX", "Google LLC"),
    ("OkHttp", "Block, Inc."),
    ("lib/arm64-v8a/libc++_shared.so", "Google LLC"),
)
_SOUND: tuple[str, Breach] = ("build-tools", "")
_WORKFLOWS = ("caption", "flags")  # sign by their own names; others with the builder's key
_AGREED = {
    "trusted_builders": [
        BUILDER,
        f"{ISSUER} {workflow_of(f'{LOGIN}/app-android')}",
        f"{ISSUER} {workflow_of(f'{LOGIN}/build-tools')}",
    ],
    "require_rebuild": True,
    "approved_hosts": ["api.northstar.example.com"],
    "approved_permissions": [
        "NSCameraUsageDescription",
        "NSPrivacyAccessedAPICategoryUserDefaults",
        "android.permission.CAMERA",
        "android.permission.INTERNET",
        "application-identifier",
        "com.apple.developer.associated-domains",
        "get-task-allow",
    ],
    "approved_libraries": ["AndroidX", "OkHttp", "lib/arm64-v8a/libc++_shared.so"],
}


def code_digest(function: str) -> str:
    """Return the SHA-256 of a function's code as Lambda states it, in base64."""
    return base64.b64encode(_digest(function)).decode()


def image_digest(image: str) -> str:
    """Return the digest of an image as registries state it."""
    return f"sha256:{_digest(f'{image}-image').hex()}"


def image_index(image: str) -> str:
    """Return the text of an index that names an image, and one for another platform."""
    named = {"amd64": image_digest(image), "arm64": image_digest(f"{image}-arm64")}
    manifests = [
        {
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "digest": digest,
            "size": 1024,
            "platform": {"architecture": platform, "os": "linux"},
        }
        for platform, digest in named.items()
    ]
    return json.dumps({"schemaVersion": 2, "mediaType": INDEX, "manifests": manifests})


def index_digest(image: str) -> str:
    """Return the digest of that index as registries state it."""
    return f"sha256:{hashlib.sha256(image_index(image).encode()).hexdigest()}"


def write_builds(folder: Path, today: date) -> tuple[str, Mapping[str, object]]:
    """Write packages and records below a folder of inputs.

    Returns:
        the targets that read them, as YAML, and what the agreement says of them, by parameter.
    """
    packages = build_packages(folder / "apps")
    written = write_provenance(folder / "provenance", _builds(packages, today))
    keys, roots = (
        [{"name": name, "file": str(path.relative_to(folder))} for name, path in named.items()]
        for named in (written.keys, written.roots)
    )
    targets = {
        "provenance": [
            {
                "name": PROVENANCE_TARGET,
                "folder": str(written.folder.relative_to(folder)),
                "keys": keys,
                "sigstore": roots,
                "served": list(write_served(folder)),
            }
        ],
        "apps": [{"name": APPS_TARGET, "folder": "apps"}],
    }
    text = "".join(f"{group}: {json.dumps(several)}\n" for group, several in targets.items())
    return text, {**_AGREED, "pinned_certificates": list(packages.pinned)}


def _builds(packages: BuiltPackages, today: date) -> Iterator[Build]:
    digests = {name: f"sha256:{_digest(name).hex()}" for name in _RUNNING}
    digests |= {name: packages.digests[name] for name in _PACKAGES}
    digests["player-image"] = index_digest("player")  # one build for several platforms
    repositories = found_organization(today).repositories
    served = approved_digests()
    digests |= served
    whole = {**_RUNNING, **_PACKAGES, **dict.fromkeys(served, _SOUND)}
    for name, (repository, breach) in whole.items():
        build = Build(
            name=name,
            digest=digests[name],
            source=f"https://github.com/{LOGIN}/{repository}",
            commit=repositories[repository].branches["main"],
            finished=moment(today, -1),
            breach=breach,
            workflow=workflow_of(f"{LOGIN}/{repository}") if name in _WORKFLOWS else "",
        )
        yield replace(build, parts=_PARTS) if name in _PACKAGES else build


def _digest(name: str) -> bytes:
    return hashlib.sha256(f"the code of {name}".encode()).digest()


_FUNCTION, _MACHINE = "arn:aws:lambda:*:function:{}", "arn:aws:ec2:*:instance/*"
_CLUSTER, _CONTAINER = "arn:aws:eks:*:cluster/*", "arn:aws:ecs:*:task/*/{}"
_POD, _PODS_OF_ORACLE = "arn:aws:eks:*:cluster/*/{}/*", "ocid1.cluster.*/{}/*"
_RETIRED, _MODEL = "ocid1.fnfunc.*.retired", "ocid1.datasciencemodeldeployment.*"
_BREACHED, _IOS = "app/android/*/34.2.0/*", "app/ios/*"

# What AWS alone shows of what runs, and where more was read, too.
IN_AWS: tuple[Planted, ...] = (
    *fails("unsigned code may start", C_07=_FUNCTION.format("*")),
    *fails("unsigned images may start", C_07=_MACHINE),
    *fails("unsigned containers may start", C_07=_CONTAINER.format("*")),
    *fails("a container is named by a tag", C_02b=_CONTAINER.format("worker")),
    *fails("unsigned containers may start in a cluster", C_07=_POD.format("*")),
    *fails("a container of a cluster is named by a tag", C_02b=_POD.format("helper")),
    *stays_open(
        "nobody can ask a cluster what runs there",
        C_02=_CLUSTER, C_02b=_CLUSTER, C_06b=_CLUSTER, C_07=_CLUSTER, C_08=_CLUSTER,
    ),
    *stays_open(
        "an image of a machine has no digest of its content",
        C_02=_MACHINE, C_06b=_MACHINE, C_08=_MACHINE,
    ),
    *stays_open("whose steps a project builds with is not known", C_12b="arn:aws:codebuild:*"),
    *(
        planted
        for name in ("banner-maker", "profile-export")
        for planted in stays_open(
            "a function states no digest",
            C_02=_FUNCTION.format(name), C_06b=_FUNCTION.format(name), C_08=_FUNCTION.format(name),
        )
    ),
    *(
        replace(planted, surely=False)
        for planted in stays_open(
            "where no provenance was read, nothing vouches for a function",
            C_02=_FUNCTION.format("*"), C_06b=_FUNCTION.format("*"), C_08=_FUNCTION.format("*"),
        )
        + stays_open(
            "where no provenance was read, nothing vouches for a container",
            C_02=_CONTAINER.format("*"), C_06b=_CONTAINER.format("*"), C_08=_CONTAINER.format("*"),
        )
        + stays_open(
            "where no provenance was read, nothing vouches for a configuration",
            C_02=DEPLOYED.format("*"), C_06b=DEPLOYED.format("*"), C_11=DEPLOYED.format("*"),
        )
    ),
)  # fmt: skip

IN_ORACLE: tuple[Planted, ...] = (
    *(
        planted
        for kind in ("instance", "cluster", "fnfunc")
        for planted in fails(
            "unsigned images may start in Oracle Cloud", C_07=f"ocid1.{kind}.*"
        )
    ),
    *fails("a function of Oracle Cloud is named by a tag", C_02b=_RETIRED),
    *(
        planted
        for kind in ("cluster", "fnfunc")
        for planted in stays_open(
            "nobody says which image runs",
            C_02=f"ocid1.{kind}.*", C_02b=f"ocid1.{kind}.*", C_06b=f"ocid1.{kind}.*",
            C_08=f"ocid1.{kind}.*",
        )
    ),
    *fails(
        "a container of Oracle's cluster is named by a tag", C_02b=_PODS_OF_ORACLE.format("helper")
    ),
    *stays_open("nobody can ask a cluster of Oracle's whom it asks", C_07="ocid1.cluster.*"),
    *stays_open(
        "a model of Oracle Cloud has no digest",
        C_02=_MODEL, C_02b=_MODEL, C_06b=_MODEL, C_08=_MODEL, C_11=_MODEL, F_02=_MODEL,
    ),
    *stays_open(
        "an image of Oracle Cloud has no digest of its content",
        C_02="ocid1.instance.*", C_06b="ocid1.instance.*", C_08="ocid1.instance.*",
    ),
)  # fmt: skip

PLANTED: tuple[Planted, ...] = (
    *fails("a function holds a change that nobody approved", C_02=_FUNCTION.format("ingest")),
    *fails(
        "a function's provenance is signed by a stranger",
        C_02=_FUNCTION.format("resize"), C_06b=_FUNCTION.format("resize"),
    ),
    *fails(
        "a function runs that nobody built",
        C_02=_FUNCTION.format("score"), C_06b=_FUNCTION.format("score"),
        C_08=_FUNCTION.format("score"),
    ),
    *fails(
        "an image runs that nobody built",
        C_02=_CONTAINER.format("worker"), C_06b=_CONTAINER.format("worker"),
        C_08=_CONTAINER.format("worker"),
    ),
    *fails(
        "an image runs in Oracle Cloud that nobody keeps, and nobody built",
        C_02=_RETIRED, C_06b=_RETIRED, C_08=_RETIRED,
    ),
    *(
        planted
        for pod in (_POD, _PODS_OF_ORACLE)
        for planted in fails(
            "a container of a cluster runs that nobody built",
            C_02=pod.format("helper"), C_06b=pod.format("helper"), C_08=pod.format("helper"),
        )
    ),
    *fails("a second build gave something else", C_06b=_FUNCTION.format("render")),
    *SERVED_PLANTED,
    *fails(
        "a release is signed by a workflow of a stranger's repository",
        C_06=f"github/*/upload-service/release/{NEWEST}/*",
    ),
    *stays_open("a function was built from elsewhere", C_02=_FUNCTION.format("preview")),
    *fails(
        "a package is a stranger's: signed, built and connected by nobody we know",
        C_06b=_BREACHED, C_08=_BREACHED, C_08b=f"{_BREACHED}/component/*", D_01=_BREACHED,
        D_01b=_BREACHED, D_02=_BREACHED, D_04=f"{_BREACHED}/permission/*READ_CONTACTS*",
        D_07=_BREACHED,
    ),
    *fails("an app names hosts abroad", D_03=f"{_BREACHED}/package/*farshore*"),
    *fails(
        "an app names an address that nobody approved", D_03=f"{_BREACHED}/package/203.0.113.7/*"
    ),
    *fails(
        "contacts went to a host abroad, in the clear",
        D_03="app/traffic/*farshore*", D_03b="app/traffic/*farshore*",
    ),
    *fails("an app embeds an advertiser of China's", D_05=f"{_BREACHED}/library/Pangle/*"),
    *fails("an app embeds what nobody knows", D_05=f"{_BREACHED}/library/com.farshore/*"),
    *fails("an app embeds a native beacon", D_05=f"{_BREACHED}/library/*libbeacon*"),
    *fails("an app loads code later", D_06=f"{_BREACHED}/loader/*"),
    *fails("an app lets others start its upload", D_07b=f"{_BREACHED}/service/*"),
    *fails(
        "the app for iOS talks in the clear, and embeds an advertiser of China's",
        D_02=_IOS, D_03=f"{_IOS}/package/*farshore*", D_05=f"{_IOS}/library/Pangle/*",
        D_08=_IOS, C_08b=f"{_IOS}/component/Pangle*",
    ),
    *fails("the app for iOS names the advertiser's host", D_03=f"{_IOS}/package/*pangolin*"),
    *fails("the app for iOS can load code, and lets pages call in", D_06=f"{_IOS}/loader/*"),
    *fails("anybody can open the app for iOS by its scheme", D_07b=f"{_IOS}/scheme/*"),
    *stays_open(
        "where an approved host is run is not known", D_03="app/*/api.northstar.example.com/*"
    ),
)  # fmt: skip
