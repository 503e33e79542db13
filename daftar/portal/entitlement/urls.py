"""Addresses of the entitlement room."""

from django.urls import path

from daftar.portal.entitlement import objecting, overlap_views, own, views

app_name = "entitlement"
urlpatterns = [
    path("own/", own.start, name="own"),
    path("own/code/", own.code, name="own_code"),
    path("own/done/", own.finish, name="own_finish"),
    path("own/<code>/", own.answer, name="own_answer"),
    path("own/<code>/object/", objecting.object_to_own, name="own_object"),
    path("own/<code>/objected/", objecting.objected, name="own_objected"),
    path("ask/", views.ask, name="ask"),
    path("answers/", views.find, name="find"),
    path("answers/<code>/", views.answer, name="answer"),
    path("overlaps/", overlap_views.report, name="overlaps"),
    path("overlaps/file/", overlap_views.export, name="overlaps_file"),
    path("overlaps/<int:number>/", overlap_views.overlap, name="overlap"),
]
