"""Addresses of the app proxy: binding, acting for somebody, and the counter."""

from daftar.portal.proxy import acting_urls, binding_urls, counter_urls

app_name = "proxy"

urlpatterns = [*binding_urls.urlpatterns, *acting_urls.urlpatterns, *counter_urls.urlpatterns]
