"""Django's settings, all from the environment (daftar.config.environment)."""

from csp.constants import NONE, SELF

from daftar.config import environment as env
from daftar.config.logs import DJANGO_LOGGING
from daftar.config.registry_settings import registries
from daftar.config.watch_settings import watch
from daftar.store.keys import read_secrets

STATE = env.state_folder()
SECRETS = read_secrets(STATE / "secret")
CERTIFICATE_KEYS = env.certificate_keys()
PDF_SIGNER = env.file("DAFTAR_PDF_SIGNER", STATE / "pdf-signer.pem")  # key and certificates of signed PDFs
PDF_SIGNERS = STATE / "pdf-signers"  # certificates of all who ever signed one here
SECRET_KEY = SECRETS.derive("django").hex()
DEBUG = env.flag("DAFTAR_DEBUG", False)
DEMO = env.flag("DAFTAR_DEMO", False)  # the outbox page stands open; nothing leaves by SMS or mail
BASE_URL = env.base_url()  # for links in mails
HTTPS = env.flag("DAFTAR_HTTPS", False)  # people reach the portal by https: cookies say so
ALLOWED_HOSTS = env.words("DAFTAR_HOSTS", "localhost,127.0.0.1,[::1],testserver")

INSTALLED_APPS = [
    "daftar.portal.theme",
    "daftar.portal.journal",
    "daftar.portal.notices",
    "daftar.portal.feeds",
    "daftar.portal.ussd",
    "daftar.portal.guides",
    "daftar.portal.people",
    "daftar.portal.organisations",
    "daftar.portal.directory",
    "daftar.portal.accounts",
    "daftar.portal.affiliation",
    "daftar.portal.cases",
    "daftar.portal.proxy",
    "daftar.portal.entitlement",
    "daftar.portal.certificates",
    "daftar.portal.looks",
    "daftar.portal.enrolment",
    "daftar.portal.filing",
    "daftar.portal.settlement",
    "daftar.portal.progress",
    "daftar.portal.review",
    "daftar.portal.objections",
    "daftar.portal.providers",
    "daftar.portal.campaigns",
    "daftar.portal.monitoring",
    "daftar.portal.app",
    "daftar.portal.api",
    "daftar.portal.console",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_cotton",
    "django_htmx",
]
MIDDLEWARE = [
    "daftar.portal.monitoring.seen_requests.SeenRequests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "daftar.portal.theme.privacy.PrivatePages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "daftar.portal.accounts.standing.StandingLogIns",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "daftar.portal.proxy.own_account.OwnAccount",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,  # django-cotton puts its own loader in front
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "daftar.portal.theme.page.every_page",
                "daftar.portal.console.menu.menu",
                "daftar.portal.proxy.whom.whom",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
ROOT_URLCONF = "daftar.config.urls"
WSGI_APPLICATION = "daftar.config.wsgi.application"

DATABASES = {"default": env.django_database(env.database_url())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entry",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # beyond it some are forgotten early; Django's own number is 300
    },
    # in the database, because limits on log-in must hold over all processes
}

LOGGING = DJANGO_LOGGING
LOG_ALL_REQUESTS = env.log_all_requests()
WATCH = watch()  # whom the probe asks, who is told of alerts

MAIL_SERVER = env.mail_server()
MAIL_LEAVES = bool(MAIL_SERVER.host) and not DEMO  # otherwise it stays in the outbox
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = MAIL_SERVER.starttls, MAIL_SERVER.tls, 20
DEFAULT_FROM_EMAIL = env.text("DAFTAR_MAIL_FROM", "daftar@localhost")

LANGUAGE_CODE = "en"
LANGUAGES = [("fa", "فارسی"), ("zh", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # no collectstatic: files are served from where they lie
WHITENOISE_MAX_AGE = 3600

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},  # the modern rule: staff and organisations always have it (S4.12)
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
FACE_CHECK = env.face_check()  # who judges the faces of a proxy binding (ADR 0016)
REGISTRIES = registries()  # where registries confirm evidence electronically (S2.13)
PASSWORD_POLICY = env.one_of("PASSWORD_POLICY", ("guide", "modern"))  # citizens' rule (S4.12)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "console:start"
ACCOUNT_ADAPTER = "daftar.portal.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "daftar.portal.accounts.forms.LogInForm",
    "reauthenticate": "daftar.portal.accounts.forms.PasswordAgainForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "user"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "mail_code": "60/h/ip,5/h/key",  # codes to one mailbox, and asked for from one address
    "present_password": "5/5m/key",
    "proxy_member": "30/d/key",  # members named for a binding, by account
    "proxy_face": "15/d/key",  # face checks, by account
    "proxy_face_member": "30/d/key",  # face checks of one member, by whomever
}
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("DAFTAR_PROXIES", 0)  # how many X-Forwarded-For entries are ours
MFA_ADAPTER = "daftar.portal.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "daftar.portal.accounts.forms.CodeForm",
    "reauthenticate": "daftar.portal.accounts.forms.CodeForm",
    "activate_totp": "daftar.portal.accounts.forms.EnrolForm",
}
MFA_SUPPORTED_TYPES = ["totp"]
MFA_TOTP_ISSUER = "Daftar"
MFA_TOTP_TOLERANCE = 1  # one step either way: clocks of telephones differ

SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_AGE = 4 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "daftar.portal.theme.errors.stale_form"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
