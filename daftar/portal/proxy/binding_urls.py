"""Addresses of the pages that bind somebody: «亲情成员绑定» (S3.7-S3.10)."""

from django.urls import path

from daftar.portal.proxy import binding_face, binding_letter, binding_views

urlpatterns = [
    path("", binding_views.bind, name="bind"),
    path("way/", binding_views.way, name="way"),
    path("way/card/", binding_views.card, name="card"),
    path("way/card/proof/", binding_views.proof, name="proof"),
    path("way/card/face/", binding_face.face, name="face"),
    path("way/card/face/camera/", binding_face.camera, name="camera"),
    path("way/child/", binding_views.child, name="child"),
    path("way/child/letter/", binding_letter.letter, name="letter"),
    path("way/refused/", binding_views.refused, name="refused"),
    path("way/over/", binding_views.over, name="over"),
    path("done/<uuid:binding>/", binding_views.done, name="done"),
]
