"""The walk through the public directory: nobody is logged in."""

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.portal import directory_world


def directory(page: Page, language: str) -> Iterator[str]:
    """Every list, with and without what is found."""
    directory_world.build()
    directory_world.many(60)
    here = f"/{language}/directory"
    page.goto(f"{here}/institutions/")
    yield "institutions"
    page.goto(f"{here}/institutions/?region=cn-360000&page=2")
    yield "institutions of a province"
    page.fill("[name=name]", "renmin")
    page.wait_for_selector("#found >> text=H36060099001")
    yield "institutions as one types"
    page.goto(f"{here}/institutions/?name=%25&region=cn-999999")
    yield "institutions with errors"
    page.goto(f"{here}/institutions/?page=99")
    yield "institutions beyond the end"
    page.goto(f"{here}/institutions/by-province/")
    yield "institutions by province"
    page.goto(f"{here}/pooling-regions/")
    yield "pooling regions"
    page.click("main table a")
    yield "a pooling region"
    page.goto(f"{here}/offices/")
    yield "offices"
    page.goto(f"{here}/regions/")
    yield "regions"
    page.goto(f"{here}/regions/cn-360000/")
    yield "a region"
    page.goto(f"{here}/regions/nowhere/")
    yield "no such region"


DIRECTORY_WALKS = (directory,)
