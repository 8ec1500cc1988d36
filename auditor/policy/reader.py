"""Reads a pack from its folder, and reports everything wrong in it at once."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel
from sqlglot import exp

from auditor.documents import Document, Location, read_document, suggest, validate
from auditor.errors import ConfigError, Fault
from auditor.policy.entries import CasesFile, ControlsFile, PackEntry
from auditor.policy.expression import compile_tree
from auditor.policy.names import Names, pack_names
from auditor.policy.pack import Case, Commitment, Control, Pack, Parameter, Tightens
from auditor.policy.syntax import ExpressionError, parse
from auditor.policy.values import PARAMETER_TYPES, value_problem
from auditor.policy.vocabulary import BUILT_IN_PARAMETERS
from auditor.policy.wording import ControlReader, read_case

M = TypeVar("M", bound=BaseModel)


def find_packs(root: Path) -> tuple[Path, ...]:
    """Return the folders below ``root`` that hold a ``pack.yaml``, sorted by name."""
    return tuple(sorted(found.parent for found in root.glob("*/pack.yaml")))


def load_pack(folder: Path) -> Pack:
    """Read a pack and check every word of it.

    Raises:
        ConfigError: with every fault of every file of the pack.
    """
    named = folder.name not in ("", "..")
    reader = _PackReader(folder if named else folder.resolve())
    pack = reader.read()
    if reader.faults or pack is None:
        raise ConfigError(sorted(set(reader.faults)))
    return pack


class _PackReader:
    """Collects faults while it goes through the files; stops only where nothing can follow."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.faults: list[Fault] = []

    def read(self) -> Pack | None:
        found = self._file(self._folder / "pack.yaml", PackEntry)
        if found is None:
            return None
        document, entry = found
        parameters = self._parameters(document, entry)
        names = self._names(document, entry, parameters)
        controls = self._controls(entry, names)
        controls = self._more_cases(controls)
        self._refuse_strays()
        if not controls and not self.faults:
            self.faults.append(document.fault((), "the pack has no controls"))
        return Pack(
            name=entry.name,
            version=entry.version,
            title=entry.title,
            source=entry.source,
            commitments=tuple(
                Commitment(id=name, title=title)
                for name, title in sorted(entry.commitments.items())
            ),
            terms=entry.terms,
            parameters=parameters,
            case_parameters=entry.case_parameters,
            controls=tuple(sorted(controls, key=lambda control: control.id)),
            digest="" if self.faults else _digest(self._folder),
            folder=self._folder,
        )

    def _file(self, path: Path, model: type[M]) -> tuple[Document, M] | None:
        try:
            document = read_document(path)
            return document, validate(document, model)
        except ConfigError as error:
            self.faults.extend(error.faults)
            return None

    def _refuse_strays(self) -> None:
        """A file that is passed over in silence would be a control that nobody misses."""
        for folder in ("controls", "tests"):
            for path in sorted((self._folder / folder).glob("*")):
                if path.name.startswith(".") or (path.is_file() and path.suffix == ".yaml"):
                    continue
                message = f"is not read: {folder} holds files whose names end in .yaml"
                self.faults.append(Fault(path=str(path), line=1, column=1, message=message))

    def _parameters(self, document: Document, entry: PackEntry) -> tuple[Parameter, ...]:
        parameters = []
        for name, item in entry.parameters.items():
            where: Location = ("parameters", name)
            kind = PARAMETER_TYPES[item.type]
            if name in BUILT_IN_PARAMETERS:
                self.faults.append(document.fault(where, f"${name} is given by every audit"))
            if problem := value_problem(item.default, kind):
                self.faults.append(document.fault((*where, "default"), problem))
            if problem := _direction_problem(kind, Tightens(item.tightens)):
                self.faults.append(document.fault((*where, "tightens"), problem))
            parameters.append(
                Parameter(
                    name=name,
                    type=kind,
                    default=item.default,
                    meaning=item.meaning,
                    tightens=Tightens(item.tightens),
                )
            )
        return tuple(parameters)

    def _names(
        self, document: Document, entry: PackEntry, parameters: Sequence[Parameter]
    ) -> Names:
        trees: dict[str, exp.Expression] = {}
        for name, text in entry.terms.items():
            try:
                trees[name] = parse(text)
            except ExpressionError as error:
                self._report(document, ("terms", name), error)
        names = pack_names(trees, ((parameter.name, parameter.type) for parameter in parameters))
        broken = set(entry.terms) - set(trees)
        for name, tree in trees.items():
            try:
                compile_tree(tree, entry.terms[name], names, term=name)
            except ExpressionError as error:
                self._report(document, ("terms", name), error)
                broken.add(name)
        return replace(names, broken=frozenset(broken))

    def _report(self, document: Document, where: Location, error: ExpressionError) -> None:
        self.faults.extend(
            document.fault(where, problem.message, problem.hint, problem.offset)
            for problem in error.problems
        )

    def _controls(self, entry: PackEntry, names: Names) -> list[Control]:
        controls: dict[str, Control] = {}
        for path in sorted((self._folder / "controls").glob("*.yaml")):
            if (found := self._file(path, ControlsFile)) is None:
                continue
            document, file = found
            for index, item in enumerate(file.root):
                reader = ControlReader(document, (index,), names, entry.commitments)
                control = reader.read(item)
                self.faults.extend(reader.faults)
                if control is None:
                    continue
                if control.id in controls:
                    first = controls[control.id].place
                    message = f"control {control.id} is there twice, first at {first}"
                    self.faults.append(document.fault((index, "id"), message))
                controls.setdefault(control.id, control)
        return list(controls.values())

    def _more_cases(self, controls: list[Control]) -> list[Control]:
        cases: dict[str, list[Case]] = {control.id: [] for control in controls}
        for path in sorted((self._folder / "tests").glob("*.yaml")):
            if (found := self._file(path, CasesFile)) is None:
                continue
            document, file = found
            for index, item in enumerate(file.root):
                if item.control not in cases:
                    message = f"there is no control {item.control!r}"
                    hint = suggest(item.control, cases)
                    self.faults.append(document.fault((index, "control"), message, hint))
                    continue
                case, faults = read_case(document, (index,), item)
                self.faults.extend(faults)
                cases[item.control].append(case)
        return [
            replace(control, cases=(*control.cases, *cases[control.id])) for control in controls
        ]


_DIRECTIONS: Mapping[str, tuple[Tightens, ...]] = {
    "VARCHAR[]": (Tightens.SHORTER, Tightens.LONGER),
    "BIGINT": (Tightens.LARGER, Tightens.SMALLER),
    "BOOLEAN": (Tightens.TRUE, Tightens.FALSE),
}


def _direction_problem(kind: str, direction: Tightens) -> str:
    allowed = _DIRECTIONS.get(kind, tuple(Tightens))
    if direction in allowed:
        return ""
    return "this type tightens " + " or ".join(way.value for way in allowed)


def _digest(folder: Path) -> str:
    """SHA-256 over the names and contents of the pack's files, in the order of their names."""
    whole = hashlib.sha256()
    found = [path for path in folder.rglob("*.yaml") if path.is_file()]
    for path in sorted(found, key=lambda path: path.relative_to(folder).parts):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{content}  {path.relative_to(folder).as_posix()}\n".encode())
    return whole.hexdigest()
