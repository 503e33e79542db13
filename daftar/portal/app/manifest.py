"""What makes the portal installable: its name, its pictures, and where it opens."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from daftar.portal.theme.page import HTML_LANGUAGES, direction, language

OPENED = "?opened"
"""Told to the first page by who opens the installed app: it goes on to the mode that was used last."""


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """The web app manifest in the reader's language."""
    content = {
        "id": reverse("app:start"),
        "name": f"{gettext('Daftar')} – {gettext('The counter of social insurance')}",
        "short_name": gettext("Daftar"),
        "description": gettext("Is somebody covered today? Ask with the number pad or the camera."),
        "lang": HTML_LANGUAGES[language()],
        "dir": direction(language()),
        "start_url": f"{reverse('app:start')}{OPENED}",
        "scope": "/",  # logging in belongs to it too
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0d3f4c",
        "icons": [
            {"src": static("theme/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
            _picture("icon-192", 192, "any"),
            _picture("icon-512", 512, "any"),
            _picture("maskable-512", 512, "maskable"),
        ],
        "shortcuts": [
            {"name": gettext("For a patient"), "url": reverse("app:patient")},
            {"name": gettext("For me"), "url": reverse("app:me")},
            {"name": gettext("Last codes"), "url": reverse("app:codes")},
        ],
    }
    return JsonResponse(content, content_type="application/manifest+json")


def _picture(name: str, side: int, purpose: str) -> dict[str, Any]:
    return {"src": static(f"app/{name}.png"), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
