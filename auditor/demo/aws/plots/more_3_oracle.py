"""Machines, storage and networks that Oracle runs within AWS, in Frankfurt and at home."""

from typing import Any

from auditor.demo.aws.accounts import FRANKFURT, HOME
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED, UNPROTECTED
from auditor.demo.aws.plots import Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open

_LISTS = {
    "cloud-vm-cluster": ("ListCloudVmClusters", "cloudVmCluster"),
    "cloud-autonomous-vm-cluster": ("ListCloudAutonomousVmClusters", "cloudAutonomousVmCluster"),
    "exascale-db-storage-vault": ("ListExascaleDbStorageVaults", "exascaleDbStorageVault"),
    "odb-network": ("ListOdbNetworks", "odbNetwork"),
}
_ZONED = ("exascale-db-storage-vault", "odb-network")
_AIRPORTS = {FRANKFURT: "fra", HOME: "iad"}


def _arn(kind: str, region: str) -> str:
    return arn_of("odb", f"{kind}/feed-0003", region)


def _ocid(kind: str, region: str) -> str:
    name = {"odb-network": "vcn"}.get(kind, kind.replace("-", ""))
    return f"ocid1.{name}.oc1.{_AIRPORTS[region]}.feed0003"


def _listed(kind: str, region: str) -> Rule:
    call, member = _LISTS[kind]
    ocid = "ociVcnId" if kind == "odb-network" else "ocid"
    item: dict[str, Any] = {
        f"{member}Id": "feed-0003",
        f"{member}Arn": _arn(kind, region),
        "displayName": f"northstar-{kind}",
        ocid: _ocid(kind, region),
    }
    if kind in _ZONED:
        item["availabilityZone"] = f"{region}a"
    if kind == "odb-network":
        item["managedServices"] = {"managedS3BackupAccess": {"status": "ENABLED"}}
    return answered(f"odb.{call}", {f"{member}s": [item]}, region=region)


_CLUSTER, _AUTONOMOUS, _VAULT, _NETWORK = (_arn(kind, FRANKFURT) for kind in _LISTS)

PLOT = Plot(
    tags={
        **{_arn(kind, FRANKFURT): PROTECTED for kind in _LISTS},
        **{_arn(kind, HOME): UNPROTECTED for kind in _LISTS},
    },
    rules=tuple(_listed(kind, region) for kind in _LISTS for region in _AIRPORTS),
    planted=(
        *fails("Oracle runs a cluster of machines in Frankfurt", A_02=_CLUSTER),
        *fails("Oracle runs machines for autonomous databases in Frankfurt", A_02=_AUTONOMOUS),
        *fails("Oracle keeps databases in a storage vault in Frankfurt", A_02=_VAULT),
        *fails("a network of Oracle's is in Frankfurt", A_10=_NETWORK),
        *fails(
            "databases of a network are backed up by Oracle, in Frankfurt",
            A_04=f"{_NETWORK}/backup/managedS3BackupAccess",
        ),
        *(
            planted
            for arn in (_CLUSTER, _AUTONOMOUS, _VAULT)
            for planted in stays_open(
                "what databases on Oracle's machines encrypt, AWS does not know",
                A_06=arn,
                A_07b=arn,
            )
        ),
        *(
            planted
            for kind in _LISTS
            for planted in stays_open(
                "it goes on in Oracle Cloud, into which this audit does not look",
                A_04=f"{_arn(kind, FRANKFURT)}/mount/{_ocid(kind, FRANKFURT)}",
            )
        ),
    ),
)
