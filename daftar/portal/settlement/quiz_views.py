"""Pages of the quiz: «开始答题», the questions, and what came of them (S4.17-S4.22, S4.28).

After each submission comes a redirect to a page that says where the person stands: it survives a reload and the back
button, and says the same to somebody who opens it tomorrow.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from daftar.disclosure.quiz import Closed, Expired, Given, Locked, NoQuestions, Passed, Questions, Ready
from daftar.portal.settlement.guards import for_insured
from daftar.portal.settlement.quiz_forms import QuizForm
from daftar.portal.settlement.quiz_services import quiz_answer, quiz_begin, quiz_look
from daftar.portal.theme.forms import say, typed
from daftar.terms.jurisdictions import jurisdictions

INVALID = 422
ANEW = "anew"


@for_insured
def start(request: HttpRequest) -> HttpResponse:
    """«开始答题»; or why there is nothing to be answered now."""
    if request.method == "POST":
        return _begin(request, "")
    seen = quiz_look(request.user, at=timezone.now())
    if not isinstance(seen, Ready | Questions):
        return redirect("settlement:quiz_result")
    return render(request, "settlement/quiz.html", {"left": seen.left})


@for_insured
def questions(request: HttpRequest) -> HttpResponse:
    """The two questions; a form that cannot be read is no submission, and questions of another time begin anew."""
    now = timezone.now()
    seen = quiz_look(request.user, at=now)
    over = request.method == "POST" and (isinstance(seen, Ready) or _draw(request) != getattr(seen, "draw", None))
    if isinstance(seen, Ready | Questions) and over:
        return _begin(request, ANEW)
    if not isinstance(seen, Questions):
        return redirect("settlement:quiz" if isinstance(seen, Ready) else "settlement:quiz_result")
    today = jurisdictions()[request.user.jurisdiction].today(now)
    form = QuizForm(typed(request), choices=seen.choices, today=today)
    if request.method == "POST" and form.is_valid():
        typed_in = form.cleaned_data
        given = Given(seen.draw, typed_in["hospital"], typed_in["admitted"], typed_in["discharged"])
        judged = quiz_answer(request.user, given, at=now)
        return _begin(request, ANEW) if isinstance(judged, Expired) else redirect("settlement:quiz_result")
    context = {"form": form, "draw": seen.draw, "left": seen.left, "anew": request.GET.get("note") == ANEW}
    return render(request, "settlement/quiz_questions.html", context, status=INVALID if form.errors else 200)


@for_insured
def result(request: HttpRequest) -> HttpResponse:
    """«认证通过», the error with the tries left, or until when the service is locked."""
    account = request.user
    match quiz_look(account, at=timezone.now()):
        case Passed():
            return render(request, "settlement/quiz_passed.html")
        case Questions(wrong=True, left=left):
            return render(request, "settlement/quiz_wrong.html", {"error": say("quiz.wrong", left=str(left))})
        case Locked(until=until):
            return render(request, "settlement/quiz_locked.html", {"until": until, "zone": account.jurisdiction})
        case Closed():
            context = {"hotline": jurisdictions()[account.jurisdiction].hotline}
            return render(request, "settlement/quiz_closed.html", context)
    return redirect("settlement:quiz")


def _begin(request: HttpRequest, note: str) -> HttpResponse:
    begun = quiz_begin(request.user, at=timezone.now())
    if isinstance(begun, NoQuestions):
        sentence = say(f"quiz.{begun.why}", hotline=jurisdictions()[request.user.jurisdiction].hotline)
        return render(request, "settlement/quiz_none.html", {"sentence": sentence}, status=INVALID)
    address = reverse("settlement:quiz_questions")
    return redirect(f"{address}?note={note}" if note else address)


def _draw(request: HttpRequest) -> UUID | None:
    """Name of the questions that a form was made for."""
    try:
        return UUID(request.POST.get("draw", ""))
    except ValueError:
        return None
