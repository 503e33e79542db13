"""Addresses of the pages about acting for a bound person: the choice, «我的亲情成员», «亲人详情», «解除绑定»."""

from django.urls import URLPattern, path

from daftar.portal.proxy import acting_views, members_views

urlpatterns: list[URLPattern] = [
    path("whom/", acting_views.switch, name="switch"),
    path("members/", members_views.members, name="members"),
    path("members/<uuid:binding>/", members_views.member, name="member"),
    path("members/<uuid:binding>/unbind/", members_views.unbind, name="unbind"),
]
