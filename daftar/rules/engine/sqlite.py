"""The law's expressions as SQL for SQLite, which runs it for a household (ADR 0025). Loads Ibis: only to compile.

Days are whole numbers there as they are in the stages, so that SQLite's own dates, which are text, are not needed: a
date column of the facts is its day number already, and the few functions on days are Python's (sqlite_functions.py).
Whole numbers have 64 bits, so casts between them fall away.
"""

from typing import Any

import ibis.expr.types as ir
import sqlglot
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.sqlite import SQLiteCompiler
from sqlglot.optimizer.eliminate_subqueries import eliminate_subqueries

from daftar.rules.engine.sqlite_functions import day_of


class _Compiler(SQLiteCompiler):  # type: ignore[misc]  # Ibis carries no types
    """Ibis' compiler for SQLite, with days and months as the law has them."""

    __slots__ = ()
    UNSUPPORTED_OPS = ()

    def visit_Cast(self, op: Any, *, arg: Any, to: Any) -> Any:
        if not op.arg.dtype.is_integer() and not op.arg.dtype.is_date():
            raise TypeError(f"the law casts {op.arg.dtype} to {to}")
        return arg

    def visit_DateFromYMD(self, op: Any, *, year: Any, month: Any, day: Any) -> Any:
        if all(isinstance(each, sge.Literal) for each in (year, month, day)):
            return sge.convert(day_of(int(year.this), int(month.this), int(day.this)))
        return self.f.anon.day_of(year, month, day)

    def visit_DateDelta(self, op: Any, *, left: Any, right: Any, part: Any) -> Any:
        return sge.paren(left) - sge.paren(right)

    def visit_DateAdd(self, op: Any, *, left: Any, right: Any) -> Any:
        return sge.paren(left) + sge.paren(right)

    def visit_IntervalFromInteger(self, op: Any, *, arg: Any, unit: Any) -> Any:
        if unit.short != "D":
            raise TypeError(f"the law adds {unit.plural}")
        return arg

    def visit_ExtractYear(self, op: Any, *, arg: Any) -> Any:
        return self.f.anon.year_in(arg)

    def visit_ExtractMonth(self, op: Any, *, arg: Any) -> Any:
        return self.f.anon.month_in(arg)

    def visit_ExtractDay(self, op: Any, *, arg: Any) -> Any:
        return self.f.anon.day_in(arg)

    def visit_FloorDivide(self, op: Any, *, left: Any, right: Any) -> Any:
        return sge.Div(this=sge.paren(left), expression=sge.paren(right), typed=True)  # months are not negative

    def visit_Modulus(self, op: Any, *, left: Any, right: Any) -> Any:
        return sge.Mod(this=sge.paren(left), expression=sge.paren(right))

    def visit_Greatest(self, op: Any, *, arg: Any) -> Any:
        return self.f.anon.greatest_of(*arg)

    def visit_Least(self, op: Any, *, arg: Any) -> Any:
        return self.f.anon.least_of(*arg)


def sqlite_text(expression: ir.Table) -> str:
    """A stage as SQL. Its steps are computed one after the other: SQLite would write a step into each of its uses."""
    nested = _Compiler().to_sqlglot(expression).sql(dialect=_Compiler.dialect)
    flat = eliminate_subqueries(sqlglot.parse_one(nested, dialect=_Compiler.dialect))
    for step in flat.find_all(sge.CTE):
        step.set("materialized", True)
    return str(flat.sql(dialect=_Compiler.dialect))
