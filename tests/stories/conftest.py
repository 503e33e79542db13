"""Pages in a test: Django on a database of its own, with the made-up world; a client; a real browser."""

from tests.browser import chromium, page, site
from tests.portal.site import portal, postgresql_world, sqlite_world, world_url

__all__ = ["chromium", "page", "portal", "postgresql_world", "site", "sqlite_world", "world_url"]
