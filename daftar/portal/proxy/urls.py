"""Addresses of the app proxy: binding and acting for somebody; the counter's pages are the console's."""

from daftar.portal.proxy import acting_urls, binding_urls

app_name = "proxy"

urlpatterns = [*binding_urls.urlpatterns, *acting_urls.urlpatterns]
