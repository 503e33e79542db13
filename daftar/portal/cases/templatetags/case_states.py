"""The state of a case in words: an objection is upheld where another case is approved (S2.12)."""

from django import template

from daftar.portal.cases.models import Case, CaseStep
from daftar.portal.theme.forms import say
from daftar.terms.cases import CaseAct, CaseKind

register = template.Library()


@register.filter
def state_of(case: Case) -> str:
    """Where a case stands."""
    section = "objection_state" if case.kind == CaseKind.OBJECTION else "case_state"
    return say(f"{section}.{case.state}")


@register.filter
def act_of(step: CaseStep) -> str:
    """What was done to a case."""
    answered = step.act in (CaseAct.APPROVE, CaseAct.REFUSE) and step.case.kind == CaseKind.OBJECTION
    return say(f"objection_state.{step.state}" if answered else f"case_act.{step.act}")
