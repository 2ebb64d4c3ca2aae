"""The editing page in Chromium: a form changes the field that was changed, and nothing else.

The repository is one on this machine, as the page can open one: here a folder of the browser's
own (Origin Private File System), so that nothing is asked of a person.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from builder.cli import app
from builder.models.settings import Editing
from builder.registry import load
from builder.site.admin import admin_files
from tests.node import admin_packages
from tests.registries import BODY, DOCUMENT, HEAD, write

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
ENTRY = "documents/entries/vi-du/an-binh/ke-hoach-thu"
PATH = "registry/documents/vi-du/an-binh/ke-hoach-thu.yaml"
PLAN = "# Lập từ bản chính\n" + DOCUMENT.replace(
    "title: Kế hoạch thử\n", "title: 'Kế hoạch thử'  # như bản in\n"
).replace("dates: {signed: 2025-07-02,", "dates: {signed: 2025-07-02,  ")
MEETING_ID = "meetings/vi-du/an-binh/phien-hop"
MEETING = (
    HEAD
    + "title: Phiên họp thứ nhất\nform: meeting\nmode: official\n"
    + "bodies: [bodies/vi-du/an-binh/ubnd]\nwhen: {date: 2025-07-02}\n"
)
SEED = """async (files) => {
  const root = await navigator.storage.getDirectory();
  await root.getDirectoryHandle(".git", { create: true });
  for (const [path, text] of Object.entries(files)) {
    const parts = path.split("/");
    let folder = root;
    for (const part of parts.slice(0, -1)) {
      folder = await folder.getDirectoryHandle(part, { create: true });
    }
    const handle = await folder.getFileHandle(parts.at(-1), { create: true });
    const writing = await handle.createWritable();
    await writing.write(text);
    await writing.close();
  }
}"""
READ = """async () => {
  const found = {};
  const walk = async (folder, path) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === "directory") await walk(handle, `${path}${name}/`);
      else found[path + name] = await (await handle.getFile()).text();
    }
  };
  await walk(await navigator.storage.getDirectory(), "");
  return found;
}"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    hdnd = BODY.replace("Ủy ban nhân dân", "Hội đồng nhân dân").replace("ubnd", "hdnd")
    more = {"bodies/vi-du/an-binh/hdnd": hdnd, MEETING_ID: MEETING}
    root = write(tmp_path_factory.mktemp("records"), more)
    (root / PATH).write_text(PLAN, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    editing = Editing(backend="github", repo="vi-du/kho")
    for path, data in admin_files(load(root), editing, admin_packages()).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


class Form:
    """The form of a record, and the repository that it writes to."""

    def __init__(self, page: "Page", address: str, files: dict[str, str]) -> None:
        self.page, self.address, self.files = page, address, files
        page.set_default_timeout(60_000)  # three megabytes of script on a slow machine
        page.set_viewport_size({"width": 1280, "height": 5000})  # fields out of sight wait
        page.goto(f"{address}status.json")
        page.evaluate(SEED, files)
        page.add_init_script("window.showDirectoryPicker = () => navigator.storage.getDirectory()")

    def open(self, path: str) -> None:
        """Opens a form: ``kind/entries/name``, or ``kind/new`` for an empty one."""
        self.page.goto(f"{self.address}#/collections/{path}", wait_until="commit")
        self.page.get_by_role("button", name="Làm việc").first.click()
        self.page.get_by_role("textbox", name="Tên gọi").first.wait_for()

    def field(self, path: str) -> "Locator":
        return self.page.locator(f'section.field[data-key-path="{path}"]').first

    def save(self) -> dict[str, str]:
        """Saves; the files that are not as they were."""
        self.page.get_by_role("button", name="Lưu", exact=True).click()
        self.page.wait_for_url(lambda url: url.endswith("#/collections/documents"))  # the list
        found: dict[str, str] = self.page.evaluate(READ)
        return {path: text for path, text in found.items() if self.files.get(path) != text}


@pytest.fixture
def form(page: "Page", site: Path, root: Path, served: Callable[[Path], str]) -> Form:
    return Form(page, f"{served(site)}admin/", files_of(root))


def files_of(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in (root / "registry").rglob("*.yaml")
    }


def test_a_changed_field_changes_its_own_words_and_the_record_passes_the_check(
    form: Form, tmp_path: Path
) -> None:
    form.open(ENTRY)
    form.field("title").get_by_role("textbox").fill("Kế hoạch số hai")
    changed = form.save()
    assert changed == {PATH: PLAN.replace("'Kế hoạch thử'", "'Kế hoạch số hai'")}
    (write(tmp_path) / PATH).write_text(changed[PATH], encoding="utf-8")
    assert CliRunner().invoke(app, ["--root", str(tmp_path), "check"]).exit_code == 0


def test_a_day_within_the_dates_changes_alone(form: Form) -> None:
    form.open(ENTRY)
    form.field("dates.effective").locator("input[type=date]").fill("2025-07-10")
    assert form.save() == {PATH: PLAN.replace("effective: 2025-07-02", "effective: 2025-07-10")}


def test_a_code_is_chosen_by_its_vietnamese_label(form: Form) -> None:
    form.open(ENTRY)
    form.field("stage").get_by_text("Dự thảo (draft)").click()
    assert form.save() == {PATH: PLAN.replace("stage: adopted", "stage: draft")}


def test_a_body_is_picked_by_its_name_and_stored_by_its_id(form: Form) -> None:
    form.open(ENTRY)
    form.field("issuer").get_by_text("Hội đồng nhân dân xã An Bình").click()
    saved = form.save()[PATH]
    assert "issuer: bodies/vi-du/an-binh/hdnd\n" in saved
    assert saved.replace("/hdnd", "/ubnd") == PLAN


def test_the_target_of_a_relation_is_picked_by_its_title_from_records_of_any_kind(
    form: Form, page: "Page", tmp_path: Path
) -> None:
    form.open(ENTRY)
    form.field("relations").get_by_role("button", name="Thêm").first.click()
    form.field("relations.0.type").get_by_role("combobox").click()
    page.get_by_role("option", name="Thông qua tại (adopted_at)").click()
    form.field("relations.0.target").get_by_text("Phiên họp thứ nhất").click()
    (saved,) = form.save().values()
    assert f"relations:\n  - type: adopted_at\n    target: {MEETING_ID}\n" in saved
    assert {*PLAN.splitlines()} <= {*saved.splitlines()}
    (write(tmp_path, {MEETING_ID: MEETING}) / PATH).write_text(saved, encoding="utf-8")
    assert CliRunner().invoke(app, ["--root", str(tmp_path), "check"]).exit_code == 0


def test_with_too_many_records_to_choose_from_the_id_of_a_target_is_typed(
    page: "Page", site: Path, root: Path, served: Callable[[Path], str], tmp_path: Path
) -> None:
    many = shutil.copytree(site, tmp_path / "site")
    answer = json.loads((many / "admin/config.json").read_text(encoding="utf-8"))
    answer["choices"]["documents"] *= 3001
    (many / "admin/config.json").write_text(json.dumps(answer), encoding="utf-8")
    form = Form(page, f"{served(many)}admin/", files_of(root))
    form.open(ENTRY)
    form.field("relations").get_by_role("button", name="Thêm").first.click()
    form.field("relations.0.type").get_by_role("combobox").click()
    page.get_by_role("option", name="Thông qua tại (adopted_at)").click()
    target = form.field("relations.0.target")
    assert "Danh sách quá dài để chọn ở đây. Viết mã bản ghi" in target.inner_text()
    target.get_by_role("textbox").fill(MEETING_ID)
    assert f"    target: {MEETING_ID}\n" in form.save()[PATH]


def test_a_target_that_is_no_choice_of_the_page_stays_as_it_was(
    page: "Page", site: Path, root: Path, served: Callable[[Path], str]
) -> None:
    plan = PLAN + "relations:\n  - type: amends\n    target: documents/vi-du/an-binh/noi-bo\n"
    form = Form(page, f"{served(site)}admin/", {**files_of(root), PATH: plan})
    form.open(ENTRY)
    form.field("title").get_by_role("textbox").fill("Kế hoạch số hai")
    assert form.save() == {PATH: plan.replace("'Kế hoạch thử'", "'Kế hoạch số hai'")}


def test_what_is_filled_in_for_the_first_time_is_one_new_field(form: Form) -> None:
    form.open(ENTRY)
    form.field("summary").get_by_role("textbox").fill("Nói về việc thử.")
    (saved,) = form.save().values()
    assert sorted({*saved.splitlines()} - {*PLAN.splitlines()}) == ["summary: Nói về việc thử."]
    assert {*PLAN.splitlines()} <= {*saved.splitlines()}


def test_a_correction_is_entered_as_the_policy_asks(form: Form) -> None:
    form.open(ENTRY)
    form.field("corrections").get_by_role("button", name="Thêm").first.click()
    form.field("corrections.0.on").locator("input[type=date]").fill("2025-08-01")
    for name, words in {"what": "Tên", "why": "Ghi nhầm", "by": "An", "source": "Bản in"}.items():
        form.field(f"corrections.0.{name}").get_by_role("textbox").fill(words)
    (saved,) = form.save().values()
    assert {*PLAN.splitlines()} <= {*saved.splitlines()}
    assert (
        "corrections:\n  - on: 2025-08-01\n    what: Tên\n    why: Ghi nhầm\n    by: An\n"
        "    source: Bản in\n"
    ) in saved


def test_what_must_not_be_empty_is_said_and_nothing_is_written(form: Form, page: "Page") -> None:
    form.open(ENTRY)
    form.field("title").get_by_role("textbox").fill("")
    page.get_by_role("button", name="Lưu", exact=True).click()
    form.field("title").get_by_role("alert").or_(
        form.field("title").locator(".validation")
    ).first.wait_for()
    assert page.evaluate(READ)[PATH] == PLAN


def test_a_new_record_is_written_from_what_was_filled_in_and_nothing_else(
    form: Form, page: "Page", tmp_path: Path
) -> None:
    form.open("documents/new")
    form.field("title").get_by_role("textbox").fill("Kế hoạch đi thực tế")
    form.field("type").get_by_role("combobox").click()
    page.get_by_role("option", name="Kế hoạch (KH)").click()
    form.field("stage").get_by_text("Dự thảo (draft)").click()
    form.field("access").get_by_text("Công khai (public)").click()
    form.field("as_of").locator("input[type=date]").fill("2025-08-01")
    form.field("sources").get_by_role("button", name="Thêm").first.click()
    form.field("sources.0.kind").get_by_role("combobox").click()
    page.get_by_role("option", name="Báo chí (press)").click()
    path = "registry/documents/ke-hoach-di-thuc-te.yaml"
    assert form.save() == {
        path: "title: Kế hoạch đi thực tế\ntype: KH\nstage: draft\naccess: public\n"
        "sources:\n  - kind: press\nverified: false\nas_of: 2025-08-01\n"
    }
    (write(tmp_path) / path).write_text(page.evaluate(READ)[path], encoding="utf-8")
    assert CliRunner().invoke(app, ["--root", str(tmp_path), "check"]).exit_code == 0
