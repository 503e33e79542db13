"""S3 in the guide's words: «亲情成员绑定», with identity card by face, without by commitment (S3.4-S3.10).

In Chromium with a camera that plays a film: the member, and somebody else. Chinese pages as people see them.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from daftar.portal.accounts.models import Account
from daftar.portal.people.models import Person
from daftar.portal.people.photos import photo_record
from daftar.portal.proxy import binding_face
from daftar.portal.proxy.faces import challenge
from daftar.portal.proxy.faces.port import Move
from daftar.portal.proxy.models import ProxyBinding, Way
from tests.browser import CHROMIUM, FLAGS, too_wide
from tests.portal import binding as ground
from tests.portal import world
from tests.portal.acting import told
from tests.portal.binding import ELDER, NAMES, mail_of, messages_to
from tests.portal.filming import film
from tests.portal.posing import EILEEN, GRACE, Sitter, jpeg, portrait
from tests.portal.walking import fill

MOVES = (Move.LEFT, Move.CLOSER, Move.RIGHT, Move.LEFT)
PREPARE_MS, STEP_MS = 1000, 1600
"""Quicker than for people."""

SENTENCE = "年满16周岁的亲情成员请通过“已办理身份证人员绑定”方式办理绑定，否则无法提交"
NARROW = {"width": 360, "height": 740}

GRANDCHILD_BORN = date(date.today().year - 8, 3, 1)
GRANDCHILD = ("cn-resident-id", world.cn_id(21, GRANDCHILD_BORN), "")


@pytest.fixture(scope="module")
def camera_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the camera plays; a test writes another film there before the camera is opened."""
    return tmp_path_factory.mktemp("camera") / "film.y4m"


@pytest.fixture(scope="module")
def chromium(camera_film: Path) -> Iterator[Browser]:
    """Chromium with the film for a camera."""
    camera = [
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={camera_film}",
    ]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *camera])
        yield browser
        browser.close()


@pytest.fixture
def principal(portal: str, monkeypatch: pytest.MonkeyPatch) -> Account:
    """王伟; his mother's reference photograph is on record, and the test knows which moves are asked for."""
    monkeypatch.setattr(challenge, "SEQUENCES", [MOVES])
    monkeypatch.setattr(binding_face, "PREPARE_MS", PREPARE_MS)
    monkeypatch.setattr(binding_face, "STEP_MS", STEP_MS)
    account = ground.people()
    world.person(GRANDCHILD, "小红", "王", GRANDCHILD_BORN, "female", jurisdiction="cn")
    Person.objects.filter(key=world.key_of(GRANDCHILD)).update(insured_region=ground.YINGTAN)
    now = datetime.now(UTC)
    photo_record(
        key=world.key_of(ELDER), picture=jpeg(portrait(EILEEN)), taken=now.date(), office="", by="counter", at=now
    )
    return account


def play(path: Path, sitter: Sitter, noise: int) -> None:
    """Somebody sits down before the camera."""
    film(path, sitter, MOVES, prepare_ms=PREPARE_MS, step_ms=STEP_MS, noise=noise)


def choose_way(page: Page, way: str, *, mine: bool = False) -> None:
    """S3.7: «医保亲情代办»-«亲情成员绑定», or «我的»-«亲情成员绑定»; then «绑定方式选择»."""
    page.goto("/zh/accounts/log-in/")
    fill(page, login=mail_of(world.RESIDENT), password=world.PASSWORD)
    page.goto("/zh/accounts/" if mine else "/zh/")
    place = page.locator("main .facts" if mine else "#services-cn-family + .tiles")
    place.get_by_role("link", name="亲情成员绑定").click()
    page.get_by_role("link", name="绑定方式选择").click()
    page.get_by_role("link", name=way).click()


def pass_camera(page: Page) -> None:
    """From the button to the page that tells what came of it."""
    page.get_by_role("button", name="认证").click()
    expect(page.locator("[data-say]")).to_have_text("请向左转头", timeout=30_000)
    assert not too_wide(page)
    page.wait_for_url(lambda url: "/camera/" not in url, timeout=60_000)


@pytest.mark.usefixtures("principal")
@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_with_identity_card_the_member_before_the_camera(page: Page, camera_film: Path) -> None:
    """S3.7, S3.8: «被绑定人进行人脸认证通过后方可绑定成功»; at the width of a telephone."""
    page.context.grant_permissions(["camera"])
    page.set_viewport_size(NARROW)
    choose_way(page, "已办理身份证人员绑定")
    fill(page, name=NAMES[ELDER], number=ELDER[1], kinship="parent")
    expect(page.locator("main")).to_contain_text("请由被绑定人李秀英本人面对摄像头")
    play(camera_film, GRACE, 1)
    pass_camera(page)
    expect(page.locator("[role=alert]")).to_have_text("与被绑定人的登记照片不符。如确为本人，可到经办机构办理绑定。")
    assert not ProxyBinding.objects.exists()
    play(camera_film, EILEEN, 2)
    pass_camera(page)
    expect(page.locator("h1")).to_have_text("绑定成功")
    page.reload()
    expect(page.locator(".notice-done")).to_contain_text("您现在可以为李秀英代办业务")
    assert ProxyBinding.objects.get().way == Way.FACE
    assert "王伟现在可以为您代办" in messages_to(f"+86{ELDER[2]}")[0]
    page.get_by_role("link", name="我的亲情成员").last.click()
    expect(page.locator("main")).to_contain_text("李秀英")


