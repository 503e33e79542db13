"""Parts of pages that are drawn once a process."""

import pytest
from django.template import Context, Template

from daftar.portal.theme.templatetags import parts


def test_a_part_is_drawn_once_for_each_combination_of_its_values() -> None:
    page = Template("{% load parts %}{% once language number %}{{ word }}{% endonce %} {{ word }}")

    def drawn(**values: object) -> str:
        return page.render(Context(values))

    assert drawn(language="fa", number=1, word="<a>") == "&lt;a&gt; &lt;a&gt;"
    assert drawn(language="fa", number=1, word="b") == "&lt;a&gt; b"
    assert drawn(language="zh", number=1, word="c") == "c c"
    assert drawn(language="fa", number=2, word="d") == "d d"
    assert drawn(language="zh", number=1, word="e") == "c e"


def test_so_many_are_kept_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_DRAWN", 2)
    page = Template("{% load parts %}{% once number %}{{ word }}{% endonce %}")
    drawn = [page.render(Context({"number": number, "word": place})) for place, number in enumerate((1, 2, 1, 3, 1))]
    assert drawn == ["0", "1", "0", "3", "4"]
