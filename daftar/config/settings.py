"""Django's settings, all from the environment (daftar.config.environment)."""

from daftar.config import environment as env
from daftar.store.keys import read_secrets

STATE = env.state_folder()
SECRETS = read_secrets(STATE / "secret")
SECRET_KEY = SECRETS.derive("django").hex()
DEBUG = env.flag("DAFTAR_DEBUG", False)
DEMO = env.flag("DAFTAR_DEMO", False)  # the outbox page stands open; nothing leaves by SMS or mail
ALLOWED_HOSTS = env.words("DAFTAR_HOSTS", "localhost,127.0.0.1,[::1],testserver")

INSTALLED_APPS = [
    "daftar.portal.theme",
    "daftar.portal.journal",
    "daftar.portal.notices",
    "daftar.portal.feeds",
    "daftar.portal.people",
    "daftar.portal.organisations",
    "daftar.portal.directory",
    "daftar.portal.accounts",
    "daftar.portal.affiliation",
    "daftar.portal.entitlement",
    "daftar.portal.console",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
AUTH_USER_MODEL = "accounts.Account"
ROOT_URLCONF = "daftar.config.urls"
DATABASES = {"default": env.django_database(env.database_url())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
