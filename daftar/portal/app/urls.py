"""Addresses of the app; the service worker reaches all of them and nothing else."""

from django.urls import path

from daftar.portal.app import me, patient, shell, views

app_name = "app"
urlpatterns = [
    path("", shell.page, name="start"),
    path("codes/", shell.page, name="codes"),
    path("offline/", shell.page, name="offline"),
    path("shell/<slug:name>/", shell.kept, name="shell"),
    path("worker.js", shell.worker, name="worker"),
    path("session/", views.session, name="session"),
    path("patient/", patient.patient, name="patient"),
    path("patient/<code>/", patient.answer, name="answer"),
    path("me/", me.me, name="me"),
    path("me/code/", me.code, name="code"),
    path("me/done/", me.finish, name="finish"),
    path("me/<code>/", me.answer, name="own_answer"),
]
