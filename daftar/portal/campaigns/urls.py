"""Addresses of the app campaigns."""

from django.urls import URLPattern, path

from daftar.portal.campaigns import announcement_views, views

app_name = "campaigns"

urlpatterns: list[URLPattern] = [
    path("", views.listed, name="list"),
    path("new/", views.new, name="new"),
    path("new/<slug:reach>/", views.write, name="write"),
    path("<int:number>/", views.campaign, name="campaign"),
    path("<int:number>/change/", views.change, name="change"),
    path("<int:number>/count/", views.count, name="count"),
    path("<int:number>/discard/", views.discard, name="discard"),
    path("<int:number>/stop/", views.stop, name="stop"),
    path("announcements/", announcement_views.announcements, name="announcements"),
    path("announcements/new/", announcement_views.announce, name="announce"),
    path("announcements/<int:number>/end/", announcement_views.announcement_end, name="announcement_end"),
]
