"""OCI Secure Desktops, VMware Solution and Blockchain Platform: machines with disks of their own.

A pool's desktops keep what their users leave on them; a software-defined data center keeps what its
machines write, on disks of its hosts and on block volumes, which are collected as volumes.

https://docs.oracle.com/en-us/iaas/secure-desktops/home.htm
https://docs.oracle.com/en-us/iaas/Content/VMware/Concepts/ocvsoverview.htm
"""

from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.plain_rows import keeps
from auditor.collect.oci.service_rows import compartment_listing
from auditor.spec import Collector
from auditor.tables import Store

_API = "https://docs.oracle.com/en-us/iaas/api/#/en"

POOLS = Collector(
    kind="oci.desktops.pool",
    service="desktops.DesktopServiceClient",
    title="Pools of desktops, with what their users keep there",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_desktop_pools", "inspect desktop-pool", "contactDetails"),
    tables=(Store,),
    rows=keeps("desktops", "desktop pool"),
    source=f"{_API}/secure-desktops/20220618/DesktopPoolCollection/ListDesktopPools",
)

CENTERS = Collector(
    kind="oci.vmware.sddc",
    service="ocvp.SddcClient",
    title="Software-defined data centers of VMware",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_sddcs", "inspect sddcs"),
    tables=(Store,),
    rows=keeps("vmware", "software-defined data center"),
    types=("VmwareSddc",),
    source=f"{_API}/vmware/20230701/SddcCollection/ListSddcs",
)

BLOCKCHAINS = Collector(
    kind="oci.blockchain.platform",
    service="blockchain.BlockchainPlatformClient",
    title="Blockchain platforms, with their ledgers",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_blockchain_platforms", "inspect blockchain-platforms"),
    tables=(Store,),
    rows=keeps("blockchain", "platform"),
    types=("BlockchainPlatform",),
    source=f"{_API}/blockchain/20191010/BlockchainPlatformCollection/ListBlockchainPlatforms",
)
