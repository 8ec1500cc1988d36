"""Turns one control's entry into a control, with the place of whatever is wrong."""

from collections.abc import Collection, Iterable

from auditor.documents import Document, Location, suggest
from auditor.errors import Fault
from auditor.policy.entries import CaseEntry, ControlEntry
from auditor.policy.expression import Expression, compile_expression
from auditor.policy.names import Names, control_names
from auditor.policy.pack import Case, Control, Must, Quantifier
from auditor.policy.syntax import ExpressionError
from auditor.policy.values import cell_problem
from auditor.policy.vocabulary import POPULATIONS, TABLES_BY_NAME, aliases, column_types
from auditor.results import Verdict


class ControlReader:
    """Reads one control; ``faults`` holds what is wrong in it."""

    def __init__(
        self, document: Document, where: Location, names: Names, commitments: Collection[str]
    ) -> None:
        self._document = document
        self._where = where
        self._names = names
        self._commitments = commitments
        self.faults: list[Fault] = []

    def read(self, entry: ControlEntry) -> Control | None:
        """Return the control, or None if it cannot be built."""
        self._check_commitment(("commitment",), entry.commitment)
        for index, name in enumerate(entry.also):
            self._check_commitment(("also", index), name)
        for index, name in enumerate(entry.complete):
            if name not in POPULATIONS:
                hint = suggest(name, POPULATIONS)
                self._fault(("complete", index), f"there is no table {name!r}", hint)
        table = self._table(entry)
        cases = self._cases(entry)
        if table is None:
            return None
        names = control_names(self._names, table)
        where = self._compile(("where",), entry.where, names) if entry.where else None
        must = [
            Must(says=item.says, check=check)
            for index, item in enumerate(entry.must)
            if (check := self._compile(("must", index, "check"), item.check, names))
        ]
        if self.faults:
            return None
        return self._control(entry, table, where, must, cases)

    def _check_commitment(self, where: Location, name: str) -> None:
        if name not in self._commitments:
            hint = "commitments of this pack: " + ", ".join(self._commitments)
            self._fault(where, f"there is no commitment {name!r}", hint)

    def _control(
        self,
        entry: ControlEntry,
        table: str,
        where: Expression | None,
        must: list[Must],
        cases: list[Case],
    ) -> Control:
        written = [*([where] if where else []), *(item.check for item in must)]
        return Control(
            id=entry.id,
            title=entry.title,
            commitment=entry.commitment,
            also=tuple(entry.also),
            severity=entry.severity,
            quantifier=Quantifier.EVERY if entry.every else Quantifier.SOME,
            table=table,
            where=where,
            must=tuple(must),
            why=entry.why,
            cites=tuple(entry.cites),
            remedy=entry.remedy,
            attested=entry.attested,
            empty=Verdict(entry.empty),
            cases=tuple(cases),
            reads=tables_read(table, written, entry.complete),
            place=_spot(self._document, self._where),
        )

    def _table(self, entry: ControlEntry) -> str | None:
        if (entry.every is None) == (entry.some is None):
            self._fault((), "needs exactly one of 'every' and 'some'")
            return None
        table = entry.every or entry.some or ""
        if table in POPULATIONS:
            return table
        hint = suggest(table, POPULATIONS) or "tables: " + ", ".join(POPULATIONS)
        self._fault(("every" if entry.every else "some",), f"there is no table {table!r}", hint)
        return None

    def _compile(self, at: Location, text: str, names: Names) -> Expression | None:
        try:
            return compile_expression(text, names)
        except ExpressionError as error:
            for problem in error.problems:
                self._fault(at, problem.message, problem.hint, problem.offset)
            return None

    def _cases(self, entry: ControlEntry) -> list[Case]:
        cases = []
        for index, item in enumerate(entry.tests):
            case, faults = read_case(self._document, (*self._where, "tests", index), item)
            self.faults.extend(faults)
            cases.append(case)
        return cases

    def _fault(self, at: Location, message: str, hint: str = "", offset: int = 0) -> None:
        self.faults.append(self._document.fault((*self._where, *at), message, hint, offset))


def tables_read(
    table: str, expressions: Iterable[Expression], complete: Iterable[str]
) -> tuple[str, ...]:
    """The population's table first, then those reached by alias or named besides, sorted."""
    reached = aliases(table)
    others = {reached[alias] for written in expressions for alias, _ in written.columns}
    others |= set(complete)
    return (table, *sorted(others - {table}))


def read_case(document: Document, where: Location, entry: CaseEntry) -> tuple[Case, list[Fault]]:
    """Return the case and what is wrong in the rows that it gives."""
    faults: list[Fault] = []
    for table, rows in entry.given.items():
        if table not in TABLES_BY_NAME:
            hint = suggest(table, TABLES_BY_NAME)
            faults.append(document.fault((*where, "given", table), f"no table {table!r}", hint))
            continue
        types = column_types(table)
        for index, row in enumerate(rows):
            for column, value in row.items():
                at = (*where, "given", table, index, column)
                if column not in types:
                    message, hint = f"{table} has no column {column!r}", suggest(column, types)
                    faults.append(document.fault(at, message, hint))
                elif problem := cell_problem(value, types[column]):
                    faults.append(document.fault(at, f"{column} {problem}"))
    case = Case(
        name=entry.name,
        given={table: tuple(rows) for table, rows in entry.given.items()},
        parameters=entry.parameters,
        expect=Verdict(entry.expect),
        place=_spot(document, where),
    )
    return case, faults


def _spot(document: Document, where: Location) -> str:
    inside = "/".join(document.path.parts[-3:])  # <pack>/controls/<file>, on every machine
    return f"{inside}:{document.place(where)[0]}"
