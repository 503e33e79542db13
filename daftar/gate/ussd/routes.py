"""The paths of USSD; gateways read plain text."""

from daftar.gate.problems import Problem
from daftar.gate.request import Request
from daftar.gate.translator import Reply, Translator, problem_reply
from daftar.gate.ussd.aggregator import TEXT, post_aggregator
from daftar.gate.ussd.kannel import post_kannel
from daftar.terms.problems import hotline
from daftar.terms.texts import text


def problem_text(problem: Problem, request: Request) -> Reply:
    """A problem of the gateway itself, and the fields at fault; people are told theirs on a screen."""
    language = request.language
    values = {"hotline": hotline(language)} | problem.values
    lines = [text(f"problem.{problem.slug}", language, **values)]
    lines += [f"{each.field}: {text(f'input.{each.code}', language, **each.values)}" for each in problem.errors]
    body = "\n".join(lines).encode()
    return problem_reply(problem, language, body, TEXT, log_in=b'Basic realm="daftar"')


USSD = Translator(
    prefixes=("/ussd/",),
    exact={"/ussd/aggregator": ("POST", post_aggregator), "/ussd/kannel": ("POST", post_kannel)},
    problem=problem_text,
    door="ussd",
)
