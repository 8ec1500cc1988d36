"""Whether the conditions of a statement hold for what is known of a request.

Several values are alternatives, several keys and operators must all hold. A key that the request
lacks fails what is asked of it, satisfies a negated operator, ``…IfExists`` and ``ForAllValues``,
and fails ``ForAnyValue``. For these two empty texts are no values.

Source:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
"""

from auditor.access.operators import COMPARISONS, NEGATED, compare_open
from auditor.access.statements import Test
from auditor.access.truth import (
    FALSE,
    TRUE,
    Truth,
    all_of,
    any_of,
    both,
    depends,
    known,
    negated,
    unknown,
)
from auditor.access.variables import OPEN, Given, Open, replaced
from auditor.model import Unknown

_WITH_VARIABLES = ("string", "arn", "bool")

__all__ = ["OPEN", "Given", "Open", "holds"]


def holds(tests: tuple[Test, ...], given: Given) -> Truth:
    """Whether all tests hold; true if there are none."""
    result = TRUE
    for test in tests:
        result = both(result, _test(test, given))
        if result.value is False:
            break
    return result


def _test(test: Test, given: Given) -> Truth:
    if test.operator == "null":
        return _is_null(test, given)
    if test.operator not in COMPARISONS and test.operator not in NEGATED:
        return unknown(f"the condition operator {test.operator[:40]!a} is not known")
    value = given.value(test.key)
    if isinstance(value, Unknown):
        return unknown(value.reason)
    if isinstance(value, Open):
        return _open(test, value, given)
    if not value or (test.quantifier and not any(value)):
        return known(_without_key(test))
    return _values(test, value, given)


def _values(test: Test, values: tuple[str, ...], given: Given) -> Truth:
    if test.quantifier == "forallvalues":
        return all_of(_value(test, each, given) for each in values)
    if test.quantifier == "foranyvalue":
        return any_of(_value(test, each, given) for each in values)
    if len(values) > 1:
        return unknown(f"{test.key} has several values and its operator has no ForAnyValue")
    return _value(test, values[0], given)


def _open(test: Test, value: Open, given: Given) -> Truth:
    """Hold a test against a value of which only the shape is known, if that."""
    spares = test.operator in NEGATED
    if not (test.values or test.quantifier) and (spares or not test.if_exists):
        return known(spares)  # nothing is what it asks for
    if value.like == "*" or test.quantifier:
        return depends(test.key)
    return _value(test, value, given)


def _without_key(test: Test) -> bool:
    """Tell what a test makes of a request that lacks its key."""
    if test.if_exists or test.quantifier == "forallvalues":
        return True
    return test.operator in NEGATED and test.quantifier != "foranyvalue"


def _is_null(test: Test, given: Given) -> Truth:
    wanted = [each.lower() for each in test.values]
    if test.quantifier or test.if_exists or any(each not in ("true", "false") for each in wanted):
        return unknown(f"what Null asks of {test.key} is not clear")
    value = given.value(test.key)
    if isinstance(value, Unknown):
        return unknown(value.reason)
    if isinstance(value, Open):
        return depends(test.key)
    return known(("false" if value else "true") in wanted)


def _value(test: Test, actual: str | Open, given: Given) -> Truth:
    """Hold one value of the request against the values of a test."""
    positive = NEGATED.get(test.operator, test.operator)
    found = any_of(_compared(positive, each, actual, given, test.key) for each in test.values)
    return negated(found) if test.operator in NEGATED else found


def _compared(operator: str, wanted: str, actual: str | Open, given: Given, key: str) -> Truth:
    pattern = replaced(wanted, given) if operator.startswith(_WITH_VARIABLES) else wanted
    if pattern is None:
        return FALSE
    if isinstance(pattern, Unknown):
        return unknown(pattern.reason)
    if isinstance(pattern, tuple):
        return depends(*pattern)
    try:
        if isinstance(actual, str):
            return known(COMPARISONS[operator](pattern, actual))
        found = compare_open(operator, pattern, actual.like)
    except ValueError as error:
        return unknown(str(error))
    return depends(key) if found is None else known(found)
