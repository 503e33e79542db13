"""Addresses of the app objections. A number is random; what is looked for about a person comes by POST."""

from django.urls import path

from daftar.portal.objections import own, staff, taking

app_name = "objections"

urlpatterns = [
    path("", own.own, name="own"),
    path("list/", staff.listed, name="list"),
    path("list/file/", staff.export, name="list_file"),
    path("list/number/", staff.find_number, name="find_number"),
    path("list/person/", staff.find_person, name="find_person"),
    path("numbers/", staff.numbers, name="numbers"),
    path("new/", taking.begin, name="begin"),
    path("new/<code>/", taking.take_down, name="take_down"),
    path("<number>/taken/", own.taken, name="taken"),
]
