"""What the other policies of an organisation limit."""

import json

import pytest

from auditor.collect.aws.organization_settings import (
    Limits,
    read_declarations,
    read_opt_outs,
    read_perimeter,
)
from auditor.model import Json, Unknown

OWN = {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}}


def perimeter(**parts: Json) -> Limits | Unknown:
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "*",
        "Resource": "*",
        "Condition": OWN,
        **parts,
    }
    return read_perimeter(json.dumps({"Statement": [statement]}))


def test_a_perimeter_keeps_strangers_out() -> None:
    service = {"BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}

    assert perimeter(Condition={**OWN, **service}) == Limits(limits=("outside principals",))


def test_what_a_perimeter_does_not_cover_escapes_it() -> None:
    more = {**OWN, "StringNotEquals": {"aws:ResourceTag/shared": "yes"}}

    limits = perimeter(Action=["s3:*", "sts:*"], Resource="arn:aws:s3:::one/*", Condition=more)

    assert isinstance(limits, Limits)
    assert limits.escapes == (
        "actions other than s3:*, sts:*",
        "resources that it does not name",
        "unless stringnotequals aws:resourcetag/shared",
    )


def test_another_denial_is_no_perimeter() -> None:
    insecure = {"Bool": {"aws:SecureTransport": "false"}}

    assert perimeter(Condition=insecure) == Limits()
    assert perimeter(Effect="Allow") == Limits()


def test_a_declaration_blocks_public_snapshots_and_images() -> None:
    def declared(**states: str) -> Limits | Unknown:
        attributes = {name: {"state": {"@@assign": state}} for name, state in states.items()}
        return read_declarations(json.dumps({"ec2_attributes": attributes}))

    both = declared(
        snapshot_block_public_access="block_all_sharing",
        image_block_public_access="block_new_sharing",
    )
    one = declared(snapshot_block_public_access="block_all_sharing")

    assert both == Limits(limits=("public access",))
    assert one == Limits(limits=("public access",), escapes=("image_block_public_access",))
    assert declared(image_block_public_access="unblocked") == Limits()


def test_an_opt_out_names_the_services_that_are_in_again() -> None:
    policy = {
        "services": {
            "default": {"opt_out_policy": {"@@assign": "optOut"}},
            "lex": {"opt_out_policy": {"@@assign": "optIn"}},
        }
    }

    assert read_opt_outs(json.dumps(policy)) == Limits(limits=("use of content",), escapes=("lex",))
    assert read_opt_outs("{}") == Limits()


@pytest.mark.parametrize("read", [read_perimeter, read_declarations, read_opt_outs])
def test_what_is_no_policy_is_unknown(read: object) -> None:
    assert callable(read)
    assert isinstance(read("no JSON"), Unknown)
    assert isinstance(read("[]"), Unknown)
