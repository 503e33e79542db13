"""Addresses of the settlement room: the quiz (S4.17), then what it opens."""

from django.urls import path

from daftar.portal.settlement import expenses, quiz_views

app_name = "settlement"
urlpatterns = [
    path("quiz/", quiz_views.start, name="quiz"),
    path("quiz/questions/", quiz_views.questions, name="quiz_questions"),
    path("quiz/result/", quiz_views.result, name="quiz_result"),
    path("expenses/", expenses.expenses, name="expenses"),
    path("expenses/<reference>/", expenses.statement, name="statement"),
    path("expenses/<reference>/statement.pdf", expenses.paper, name="paper"),
]
