"""Engineers who may ship code, and nothing else: a function does what its code says, as its role.

Whoever changes the code of a function that reads user data reads them, too.
"""

from auditor.demo.aws.accounts import USER_DATA, WEST
from auditor.demo.aws.answers import answered, arn_of
from auditor.demo.aws.ordinary import PROTECTED
from auditor.demo.aws.plots import Ground, Plot
from auditor.demo.aws.plots.people_roles import FUNCTION_ROLE
from auditor.demo.aws.plots.people_users import allow, trusting, written
from auditor.demo.aws.transport import Rule
from auditor.demo.planted import fails, stays_open

# Both employed by Farshore Holdings, in Singapore.
KAI_XIN = "kaixin.toh"  # ships the code of a function that reads profiles
RAYMOND = "raymond.yeo"  # ships the code of one that reads nothing
BANNER_ROLE = "banner-maker"
_ROLES = {"profile-export": FUNCTION_ROLE, "banner-maker": BANNER_ROLE}
_SHIPS = ("lambda:UpdateFunctionCode", "lambda:PublishVersion")


def _function(name: str) -> str:
    return arn_of("lambda", f"function:{name}", WEST)


def _build(ground: Ground) -> None:
    iam = ground.at().client("iam")
    trust = trusting({"Service": "lambda.amazonaws.com"})
    iam.create_role(RoleName=BANNER_ROLE, AssumeRolePolicyDocument=trust)
    counts = written(allow(("cloudwatch:PutMetricData",), "*"))
    iam.put_role_policy(RoleName=BANNER_ROLE, PolicyName="work", PolicyDocument=counts)
    for user, function in ((KAI_XIN, "profile-export"), (RAYMOND, "banner-maker")):
        iam.create_user(UserName=user)
        ships = written(allow(_SHIPS, _function(function)))
        iam.put_user_policy(UserName=user, PolicyName="shipping", PolicyDocument=ships)


def _functions() -> tuple[Rule, ...]:
    functions = [
        {
            "FunctionName": name,
            "FunctionArn": _function(name),
            "Role": f"arn:aws:iam::{USER_DATA}:role/{role}",
        }
        for name, role in _ROLES.items()
    ]
    nothing = {
        "ListFunctionEventInvokeConfigs": "FunctionEventInvokeConfigs",
        "ListFunctionUrlConfigs": "FunctionUrlConfigs",
        "ListAliases": "Aliases",
        "ListVersionsByFunction": "Versions",
    }
    return (
        answered("lambda.ListFunctions", {"Functions": functions}, region=WEST),
        *(
            answered(f"lambda.{operation}", {items: []}, region=WEST)
            for operation, items in nothing.items()
        ),
        Rule(
            operation="lambda.GetPolicy",
            status=404,
            code="ResourceNotFoundException",
            account=USER_DATA,
            region=WEST,
        ),
    )


_SHIPPING = f"arn:aws:iam::{USER_DATA}:user/{KAI_XIN}/*"

PLOT = Plot(
    build=_build,
    tags={_function(name): PROTECTED for name in _ROLES},
    rules=_functions(),
    planted=(
        *fails(
            "somebody of the parent in Singapore ships the code of a function that reads profiles",
            B_01=_SHIPPING,
            B_02=_SHIPPING,
        ),
        *stays_open(
            "whether that function was made to read for them, logs of two days do not show",
            B_02b=_SHIPPING,
        ),
    ),
)
