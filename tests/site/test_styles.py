"""Styles of a page: one late file of all, named by content; the few that come first; left alone
where unsure."""

import re

from builder.site.shell import CONTENT, LATE_STYLES
from builder.site.styles import joined, styles_path, unlinked, with_first_styles

FILES = {
    "assets/stylesheets/a.css": b'@charset "UTF-8";\na{}',
    "assets/stylesheets/b.css": b"b{}",
}
A = '<link rel="stylesheet" href="../assets/stylesheets/a.css">\n'
B = '<link rel="stylesheet" href="../assets/stylesheets/b.css">\n'
ARTICLE = '<article class="md-content__inner md-typeset">'


def page(content: str) -> str:
    return f"<html><head>{A}{B}</head><body>{ARTICLE}{content}</article></body></html>"


def late(html: str) -> tuple[str, str]:
    """What stands before and behind the late styles."""
    before, found, rest = html.partition(LATE_STYLES)
    assert found
    return before, rest.partition("</script>\n")[2]


def test_a_run_of_links_becomes_one_to_all_of_them_in_order_behind_the_first_words() -> None:
    pages, styles = joined({"x": page("<h1>Tên</h1><p>Lời.</p><table></table>")}, FILES)
    assert styles == b"\na{}\nb{}"
    head, body = pages["x"].split("</head>")
    assert "<link" not in head
    assert re.findall(r'<link rel="stylesheet" href="([^"]+)"', body) == [
        f"../{styles_path(styles)}"
    ]
    before, behind = late(pages["x"])
    assert before.endswith("<p>Lời.</p>")
    assert behind.startswith("<table>")


def test_words_far_below_come_behind_the_late_styles() -> None:
    words = "".join(f"<p>{number} {'lời ' * 100}</p>" for number in range(20))
    pages, _ = joined({"x": page(f"<h1>Tên</h1>{words}")}, FILES)
    before, behind = late(pages["x"])
    assert before.endswith("</p>")
    assert behind.startswith("<p>")


def test_the_late_styles_of_the_shell_stand_behind_its_body() -> None:
    pages, _ = joined({"": page(f"{CONTENT}\n")}, FILES)
    assert late(pages[""])[0].endswith(CONTENT)


def test_a_link_of_a_page_alone_stays() -> None:
    pages, styles = joined({"x": page(f"<p>Lời.</p><div>{A}</div>")}, FILES)
    assert f"<div>{A}</div>" in pages["x"]
    assert styles


def test_the_page_for_a_wrong_address_finds_the_styles_of_a_site_below_a_folder() -> None:
    """It is shown at any address, so that MkDocs writes the folder of ``site_url`` into it."""
    pages, styles = joined({"404.html": page("").replace("../assets", "/so/nam/assets")}, FILES)
    assert f'href="/so/nam/{styles_path(styles)}"' in pages["404.html"]


def test_a_link_to_a_file_that_is_not_there_leaves_the_page_as_it_is() -> None:
    html = f"<head>{A}{B.replace('b.css', 'c.css')}</head>"
    assert joined({"x": html}, FILES) == ({"x": html}, b"")
    assert with_first_styles({"x": html}, b"") == {"x": html}


def test_all_pages_have_the_first_styles_that_any_of_them_needs() -> None:
    files = {
        "assets/stylesheets/a.css": b"h1{top:0}h2{top:1px}",
        "assets/stylesheets/b.css": b"p{top:2px}table{top:3px}",
    }
    pages, styles = joined({"x": page("<h1>Tên</h1>"), "y": page("<p>Lời.</p><table>")}, files)
    made = with_first_styles(pages, styles, ["<h2>Mục</h2>"])
    for html in made.values():
        assert html.partition("</head>")[0].endswith(
            "<style>h1{top:0}h2{top:1px}p{top:2px}</style>\n"
        )


def test_other_styles_have_another_name() -> None:
    assert styles_path(b"a{}") != styles_path(b"b{}")


def test_of_the_theme_only_what_a_page_leads_to_is_kept() -> None:
    main, palette = (f"assets/stylesheets/{name}.0f.min.css" for name in ("main", "palette"))
    html = f'<link rel="stylesheet" href="../{main}">'
    assert unlinked([html], [main, palette, "assets/stylesheets/map.css"]) == {palette}
