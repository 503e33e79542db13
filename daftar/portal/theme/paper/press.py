"""HTML in, PDF out. Fonts and style sheet are read once a process; nothing is ever fetched from elsewhere."""

from functools import cache
from pathlib import Path
from threading import Lock

from weasyprint import CSS, HTML, URLFetcher
from weasyprint.text.fonts import FontConfiguration

HERE = Path(__file__).parent


class Press:
    """WeasyPrint with our fonts; Pango's font map serves one thread at a time."""

    def __init__(self) -> None:
        self._fonts = FontConfiguration()
        fetcher = URLFetcher(allowed_protocols={"file"})
        self._sheet = CSS(HERE / "paper.css", font_config=self._fonts, url_fetcher=fetcher)
        self._lock = Lock()

    def print(self, html: str) -> bytes:
        """The pages as PDF 1.7 with tags, so that screen readers find their way."""
        with self._lock:
            document = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols={"data"}))
            made: bytes = document.write_pdf(stylesheets=[self._sheet], font_config=self._fonts, pdf_tags=True)
            return made


@cache
def press() -> Press:
    """The press of this process."""
    return Press()
