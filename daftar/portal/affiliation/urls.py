"""Addresses of the panel of government bodies."""

from django.urls import path

from daftar.portal.affiliation import file_views, inquiry_views, views

app_name = "affiliation"
urlpatterns = [
    path("ask/", views.ask, name="ask"),
    path("answers/<code>/", views.answer, name="answer"),
    path("inquiries/", inquiry_views.inquiries, name="inquiries"),
    path("inquiries/file/", inquiry_views.export, name="export"),
    path("files/", file_views.all_files, name="files"),
    path("files/<uuid:id>/", file_views.file, name="file"),
    path("files/<uuid:id>/answers/", file_views.answers, name="file_answers"),
]
