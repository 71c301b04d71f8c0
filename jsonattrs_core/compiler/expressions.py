"""Rules and conditions, bound to the attributes that their names mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jsonattrs_core.compiler.item import log_failure
from jsonattrs_core.errors import Invalid
from jsonattrs_core.messages import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from jsonattrs_core.records import Expression, SyntaxTree

__all__ = ["NEVER", "BoundExpression", "BoundRule"]


@dataclass(frozen=True, slots=True)
class BoundExpression:
    """An expression, and which attribute each of its names is now."""

    expression: Expression
    names: Mapping[str, str]  #: names in the expression to names of attributes: a rename changes the latter alone
    what: str  #: such as "rule 'a > b'"
    provider: str

    @property
    def uses(self) -> Collection[str]:
        """Names of the attributes whose change makes it worth evaluating again."""
        return self.names.values()

    def tree(self) -> SyntaxTree | None:
        """Return the syntax tree, None where the rule language gives none."""
        give = getattr(self.expression, "tree", None)
        return None if give is None else give()

    def evaluate(self, values: Mapping[str, Any], failed: Collection[str]) -> bool | Invalid | None:
        """Return the outcome; None where it was not evaluated, Invalid where it could not be."""
        if any(name in failed for name in self.names.values()):
            return None
        given = {own: value for own, name in self.names.items() if (value := values.get(name)) is not None}
        outcome: Any
        try:
            outcome = self.expression.evaluate(given)
        except Invalid as error:
            return error
        except Exception as error:  # whatever a rule language raises
            if len(given) < len(self.names):  # it missed a value that is absent
                return None
            log_failure(error, self.what, self.provider)
            return Invalid("provider_error", name=self.what)
        if outcome is None or outcome is True or outcome is False:
            return outcome
        return Invalid("provider_error", name=self.what)


class _Never:
    """An expression over an attribute that is gone: its value is absent for ever."""

    names = ()

    def evaluate(self, values: Mapping[str, Any]) -> None:
        """Return None: it is not evaluated."""


#: Stands for a condition that names an attribute which is gone; one that is not evaluated is false.
NEVER = BoundExpression(_Never(), {}, "", "")


@dataclass(frozen=True, slots=True)
class BoundRule:
    """A rule, ready to be evaluated."""

    expression: BoundExpression
    path: tuple[str, ...]
    message: Any
    is_warning: bool

    def problem(self, values: Mapping[str, Any], failed: Collection[str]) -> Problem | None:
        """Return what the rule has to say about the values, None if nothing."""
        outcome = self.expression.evaluate(values, failed)
        if outcome is None or outcome is True:
            return None
        provider = self.expression.provider
        if isinstance(outcome, Invalid) and outcome.code != "rule":
            return Problem(self.path, outcome.code, outcome.params, provider)
        return Problem(self.path, "rule", {"message": self.message})
