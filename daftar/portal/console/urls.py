"""Addresses of the staff shell."""

from django.urls import path

from daftar.portal.console import (
    affiliation,
    commitments,
    counter,
    counter_account,
    counter_bindings,
    counter_photo,
    counter_quiz,
    counter_registries,
    mending,
    objections,
    reviewers,
    views,
)

app_name = "console"
urlpatterns = [
    path("", views.start, name="start"),
    path("people/", counter.find, name="find"),
    path("people/<handle>/", counter.person, name="person"),
    path("people/<handle>/mobile/", counter.mobile, name="mobile"),
    path("people/<handle>/evidence/", counter.evidence, name="evidence"),
    path("people/<handle>/registry/", counter_registries.ask, name="registry"),
    path("people/<handle>/account/", counter_account.account, name="account"),
    path("people/<handle>/quiz/", counter_quiz.quiz, name="quiz"),
    path("people/<handle>/photo/", counter_photo.photo, name="photo"),
    path("people/<handle>/photo/remove/", counter_photo.remove, name="photo_remove"),
    path("people/<handle>/bindings/", counter_bindings.bindings, name="bindings"),
    path("people/<handle>/bindings/new/", counter_bindings.bind, name="bind"),
    path("people/<handle>/bindings/new/<member>/", counter_bindings.bind_member, name="bind_member"),
    path("people/<handle>/bindings/<uuid:binding>/end/", counter_bindings.end, name="binding_end"),
    path("commitments/", commitments.listed, name="commitments"),
    path("reviewers/", reviewers.listed, name="reviewers"),
    path("reviewers/<int:number>/", reviewers.reviewer, name="reviewer"),
    path("answers/", views.explain_code, name="explain"),
    path("answers/<code>/", views.explained, name="explained"),
    path("objections/<number>/", objections.objection, name="objection"),
    path("objections/<number>/claim/", objections.claim, name="objection_claim"),
    path("objections/<number>/release/", objections.release, name="objection_release"),
    path("objections/<number>/pass-on/", objections.pass_on, name="objection_pass_on"),
    path("objections/<number>/uphold/", objections.uphold, name="objection_uphold"),
    path("objections/<number>/dismiss/", objections.dismiss, name="objection_dismiss"),
    path("feeds/", views.feeds, name="feeds"),
    path("inquiries/", affiliation.inquiries, name="inquiries"),
    path("inquiries/file/", affiliation.export, name="inquiries_file"),
    path("directory/", mending.find, name="directory"),
    path("directory/<kind>/mend/<path:code>/", mending.mend, name="mend"),
    path("directory/<kind>/<path:code>/", mending.entry, name="entry"),
    path("feeds/<int:number>/", views.batch, name="batch"),
]
