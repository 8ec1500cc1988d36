"""Tables of who there is: principals, their groups, and the policy documents that speak of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from auditor.tables.base import UNJOINED, Maybe, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal(Row):
    """Somebody or something that can act: a person, user, role, group, service or account.

    Ids: ARN or OCID; 'service:' and its name for a service of the provider's; the number or OCID
    of an account that is not audited; 'anybody'.

    Oracle Cloud: 'TENANCY/any-user' and 'TENANCY/any-group' are groups of everybody in a tenancy,
    and 'TENANCY/group/NAME' is a group that a policy names and that is not there, or is of a
    tenancy that is not audited: not enabled where it is known to be missing, and whoever makes it
    has what the policy gives. 'any-user' of another tenancy is that tenancy, of any tenancy
    'anybody'. Members of a group whom nobody could list are one user, 'GROUP/member/?'. Of a
    dynamic group, attributes have its 'rule', and where that binds them the 'compartments' and
    'members' (types or OCIDs) that may be in it, '*' for any.

    People and groups of an identity domain have its OCID as attribute 'domain'. An administrator's
    role within it is a group with attribute 'administrator role'; one that is limited to groups has
    one holder, and those 'limited to groups', '?' for any.

    Who has an account within a database that Data Safe shows is a database user,
    'TARGET/user/NAME': attributes have the 'target' and 'user', the 'access' that its privileges
    come to, in the words of grants, and when Data Safe has 'seen' it. 'TENANCY/database user/?'
    stands for those of databases that it does not show. A DB system of PostgreSQL names one of its
    users: its first administrator, 'DB-SYSTEM/user/NAME'.
    """

    table: ClassVar[str] = "principals"

    provider: Annotated[str, "'aws' or 'oci'."]
    account: Annotated[
        Maybe[str],
        "Account or tenancy it belongs to; '' for a service of the provider's, '*' for anybody.",
    ]
    kind: Annotated[
        str,
        "person (of a directory), user, root, role, group, dynamic group, resource, federation, "
        "database user, account, service or anybody.",
    ]
    name: Annotated[Maybe[str], "Name that its owner gave it."]
    known_as: Annotated[
        Maybe[tuple[str, ...]], "Other names a roster may know it by: user name, e-mail, their ids."
    ] = ()
    enabled: Annotated[Maybe[bool], "It can act now."] = True
    password: Annotated[Maybe[bool], "It can sign in with a password of this provider's."] = False
    second_factor: Annotated[
        Maybe[bool], "Sign-in with that password takes a second factor; false without one."
    ] = False
    lasting_keys: Annotated[Maybe[int], "Credentials it can use that do not end by themselves."] = 0
    oldest_key: Annotated[Maybe[str], "Moment at which the oldest was made; '' for none."] = ""
    created: Annotated[Maybe[str], "Moment of creation; '' if the provider has none."]
    last_used: Annotated[Maybe[str], "Moment of its last use; '' for never, or none is stated."]
    boundary_id: Annotated[Maybe[str], "Policy document that bounds it; '' for none."] = ""
    attributes: Annotated[
        Maybe[Mapping[str, str]], "What its directory says of it: employer, country, title…"
    ] = UNJOINED
    tags: Annotated[Maybe[Mapping[str, str]], "Tags; OCI defined tags as 'namespace.key'."]
    person_id: Annotated[
        Maybe[str],
        "Derived: its line of the roster, unknown if none; '' for what is no person.",
    ] = UNJOINED
    person_name: Annotated[Maybe[str], "Derived: name on that line."] = UNJOINED
    human: Annotated[Maybe[bool], "Derived: a person uses it, by the roster or its kind."] = (
        UNJOINED
    )
    collective: Annotated[
        Maybe[bool],
        "Derived: a group of the audited accounts: what it may do, its members may, and they are "
        "judged one by one.",
    ] = UNJOINED
    employer: Annotated[
        Maybe[str], "Derived: employer on the roster, or party that owns the account or service."
    ] = UNJOINED
    country: Annotated[
        Maybe[str], "Derived: country of work on the roster, or of the party that owns it."
    ] = UNJOINED
    residence: Annotated[Maybe[str], "Derived: country of residence on the roster."] = UNJOINED
    covered_person: Annotated[
        Maybe[bool], "Derived: covered person (28 CFR 202.211), by the roster or the parties."
    ] = UNJOINED
    owner_id: Annotated[
        Maybe[str],
        "Derived: of a service, the person of the roster who answers for it and has not left; '' "
        "for none, and for what is no service.",
    ] = UNJOINED
    vetted_until: Annotated[
        Maybe[str], "Derived: last day of the vetting on the roster; '' for never vetted."
    ] = UNJOINED
    left: Annotated[
        Maybe[str], "Derived: last day of employment on the roster; '' while employed."
    ] = UNJOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Row):
    """One principal in one group, or one that may act as a role. Its id is 'group/member'.

    Who may act as a role because a directory says so, not its trust policy, is a member of it, and
    so is what runs code with it, of kind resource: a function, a job, an instance profile. An
    instance is a member of its profile. '?' stands for whatever could not be read: any group or
    role, or any member.
    """

    table: ClassVar[str] = "memberships"

    provider: Annotated[str, "'aws' or 'oci'."]
    group_id: Annotated[str, "The group's or role's row of principals; '?' if unread."]
    member_id: Annotated[str, "The member's row of principals; '?' if unread."]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDocument(Row):
    """One policy of AWS as it stands: a document with statements.

    Its id is the policy's ARN, or the holder's with '#' and the policy's name.
    """

    table: ClassVar[str] = "policy_documents"

    provider: Annotated[str, "'aws'."]
    account: Annotated[str, "Account it belongs to; '' for one of AWS or of an organisation."]
    kind: Annotated[
        str,
        "identity, resource, trust, session, service control, resource control, endpoint, or "
        "grant: one that AWS keeps in another form, written as a statement that says the same.",
    ]
    resource_id: Annotated[
        str, "Store, processor, key, role or endpoint that it is about; '' for identity policies."
    ] = ""
    document: Annotated[Maybe[str], "The JSON text as it came; '' for known to have none."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment(Row):
    """One policy document at one holder. Its id is 'holder/use/policy'."""

    table: ClassVar[str] = "attachments"

    provider: Annotated[str, "'aws'."]
    policy_id: Annotated[str, "Row of policy_documents."]
    holder_id: Annotated[
        str, "Principal, or for policies of an organisation the node, that it is attached to."
    ]
    use: Annotated[
        str,
        "permissions, boundary, control, or session: it limits the roles that the holder is a "
        "member of while the holder acts as them.",
    ]