CHANGED = """
    const made = HTMLCanvasElement.prototype.toBlob;
    HTMLCanvasElement.prototype.toBlob = function (done, ...options) {
        const kept = sessionStorage.getItem("sent again");
        if (kept) {
            sessionStorage.removeItem("sent again");
            return done(new Blob([Uint8Array.from(atob(kept), (each) => each.charCodeAt(0))], { type: "image/jpeg" }));
        }
        made.call(this, async (blob) => {
            const bytes = new Uint8Array(await blob.arrayBuffer());
            sessionStorage.setItem("last", btoa(Array.from(bytes, (each) => String.fromCharCode(each)).join("")));
            done(blob);
        }, ...options);
    };
"""
"""A browser that somebody changed: the first picture of a capture is the last one of the capture before."""


@pytest.mark.usefixtures("principal")
@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_a_picture_of_an_earlier_capture_is_no_live_face(page: Page, camera_film: Path) -> None:
    """The right person sits before the camera, and one picture of fifteen was sent before: refused, and on record."""
    page.add_init_script(CHANGED)
    page.context.grant_permissions(["camera"])
    choose_way(page, "已办理身份证人员绑定")
    fill(page, name=NAMES[ELDER], number=ELDER[1], kinship="parent")
    play(camera_film, GRACE, 4)
    pass_camera(page)
    page.evaluate("sessionStorage.setItem('sent again', sessionStorage.getItem('last'))")
    play(camera_film, EILEEN, 5)
    pass_camera(page)
    expect(page.locator("[role=alert]")).to_have_text("该段录像已使用过，请重新拍摄。")
    assert not ProxyBinding.objects.exists()
    row = told(world.key_of(ELDER))[-1]
    assert (row.outcome, row.reason, row.acting_for) == ("refused", "face_replayed", world.key_of(world.RESIDENT))


@pytest.mark.usefixtures("principal")
@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_a_camera_that_may_not_be_used_says_what_to_do(page: Page, camera_film: Path) -> None:
    """No camera, no dead end: how to allow it, try again, or an office."""
    play(camera_film, EILEEN, 3)
    choose_way(page, "已办理身份证人员绑定")
    fill(page, name=NAMES[ELDER], number=ELDER[1], kinship="parent")
    page.get_by_role("button", name="开始人脸认证").click()
    expect(page.get_by_text("浏览器未允许本页面使用摄像头")).to_be_visible()
    page.context.grant_permissions(["camera"])
    page.get_by_role("button", name="重试").click()
    expect(page.locator("[data-say]")).to_have_text("请正对摄像头")
    page.get_by_role("link", name="停止并返回").click()
    expect(page.locator("main")).to_contain_text("双方携带身份证件一同前往经办机构")


@pytest.mark.usefixtures("principal")
def test_without_card_under_16_by_commitment(page: Page) -> None:
    """S3.9: «承诺书», tick «已阅读承诺书», «我已阅读并同意»; the back button binds nothing twice."""
    choose_way(page, "未办理身份证人员绑定", mine=True)
    born = GRANDCHILD_BORN.isoformat()
    fill(page, name="王小红", paper="household_register", number=GRANDCHILD[1], born=born, kinship="grandchild")
    expect(page.locator("h1")).to_have_text("亲情代办承诺书")
    page.get_by_role("button", name="我已阅读并同意").click()
    expect(page.locator(".error-summary")).to_contain_text("已阅读承诺书")
    page.goto("/zh/proxies/way/child/letter/")
    page.get_by_label("已阅读承诺书").check()
    page.get_by_role("button", name="我已阅读并同意").click()
    expect(page.locator("h1")).to_have_text("绑定成功")
    page.go_back()
    expect(page.locator("h1")).to_have_text("没有待完成的绑定")
    bound = ProxyBinding.objects.get()
    assert (bound.way, bound.letter, bound.letter_language) == (Way.COMMITMENT, "2026-11", "zh")


@pytest.mark.usefixtures("principal")
@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_of_16_or_over_it_cannot_be_submitted(page: Page) -> None:
    """S3.10, in the guide's sentence."""
    choose_way(page, "未办理身份证人员绑定")
    typed = {"name": NAMES[ELDER], "number": ELDER[1], "born": "1948-03-05"}
    fill(page, **typed, paper="other", kinship="parent")
    expect(page.locator(".error-summary")).to_contain_text(SENTENCE)
    expect(page.locator("[name=born]")).to_have_value("1948-03-05")
    assert not ProxyBinding.objects.exists()
