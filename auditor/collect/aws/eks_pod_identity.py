"""Amazon EKS Pod Identity: service accounts of clusters that act as roles.

Who may use a service account is decided within the cluster. So an association is a principal, like
a profile of Roles Anywhere: it may act as its role if the role trusts pods.eks.amazonaws.com, and a
policy of the association limits its sessions. Where it goes on to a target role, the policy limits
only what the pods get there: what the association has is told by the first role without limit.

API: https://docs.aws.amazon.com/eks/latest/APIReference/API_PodIdentityAssociation.html
"""

from collections.abc import Iterator

from auditor.collect.aws.reading import maybe_text, optional, tags_in, text
from auditor.collect.aws.roles_of_resources import UNREAD, acts
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Attachment, Membership, PolicyDocument, Principal

_SOURCE = "https://docs.aws.amazon.com/eks/latest/APIReference/API_"
_ABOUT = "about.association"


def _rows(found: Found) -> Iterator[Principal | Membership | PolicyDocument | Attachment]:
    cluster = found.parent if isinstance(found.parent, str) else ""
    account = text(found, "item.serviceAccount")
    who = Principal(
        id=text(found, "item.associationArn"),
        evidence=found.evidence,
        provider="aws",
        account=found.place["account"],
        kind="federation",
        name=f"{text(found, 'item.namespace')}/{account} of {cluster}",
        created=maybe_text(found, f"{_ABOUT}.createdAt"),
        last_used="",
        attributes={"cluster": cluster, "service_account": account},
        tags=tags_in(optional(found, f"{_ABOUT}.tags", _ABOUT, {})),
    )
    yield who
    role = maybe_text(found, f"{_ABOUT}.roleArn")
    yield acts(who.id, UNREAD if isinstance(role, Unknown) else role, found.evidence)
    yield from _limit(found, who)


def _limit(found: Found, who: Principal) -> Iterator[PolicyDocument | Attachment]:
    """Yield the policy of an association, and that it limits its sessions; none limits nothing.

    Where sessions go on to a target role, the policy limits those alone: it is kept, and takes
    nothing from the way there.
    """
    document = maybe_text(found, f"{_ABOUT}.policy", absent="")
    if document == "":
        return
    policy = f"{who.id}#session"
    yield PolicyDocument(
        id=policy,
        evidence=found.evidence,
        provider="aws",
        account=found.place["account"],
        kind="session",
        document=document,
    )
    if maybe_text(found, f"{_ABOUT}.targetRoleArn", absent="") != "":
        return
    yield Attachment(
        id=f"{who.id}/session/{policy}",
        evidence=found.evidence,
        provider="aws",
        policy_id=policy,
        holder_id=who.id,
        use="session",
    )


ASSOCIATIONS = Collector(
    kind="aws.eks.pod-identity-association",
    service="eks",
    title="service accounts of EKS clusters that act as roles",
    per=("account", "region"),
    parent=Listing(
        operation="ListClusters",
        permission="eks:ListClusters",
        parameters={"maxResults": 100},  # of connected clusters, which run elsewhere, none
        items="clusters",
    ),
    listing=Listing(
        operation="ListPodIdentityAssociations",
        permission="eks:ListPodIdentityAssociations",
        parameters={"maxResults": 100},
        bind={"clusterName": "parent"},
        items="associations",
        absent_on=("ResourceNotFoundException",),  # the cluster is gone
    ),
    details=(
        Detail(
            name="about",
            operation="DescribePodIdentityAssociation",
            permission="eks:DescribePodIdentityAssociation",
            bind={"clusterName": "parent", "associationId": "item.associationId"},
        ),
    ),
    tables=(Principal, Membership, PolicyDocument, Attachment),
    rows=_rows,
    types=("eks:podidentityassociation",),
    source=_SOURCE + "PodIdentityAssociation.html",
)
