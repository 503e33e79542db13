"""Addresses of the review console. A case's own number is random; nothing of a person stands in an address."""

from django.urls import path

from daftar.portal.review import case_views, export_views, lookup_views, material_views, numbers_views, queue_views

app_name = "review"

urlpatterns = [
    path("queue/", queue_views.pending, name="queue"),
    path("queue/file/", export_views.queue_file, name="queue_file"),
    path("queue/next/", queue_views.take_next, name="next"),
    path("people/", queue_views.find, name="find"),
    path("people/<handle>/", queue_views.found, name="found"),
    path("number/", queue_views.number, name="number"),
    path("numbers/", numbers_views.numbers_page, name="numbers"),
    path("lookup/", lookup_views.lookup, name="lookup"),
    path("lookup/file/", export_views.lookup_file, name="lookup_file"),
    path("placements/", lookup_views.placements, name="placements"),
    path("placements/file/", export_views.placements_file, name="placements_file"),
    path("cases/<str:number>/", case_views.case, name="case"),
    path("cases/<str:number>/claim/", case_views.claim, name="claim"),
    path("cases/<str:number>/release/", case_views.release, name="release"),
    path("cases/<str:number>/approve/", case_views.approve, name="approve"),
    path("cases/<str:number>/send-back/", case_views.send_back, name="send_back"),
    path("cases/<str:number>/refuse/", case_views.refuse, name="refuse"),
    path("cases/<str:number>/material/<uuid:material>/", material_views.material, name="material"),
    path("pages/<str:token>/<int:page>/", material_views.page, name="page"),
]
