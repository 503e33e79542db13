"""What makes the portal installable."""

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext

from daftar.portal.theme.page import HTML_LANGUAGES, direction, language


def manifest(request: HttpRequest) -> JsonResponse:
    """The web app manifest in the reader's language."""
    content = {
        "name": f"{gettext('Daftar')} – {gettext('The counter of social insurance')}",
        "short_name": gettext("Daftar"),
        "lang": HTML_LANGUAGES[language()],
        "dir": direction(language()),
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0d3f4c",
        "icons": [{"src": static("theme/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }
    return JsonResponse(content, content_type="application/manifest+json")
